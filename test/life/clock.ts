/** A clock that a test moves: time that passes at once, and a wall clock that somebody sets. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/jobs/ports/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly call: () => void;
  readonly real: NodeJS.Timeout;
}

export class MovedClock implements Clock {
  #startedAt = Date.now();
  readonly #started = performance.now();
  #passedMs = 0;
  #wallAheadMs = 0;
  readonly #timers = new Set<Timer>();

  // Handed on one by one, so each keeps its clock.
  readonly now = (): number => Math.round(this.#startedAt + this.#elapsedMs());
  readonly wall = (): number => this.now() + this.#wallAheadMs;
  readonly monotonic = (): number => this.#started + this.#elapsedMs();

  readonly after = (ms: number, call: () => void): (() => void) => {
    const timer: Timer = {
      atMs: this.#elapsedMs() + ms,
      call: () => {
        this.#timers.delete(timer);
        call();
      },
      real: setTimeout(() => timer.call(), ms),
    };
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer.real);
      this.#timers.delete(timer);
    };
  };

  /** For a process that starts after somebody has set the machine's clock. */
  startAhead(ms: number): void {
    this.#startedAt += ms;
  }

  /** Somebody sets the machine's clock; nothing has passed. */
  setWallAhead(ms: number): void {
    this.#wallAheadMs = ms;
  }

  /** So much time passes at once; what falls due in it is called, the earliest first. */
  pass(ms: number): void {
    this.#passedMs += ms;
    const due = [...this.#timers]
      .filter(({ atMs }) => atMs <= this.#elapsedMs())
      .toSorted((a, b) => a.atMs - b.atMs);
    for (const { call, real } of due) {
      clearTimeout(real);
      call();
    }
  }

  /** Lets time pass in steps, with the bot at work between them, until `look` sees what it waits for. */
  async passUntil<T>(look: () => T | undefined | false, stepMs: number, what: string): Promise<T> {
    for (let steps = 0; steps < 2_000; steps++) {
      const seen = look();
      if (seen !== undefined && seen !== false) return seen;
      this.pass(stepMs);
      await sleep(5);
    }
    throw new Error(`however much time passed, it was never seen: ${what}`);
  }

  #elapsedMs(): number {
    return performance.now() - this.#started + this.#passedMs;
  }
}
