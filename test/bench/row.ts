/** One promise, measured. */
export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  /** The same without what we do about it. */
  readonly baseline?: string;
  readonly ok: boolean;
  /** A time by the clock: on a busy machine it says as much about the machine, so it fails nothing. */
  readonly byTheClock?: true;
}

/** The middle one; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that so large a share (0 to 1) of the others does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  const value = sorted[at];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export const ms = (value: number): string => `${Math.round(value)} ms`;
export const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
