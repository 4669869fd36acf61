/** How long to wait before a step is attempted again. When to look at an operation: looks.ts. */

/** No wait is longer, so that a repaired proxy is noticed within a minute. */
export const LONGEST_BACKOFF_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;

/**
 * Wait in ms before the next attempt.
 *
 * @param attempt attempts that have failed so far, 1 or more
 * @param chance a number in [0, 1), e.g. Math.random
 * @param retryAfterMs what the other side asked for; it is honoured up to the cap and spread
 *   by up to a quarter upwards, never downwards, so that jobs refused together come back apart
 *
 * Doubling from 1 s to 60 s, half of it by chance: full jitter would allow a wait of nothing.
 */
export function backoff(attempt: number, chance: () => number, retryAfterMs?: number): number {
  const doublings = Math.min(Math.max(attempt, 1) - 1, 16);
  const base = Math.min(FIRST_BACKOFF_MS * 2 ** doublings, LONGEST_BACKOFF_MS);
  const own = base * (0.5 + 0.5 * chance());
  if (retryAfterMs === undefined || !(retryAfterMs > 0)) return Math.round(own);
  const asked = retryAfterMs * (1 + 0.25 * chance());
  return Math.round(Math.min(Math.max(own, asked), LONGEST_BACKOFF_MS));
}
