/** The data directory: what was written stays, but for the last of it when a process is killed. */
import type { JobId, Video } from '../../src/jobs/job.ts';
import type { Incoming, Shrinker, VideoFiles } from '../../src/jobs/ports/files.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { BotProcess } from './process.ts';
import { RUBBISH } from './service.ts';
import type { World } from './world.ts';

interface Part {
  sizeBytes: number;
  rubbish: boolean;
}

export class Disk {
  readonly incoming = new Map<JobId, Part>();
  readonly kept = new Map<JobId, Video>();
  /** Names of pictures that were kept. */
  readonly pictures = new Set<string>();
}

/** The port VideoFiles for one process. */
export function simulatedFiles(world: World, process: BotProcess): VideoFiles {
  const { disk, google } = world;

  function checkRoom(): void {
    if (world.isDiskFull()) throw new StorageFull('ENOSPC');
  }

  function incomingOf(id: JobId): Incoming {
    const part = disk.incoming.get(id) ?? { sizeBytes: 0, rubbish: false };
    disk.incoming.set(id, part);
    return {
      get sizeBytes() {
        return part.sizeBytes;
      },
      write: (chunk) =>
        process.local(`write of ${id}`, async () => {
          checkRoom();
          part.rubbish ||= chunk[0] === RUBBISH;
          part.sizeBytes += chunk.length;
        }),
      restart: () =>
        process.local(`restart of ${id}`, async () => {
          part.sizeBytes = 0;
          part.rubbish = false;
        }),
      close: () => process.local(`close of ${id}`, async () => {}),
    };
  }

  return {
    freeBytes: () =>
      process.local('free bytes', async () => (world.isDiskFull() ? 0 : Number.MAX_SAFE_INTEGER)),

    receive: (id) =>
      process.local(`receive ${id}`, async () => {
        checkRoom();
        return incomingOf(id);
      }),

    keep: (id) =>
      process.local(`keep ${id}`, async () => {
        const part = disk.incoming.get(id);
        const work = google.works.find(({ jobId }) => jobId === id);
        if (part === undefined || work === undefined) return { ok: false, why: 'cut' };
        const whole = part.sizeBytes === work.sizeBytes && !part.rubbish;
        if (whole) checkRoom();
        disk.incoming.delete(id);
        if (!whole) return { ok: false, why: part.rubbish ? 'unreadable' : 'cut' };
        const video: Video = {
          ...{ name: `${id}.mp4`, sizeBytes: part.sizeBytes, sha256: id.repeat(8) },
          ...{ durationMs: work.seconds * 1_000, width: 1_280, height: 720, hasAudio: true },
        };
        disk.kept.set(id, video);
        return { ok: true, video };
      }),

    kept: (id) => process.local(`kept ${id}`, async () => disk.kept.get(id) ?? null),
    path: (video) => `/videos/${video.name}`,
    has: (video) =>
      process.local('has', async () =>
        [...disk.kept.values()].some(({ name }) => name === video.name),
      ),
    // Every file here is younger than a life is long.
    async *untouchedSince() {},
    remove: (id) =>
      process.local(`remove ${id}`, async () => {
        disk.incoming.delete(id);
        disk.kept.delete(id);
      }),
  };
}

/** The port Shrinker for one process: what came out is small enough, or it fails at times. */
export function simulatedShrinker(world: World, process: BotProcess): Shrinker {
  const { disk } = world;
  return {
    isThere: async () => !process.dead,
    shrink: (video, plan, signal) =>
      process.local(`shrink of ${video.name}`, async () => {
        if (world.isDiskFull()) throw new StorageFull('ENOSPC');
        await world.time.wait(8_000);
        if (signal.aborted) return { kind: 'stopped' };
        if (world.chance.is(0.2)) return { kind: 'failed', how: 'code 1' };
        if (![...disk.kept.values()].some(({ name }) => name === video.name)) {
          return { kind: 'failed', how: 'no such file' };
        }
        const name = video.name.replace('.mp4', '-small.mp4');
        return { kind: 'smaller', video: { ...video, name, sizeBytes: plan.maxBytes - 1 } };
      }),
  };
}

/** What was written last is not on the disk when the machine loses power. */
export function cutOffParts(disk: Disk, chance: () => number): void {
  for (const part of disk.incoming.values()) {
    if (chance() < 0.3) part.sizeBytes = Math.floor(part.sizeBytes * chance());
  }
}
