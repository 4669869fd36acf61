/**
 * Lets go of what was kept: a video whose time is over, and everything a member wrote. The row says
 * that a file is gone before it is, so that nobody begins to post what is being deleted.
 */

import type { Job, JobId, JobIn } from '../job.ts';
import { change } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { PictureFiles, VideoFiles } from '../ports/files.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import { isEnded, stateOf } from '../states.ts';
import type { Writer } from '../writer.ts';

export interface ForgettingParts {
  readonly store: Pick<JobStore, 'unwanted' | 'forgetWords' | 'askToForget' | 'find'>;
  readonly files: Pick<VideoFiles, 'remove'>;
  readonly pictures: Pick<PictureFiles, 'removePictures'>;
  readonly writer: Pick<Writer, 'write'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What became of a member's wish to be forgotten. */
export interface Forgotten {
  readonly videos: number;
  /** Ended jobs without prompt, pictures and the service's words now. */
  readonly jobs: number;
  /** Jobs that still run; they are forgotten as soon as they have ended. */
  readonly running: number;
}

export interface Forgetting {
  /** Deletes a kept video whose time is over. False when somebody was faster. */
  letGo(job: Job): Promise<boolean>;
  /** Forgets jobs that have ended: their pictures and words. */
  forgetWords(ids: readonly JobId[]): Promise<number>;
  /** Forgets ended jobs that are not wanted any more, of one member or (null) of all. */
  forgetUnwanted(userId: string | null, signal?: AbortSignal): Promise<Omit<Forgotten, 'running'>>;
  forget(userId: string): Promise<Forgotten>;
}

type KeptJob = JobIn<'delivered'> | JobIn<'undelivered'>;

const AT_ONCE = 50;

export function createForgetting(parts: ForgettingParts): Forgetting {
  const { store, files, pictures, writer, clock } = parts;
  const wishes = new Map<string, Promise<Forgotten>>();

  async function letGo(job: Job, isOver: (kept: KeptJob) => boolean = isPast): Promise<boolean> {
    const noteGone = () =>
      writer.write(job, (current) => {
        const isKept = current.state === 'delivered' || current.state === 'undelivered';
        if (!isKept || current.keptUntilAt === null || !isOver(current)) return null;
        return {
          ...change(
            { now: clock.now() },
            { ...stateOf(current), keptUntilAt: null },
            { event: 'video deleted' },
          ),
          attempts: current.attempts,
        };
      });
    try {
      if ((await noteGone()) === null) return false;
    } catch (error) {
      if (!(error instanceof StorageFull)) throw error;
      // A disk too full to note it: the file makes the room.
      await removeFiles(job.id);
      if ((await noteGone()) === null) return false;
    }
    await removeFiles(job.id);
    return true;
  }

  function isPast({ keptUntilAt }: KeptJob): boolean {
    return keptUntilAt !== null && keptUntilAt <= clock.now();
  }

  async function removeFiles(id: JobId): Promise<void> {
    await files.remove(id);
    await pictures.removePictures(id);
  }

  /** Somebody may have asked for it meanwhile: what is being posted is not taken away. */
  async function isOverAndDone(id: JobId): Promise<boolean> {
    const job = await store.find(id);
    if (job === null || !isEnded(job)) return job === null;
    const isKept = job.state === 'delivered' || job.state === 'undelivered';
    return !isKept || job.keptUntilAt === null;
  }

  async function forgetWords(ids: readonly JobId[]): Promise<number> {
    for (const id of ids) await pictures.removePictures(id);
    return store.forgetWords(ids);
  }

  async function forgetUnwanted(
    userId: string | null,
    signal?: AbortSignal,
  ): Promise<Omit<Forgotten, 'running'>> {
    let [videos, jobs] = [0, 0];
    while (!signal?.aborted) {
      const unwanted = await store.unwanted(userId, AT_ONCE);
      if (unwanted.length === 0) break;
      for (const job of unwanted) {
        if (await letGo(job, () => true)) videos += 1;
        else if (await isOverAndDone(job.id)) await removeFiles(job.id);
      }
      const forgotten = await store.forgetWords(unwanted.map(({ id }) => id));
      // All of them are being shown anew at this moment.
      if (forgotten === 0) break;
      jobs += forgotten;
    }
    return { videos, jobs };
  }

  return {
    letGo,
    forgetWords,
    forgetUnwanted,
    forget(userId) {
      // Two presses are one wish, with one answer.
      const underWay = wishes.get(userId) ?? forget(userId).finally(() => wishes.delete(userId));
      wishes.set(userId, underWay);
      return underWay;
    },
  };

  async function forget(userId: string): Promise<Forgotten> {
    const concerned = await store.askToForget(userId);
    const { videos, jobs } = await forgetUnwanted(userId);
    return { videos, jobs, running: Math.max(0, concerned - jobs) };
  }
}
