/** Which states there are, and which may follow which. */
import type { Job, State, StateOf } from './job.ts';

export const states: readonly State[] = [
  'received',
  'gathering',
  'queued',
  'submitting',
  'generating',
  'cancelling',
  'downloading',
  'shrinking',
  'delivering',
  'delivered',
  'undelivered',
  'unconfirmed',
  'failed',
  'cancelled',
];

/** Which change leads where. A change to the same state only moves its times. */
export const leadsTo: Readonly<Record<State, readonly State[]>> = {
  received: ['gathering', 'queued', 'cancelled'],
  gathering: ['queued', 'cancelled'],
  queued: ['submitting', 'cancelled', 'failed'],
  submitting: ['generating', 'cancelling', 'queued', 'failed', 'cancelled', 'unconfirmed'],
  generating: ['downloading', 'cancelling', 'cancelled', 'failed'],
  cancelling: ['cancelled', 'downloading', 'failed'],
  downloading: ['delivering', 'failed'],
  shrinking: ['delivering', 'undelivered'],
  delivering: ['delivered', 'undelivered', 'shrinking', 'failed'],
  delivered: ['delivering'],
  undelivered: ['delivering', 'shrinking'],
  unconfirmed: ['generating'],
  failed: ['downloading'],
  cancelled: [],
};

/**
 * States in which nothing more happens by itself (an overdue failure has one late look left, what an
 * unconfirmed one is told from outside is looked at, and a kept video goes when its time is over).
 */
export const ended: readonly State[] = [
  'delivered',
  'undelivered',
  'unconfirmed',
  'failed',
  'cancelled',
];

/** What of a job belongs to its state: the start of a change that stays in it. */
export function stateOf<J extends Job>(job: J): StateOf<J> {
  const {
    id: _id,
    revision: _revision,
    origin: _origin,
    askedAt: _askedAt,
    changedAt: _changedAt,
    requester: _requester,
    reply: _reply,
    request: _request,
    runAgainOf: _runAgainOf,
    attempts: _attempts,
    shown: _shown,
    ...state
  } = job;
  return state as unknown as StateOf<J>;
}

export function isEnded(job: Job): boolean {
  return ended.includes(job.state);
}
