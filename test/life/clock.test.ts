/** Failure table: the clock jumps. What runs neither expires nor falls due at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, hasVideo, holds, newMember, says, somebodyAsks } from './asking.ts';
import { MovedClock } from './clock.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

for (const [how, jumpMs] of [
  ['two days ahead', 2 * DAY_MS],
  ['three hours back', -3 * HOUR_MS],
] as const) {
  test(`the machine's clock jumps ${how} while 20 videos are made, and the bot starts again`, async () => {
    await using world = await startWorld({
      google: { takesMs: Number.POSITIVE_INFINITY },
      env: { MAX_RUNNING_VIDEOS: '50' },
    });
    const { google } = world;
    let bot = await startInProcess(world);
    try {
      const prompts = Array.from({ length: 20 }, (_, i) => `a cat, ${how}, ${i}`);
      const asks = await Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
      await Promise.all(asks.map(({ message }) => message.becomes(says(/Being made/))));
      const before = google.requests.length;
      bot.clock.setWallAhead(jumpMs);
      const after = await somebodyAsks(world, `a cat after the clock went ${how}`);
      await after.message.becomes(says(/Being made/));
      assert.ok(google.requests.length - before < 100, 'no burst of polls');
      for (const { message } of asks) assert.match(message.content, /Being made/);
      for (const operation of google.operations.slice(0, 10)) operation.finish();
      await Promise.all(asks.slice(0, 10).map(({ message }) => message.becomes(hasVideo)));

      await bot.stop();
      const clock = new MovedClock();
      clock.startAhead(jumpMs);
      bot = await startInProcess(world, { clock });
      for (const operation of google.operations) operation.finish();
      await bot.clock.passUntil(
        () => [...asks, after].every(({ message }) => hasVideo(message)),
        500,
        'all videos',
      );
      for (const ask of [...asks, after]) holds(world, ask, { paid: 1, videos: 1 });
    } finally {
      await bot.stop();
    }
  });
}

/** Neither has summer time. */
for (const [zone, aheadMs] of [
  ['UTC', 0],
  ['Asia/Kathmandu', 5.75 * HOUR_MS],
] as const) {
  midnightIn(zone, aheadMs);
}

function midnightIn(zone: string, aheadMs: number): void {
  test(`an allowance is full again at midnight (${zone}), once, in whatever time zone the machine is`, async () => {
    await using world = await startWorld({
      env: { LIMIT_MEMBER_MONTH_VIDEOS: '1', TIME_ZONE: zone },
    });
    const clock = new MovedClock();
    const today = new Date(clock.wall() + aheadMs);
    const nextMonthAt = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) - aheadMs;
    clock.setWallAhead(nextMonthAt - HOUR_MS - clock.wall());
    const bot = await startInProcess(world, { clock });
    try {
      const member = newMember(world);
      const asks = async (prompt: string) => await somebodyAsks(world, prompt, { member });
      await (await asks('the cat of this month')).message.becomes(hasVideo);
      assert.match((await asks('one too many')).message.content, /1 video this month \(limit 1\)/);
      clock.setWallAhead(nextMonthAt - 60_000 - clock.now());
      assert.match((await asks('one too many')).message.content, /1 video this month \(limit 1\)/);
      clock.setWallAhead(nextMonthAt + 1_000 - clock.now());
      await (await asks('the cat of next month')).message.becomes(hasVideo);
      assert.match((await asks('one too many')).message.content, /1 video this month \(limit 1\)/);
      assert.equal(world.google.paid.length, 2);
      assert.deepEqual(world.discord.violations, []);
    } finally {
      await bot.stop();
    }
  });
}

for (const [how, aheadMs] of [
  ['ahead of', 90_000],
  ['behind', -90_000],
] as const) {
  test(`a clock 90 s ${how} Discord's: commands are judged by what Discord answers`, async () => {
    await using world = await startWorld({ discord: { now: () => Date.now() - aheadMs } });
    await world.startBot({ TZ: aheadMs > 0 ? 'Pacific/Kiritimati' : 'America/Adak' });
    const ask = await somebodyAsks(world, `a cat, ${how}`);
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
}

test('a process that stood still goes on: no burst of polls, one video', async () => {
  await using world = await startWorld({ google: { takesMs: 600 } });
  const { google } = world;
  const bot = await world.startBot();
  const ask = await somebodyAsks(world, 'a cat while the machine slept');
  await ask.message.becomes(says(/Being made/));
  bot.process.kill('SIGSTOP');
  const operation = google.operations[0];
  await operation?.done;
  const asleep = google.polls(operation?.id ?? '');
  bot.process.kill('SIGCONT');
  await ask.message.becomes(hasVideo);
  assert.ok(google.polls(operation?.id ?? '') - asleep <= 3);
  await eventually(() => bot.lines.some((line) => line.state === 'delivered'), 'the delivery');
  holds(world, ask, { paid: 1, videos: 1 });
});
