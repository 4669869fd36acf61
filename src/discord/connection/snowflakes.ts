/**
 * Discord's ids: the time in ms since 2015 in the upper bits, so that a later one is larger. They are
 * larger than a number can hold exactly.
 * Source: Discord's documentation of snowflakes, API v10, 2026-08.
 */

const EPOCH_MS = 1_420_070_400_000n;

/** Smaller than every id of that moment and later, larger than every one before. Wall clock in ms. */
export function idAt(ms: number): string {
  const since = BigInt(Math.floor(ms)) - EPOCH_MS;
  return String(since > 0n ? since << 22n : 0n);
}

export function isNewer(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}

/** The id right before this one. */
export function before(id: string): string {
  return String(BigInt(id) - 1n);
}

/** For sorting, the oldest first. */
export function byAge(a: string, b: string): number {
  return isNewer(a, b) ? 1 : -1;
}
