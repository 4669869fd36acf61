/**
 * A database that was put back from a backup. What was not yet paid for in it may have been paid for
 * since, and nothing in it knows: it is never sent again by itself.
 */

import type { Work } from './lanes/work.ts';
import { change } from './outcomes/parts.ts';
import { aboutToSubmit, unconfirmed } from './outcomes/submit.ts';
import type { Clock } from './ports/clock.ts';
import type { Observe } from './ports/observe.ts';
import type { JobStore } from './ports/store.ts';

/** Stands in every backup, and in no database that is in use: when it was made, wall time in ms. */
export const COPIED_AT = 'copied at';

/** Another program may have answered these while the copy lay there, and paid. */
const notPaidThen = ['received', 'gathering', 'queued'] as const;

export interface RestoredParts {
  readonly store: Pick<JobStore, 'recall' | 'remember' | 'inStates'>;
  readonly record: Work['record'];
  readonly clock: Pick<Clock, 'now'>;
  readonly observe: Observe;
}

/** Before anything else is done with what is found at a start. Broken off, it is done again. */
export async function doubtWhatWasNotPaid(parts: RestoredParts): Promise<void> {
  const { store, record, clock, observe } = parts;
  const copiedAt = await store.recall(COPIED_AT);
  if (copiedAt === null || copiedAt === '') return;
  const jobs = await store.inStates(notPaidThen);
  const note = { event: 'put back from a backup' };
  for (const found of jobs) {
    const now = clock.now();
    // By the same ways as a lost answer, for that is what it is.
    const queued = await record(found, (job) =>
      job.state === 'received' || job.state === 'gathering'
        ? change(
            { now },
            { state: 'queued', dueAt: now, deadlineAt: now, ahead: 0, trouble: null },
            note,
          )
        : null,
    );
    const submitting = await record(queued ?? found, (job) =>
      job.state === 'queued' ? { ...aboutToSubmit(job, { now }), note } : null,
    );
    if (submitting === null) continue;
    await record(submitting, (job) =>
      job.state === 'submitting' ? unconfirmed(job, { now }, note.event) : null,
    );
  }
  await store.remember(COPIED_AT, '');
  const made = new Date(Number(copiedAt)).toISOString();
  observe({ kind: 'alarm', job: null, what: note.event, detail: { made, doubted: jobs.length } });
}
