import { readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JobId } from '../jobs/job.ts';
import type { Checked, Incoming, VideoFiles } from '../jobs/ports/files.ts';
import { onDisk } from './errors.ts';
import { openIncoming } from './incoming.ts';
import { freeBytes } from './space.ts';
import { sizeOf, statOf } from './stat.ts';
import { syncFolder, wholeVideo } from './whole.ts';

export interface VideoFilesOptions {
  /** The data folder, as `openFolder` left it. */
  readonly dir: string;
  /** Why a file was not kept; for the log. */
  readonly onFault?: (id: JobId, detail: string) => void;
}

/**
 * Videos in the data folder: `incoming/<id>.part` until it is whole, then `videos/<id>.mp4`; the last
 * one that was no video is `videos/<id>.unreadable`; copies are shrinker.ts's. Whatever the disk refuses is thrown as StorageFull, an id of another form as RangeError.
 */
export function createVideoFiles({ dir, onFault }: VideoFilesOptions): VideoFiles {
  const folder = resolve(dir);
  const incomingFolder = join(folder, 'incoming');
  const videosFolder = join(folder, 'videos');
  const incomingPath = (id: JobId) => join(incomingFolder, `${checkedId(id)}.part`);
  const videoPath = (id: JobId) => join(videosFolder, nameOf(id));
  const copyPath = (id: JobId) => join(videosFolder, `${checkedId(id)}-small.mp4`);
  const asidePath = (id: JobId) => join(videosFolder, `${checkedId(id)}.unreadable`);
  /** So that a step which was given up cannot go on writing into what the next one receives. */
  const opened = new Map<JobId, Incoming>();

  async function closeOpened(id: JobId): Promise<void> {
    const incoming = opened.get(id);
    opened.delete(id);
    await incoming?.close();
  }

  /** Null when there is no such file. */
  async function check(id: JobId, path: string): Promise<Checked | null> {
    if ((await sizeOf(path)) === null) return null;
    const found = await wholeVideo(path, nameOf(id));
    if (!found.ok) {
      onFault?.(id, found.detail);
      if (found.why === 'unreadable') await onDisk(() => rename(path, asidePath(id)));
      else await onDisk(() => rm(path, { force: true }));
      return { ok: false, why: found.why };
    }
    return found;
  }

  return {
    freeBytes: () => freeBytes(folder),

    async receive(id) {
      const path = incomingPath(id);
      await closeOpened(id);
      const incoming = await openIncoming(path);
      opened.set(id, incoming);
      return incoming;
    },

    async keep(id) {
      const from = incomingPath(id);
      await closeOpened(id);
      const received = await check(id, from);
      if (received?.ok) {
        await onDisk(() => rename(from, videoPath(id)));
        await onDisk(() => rm(asidePath(id), { force: true }));
        await syncFolder(videosFolder);
        return received;
      }
      // Renamed by a process that died before it could write that down.
      const kept = await check(id, videoPath(id));
      return kept?.ok ? kept : (received ?? kept ?? { ok: false, why: 'cut' });
    },

    async kept(id) {
      const kept = await check(id, videoPath(id));
      return kept?.ok ? kept.video : null;
    },

    path(video) {
      return join(videosFolder, checkedName(video.name));
    },

    async has(video) {
      return (await sizeOf(join(videosFolder, checkedName(video.name)))) === video.sizeBytes;
    },

    async remove(id) {
      const paths = [incomingPath(id), videoPath(id), asidePath(id), copyPath(id)];
      await closeOpened(id);
      for (const path of paths) await onDisk(() => rm(path, { force: true }));
      for (const name of await onDisk(() => readdir(incomingFolder))) {
        const isCopy = name.startsWith(`${id}-`) && name.endsWith('.shrinking');
        if (isCopy) await onDisk(() => rm(join(incomingFolder, name), { force: true }));
      }
    },

    async *untouchedSince(before) {
      for (const within of [incomingFolder, videosFolder]) {
        for (const name of await onDisk(() => readdir(within))) {
          // Names of another form are not ours to judge.
          const id =
            /^([0-9a-z]{8})(?:\.part|(?:-small)?\.mp4|\.unreadable|-\w{8}\.shrinking)$/.exec(
              name,
            )?.[1];
          const found = id === undefined ? null : await statOf(join(within, name));
          if (id !== undefined && found !== null && found.mtimeMs < before) yield id;
        }
      }
    },
  };
}

function checkedId(id: string): string {
  if (!/^[0-9a-z]{8}$/.test(id)) throw new RangeError('not the id of a job');
  return id;
}

function nameOf(id: JobId): string {
  return `${checkedId(id)}.mp4`;
}

function checkedName(name: string): string {
  if (!/^[0-9a-z]{8}(-small)?\.mp4$/.test(name)) throw new RangeError('not the name of a video');
  return name;
}
