/** Links to kept videos that a place does not accept, and smaller copies that somebody asks for. */
import type { Actions, ActionsParts, Actor, LinkResult, MakeSmallerResult } from '../actions.ts';
import type { Job, JobId, Reply, Video } from '../job.ts';
import { change } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { VideoFiles } from '../ports/files.ts';
import type { JobStore } from '../ports/store.ts';
import { isTakenDown } from '../takenDown.ts';
import { isPrivate } from '../unseen.ts';
import { mayHandle, withSpoilerOf } from './who.ts';

type LinkingParts = Pick<
  ActionsParts,
  'store' | 'files' | 'writer' | 'clock' | 'wake' | 'rules' | 'videoLinks'
>;

export function createLinking(
  parts: LinkingParts,
): Pick<Actions, 'linkTo' | 'dropLinks' | 'makeSmaller'> {
  const { store, files, writer, clock, wake, rules, videoLinks } = parts;

  async function linkTo(id: JobId, by: Actor): Promise<LinkResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by) && !(await isForEverybody(job))) return { kind: 'not yours' };
    if (videoLinks === null || rules.linksLiveMs === null) return { kind: 'no links' };
    if (job.state === 'shrinking' || job.state === 'delivering') return { kind: 'on its way' };
    const now = clock.now();
    const keptUntilAt = keptUntil(job);
    if (keptUntilAt === null || keptUntilAt <= now) return { kind: 'file gone' };
    if (!('video' in job) || !(await files.has(job.video))) return { kind: 'file gone' };
    const untilAt = Math.min(now + rules.linksLiveMs, keptUntilAt);
    return { kind: 'link', job, url: videoLinks.of(id, now, untilAt), untilAt };
  }

  async function isForEverybody(job: Job): Promise<boolean> {
    return isPublic(job) && !(await isTakenDown(store, job, job.reply.guildId));
  }

  async function makeSmaller(id: JobId, by: Actor, reply: Reply): Promise<MakeSmallerResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    if (job.state === 'shrinking' || job.state === 'delivering') return { kind: 'on its way' };
    if (job.state !== 'undelivered' || job.ways.smallerBytes === null) return { kind: 'cannot' };
    if (job.keptUntilAt === null || !(await files.has(job.video))) return { kind: 'file gone' };
    const now = clock.now();
    const stored = await writer.write(job, (current) => {
      if (current.state !== 'undelivered' || current.keptUntilAt === null) return null;
      const { operation, charge, madeInMs, video, ways } = current;
      if (ways.smallerBytes === null) return null;
      const made = { operation, charge, madeInMs, video, rung: 'reply by token' as const };
      return {
        ...change(
          { now },
          {
            ...{ ...made, state: 'shrinking', maxBytes: ways.smallerBytes, asked: true },
            dueAt: now,
          },
          { event: 'smaller version asked for' },
        ),
        reply: withSpoilerOf(current, reply),
      };
    });
    wake();
    return stored === null ? { kind: 'on its way' } : { kind: 'under way', job: stored };
  }

  return {
    linkTo,
    makeSmaller,
    dropLinks: (id) => store.remember(droppedKey(id), String(clock.now())),
  };
}

/** Whether whoever sees the place may have the video too. */
function isPublic(job: Job): boolean {
  const isRemoved = job.state === 'undelivered' && job.reason === 'removed by requester';
  return job.reply.place !== 'dm' && !isPrivate(job) && !isRemoved;
}

function keptUntil(job: Job): number | null {
  return job.state === 'delivered' || job.state === 'undelivered' ? job.keptUntilAt : null;
}

/**
 * The video that a link given out at `givenAt` leads to; null once it is deleted, forgotten or kept no
 * longer, or its message was deleted after that.
 */
export async function linkedVideo(
  {
    store,
    files,
    clock,
  }: {
    readonly store: Pick<JobStore, 'find' | 'recall'>;
    readonly files: Pick<VideoFiles, 'has'>;
    readonly clock: Pick<Clock, 'now'>;
  },
  id: JobId,
  givenAt: number,
): Promise<Video | null> {
  const job = await store.find(id);
  if (job === null || !('video' in job)) return null;
  if (job.state === 'delivered' || job.state === 'undelivered') {
    if (job.keptUntilAt === null || job.keptUntilAt <= clock.now()) return null;
  }
  const droppedAt = await store.recall(droppedKey(id));
  if (droppedAt !== null && givenAt <= Number(droppedAt)) return null;
  return (await files.has(job.video)) ? job.video : null;
}

function droppedKey(id: JobId): string {
  return `links dropped ${id}`;
}
