/** Who may do something to a job that is there, and what stays of it when a press brings a fresh token. */
import type { Actor } from '../actions.ts';
import type { Job, Reply } from '../job.ts';

export function mayHandle(job: Job, by: Actor): boolean {
  return by.isAdmin || job.requester.userId === by.userId;
}

/** A spoiler that was decided on when it was asked for stays. */
export function withSpoilerOf({ reply: before }: Pick<Job, 'reply'>, reply: Reply): Reply {
  return before.spoiler === true ? { ...reply, spoiler: true } : reply;
}
