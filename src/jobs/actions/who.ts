/** Who may do something to a job that is there. */
import type { Actor } from '../actions.ts';
import type { Job } from '../job.ts';

export function mayHandle(job: Job, by: Actor): boolean {
  return by.isAdmin || job.requester.userId === by.userId;
}
