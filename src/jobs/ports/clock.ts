/** What time it is, and how to wait. */
export interface Clock {
  /**
   * Steady wall time in ms for rows: the wall clock at the start plus what has really passed, so
   * that a clock that jumps neither ends running jobs nor lets all of them fall due at once.
   */
  now(): number;
  /** The wall clock as it stands: for people, and for the days and months of limits. */
  wall(): number;
  /** Milliseconds that never jump: for waiting inside the process. */
  monotonic(): number;
  /** Calls once after so many ms; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
}
