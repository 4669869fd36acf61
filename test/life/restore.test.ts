/** Failure table: a backup is put back. What was paid for since it was made is not paid for again. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld, type World } from './world.ts';

const program = fileURLToPath(new URL('../../src/backup.ts', import.meta.url));

/** As docs/operating.md tells it: by command beside the running bot; the copy's path. */
async function backUp(world: World): Promise<string> {
  const env = { ...world.env, PATH: process.env.PATH };
  const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const folder = join(world.dataDir, 'backups');
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

test('a backup that is put back into an empty folder: paid work goes on, the rest is never paid twice', async () => {
  await using world = await startWorld({ google: { takesMs: 1_500 } });
  const { google } = world;
  const bot = await world.startBot({ MAX_RUNNING_VIDEOS: '1' });
  const running = await somebodyAsks(world, 'a cat that is being made');
  await eventually(() => google.paid.length === 1, 'the paid call');
  await bot.says(({ state }) => state === 'generating', 'that it is being made');
  const waiting = await somebodyAsks(world, 'a cat that waits');
  const asked = await bot.says(
    ({ state, from }) => state === 'queued' && from === 'received' && google.paid.length === 1,
    'that it waits',
  );
  assert.ok(asked);
  await waiting.message.becomes(says(/Waiting/));
  const copy = await backUp(world);
  for (const { message } of [running, waiting]) await message.becomes(hasVideo);
  await bot.stop();

  const empty = await mkdtemp(join(tmpdir(), 'veo-restored-'));
  try {
    await mkdir(empty, { recursive: true });
    await copyFile(copy, join(empty, 'bot.db'));
    const again = await world.startBot({ DATA_DIR: empty });
    // Not "nothing charged, it starts by itself", and above all not sent.
    await waiting.message.becomes(says(/may have been charged \(\$0\.56\)\. It is not sent again/));
    const told = await again.says(({ alarm }) => alarm === 'put back from a backup', 'an alarm');
    assert.equal(told.doubted, 1);
    await again.says(({ state }) => state === 'delivered', 'that it delivered what was paid for');
    const after = await somebodyAsks(world, 'a cat of today');
    await after.message.becomes(hasVideo);
    for (const ask of [running, waiting, after]) holds(world, ask, { paid: 1, videos: 1 });
    await again.stop();

    // Only the first start on a copy doubts: what waits from here on starts as always.
    const third = await world.startBot({ DATA_DIR: empty });
    assert.ok(!third.lines.some(({ alarm }) => alarm === 'put back from a backup'));
    await third.stop();
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
});
