/**
 * Smaller copies in the data folder: `incoming/<id>-<random>.shrinking` while ffmpeg writes it, then
 * `videos/<id>-small.mp4`. A name for each run: one that outlives a killed bot writes into its own.
 */
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Video } from '../../jobs/job.ts';
import type { Shrinker, Shrunk } from '../../jobs/ports/files.ts';
import { StorageFull } from '../../jobs/ports/storageFull.ts';
import { lowered, type ShrinkPlan } from '../../jobs/shrinking.ts';
import { onDisk } from '../errors.ts';
import { freeBytes } from '../space.ts';
import { syncFolder, wholeVideo } from '../whole.ts';
import { runFfmpeg, timeFor } from './ffmpeg.ts';
import { type Ffmpeg, type FoundFfmpeg, findFfmpeg, type WhereFfmpeg } from './find.ts';

export interface ShrinkerOptions {
  /** The data folder, as `openFolder` left it. */
  readonly dir: string;
  /** Null: it is not wanted. */
  readonly where: WhereFfmpeg | null;
  readonly onFound?: (found: FoundFfmpeg) => void;
  /** By default by the video's length and size. */
  readonly withinMs?: (video: Video) => number;
}

const TRIES = 2;
/** An older copy that was made for a much smaller limit would look worse than it must. */
const USES_AT_LEAST = 0.5;
const SAME_LENGTH_WITHIN_MS = 1_000;

export function createShrinker(options: ShrinkerOptions): Shrinker {
  const { where, onFound, withinMs = timeFor } = options;
  const folder = resolve(options.dir);
  const incomingFolder = join(folder, 'incoming');
  const videosFolder = join(folder, 'videos');
  const looked: Promise<FoundFfmpeg> =
    where === null ? Promise.resolve({ kind: 'not there' }) : findFfmpeg(where);
  if (where !== null) void looked.then(onFound);
  let last: Promise<unknown> = Promise.resolve();

  async function shrink(video: Video, plan: ShrinkPlan, signal: AbortSignal): Promise<Shrunk> {
    const found = await looked;
    if (found.kind !== 'found') return { kind: 'failed', how: 'no ffmpeg' };
    const id = idOf(video);
    const to = join(videosFolder, `${id}-small.mp4`);
    const before = await madeBefore(to, video, plan);
    if (before !== null) return { kind: 'smaller', video: before };
    await removeParts(id);
    // Both the copy and its rearranging are written.
    if ((await freeBytes(folder)) < 2 * plan.maxBytes) throw new StorageFull('no room to shrink');
    const part = join(incomingFolder, `${id}-${randomUUID().slice(0, 8)}.shrinking`);
    try {
      return await make(found.ffmpeg, { video, plan, part, to }, signal);
    } finally {
      await onDisk(() => rm(part, { force: true }));
    }
  }

  async function make(
    ffmpeg: Ffmpeg,
    of: {
      readonly video: Video;
      readonly plan: ShrinkPlan;
      readonly part: string;
      readonly to: string;
    },
    signal: AbortSignal,
  ): Promise<Shrunk> {
    const { video, part, to } = of;
    const from = join(videosFolder, video.name);
    let { plan } = of;
    for (let tries = 1; ; tries += 1) {
      const run = { from, to: part, video, plan, withinMs: withinMs(video) };
      const ran = await runFfmpeg(ffmpeg, run, signal);
      if (ran.kind !== 'done') return ran;
      const sizeBytes = await sizeOf(part);
      if (sizeBytes <= plan.maxBytes) break;
      if (tries >= TRIES) return { kind: 'failed', how: 'came out too large' };
      plan = lowered(plan, sizeBytes);
    }
    const copy = await copyAt(part, video);
    if (copy === null) return { kind: 'failed', how: 'what came out is not that video' };
    await onDisk(() => rename(part, to));
    await syncFolder(videosFolder);
    return { kind: 'smaller', video: copy };
  }

  /** One that was made before, by a process that died or for another place. */
  async function madeBefore(path: string, video: Video, plan: ShrinkPlan): Promise<Video | null> {
    const sizeBytes = await sizeOf(path);
    const fits = sizeBytes <= plan.maxBytes && sizeBytes >= plan.maxBytes * USES_AT_LEAST;
    return fits ? copyAt(path, video) : null;
  }

  async function removeParts(id: string): Promise<void> {
    for (const name of await onDisk(() => readdir(incomingFolder))) {
      const isPart = name.startsWith(`${id}-`) && name.endsWith('.shrinking');
      if (isPart) await onDisk(() => rm(join(incomingFolder, name), { force: true }));
    }
  }

  return {
    isThere: async () => (await looked).kind === 'found',
    shrink(video, plan, signal) {
      // One at a time: it takes all cores.
      const turn = last.then(() => shrink(video, plan, signal));
      last = turn.catch(() => {});
      return turn;
    },
  };
}

/** Null when the file is not a whole copy of that video. */
async function copyAt(path: string, video: Video): Promise<Video | null> {
  const whole = await wholeVideo(path, `${idOf(video)}-small.mp4`);
  if (!whole.ok) return null;
  const { durationMs, hasAudio } = whole.video;
  const isThat = Math.abs(durationMs - video.durationMs) <= SAME_LENGTH_WITHIN_MS;
  return isThat && hasAudio === video.hasAudio ? whole.video : null;
}

function idOf({ name }: Video): string {
  const id = /^([0-9a-z]{8})\.mp4$/.exec(name)?.[1];
  if (id === undefined) throw new RangeError('not the name of a video');
  return id;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
