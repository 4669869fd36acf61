/** An admin delivers a kept video again: into its own place, or to look at it. Costs nothing. */
import type { Job, JobId, JobIn } from '../job.ts';
import { change } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { VideoFiles } from '../ports/files.ts';
import type { JobStore } from '../ports/store.ts';
import { isPrivate, onlyByToken } from '../unseen.ts';
import type { Writer } from '../writer.ts';

export type DeliverAgainResult =
  /** Not delivered till now: it goes to its own place as a new message, else by direct message. */
  | { readonly kind: 'on its way'; readonly job: Job }
  /** Delivered before: nothing changes; the caller shows the admin a copy. */
  | { readonly kind: 'delivered before'; readonly job: JobIn<'delivered'> }
  /** Delivered before so that its member alone sees it; a server's admins do not, only the bot's. */
  | { readonly kind: 'private'; readonly job: Job }
  | { readonly kind: 'being delivered'; readonly job: Job }
  | { readonly kind: 'still being made'; readonly job: Job }
  /** Ended without a video. */
  | { readonly kind: 'nothing to deliver'; readonly job: Job }
  | { readonly kind: 'file gone'; readonly job: Job }
  /** Its member deleted the message: not posted against their will. */
  | { readonly kind: 'removed'; readonly job: Job }
  /** It may be in a reply that only its member can read: a second one could not be ruled out. */
  | { readonly kind: 'may be there'; readonly job: Job }
  | { readonly kind: 'no such job' };

/** Who asks, and of which server the jobs are theirs; null: all. */
export interface RedeliveredBy {
  readonly userId: string;
  readonly guildId: string | null;
}

export interface Redelivery {
  deliverAgain(id: JobId, by: RedeliveredBy): Promise<DeliverAgainResult>;
}

export interface RedeliveryParts {
  readonly store: Pick<JobStore, 'find'>;
  readonly files: Pick<VideoFiles, 'has'>;
  readonly writer: Writer;
  readonly clock: Pick<Clock, 'now'>;
  /** Wakes the runner. */
  readonly wake: () => void;
}

export function createRedelivery(parts: RedeliveryParts): Redelivery {
  const { store, files, writer, clock, wake } = parts;
  return {
    async deliverAgain(id, { userId, guildId }) {
      const job = await store.find(id);
      const isTheirs = job !== null && (guildId === null || isIn(job, guildId));
      if (!isTheirs) return { kind: 'no such job' };
      if (job.state === 'delivering' || job.state === 'shrinking') {
        return { kind: 'being delivered', job };
      }
      if (job.state !== 'delivered' && job.state !== 'undelivered') {
        return { kind: hasNone(job) ? 'nothing to deliver' : 'still being made', job };
      }
      if (job.keptUntilAt === null || !(await files.has(job.video))) {
        return { kind: 'file gone', job };
      }
      if (job.state === 'delivered') {
        const isHidden = guildId !== null && isPrivate(job);
        return isHidden ? { kind: 'private', job } : { kind: 'delivered before', job };
      }
      if (job.reason === 'removed by requester') return { kind: 'removed', job };
      if (job.attempts > 0 && onlyByToken(job)) return { kind: 'may be there', job };
      const stored = await writer.write(job, (current) =>
        // Somebody else was faster, or it is being deleted.
        current.state === 'undelivered' && current.keptUntilAt !== null
          ? again(current, userId, clock.now())
          : null,
      );
      wake();
      if (stored !== null) return { kind: 'on its way', job: stored };
      const now = (await store.find(id)) ?? job;
      return { kind: now.state === 'delivering' ? 'being delivered' : 'file gone', job: now };
    },
  };
}

function again(job: JobIn<'undelivered'>, by: string, now: number) {
  const { operation, charge, madeInMs, video, reason } = job;
  const rung = onlyByToken(job) ? ('direct message' as const) : ('new message' as const);
  return {
    ...change(
      { now },
      { state: 'delivering', operation, charge, madeInMs, video, smaller: null, rung, dueAt: now },
      { event: 'delivered again by an admin', detail: { by, reason } },
    ),
    // An earlier message may have arrived although its answer was lost: look first.
    attempts: 1,
  };
}

function isIn({ reply }: Job, guildId: string): boolean {
  return reply.place === 'server' && reply.guildId === guildId;
}

function hasNone({ state }: Job): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'unconfirmed';
}
