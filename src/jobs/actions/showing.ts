/** How a member gets a finished video: into its message, into a new one, or once they write to the bot. */
import type {
  Actions,
  ActionsParts,
  Actor,
  ShowAgainResult,
  ShowResultResult,
} from '../actions.ts';
import type { Job, JobId, JobIn, Reply } from '../job.ts';
import { change } from '../outcomes/parts.ts';
import type { AckOutcome } from '../ports/replies.ts';
import { isEnded, stateOf } from '../states.ts';
import { isTakenDown, noteTakenDown } from '../takenDown.ts';
import { isPrivate } from '../unseen.ts';
import { mayHandle, withSpoilerOf } from './who.ts';

/** Longer than any acknowledgement takes; a claim whose process died falls due after it. */
const CLAIMED_FOR_MS = 10_000;

export function createShowing(
  parts: Pick<ActionsParts, 'store' | 'files' | 'house' | 'writer' | 'clock' | 'wake'>,
): Pick<Actions, 'showResult' | 'showAgain' | 'takenDown' | 'deliverOnContact'> {
  const { store, files, house, writer, clock, wake } = parts;

  async function showResult(id: JobId, by: Actor, reply: Reply): Promise<ShowResultResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    if (job.state === 'undelivered' && !(await isThere(job))) return { kind: 'file gone', job };
    if (job.state === 'undelivered' && !reply.ephemeral && (await isForOne(job, reply))) {
      return { kind: 'for its member alone' };
    }
    const now = clock.now();
    const stored = await writer.write(job, (current) => {
      if (current.state === 'undelivered' && current.keptUntilAt === null) return null;
      if (current.state === 'undelivered' || current.state === 'delivering') {
        const { operation, charge, madeInMs, video } = current;
        const made = { operation, charge, madeInMs, video };
        return {
          ...change(
            { now },
            { ...made, state: 'delivering', smaller: null, rung: 'reply by token', dueAt: now },
            { event: 'show result' },
          ),
          reply: withSpoilerOf(current, reply),
        };
      }
      // Still being made: the press brought a fresh token, which the delivery will want.
      if (isEnded(current)) return null;
      return {
        ...change({ now }, stateOf(current), { event: 'fresh token' }),
        attempts: current.attempts,
        reply: withSpoilerOf(current, reply),
      };
    });
    wake();
    if (stored === null) return { kind: 'nothing to show', job: (await store.find(id)) ?? job };
    const kind = stored.state === 'delivering' ? 'delivering' : 'still being made';
    return { kind, job: stored };
  }

  /** What is being deleted is gone in the row first. */
  async function isThere(job: JobIn<'delivered'> | JobIn<'undelivered'>): Promise<boolean> {
    return job.keptUntilAt !== null && (await files.has(job.video));
  }

  async function showAgain(
    id: JobId,
    by: Actor,
    reply: Reply,
    acknowledge: (seenByOne: boolean) => Promise<AckOutcome>,
  ): Promise<ShowAgainResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    if (job.state === 'delivering') return { kind: 'on its way', job };
    if (!isEnded(job)) return { kind: 'still being made', job };
    if (job.state !== 'delivered' && job.state !== 'undelivered') {
      return { kind: 'nothing to show', job };
    }
    if (!(await isThere(job))) return { kind: 'file gone', job };
    if (job.state === 'undelivered') return deliverInto(job, reply, acknowledge);
    const isHidden = await seenByOne(job, reply);
    const found = await acknowledge(isHidden);
    if (found.kind === 'not ours') return { kind: 'not acknowledged', how: found.how };
    return { kind: 'copy', job, reply: madeBy(found, reply, isHidden) };
  }

  /**
   * Claimed first, so that of two presses one delivers and the other is told so. Where the process
   * dies before the new message is written down, the ladder is tried where it was before.
   */
  async function deliverInto(
    job: JobIn<'undelivered'>,
    reply: Reply,
    acknowledge: (seenByOne: boolean) => Promise<AckOutcome>,
  ): Promise<ShowAgainResult> {
    const claimed = await writer.write(job, (current) =>
      current.state === 'undelivered' && current.keptUntilAt !== null
        ? again(current, { rung: 'reply by token', dueAt: clock.now() + CLAIMED_FOR_MS })
        : null,
    );
    if (claimed === null) return { kind: 'on its way', job };
    const isHidden = await seenByOne(job, reply);
    const found = await acknowledge(isHidden);
    const now = clock.now();
    const stored = await writer.write(claimed, (current) => {
      if (current.state !== 'delivering') return null;
      if (found.kind !== 'not ours') {
        return {
          ...change(
            { now },
            { ...stateOf(current), rung: 'reply by token', dueAt: now },
            { event: 'new message' },
          ),
          reply: madeBy(found, reply, isHidden),
        };
      }
      const { operation, charge, madeInMs, video } = current;
      return {
        ...change(
          { now },
          {
            ...{ state: 'undelivered', operation, charge, madeInMs, video },
            ...{ reason: job.reason, ways: job.ways, keptUntilAt: job.keptUntilAt },
          },
          { event: 'not acknowledged' },
        ),
        // What may be in its reply still may be.
        attempts: job.attempts,
      };
    });
    wake();
    if (found.kind === 'not ours') return { kind: 'not acknowledged', how: found.how };
    return stored === null ? { kind: 'on its way', job } : { kind: 'delivering', job: stored };
  }

  /** What was made for one person's eyes is shown again to that person alone; see `unseen`. */
  async function seenByOne(job: Job, reply: Reply): Promise<boolean> {
    return reply.place !== 'dm' && (house.isUnseen(reply) || (await isForOne(job, reply)));
  }

  /** As the delivery itself asks. */
  async function isForOne(job: Job, { place, guildId }: Reply): Promise<boolean> {
    return place !== 'dm' && (isPrivate(job) || (await isTakenDown(store, job, guildId)));
  }

  /** The start of another delivery of a kept video. */
  function again(
    job: JobIn<'undelivered'>,
    to: Pick<JobIn<'delivering'>, 'rung' | 'dueAt'>,
  ): ReturnType<typeof change> {
    const { operation, charge, madeInMs, video } = job;
    return change(
      { now: clock.now() },
      { state: 'delivering', operation, charge, madeInMs, video, smaller: null, ...to },
      { event: 'show again', detail: { reason: job.reason } },
    );
  }

  async function deliverOnContact(userId: string): Promise<number> {
    let onTheirWay = 0;
    for (const job of await store.undeliveredOf(userId)) {
      const stored = await writer.write(job, (current) =>
        current.state === 'undelivered' &&
        current.keptUntilAt !== null &&
        current.reason === 'unreachable' &&
        // With tries on the books it may be in its reply, where nobody but its reader can look.
        current.attempts === 0
          ? {
              ...again(current, { rung: 'direct message', dueAt: clock.now() }),
              // An earlier message may have arrived although its answer was lost: look first.
              attempts: 1,
            }
          : null,
      );
      if (stored !== null) onTheirWay += 1;
    }
    return onTheirWay;
  }

  return {
    showResult,
    showAgain,
    takenDown: (id, guildId) => noteTakenDown(store, id, guildId, clock.now()),
    deliverOnContact,
  };
}

/** Where the new message is, as far as the acknowledgement told; else it is what was asked for. */
function madeBy(
  found: Exclude<AckOutcome, { kind: 'not ours' }>,
  reply: Reply,
  isHidden: boolean,
): Reply {
  if (found.kind === 'unsure') return { ...reply, ephemeral: isHidden };
  return { ...reply, messageId: found.messageId, ephemeral: found.ephemeral };
}
