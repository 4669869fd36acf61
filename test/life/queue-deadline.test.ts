/** The queue's deadline: nobody waits for ever behind what takes all places. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds, says, somebodyAsks } from './asking.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const MINUTE_MS = 60_000;

test('what could not start in its time ends unpaid, also while every place is taken', async () => {
  await using world = await startWorld({
    google: { takesMs: Number.POSITIVE_INFINITY },
    env: { MAX_RUNNING_VIDEOS: '1', QUEUE_MAX_MINUTES: '30', GENERATE_MAX_MINUTES: '240' },
  });
  const bot = await startInProcess(world);
  try {
    const running = await somebodyAsks(world, 'a cat that takes the only place');
    await running.message.becomes(says(/Being made/));
    const waits = await somebodyAsks(world, 'a cat behind it');
    await waits.message.becomes(says(/Waiting/));
    const askedAt = bot.clock.now();
    await bot.clock.passUntil(() => says(/could not be started/)(waits.message), 30_000, 'the end');
    const waitedMs = bot.clock.now() - askedAt;
    assert.ok(waitedMs >= 29 * MINUTE_MS && waitedMs <= 33 * MINUTE_MS, `after ${waitedMs} ms`);
    assert.match(waits.message.content, /Not charged/);
    assert.match(running.message.content, /Being made/);
    holds(world, waits, { paid: 0, videos: 0 });
  } finally {
    await bot.stop();
  }
});
