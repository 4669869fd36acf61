/** The ladder: which way to the requester comes after which, and one try of one rung. */
import { type Job, type JobIn, type Rung, rungs } from '../job.ts';
import type { DeliverOutcome, Replies } from '../ports/replies.ts';
import type { JobStore } from '../ports/store.ts';
import { isTakenDown } from '../takenDown.ts';
import { isPrivate, isSeenByOthers, onlyByToken } from '../unseen.ts';

/**
 * The next rung that can work at all, or null. Where only its token reaches the reply
 * (user-installed, private), nothing but a DM is left once the token is dead.
 */
export function rungAfter(rung: Rung, job: Pick<Job, 'reply' | 'request'>): Rung | null {
  const possible = rungs.filter(
    (r) => !onlyByToken(job) || r === 'reply by token' || r === 'direct message',
  );
  const following = rungs.slice(rungs.indexOf(rung) + 1);
  return following.find((r) => possible.includes(r)) ?? null;
}

/**
 * The last look before anybody sees it: however the row got here, what is for its member alone is not
 * posted where others can see it.
 */
export async function deliver(
  job: JobIn<'delivering'>,
  replies: Pick<Replies, 'deliver'>,
  store: Pick<JobStore, 'recall' | 'find'>,
  signal: AbortSignal,
): Promise<DeliverOutcome> {
  if (isSeenByOthers(job.rung, job.reply)) {
    const isForOne = isPrivate(job) || (await isTakenDown(store, job, job.reply.guildId));
    if (isForOne) return { kind: 'rung over', how: 'for its member alone' };
  }
  return replies.deliver(job, signal);
}

/** Whether the delivered video is in the reply itself. */
export function isInReply({
  posted,
  reply,
}: Pick<JobIn<'delivered'>, 'posted' | 'reply'>): boolean {
  const { rung, messageId } = posted;
  return rung === 'reply by token' || rung === 'reply by bot' || messageId === reply.messageId;
}
