/** Somebody sets the machine's clock while the real process runs, or between two of them. */
import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasVideo, holds, newMember, says, somebodyAsks } from './asking.ts';
import { MovedClock } from './clock.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const preload = fileURLToPath(new URL('setClock.ts', import.meta.url));

describe('a wall clock that is set while the bot runs', { concurrency: 2 }, () => {
  for (const [how, jumpMs] of [
    ['an hour ahead', HOUR_MS],
    ['three hours back', -3 * HOUR_MS],
  ] as const) {
    test(`${how}: what is asked for afterwards is looked at and posted as ever`, async () => {
      await using world = await startWorld({ google: { takesMs: 800 } });
      const clockFile = join(world.dataDir, 'clock');
      await writeFile(clockFile, '0');
      await world.startBot({ CLOCK_FILE: clockFile, NODE_OPTIONS: `--import=${preload}` });
      await writeFile(clockFile, String(jumpMs));
      const ask = await somebodyAsks(world, `a cat, and the clock goes ${how}`);
      await ask.message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
      const [operation] = world.google.operations;
      assert.ok(world.google.polls(operation?.id ?? '') < 30, 'no burst of polls');
    });
  }
});

test('a day’s limit holds on both sides of a jump: the day is the one that the clock says', async () => {
  await using world = await startWorld({ env: { LIMIT_MEMBER_DAY_VIDEOS: '1' } });
  const bot = await startInProcess(world);
  try {
    const member = newMember(world);
    const asks = (prompt: string) => somebodyAsks(world, prompt, { member });
    await (await asks('the cat of today')).message.becomes(hasVideo);
    bot.clock.setWallAhead(30 * HOUR_MS);
    await (await asks('the cat of another day')).message.becomes(hasVideo);
    for (const prompt of ['a second one', 'a third one']) {
      assert.match((await asks(prompt)).message.content, /You have had 1 video today \(limit 1\)/);
    }
    assert.equal(world.google.paid.length, 2);
  } finally {
    await bot.stop();
  }
});

test('rows written by a clock two days ahead are taken up at once by the next process', async () => {
  await using world = await startWorld({
    google: { takesMs: Number.POSITIVE_INFINITY },
    env: { MAX_RUNNING_VIDEOS: '1' },
  });
  const { google } = world;
  const ahead = new MovedClock();
  ahead.startAhead(2 * DAY_MS);
  const first = await startInProcess(world, { clock: ahead });
  const running = await somebodyAsks(world, 'a cat of the day after tomorrow');
  await running.message.becomes(says(/Being made/));
  const waits = await somebodyAsks(world, 'a dog behind it');
  await waits.message.becomes(says(/Waiting/));
  await first.stop();

  google.operations[0]?.finish();
  google.videosTake(30);
  const second = await startInProcess(world);
  try {
    await running.message.becomes(hasVideo);
    await waits.message.becomes(hasVideo);
    for (const ask of [running, waits]) holds(world, ask, { paid: 1, videos: 1 });
  } finally {
    await second.stop();
  }
});

test('a clock that starts two months ahead deletes nothing that is kept, and says so', async () => {
  await using world = await startWorld();
  const clockFile = join(world.dataDir, 'clock');
  const moved = { CLOCK_FILE: clockFile, NODE_OPTIONS: `--import=${preload}` };
  await writeFile(clockFile, '0');
  const first = await world.startBot(moved);
  const ask = await somebodyAsks(world, 'a cat from before the clock was wrong');
  await ask.message.becomes(hasVideo);
  await first.says(({ state }) => state === 'delivered');
  await first.stop();
  await writeFile(clockFile, String(60 * DAY_MS));
  const second = await world.startBot(moved);
  const told = await second.says(({ alarm }) => alarm === 'clock wrong, so nothing old is deleted');
  assert.equal(told.hours, 60 * 24);
  await second.stop();
  assert.equal((await readdir(join(world.dataDir, 'videos'))).length, 1);
  holds(world, ask, { paid: 1, videos: 1 });
});
