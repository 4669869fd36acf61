/** Every call has its own; the paid one waits longer than the proxy does. */

export interface Timeouts {
  readonly connectMs: number;
  /** Until the paid call's answer begins; the proxy itself gives up after 600 s. */
  readonly submitMs: number;
  /** Until an answer begins, and between two pieces of it. */
  readonly lookMs: number;
  /** A whole look, which can carry tens of megabytes. */
  readonly lookTotalMs: number;
  /** Until a download begins, and between two pieces of it. */
  readonly downloadMs: number;
}

export const usualTimeouts: Timeouts = {
  connectMs: 10_000,
  submitMs: 600_000,
  lookMs: 30_000,
  lookTotalMs: 180_000,
  downloadMs: 60_000,
};
