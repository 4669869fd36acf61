/** The real ffmpeg of this machine: does what it is asked to do what we need of it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it, type TestContext } from 'node:test';
import { runFfmpeg } from '../../src/disk/shrink/ffmpeg.ts';
import { type Ffmpeg, findFfmpeg } from '../../src/disk/shrink/find.ts';
import { createShrinker } from '../../src/disk/shrink/shrinker.ts';
import { createVideoFiles } from '../../src/disk/videos.ts';
import type { Video } from '../../src/jobs/job.ts';
import { planShrink } from '../../src/jobs/shrinking.ts';
import { outerBoxesOf } from '../disk/clips.ts';
import { temporaryFolder } from '../disk/temporary.ts';

const MIB = 2 ** 20;
const ID = '8f3k0000';
const never = new AbortController().signal;
const where = { program: 'ffmpeg', searchIn: (process.env.PATH ?? '').split(':') };

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly megabits: number;
  readonly sound?: boolean;
}

/** Hard to make small: every pixel moves, with noise on it. */
function hardVideo(path: string, { width, height, seconds, megabits, sound = true }: Shape): void {
  const picture = `testsrc2=size=${width}x${height}:rate=24:duration=${seconds},noise=alls=30:allf=t`;
  execFileSync('ffmpeg', [
    ...['-nostdin', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', picture],
    ...(sound
      ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac']
      : []),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-b:v', `${megabits}M`, '-maxrate', `${megabits}M`, '-bufsize', `${megabits}M`],
    ...['-f', 'mp4', path],
  ]);
}

async function kept(t: TestContext, shape: Shape) {
  const dir = await temporaryFolder(t);
  for (const name of ['incoming', 'videos']) await mkdir(join(dir, name));
  const files = createVideoFiles({ dir });
  hardVideo(join(dir, 'incoming', `${ID}.part`), shape);
  const checked = await files.keep(ID);
  assert.ok(checked.ok, JSON.stringify(checked));
  return { dir, files, video: checked.video, shrinker: createShrinker({ dir, where }) };
}

/** How like each other two videos are, from 0 to 1. */
function likeness(one: string, other: string): number {
  const args = ['-hide_banner', '-i', one, '-i', other, '-lavfi', 'ssim', '-f', 'null', '-'];
  const said = execFileSync('sh', ['-c', 'exec "$0" "$@" 2>&1', 'ffmpeg', ...args]).toString();
  return Number(/SSIM .*All:([\d.]+)/.exec(said)?.[1]);
}

describe('the real ffmpeg', { concurrency: 1 }, () => {
  let ffmpeg: Ffmpeg;

  before(async () => {
    const found = await findFfmpeg(where);
    assert.equal(
      found.kind,
      'found',
      'there is no ffmpeg with libx264 here: apt-get install ffmpeg',
    );
    assert.ok(found.kind === 'found');
    ({ ffmpeg } = found);
  });

  it('makes 8 s of 1080p fit into 10 MiB, with every line, its sound, and its index in front', async (t) => {
    const shape = { width: 1_920, height: 1_080, seconds: 8, megabits: 21 };
    const { files, video, shrinker } = await kept(t, shape);
    assert.ok(video.sizeBytes > 14 * MIB, `${video.sizeBytes}`);
    const plan = planShrink(video, 10 * MIB, false);
    assert.ok(plan);
    const startedAt = performance.now();
    const shrunk = await shrinker.shrink(video, plan, never);
    const tookMs = performance.now() - startedAt;
    assert.ok(shrunk.kind === 'smaller', JSON.stringify(shrunk));
    const copy = shrunk.video;
    assert.ok(copy.sizeBytes <= 10 * MIB && copy.sizeBytes > 8 * MIB, `${copy.sizeBytes}`);
    assert.deepEqual([copy.width, copy.height, copy.hasAudio], [1_920, 1_080, true]);
    assert.ok(Math.abs(copy.durationMs - 8_000) < 200);
    const boxes = outerBoxesOf(await readFile(files.path(copy))).map(({ type }) => type);
    assert.ok(boxes.indexOf('moov') < boxes.indexOf('mdat'), boxes.join());
    const alike = likeness(files.path(copy), files.path(video));
    const megabytes = (copy.sizeBytes / MIB).toFixed(2);
    t.diagnostic(`${megabytes} MiB in ${(tookMs / 1_000).toFixed(1)} s, SSIM ${alike}`);
    assert.ok(alike > 0.7, `${alike}`);
  });

  it('makes fewer lines where there are few bits, also of a tall one, and none of sound that is not there', async (t) => {
    const shape = { width: 1_080, height: 1_920, seconds: 10, megabits: 8, sound: false };
    const { video, shrinker } = await kept(t, shape);
    const plan = planShrink(video, 3 * MIB, false);
    assert.equal(plan?.shorterSide, 720);
    assert.ok(plan);
    const shrunk = await shrinker.shrink(video, plan, never);
    assert.ok(shrunk.kind === 'smaller', JSON.stringify(shrunk));
    const { width, height, hasAudio, sizeBytes } = shrunk.video;
    assert.deepEqual([width, height, hasAudio], [720, 1_280, false]);
    assert.ok(sizeBytes <= 3 * MIB);
  });

  it('is ended by its time limit and by a stop, and takes no other process along', async (t) => {
    const shape = { width: 1_920, height: 1_080, seconds: 8, megabits: 21 };
    const { dir, video } = await kept(t, shape);
    const plan = planShrink(video, 10 * MIB, false);
    assert.ok(plan);
    const from = join(dir, 'videos', video.name);
    const run = { from, to: join(dir, 'out'), video, plan, withinMs: 300 };
    assert.deepEqual(await runFfmpeg(ffmpeg, run, never), { kind: 'failed', how: 'took too long' });
    const stop = new AbortController();
    const running = runFfmpeg(ffmpeg, { ...run, withinMs: 60_000 }, stop.signal);
    stop.abort();
    assert.deepEqual(await running, { kind: 'stopped' });
  });

  it('opens nothing but the video: no list of other files, no address', async (t) => {
    const dir = await temporaryFolder(t);
    const secret = join(dir, 'secret.mp4');
    hardVideo(secret, { width: 320, height: 240, seconds: 1, megabits: 1 });
    const video: Video = {
      ...{ name: `${ID}.mp4`, sizeBytes: 1, sha256: '', durationMs: 1_000 },
      ...{ width: 320, height: 240, hasAudio: false },
    };
    const plan = planShrink(video, MIB, true);
    assert.ok(plan);
    for (const list of [
      `ffconcat version 1.0\nfile '${secret}'\n`,
      `#EXTM3U\n#EXTINF:1,\nfile://${secret}\n`,
      `#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n`,
    ]) {
      const from = join(dir, 'list.mp4');
      const to = join(dir, 'out');
      await writeFile(from, list);
      const ran = await runFfmpeg(ffmpeg, { from, to, video, plan, withinMs: 20_000 }, never);
      assert.equal(ran.kind, 'failed');
      assert.equal(
        await stat(to).then(
          ({ size }) => size,
          () => 0,
        ),
        0,
      );
    }
  });
});
