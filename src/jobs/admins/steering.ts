/** What the admins of the bot do with it. Who is one is checked where the command comes in. */

import type { Change } from '../change.ts';
import type { Job, JobId, JobIn } from '../job.ts';
import type { LedgerLine } from '../money/accounts.ts';
import { change, notCharged } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryLine, JobStore, Listed } from '../ports/store.ts';
import { stateOf } from '../states.ts';
import type { Writer } from '../writer.ts';
import type { House } from './house.ts';
import type { Pause, Paused } from './pause.ts';

export type PauseResult =
  | { readonly kind: 'paused'; readonly paused: Paused }
  /** As it stood before; nothing was changed. */
  | { readonly kind: 'paused before'; readonly paused: Paused };

export type ResumeResult =
  /** `waiting`: jobs that waited for it and start now, as room allows. */
  | { readonly kind: 'resumed'; readonly since: Paused; readonly waiting: number }
  | { readonly kind: 'not paused' };

type Unsettled = JobIn<'unconfirmed'> | JobIn<'failed'> | JobIn<'cancelled'>;

export type SettleResult =
  | { readonly kind: 'settled'; readonly job: Unsettled }
  /** What was told of it from outside is being looked at: the service's own word is better. */
  | { readonly kind: 'being looked at' }
  /** The service is asked once more, and knows better than a bill. As `Clock.now`. */
  | { readonly kind: 'asked once more'; readonly job: Job; readonly at: number }
  /** It is known what it cost, or it was settled before. */
  | { readonly kind: 'nothing to settle'; readonly job: Job }
  | { readonly kind: 'no such job' };

/** Everything that is known of one job. */
export interface LookedUp {
  readonly job: Job;
  readonly history: readonly HistoryLine[];
  readonly ledger: readonly LedgerLine[];
}

export interface JobList {
  readonly jobs: readonly Job[];
  readonly page: number;
  readonly hasOlder: boolean;
}

export interface Steering {
  /** No new paid work from now on, also after a restart. What is paid for goes on. */
  pause(by: string, reason: string | null): Promise<PauseResult>;
  resume(by: string): Promise<ResumeResult>;
  /** The pause of a part of the bot is over: what waited for it starts. How many. */
  resumed(by: string): Promise<number>;
  /** Null: no such job. Its history begins with the asking. */
  look(id: JobId): Promise<LookedUp | null>;
  /** The newest asked for first; the first page is 0. */
  list(which: Listed, page: number): Promise<JobList>;
  /** The newest asked for first, as many as somebody would look for by their ids. */
  recent(guildId: string | null): Promise<readonly Job[]>;
  /**
   * Says what became of the money of a job whose answer was lost, for good: it stays `unconfirmed`,
   * and nothing that is told of it later is taken.
   */
  settle(id: JobId, by: string, outcome: 'charged' | 'not charged'): Promise<SettleResult>;
}

export interface SteeringParts {
  readonly store: Pick<JobStore, 'inStates' | 'find' | 'history' | 'ledger' | 'listed'>;
  readonly writer: Writer;
  readonly pause: Pause;
  readonly house: Pick<House, 'pausedFor'>;
  readonly clock: Clock;
  /** Wakes the runner. */
  readonly wake: () => void;
}

const LISTED = 10;
const RECENT = 200;

export function createSteering(parts: SteeringParts): Steering {
  const { store, writer, pause, house, clock, wake } = parts;

  async function resumed(by: string): Promise<number> {
    if (pause.now() !== null) return 0;
    let waiting = 0;
    for (const job of await store.inStates(['queued'])) {
      const now = clock.now();
      const stored = await writer.write(job, (current) =>
        current.state === 'queued' &&
        current.trouble === 'paused' &&
        house.pausedFor(current) === null
          ? {
              ...change(
                { now },
                { ...stateOf(current), trouble: null, dueAt: now },
                { event: 'resumed', detail: { by } },
              ),
              attempts: current.attempts,
            }
          : null,
      );
      if (stored !== null) waiting += 1;
    }
    wake();
    return waiting;
  }

  return {
    async pause(by, reason) {
      const before = pause.now();
      if (before !== null) return { kind: 'paused before', paused: before };
      const paused = { by, at: clock.wall(), reason };
      await pause.begin(paused);
      wake();
      return { kind: 'paused', paused };
    },

    async resume(by) {
      const since = pause.now();
      if (since === null) return { kind: 'not paused' };
      await pause.end(by, clock.wall());
      const waiting = await resumed(by);
      return { kind: 'resumed', since, waiting };
    },

    resumed,

    async look(id) {
      const job = await store.find(id);
      if (job === null) return null;
      const [history, ledger] = await Promise.all([store.history(id), store.ledger(id)]);
      return { job, history, ledger };
    },

    async settle(id, by, outcome) {
      const job = await store.find(id);
      if (job === null) return { kind: 'no such job' };
      const stored = await writer.write(job, (current) =>
        isUnsettled(current) && !isAwaited(current)
          ? settled(current, by, outcome, clock.now())
          : null,
      );
      if (stored !== null) return { kind: 'settled', job: stored as Unsettled };
      const current = (await store.find(id)) ?? job;
      if (!isUnsettled(current)) return { kind: 'nothing to settle', job: current };
      return current.state === 'failed' && current.dueAt !== null
        ? { kind: 'asked once more', job: current, at: current.dueAt }
        : { kind: 'being looked at' };
    },

    recent: (guildId) => store.listed({ state: null, userId: null, guildId }, 0, RECENT),

    async list(which, page) {
      // One more tells whether there is an older page.
      const found = await store.listed(which, page * LISTED, LISTED + 1);
      return { jobs: found.slice(0, LISTED), page, hasOlder: found.length > LISTED };
    },
  };
}

/** Ended, and nobody knows whether it was charged: its answer was lost, or it was given up while it ran. */
export function isUnsettled(job: Job): job is Unsettled {
  const isEnded =
    job.state === 'unconfirmed' || job.state === 'failed' || job.state === 'cancelled';
  return isEnded && job.charge.kind === 'may have been charged';
}

/** What the service is about to say of it counts more than what a person does. */
function isAwaited(job: Unsettled): boolean {
  if (job.state === 'unconfirmed') return job.told !== null;
  return job.state === 'failed' && job.dueAt !== null;
}

function settled(
  job: Unsettled,
  by: string,
  outcome: 'charged' | 'not charged',
  now: number,
): Change {
  const microUsd = job.request.priceMicroUsd;
  const charged = outcome === 'charged';
  const charge = charged ? ({ kind: 'charged', microUsd } as const) : notCharged;
  return {
    ...change(
      { now },
      { ...stateOf(job), charge, ...(job.state === 'cancelled' && { hadBegun: true }) },
      { event: 'settled by an admin', detail: { outcome, by } },
    ),
    money: charged ? { kind: 'settle', microUsd, basis: 'estimate' } : { kind: 'give back' },
    // There is something new to be seen in its message.
    reply: job.reply,
  };
}
