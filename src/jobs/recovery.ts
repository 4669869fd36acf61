/** State found at start → Change, pure: the failure table as code. Null: goes on as it stands. */
import type { Change } from './change.ts';
import type { Job, NextState, State } from './job.ts';
import { change } from './outcomes/parts.ts';
import { unconfirmed } from './outcomes/submit.ts';
import type { Rules } from './rules.ts';
import { stateOf } from './states.ts';

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
    case 'shrinking':
      // It may be the making that ends the process: not for ever.
      return {
        ...change({ now }, { ...stateOf(job), dueAt: now }, { event: 'found at start' }),
        attempts: job.attempts + 1,
      };
    case 'gathering':
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

/** No step waits longer than this for its next turn; what is due later was written by a wrong clock. */
export const LONGEST_WAIT_MS = 11 * 60_000;

/** States whose next turn is never far away. */
export const neverFarAway: readonly State[] = [
  'received',
  'gathering',
  'queued',
  'generating',
  'cancelling',
  'downloading',
  'shrinking',
  'delivering',
];

/**
 * The machine's clock was ahead when this was written and has been set back since: without this
 * a paid video would be looked at days from now. Null: its times are honest.
 */
export function afterClockSetBack(job: Job, now: number, rules: Rules): Change | null {
  if (!('dueAt' in job) || job.dueAt === null || job.dueAt <= now + LONGEST_WAIT_MS) return null;
  if (!neverFarAway.includes(job.state)) return null;
  const state = stateOf(job);
  const to = {
    ...state,
    dueAt: now,
    ...('operation' in state && state.operation !== null
      ? {
          operation: {
            ...state.operation,
            submittedAt: Math.min(state.operation.submittedAt, now),
          },
        }
      : {}),
    ...('lookedAt' in state ? { lookedAt: null } : {}),
    ...('deadlineAt' in state
      ? { deadlineAt: Math.min(state.deadlineAt, now + longest(job.state, rules)) }
      : {}),
  } as NextState;
  return {
    ...change({ now }, to, { event: 'clock set back' }),
    attempts: job.attempts,
  };
}

function longest(state: State, rules: Rules): number {
  if (state === 'downloading') return rules.fileLivesMs;
  return state === 'generating' || state === 'cancelling' ? rules.generateForMs : rules.queueForMs;
}
