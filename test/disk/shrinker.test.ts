/** Smaller copies, made by a stand-in of ffmpeg; by the real one in test/ffmpeg. */
import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findFfmpeg } from '../../src/disk/shrink/find.ts';
import { createShrinker } from '../../src/disk/shrink/shrinker.ts';
import { createVideoFiles } from '../../src/disk/videos.ts';
import type { Video } from '../../src/jobs/job.ts';
import { planShrink, type ShrinkPlan } from '../../src/jobs/shrinking.ts';
import { type Mode, StandInFfmpeg } from '../sandbox/ffmpeg/ffmpeg.ts';
import { videoFile } from '../sandbox/google/video-file.ts';
import { temporaryFolder } from './temporary.ts';

const MIB = 2 ** 20;
const ID = '8f3k0000';
const never = new AbortController().signal;

async function data(t: TestContext, mode: Mode, withinMs = 50_000) {
  const dir = await temporaryFolder(t);
  for (const name of ['incoming', 'videos', 'program']) await mkdir(join(dir, name));
  const ffmpeg = new StandInFfmpeg(join(dir, 'program'), mode);
  const files = createVideoFiles({ dir });
  const into = await files.receive(ID);
  await into.write(await videoFile({ seconds: 4, sizeBytes: 3 * MIB }));
  await into.close();
  const checked = await files.keep(ID);
  assert.ok(checked.ok);
  const where = { program: ffmpeg.path, searchIn: (process.env.PATH ?? '').split(':') };
  const shrinker = createShrinker({ dir, where, withinMs: () => withinMs });
  const { video } = checked;
  const plan = planShrink(video, 2 * MIB, true);
  assert.ok(plan);
  const left = async () => (await readdir(join(dir, 'incoming'))).toSorted();
  const kept = async () => (await readdir(join(dir, 'videos'))).toSorted();
  return { dir, ffmpeg, files, shrinker, video, plan, left, kept };
}

describe('a video that is made smaller', { concurrency: 4 }, () => {
  it('is a whole copy that fits, and the original stays as it was', async (t) => {
    const { shrinker, video, plan, files, left, kept, ffmpeg } = await data(t, 'works');
    assert.equal(await shrinker.isThere(), true);
    const shrunk = await shrinker.shrink(video, plan, never);
    assert.ok(shrunk.kind === 'smaller', JSON.stringify(shrunk));
    assert.equal(shrunk.video.name, `${ID}-small.mp4`);
    assert.ok(shrunk.video.sizeBytes <= 2 * MIB);
    assert.deepEqual([await files.has(video), await files.has(shrunk.video)], [true, true]);
    assert.deepEqual(await left(), []);
    assert.match(ffmpeg.runs[0]?.args ?? '', /-protocol_whitelist file .*\+faststart/);
    // Asked once more, as after a crash, it is found.
    assert.deepEqual(await shrinker.shrink(video, plan, never), shrunk);
    assert.equal(ffmpeg.runs.length, 1);
    await files.remove(ID);
    assert.deepEqual(await kept(), []);
  });

  it('is made once more at a lower rate where it came out too large', async (t) => {
    const { shrinker, video, plan, ffmpeg } = await data(t, 'too large at first');
    const shrunk = await shrinker.shrink(video, plan, never);
    assert.ok(shrunk.kind === 'smaller' && shrunk.video.sizeBytes <= plan.maxBytes);
    assert.equal(ffmpeg.runs.length, 2);
  });

  for (const [mode, how] of [
    ['comes out too large', 'came out too large'],
    ['crashes', 'SIGSEGV'],
    ['writes rubbish', 'what came out is not that video'],
    ['fills the disk', 'wrote too much'],
    ['hangs', 'took too long'],
  ] as const) {
    it(`is given up, and nothing of it is left, where ffmpeg ${mode}`, async (t) => {
      const { shrinker, video, plan, left, kept, files } = await data(
        t,
        mode,
        mode === 'hangs' ? 800 : 50_000,
      );
      assert.deepEqual(await shrinker.shrink(video, plan, never), { kind: 'failed', how });
      assert.deepEqual([await left(), await kept()], [[], [video.name]]);
      assert.equal(await files.has(video), true);
    });
  }

  it('is broken off when the bot stops, and its process ends', async (t) => {
    const { shrinker, video, plan, ffmpeg, left } = await data(t, 'hangs');
    const stop = new AbortController();
    const shrinking = shrinker.shrink(video, plan, stop.signal);
    while (ffmpeg.runs.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    assert.deepEqual(await shrinking, { kind: 'stopped' });
    const [run] = ffmpeg.runs;
    assert.throws(() => process.kill(run?.pid ?? 0, 0), { code: 'ESRCH' });
    assert.deepEqual(await left(), []);
  });

  it('is not taken from a run that died half way', async (t) => {
    const { dir, shrinker, video, plan, left } = await data(t, 'works');
    await writeFile(join(dir, 'incoming', `${ID}-aaaaaaaa.shrinking`), 'half of it');
    await writeFile(join(dir, 'videos', `${ID}-small.mp4`), Buffer.alloc(1.5 * MIB));
    const shrunk = await shrinker.shrink(video, plan, never);
    assert.ok(shrunk.kind === 'smaller');
    assert.deepEqual(await left(), []);
  });

  it('is made one at a time', async (t) => {
    const { shrinker, video, plan, ffmpeg } = await data(t, 'takes its time');
    const smaller: ShrinkPlan = { ...plan, maxBytes: 1.2 * MIB, videoBitsPerSecond: 2_000_000 };
    const first = shrinker.shrink(video, plan, never);
    const second = shrinker.shrink(video, smaller, never);
    await first;
    assert.equal(ffmpeg.runs.length, 1);
    await second;
    assert.equal(ffmpeg.runs.length, 2);
  });
});

describe('ffmpeg', () => {
  it('is not there where it is not, or not wanted', async (t) => {
    const dir = await temporaryFolder(t);
    const where = { program: 'ffmpeg', searchIn: [dir] };
    assert.deepEqual(await findFfmpeg(where), { kind: 'not there' });
    const shrinker = createShrinker({ dir, where: null });
    assert.equal(await shrinker.isThere(), false);
    const video: Video = {
      ...{ name: `${ID}.mp4`, sizeBytes: 9, sha256: '', durationMs: 1, width: 1, height: 1 },
      hasAudio: false,
    };
    const plan = planShrink({ ...video, durationMs: 1_000 }, MIB, true);
    assert.ok(plan);
    const none = { kind: 'failed', how: 'no ffmpeg' };
    assert.deepEqual(await shrinker.shrink(video, plan, never), none);
  });

  for (const [what, said, how] of [
    ['does not answer', 'exit 1', 'it does not answer'],
    ['cannot make H.264', 'echo ffmpeg version 4.0', 'version 4.0 has no libx264'],
  ] as const) {
    it(`is not used where it ${what}`, async (t) => {
      const dir = await temporaryFolder(t);
      const program = join(dir, 'ffmpeg');
      await writeFile(program, `#!/bin/sh\n${said}\n`, { mode: 0o755 });
      const searchIn = (process.env.PATH ?? '').split(':');
      assert.deepEqual(await findFfmpeg({ program, searchIn }), { kind: 'unusable', how });
    });
  }
});
