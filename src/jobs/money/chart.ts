/** A picture of what was spent, day by day: what is to be drawn, and who draws it. */
import type { MicroUsd } from '../model.ts';

/** Its words come with it, in the order in which they are read. */
export interface SpendingChart {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly charged: string;
  readonly maybe: string;
  /** A dashed line; null: no limit. */
  readonly limit: {
    readonly microUsd: MicroUsd;
    readonly label: string;
    /** Said instead where the line would be far above everything that was spent. */
    readonly labelFarAbove: string;
  } | null;
  /** Said in the middle where every bar is empty. */
  readonly empty: string;
}

export interface Bar {
  /** Written below it; null: nothing. */
  readonly label: string | null;
  readonly chargedMicroUsd: MicroUsd;
  /** Stands on what was charged. */
  readonly maybeMicroUsd: MicroUsd;
}

/** PNG. Null where it could not be drawn: the words beside it say the same. Never throws. */
export type DrawChart = (chart: SpendingChart, signal: AbortSignal) => Promise<Uint8Array | null>;
