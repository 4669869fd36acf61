/** State found at start → Change, pure: the failure table as code. Null: goes on as it stands. */
import { type Change, type Job, stateOf } from './job.ts';
import { change } from './outcomes/parts.ts';
import { unconfirmed } from './outcomes/submit.ts';

export function recover(job: Job, now: number): Change | null {
  switch (job.state) {
    case 'received':
      // Died before or around the acknowledgement: ask whether the reply exists.
      return change({ now }, { state: 'received', dueAt: now }, { event: 'found at start' });
    case 'submitting':
      // Died around the paid call. It may be running; it is never sent again by itself.
      return unconfirmed(job, { now }, 'the process ended');
    case 'delivering':
      // Died around the upload. An attempt on the books makes the next one look first.
      if (job.attempts > 0) return null;
      return {
        ...change({ now }, { ...stateOf(job), dueAt: now }, { event: 'found at start' }),
        attempts: 1,
      };
    case 'queued':
    case 'generating':
    case 'cancelling':
    case 'downloading':
    case 'delivered':
    case 'undelivered':
    case 'unconfirmed':
    case 'failed':
    case 'cancelled':
      return null;
    default:
      return job satisfies never;
  }
}
