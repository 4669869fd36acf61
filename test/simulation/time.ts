/**
 * Virtual time: events in order, nothing else moves. Between two events every promise that can
 * go on goes on, until all is still: Node runs all microtasks before the next macrotask.
 */

import type { Clock } from '../../src/jobs/ports/clock.ts';

interface Event {
  readonly at: number;
  /** Order of arrival among equals. */
  readonly nth: number;
  call: (() => void) | null;
}

export class VirtualTime {
  #now: number;
  #nth = 0;
  readonly #heap: Event[] = [];

  constructor(startAt: number) {
    this.#now = startAt;
  }

  /** Ms since 1970, in the world outside the processes. */
  get now(): number {
    return this.#now;
  }

  /** The answer takes it back. */
  after(ms: number, call: () => void): () => void {
    const event: Event = { at: this.#now + Math.max(0, ms), nth: this.#nth++, call };
    this.#push(event);
    return () => {
      event.call = null;
    };
  }

  at(time: number, call: () => void): () => void {
    return this.after(time - this.#now, call);
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** The next event and all that follows of it at once; false when nothing is left to happen. */
  async step(): Promise<boolean> {
    for (;;) {
      const event = this.#pop();
      if (event?.call === null) continue;
      if (event !== undefined) {
        this.#now = event.at;
        event.call();
      }
      await still();
      return event !== undefined || this.#heap.length > 0;
    }
  }

  /** Goes on until something is so; throws when it is not within so many ms. */
  async until(isSo: () => boolean, withinMs = 3_600_000): Promise<void> {
    await still();
    const last = this.#now + withinMs;
    while (!isSo()) {
      if (!(await this.step()) || this.#now > last) throw new Error('it never came to be');
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!before(event, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

/** A process's clock over it. */
export function clockOf(time: VirtualTime, wall: () => number = () => time.now): Clock {
  const startedAt = time.now;
  const wallAtStart = Math.round(wall());
  const monotonic = () => time.now - startedAt;
  return {
    now: () => Math.round(wallAtStart + monotonic()),
    wall: () => Math.round(wall()),
    monotonic,
    after: (ms, call) => time.after(ms, call),
  };
}

function before(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.nth < b.nth);
}

/** Resolves when no promise can go on any more. */
function still(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
