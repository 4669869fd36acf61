/** What the admins of the bot do with it. Who is one is checked where the command comes in. */

import { stateOf } from './job.ts';
import { change } from './outcomes/parts.ts';
import type { Pause, Paused } from './pause.ts';
import type { Clock, JobStore } from './ports.ts';
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
}

export interface SteeringParts {
  readonly store: Pick<JobStore, 'inStates'>;
  readonly writer: Writer;
  readonly pause: Pause;
  readonly clock: Clock;
  /** Wakes the runner. */
  readonly wake: () => void;
}

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
  };
}
