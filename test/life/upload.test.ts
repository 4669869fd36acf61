/** Failure table: around the upload. The same edit again: one message, one video. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { JournalEntry } from '../sandbox/discord/discord.ts';
import type { FaultAnswer } from '../sandbox/discord/faults.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks, videosFor } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: 250 } });
const { discord } = world;
after(() => world.close());
let bot = await world.startBot();

const losses: [how: string, answer: FaultAnswer][] = [
  ['something between answers 502', { status: 502, html: '<h1>Bad gateway</h1>' }],
  ['Discord answers 500', { status: 500, body: { message: 'Internal', code: 0 } }],
  ['the socket is reset', 'reset'],
  ['the answer is a page with status 200', { status: 200, html: '<h1>Hello</h1>' }],
];

const uploads =
  ({ asked, channel }: Pick<Ask, 'asked' | 'channel'>) =>
  ({ files, path }: JournalEntry): boolean =>
    files.length > 0 && (path.includes(asked.token) || path.includes(channel.id));

function noted(ask: Ask): JournalEntry[] {
  return discord.journal.filter(uploads(ask));
}

async function delivered(ask: Ask): Promise<void> {
  const fits = (line: { job?: string; state?: string; event?: string }): boolean =>
    line.state === 'delivered' && line.job === jobOf(ask);
  await bot.says(fits, 'that it delivered');
}

describe('the answer to the edit that carries the video is lost', { concurrency: 8 }, () => {
  for (const [how, answer] of losses) {
    for (const when of ['after', 'before'] as const) {
      const state = when === 'after' ? 'it had arrived' : 'it had not arrived';
      test(`${how} and ${state}: one message, one video`, async () => {
        const ask = await somebodyAsks(world, `a cat, ${how}, ${state}`);
        discord.fault({ on: 'edit-reply', when, times: 1, answer, where: uploads(ask) });
        await ask.message.becomes(hasVideo);
        await delivered(ask);
        assert.equal(noted(ask).length, 2);
        holds(world, ask, { paid: 1, videos: 1 });
        assert.equal(videosFor(ask)[0], ask.message);
      });
    }
  }
});

describe('the answer to the new message is lost', { concurrency: 8 }, () => {
  for (const [how, answer] of losses) {
    test(`${how}: one new message with one video, and one ping`, async () => {
      const ask = await onlyANewMessage(`a cat anew, ${how}`);
      discord.fault({
        on: 'post-message',
        when: 'after',
        times: 1,
        answer,
        where: uploads(ask),
      });
      await delivered(ask);
      const [video, ...more] = videosFor(ask);
      assert.deepEqual(more, []);
      assert.deepEqual(video?.pings, [ask.member.id]);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  test('it had not arrived: the next try has the same nonce', async () => {
    const ask = await onlyANewMessage('a cat anew, lost on its way');
    discord.fault({
      on: 'post-message',
      when: 'before',
      times: 2,
      answer: 'reset',
      where: uploads(ask),
    });
    await delivered(ask);
    const nonces = noted(ask)
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (body as { nonce?: string }).nonce);
    assert.equal(nonces.length, 3);
    assert.equal(new Set(nonces).size, 1);
    assert.ok(nonces[0], 'there is one');
    holds(world, ask, { paid: 1, videos: 1 });
  });
});

test('killed right after Discord has stored the edit: one message, one video', async () => {
  const ask = await somebodyAsks(world, 'a cat and a kill after the upload');
  discord.fault({
    on: 'edit-reply',
    when: 'after',
    times: 1,
    answer: 'hang',
    where: uploads(ask),
  });
  await ask.message.becomes(hasVideo);
  await bot.kill();
  bot = await world.startBot();
  await delivered(ask);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('killed before Discord has stored the edit: one message, one video', async () => {
  const ask = await somebodyAsks(world, 'a cat and a kill before the upload');
  discord.fault({
    on: 'edit-reply',
    when: 'before',
    times: 1,
    answer: 'hang',
    where: uploads(ask),
  });
  await eventually(() => noted(ask).length > 0, 'the upload');
  await bot.kill();
  bot = await world.startBot();
  await ask.message.becomes(hasVideo);
  await delivered(ask);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('killed right after Discord has stored the new message: one message, one video', async () => {
  const ask = await onlyANewMessage('a cat anew and a kill');
  discord.fault({
    on: 'post-message',
    when: 'after',
    times: 1,
    answer: 'hang',
    where: uploads(ask),
  });
  await eventually(() => videosFor(ask).length > 0, 'the new message');
  await bot.kill();
  bot = await world.startBot();
  await delivered(ask);
  assert.deepEqual(videosFor(ask)[0]?.pings, [ask.member.id]);
  holds(world, ask, { paid: 1, videos: 1 });
});

/** Its token is dead and the bot may not edit: what is left is a new message. */
async function onlyANewMessage(prompt: string): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  ask.asked.expire();
  discord.fault({
    on: 'edit-message',
    when: 'before',
    answer: { status: 403, body: { message: 'Missing Access', code: 50001 } },
    where: ({ path }) => path.includes(ask.message.id),
  });
  return ask;
}

function jobOf({ message }: Ask): string | undefined {
  return message.buttons[0]?.customId?.split(':')[1];
}
