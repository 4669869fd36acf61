/** Many jobs at once in one channel, for a long time, under the limits that Discord keeps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ask, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { MovedClock } from './clock.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const MINUTE_MS = 60_000;

/** Discord and the bot on one clock, so that its buckets fill up again as the bot's time passes. */
async function startTogether() {
  const clock = new MovedClock();
  const world = await startWorld({
    discord: { now: clock.now, rateLimits: 'strict' },
    google: { takesMs: Number.POSITIVE_INFINITY },
    env: { MAX_RUNNING_VIDEOS: '60' },
  });
  const bot = await startInProcess(world, { clock });
  const edits = () =>
    world.discord.journal.filter(({ method, status }) => method === 'PATCH' && status === 200);
  const refused = () => world.discord.journal.filter(({ status }) => status === 429);
  return {
    ...{ clock, world, edits, refused },
    async [Symbol.asyncDispose]() {
      await bot.stop();
      await world.close();
    },
  };
}

test('50 videos in one channel for 20 minutes: edits only when the state changes, each posted once', async () => {
  await using at = await startTogether();
  const { world, clock } = at;
  const { google, channel } = world;
  const prompts = Array.from({ length: 50 }, (_, i) => `cat ${i} of fifty`);
  const asks: Ask[] = [];
  for (const prompt of prompts) asks.push(await somebodyAsks(world, prompt, { channel }));
  const isMade = says(/Being made/);
  await clock.passUntil(
    () => asks.every(({ message }) => isMade(message)),
    1_000,
    'all being made',
  );
  const before = at.edits().length;
  const looksBefore = google.requests.length;
  const endsAt = clock.now() + 20 * MINUTE_MS;
  await clock.passUntil(() => clock.now() >= endsAt, 10_000, 'the end of 20 minutes');
  assert.ok(google.requests.length - looksBefore > 50, 'it was looked at all the time');
  assert.equal(at.edits().length, before, 'edits while nothing changed');

  for (const operation of google.operations) operation.finish();
  await clock.passUntil(() => asks.every(({ message }) => hasVideo(message)), 1_000, 'all videos');
  // Being made, on its way, the video: nothing for the sake of a display.
  assert.ok(at.edits().length <= 3 * asks.length, `${at.edits().length} edits`);
  assert.ok(at.refused().length <= 2 * asks.length, `${at.refused().length} refused as too many`);
  for (const { prompt } of asks) {
    assert.equal(world.google.paid.filter((call) => call.prompt === prompt).length, 1);
  }
  for (const { message } of asks) assert.equal(message.attachments.length, 1);
  assert.equal(channel.messages.length, 50);
  assert.deepEqual(world.discord.violations, []);
});

test('a finished video is posted at once, whatever edits of others Discord makes wait', async () => {
  await using at = await startTogether();
  const { world } = at;
  const { google, channel, discord } = world;
  const first = await somebodyAsks(world, 'the cat that is ready', { channel });
  await first.message.becomes(says(/Being made/));
  discord.fault({
    on: 'edit-reply',
    when: 'before',
    times: Number.POSITIVE_INFINITY,
    answer: {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 600, global: false, code: 0 },
    },
    where: ({ files }) => files.length === 0,
  });
  const others = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => somebodyAsks(world, `cat ${name} that waits`, { channel })),
  );
  google.operations.find(({ prompt }) => prompt === first.prompt)?.finish();
  await first.message.becomes(hasVideo);
  for (const { message } of others) assert.ok(!says(/Being made/)(message));
  holds(world, first, { paid: 1, videos: 1 });
});

test('after 70 minutes an edit that Discord counts as one too many leads to one new message', async () => {
  await using at = await startTogether();
  const { world, clock } = at;
  const ask = await somebodyAsks(world, 'a cat of 70 minutes');
  await ask.message.becomes(says(/Being made/));
  const doneAt = clock.now() + 70 * MINUTE_MS;
  await clock.passUntil(() => clock.now() >= doneAt, 20_000, 'the end of 70 minutes');
  world.discord.fault({
    on: 'edit-message',
    when: 'before',
    times: Number.POSITIVE_INFINITY,
    answer: {
      status: 429,
      body: { message: 'Maximum number of edits', retry_after: 3_600, global: false, code: 30046 },
    },
  });
  world.google.operations[0]?.finish();
  const video = await clock.passUntil(
    () => ask.channel.messages.find(hasVideo),
    1_000,
    'the video in a message of its own',
  );
  assert.notEqual(video.id, ask.message.id);
  assert.deepEqual(video.pings, [ask.member.id]);
  holds(world, ask, { paid: 1, videos: 1 });
});
