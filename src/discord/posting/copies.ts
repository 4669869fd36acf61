/**
 * Copies of videos that were delivered before, posted by a press: into the new message of that press
 * and by its token alone. A copy that fails is said in that message; it is nobody's only way to a video.
 */
import type { JobIn, Reply } from '../../jobs/job.ts';
import type { Replies } from '../../jobs/ports/replies.ts';
import { pauseAfter } from '../connection/pause.ts';

export type Copied = 'posted' | 'too large' | 'not posted';

/** @param reply the new message: acknowledged, with a token that lives. Never throws. */
export type PostCopy = (
  job: JobIn<'delivered'>,
  reply: Reply,
  signal: AbortSignal,
) => Promise<Copied>;

/** The same edit of the same message, so that repeating it leaves one video. */
const MOST_TRIES = 4;
const BETWEEN = { leastMs: 1_000, mostMs: 10_000 };

export function createCopies(replies: Pick<Replies, 'deliver'>): PostCopy {
  return async (job, reply, signal) => {
    const first = await post({ ...job, smaller: null }, reply, signal);
    // Where the original does not fit either, the copy that was posted before may.
    return first === 'too large' && job.smaller !== null ? post(job, reply, signal) : first;
  };

  async function post(job: JobIn<'delivered'>, reply: Reply, signal: AbortSignal): Promise<Copied> {
    const { operation, charge, madeInMs, video, smaller, posted: _posted, ...common } = job;
    const made = { operation, charge, madeInMs, video, smaller };
    const rung = 'reply by token' as const;
    const copy = { ...common, ...made, reply, rung, state: 'delivering' as const, dueAt: 0 };
    for (let attempts = 0; attempts < MOST_TRIES; attempts += 1) {
      const outcome = await replies.deliver({ ...copy, attempts }, signal);
      if (outcome.kind === 'posted' || outcome.kind === 'too large') return outcome.kind;
      if (outcome.kind !== 'unsure' && outcome.kind !== 'later') return 'not posted';
      if (!(await pauseAfter(outcome, BETWEEN, signal))) return 'not posted';
    }
    return 'not posted';
  }
}
