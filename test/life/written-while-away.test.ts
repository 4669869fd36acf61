/** Direct messages that nobody heard: the bot was killed, or its session could not be resumed. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Message } from '../sandbox/discord/discord.ts';
import { eventually } from './asking.ts';
import { startWorld } from './world.ts';

// No nonce helps: what was answered is known from the rows and from Discord alone.
const world = await startWorld({ discord: { nonceRememberedMs: 0 } });
const { discord, google, ann } = world;
after(() => world.close());
let bot = await world.startBot();

const answersTo = (said: Message): Message[] =>
  ann.dm.messages.filter(({ author, repliesTo }) => author.bot && repliesTo === said);

async function isAnswered(said: Message): Promise<void> {
  await eventually(() => answersTo(said).length > 0, `an answer to ${said.content}`);
}

function eachIsAnsweredOnceAndUnpaid(said: readonly Message[]): void {
  for (const message of said) {
    const [answer, ...more] = answersTo(message);
    assert.match(answer?.content ?? '', /nothing is charged before you press the button/);
    assert.deepEqual(
      answer?.buttons.map(({ label }) => label),
      ['Make it $0.56', 'Options'],
    );
    assert.deepEqual(more, [], message.content);
  }
  assert.equal(google.paid.length, 0);
  assert.deepEqual(discord.violations, []);
}

test('written while it was killed, and killed again while answering: each has one answer', async () => {
  const before = ann.dm.says('a fox before');
  await isAnswered(before);
  await bot.kill();
  const away = ['a hen', 'a cat', 'a dog'].map((text) => ann.dm.says(text));
  const [first, second, third] = away as [Message, Message, Message];

  // The second answer is there, and the process never hears so.
  discord.fault({
    ...{ on: 'post-message', times: 1, when: 'after', answer: 'hang' },
    where: ({ body }) => JSON.stringify(body).includes(second.id),
  });
  bot = world.launchBot();
  await isAnswered(first);
  await isAnswered(second);
  assert.deepEqual(answersTo(third), []);
  await bot.kill();

  const between = ann.dm.says('a mouse');
  bot = await world.startBot();
  await isAnswered(between);
  const live = ann.dm.says('a cow');
  await isAnswered(live);
  eachIsAnsweredOnceAndUnpaid([before, ...away, between, live]);

  // Nothing is left to answer for a start after that.
  await bot.kill();
  bot = await world.startBot();
  const last = ann.dm.says('a bird');
  await isAnswered(last);
  eachIsAnsweredOnceAndUnpaid([before, ...away, between, live, last]);
});

test('written while a session was lost that cannot be resumed: answered by the next one', async () => {
  discord.gateway.lose('MESSAGE_CREATE');
  const unheard = ann.dm.says('a fish');
  discord.gateway.invalidateSession();
  await isAnswered(unheard);
  const live = ann.dm.says('a whale');
  await isAnswered(live);
  eachIsAnsweredOnceAndUnpaid([unheard, live]);
});
