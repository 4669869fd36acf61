/** Waits between two tries of a call. */
import { setTimeout as sleep } from 'node:timers/promises';

/** False when the signal ends it: no further try. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

export interface Bounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** As long as Discord asked for, within bounds; where it asked for nothing, the least. */
export function pauseAfter(
  refused: { readonly kind: string; readonly retryAfterMs?: number | null },
  { leastMs, mostMs }: Bounds,
  signal: AbortSignal,
): Promise<boolean> {
  const asked = refused.kind === 'later' ? (refused.retryAfterMs ?? 0) : 0;
  return pause(Math.min(Math.max(asked, leastMs), mostMs), signal);
}
