// biome-ignore-all lint/style/noNonNullAssertion: every index below is in range by construction
/** How often the whole bot may look, and whose turn it is when more looks are due than that. */

/**
 * A token bucket. With a burst of 1 looks are evenly spaced, and no second, wherever it begins,
 * holds more of them than the budget; a larger burst may exceed it by burst − 1.
 * Times are monotonic ms.
 */
export class PollBudget {
  readonly #gapMs: number;
  readonly #slackMs: number;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  constructor(pollsPerSecond: number, burst = 1) {
    if (!(pollsPerSecond > 0)) throw new RangeError('pollsPerSecond must be above 0');
    this.#gapMs = 1000 / pollsPerSecond;
    this.#slackMs = this.#gapMs * (Math.max(1, burst) - 1);
  }

  /** Ms until a look may be taken; 0 if now. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.#freeAtMs - this.#slackMs - nowMs);
  }

  /** True if a look may be taken now; it then counts as taken. */
  take(nowMs: number): boolean {
    if (this.waitMs(nowMs) > 0) return false;
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + this.#gapMs;
    return true;
  }
}

interface Entry<Id> {
  readonly id: Id;
  readonly dueMs: number;
  readonly ripeMs: number;
  /** Order of arrival, so that equals take turns. */
  readonly nth: number;
}

/**
 * The looks that wait, at most one per operation. Of those that are due the one that is ripe
 * first goes first (see `ripe` in looks.ts). Every call is O(log n), and nothing starves:
 * what comes later is ripe later. Times are monotonic ms, one clock for all operations.
 */
export class LookQueue<Id> {
  readonly #entries = new Map<Id, Entry<Id>>();
  readonly #waiting = new Heap<Entry<Id>>((a, b) => a.dueMs - b.dueMs || a.nth - b.nth);
  readonly #due = new Heap<Entry<Id>>((a, b) => a.ripeMs - b.ripeMs || a.nth - b.nth);
  #nth = 0;

  get size(): number {
    return this.#entries.size;
  }

  /** Puts or moves an operation's next look. */
  put(id: Id, dueMs: number, ripeMs: number): void {
    const entry = { id, dueMs, ripeMs, nth: this.#nth++ };
    this.#entries.set(id, entry);
    this.#waiting.push(entry);
    this.#sweep();
  }

  drop(id: Id): void {
    this.#entries.delete(id);
    this.#sweep();
  }

  /** Takes the look whose turn it is, or undefined: none is due, or the budget says wait. */
  take(nowMs: number, budget: PollBudget): Id | undefined {
    for (let next = this.#waiting.top(); next !== undefined; next = this.#waiting.top()) {
      if (this.#isOld(next)) this.#waiting.pop();
      else if (next.dueMs <= nowMs) this.#due.push(this.#waiting.pop()!);
      else break;
    }
    this.#dropOld(this.#due);
    const first = this.#due.top();
    if (first === undefined || !budget.take(nowMs)) return undefined;
    this.#due.pop();
    this.#entries.delete(first.id);
    return first.id;
  }

  /** Ms until `take` may have something; null while nothing waits. */
  waitMs(nowMs: number, budget: PollBudget): number | null {
    this.#dropOld(this.#due);
    if (this.#due.top() !== undefined) return budget.waitMs(nowMs);
    this.#dropOld(this.#waiting);
    const next = this.#waiting.top();
    return next === undefined ? null : Math.max(0, next.dueMs - nowMs, budget.waitMs(nowMs));
  }

  #isOld(entry: Entry<Id>): boolean {
    return this.#entries.get(entry.id) !== entry;
  }

  #dropOld(heap: Heap<Entry<Id>>): void {
    for (let top = heap.top(); top !== undefined && this.#isOld(top); top = heap.top()) heap.pop();
  }

  // Moved and dropped entries stay in the heaps until met; never more of them than of live ones.
  #sweep(): void {
    const held = this.#waiting.size + this.#due.size;
    if (held <= 2 * this.#entries.size + 64) return;
    this.#waiting.keep((entry) => !this.#isOld(entry));
    this.#due.keep((entry) => !this.#isOld(entry));
  }
}

/** A binary heap: the smallest on top. */
class Heap<T> {
  #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#compare(items[above]!, item) <= 0) break;
      items[at] = items[above]!;
      at = above;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const item = items.pop();
    if (item === undefined || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.#compare(items[child + 1]!, items[child]!) < 0) child++;
      if (this.#compare(item, items[child]!) <= 0) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = item;
    return top;
  }

  keep(wanted: (item: T) => boolean): void {
    // A sorted array is a heap.
    this.#items = this.#items.filter(wanted).sort(this.#compare);
  }
}
