/** When to look at a running operation, from what was learned about how long such a video takes. */
import type { Expectation } from './learning.ts';
import { type LookTable, lookTable } from './lookTable.ts';

/** What one look is worth: so many ms of one video's delay. More is calmer. */
export interface Calmness {
  readonly lookWorthMs: number;
}
/** For videos of 45 s with sigma 0.25: 10.8 looks each, noticed 0.95 s after they are done. */
export const keen: Calmness = { lookWorthMs: 90 };
/** The same videos: 6.1 looks (every 10 s from the submit on: 6.2), noticed after 1.7 s. */
export const calm: Calmness = { lookWorthMs: 285 };

export const LEAST_GAP_MS = 250;
export const MOST_GAP_MS = 60_000;

// A safety filter answers about 3 s after the submit, whatever the video's length.
// Source: recorded exchange with the live API, 2026-10.
const DECLINED_AT_MS = 3_000;
// An operation this many sigmas late follows no distribution we know: look by its age.
const LATE_SIGMAS = 4;
const LATE_AT_MOST = Math.log(8);
const LATE_GAP_PER_AGE = 1 / 20;
// Where the budget is short, a look's turn comes by when it has this chance of a result.
const RIPE_CHANCE = 1 / 3;
const TABLES_KEPT = 64;

/** Keeps the tables it worked out, at most TABLES_KEPT; its answers depend on nothing else. */
export class Looks {
  readonly #calmness: Calmness;
  readonly #tables = new Map<string, LookTable>();

  constructor(calmness: Calmness = keen) {
    this.#calmness = calmness;
  }

  /**
   * When to look next, in ms since the submit; `elapsedMs` if it is already time. At least 250 ms
   * and at most 60 s after the last look, and it never says never.
   *
   * @param elapsedMs now, since the submit
   * @param lastLookMs the last look that found it running, since the submit; 0 if none
   */
  next(elapsedMs: number, lastLookMs: number, expected: Expectation): number {
    const last = Math.max(0, lastLookMs);
    const table = this.#table(expected);
    const planned = table.next(last / expected.medianMs) * expected.medianMs - last;
    const late = expected.medianMs * Math.exp(Math.min(LATE_SIGMAS * expected.sigma, LATE_AT_MOST));
    const patient = last > late ? last * LATE_GAP_PER_AGE : 0;
    const gap = Math.min(Math.max(planned, patient, LEAST_GAP_MS), MOST_GAP_MS);
    return Math.max(elapsedMs, last + gap);
  }

  /**
   * Of several due looks the one that is ripe first should go first: in ms since the submit, when
   * the next look has one chance in three to find the operation finished. Where the budget is
   * short that order does as well as comparing all chances anew at every look (mean delays
   * within 3 %), and it is a fixed number, so that a heap can hold it. At most a minute
   * after the look is due, so that nothing waits for ever behind likelier ones.
   */
  ripe(lastLookMs: number, expected: Expectation): number {
    const table = this.#table(expected);
    const before = table.finished(lastLookMs / expected.medianMs);
    const wanted = before + (1 - before) * RIPE_CHANCE;
    let from = Math.max(0, lastLookMs);
    let to = this.next(from, from, expected) + MOST_GAP_MS;
    while (to - from > 20) {
      const middle = (from + to) / 2;
      if (table.finished(middle / expected.medianMs) < wanted) from = middle;
      else to = middle;
    }
    return to;
  }

  /** Rounded to a few percent, so that few tables serve all: far finer than what is known. */
  #table(expected: Expectation): LookTable {
    const odds = {
      sigma: rounded(expected.sigma, 0.04),
      lambda: rounded(this.#calmness.lookWorthMs / expected.medianMs, 0.06),
      declinedShare: rounded(Math.max(expected.declinedShare, 1e-4), 0.1),
      declinedAt: rounded(DECLINED_AT_MS / expected.medianMs, 0.1),
    };
    const key = `${odds.sigma} ${odds.lambda} ${odds.declinedShare} ${odds.declinedAt}`;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const oldest = this.#tables.keys().next();
    if (this.#tables.size >= TABLES_KEPT && !oldest.done) this.#tables.delete(oldest.value);
    const table = lookTable(odds);
    this.#tables.set(key, table);
    return table;
  }
}

/** The nearest value on a ladder whose rungs are `by` apart, as a share. */
function rounded(value: number, by: number): number {
  return Math.exp(Math.round(Math.log(value) / by) * by);
}
