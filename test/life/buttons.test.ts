/** Buttons: whose, when, how often. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Message } from '../sandbox/discord/discord.ts';
import {
  type Ask,
  eventually,
  hasVideo,
  holds,
  newMember,
  paidFor,
  somebodyAsks,
} from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ env: { LIMIT_MEMBER_DAY_VIDEOS: '2' } });
const { google, discord } = world;
after(() => world.close());
let bot = await world.startBot();

async function delivered(prompt: string): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(hasVideo);
  return ask;
}

/** As an older client, or an older message, shows it. */
function showButton(message: Message, label: string, customId: string): void {
  message.components = [
    { type: 1, components: [{ type: 2, style: 2, label, custom_id: customId }] },
  ];
}

test('Run again by somebody else is their own video, on their own allowance', async () => {
  const ask = await delivered('a cat that others like');
  const eve = newMember(world, 'Eve');
  // Under the last message each time: twice under one within two seconds is a double click.
  let under = ask.message;
  for (const times of [1, 2]) {
    under = await (await eve.presses(under, 'Run again $0.56')).reply();
    await under.becomes(hasVideo);
    assert.equal(paidFor(world, ask.prompt), 1 + times);
  }
  const third = await (await eve.presses(under, 'Run again $0.56')).reply();
  assert.ok(third.ephemeral);
  assert.match(third.content, /You have had 2 videos today \(limit 2\)\. Nothing charged\./);
  // The first one's allowance was not touched.
  const own = await ask.member.presses(ask.message, 'Run again $0.56');
  await (await own.reply()).becomes(hasVideo);
  holds(world, ask, { paid: 4, videos: 4 });
});

test('two clicks within 50 ms are one video', async () => {
  const ask = await delivered('a cat clicked twice');
  await Promise.all([
    ask.member.presses(ask.message, 'Run again'),
    ask.member.presses(ask.message, 'Run again'),
  ]);
  await eventually(() => ask.channel.messages.filter(hasVideo).length === 2, 'the second video');
  const next = await delivered('a cat after the two clicks');
  holds(world, next, { paid: 1, videos: 1 });
  holds(world, ask, { paid: 2, videos: 2 });
});

test('a button works after a restart', async () => {
  const ask = await delivered('a cat before the restart');
  await bot.kill();
  bot = await world.startBot();
  const pressed = await ask.member.presses(ask.message, 'Run again');
  await (await pressed.reply()).becomes(hasVideo);
  holds(world, ask, { paid: 2, videos: 2 });
});

for (const [what, customId, words] of [
  ['of an older version', 'veo_retry_v0', /another version of the bot.*Nothing charged/],
  ['of a video nobody knows', 'again:00000000', /not known here any more\. Nothing charged/],
  ['that somebody forged', 'again:../../etc', /another version of the bot.*Nothing charged/],
] as const) {
  test(`a button ${what} answers in words`, async () => {
    const ask = await delivered(`a cat with a button ${what}`);
    const paid = google.paid.length;
    showButton(ask.message, 'Old', customId);
    const answer = await (await ask.member.presses(ask.message, 'Old')).reply();
    assert.ok(answer.ephemeral);
    assert.match(answer.content, words);
    assert.equal(google.paid.length, paid);
    assert.ok(hasVideo(ask.message));
    assert.deepEqual(discord.violations, []);
  });
}
