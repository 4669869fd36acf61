/** What the admins of the bot do with it. Who is one is checked where the command comes in. */

import { type Job, type JobId, type State, stateOf, states } from './job.ts';
import { change } from './outcomes/parts.ts';
import type { Pause, Paused } from './pause.ts';
import type { Clock, HistoryLine, JobStore } from './ports.ts';
import type { Writer } from './writer.ts';

export type PauseResult =
  | { readonly kind: 'paused'; readonly paused: Paused }
  /** As it stood before; nothing was changed. */
  | { readonly kind: 'paused before'; readonly paused: Paused };

export type ResumeResult =
  /** `waiting`: jobs that waited for it and start now, as room allows. */
  | { readonly kind: 'resumed'; readonly since: Paused; readonly waiting: number }
  | { readonly kind: 'not paused' };

export interface Steering {
  /** No new paid work from now on, also after a restart. What is paid for goes on. */
  pause(by: string, reason: string | null): Promise<PauseResult>;
  resume(by: string): Promise<ResumeResult>;
  /** Null: no such job. Its history begins with the asking. */
  look(id: JobId): Promise<{ readonly job: Job; readonly history: readonly HistoryLine[] } | null>;
  /** The newest asked for; null: in any state. */
  newest(state: State | null): Promise<readonly Job[]>;
}

export interface SteeringParts {
  readonly store: Pick<JobStore, 'inStates' | 'find' | 'history' | 'newest'>;
  readonly writer: Writer;
  readonly pause: Pause;
  readonly clock: Clock;
  /** Wakes the runner. */
  readonly wake: () => void;
}

const LISTED = 10;

export function createSteering(parts: SteeringParts): Steering {
  const { store, writer, pause, clock, wake } = parts;

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
      let waiting = 0;
      for (const job of await store.inStates(['queued'])) {
        const now = clock.now();
        const stored = await writer.write(job, (current) =>
          current.state === 'queued' && current.trouble === 'paused'
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
      return { kind: 'resumed', since, waiting };
    },

    async look(id) {
      const job = await store.find(id);
      return job === null ? null : { job, history: await store.history(id) };
    },

    newest: (state) => store.newest(state === null ? states : [state], LISTED),
  };
}
