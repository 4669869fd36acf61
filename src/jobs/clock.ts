import { performance } from 'node:perf_hooks';
import type { Clock } from './ports/clock.ts';

export function steadyClock(): Clock {
  const startedAt = Date.now();
  const startedMonotonic = performance.now();
  return {
    now: () => Math.round(startedAt + (performance.now() - startedMonotonic)),
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  };
}
