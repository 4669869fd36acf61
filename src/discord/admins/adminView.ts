/** What `/veo-admin status` is told; collected elsewhere, shown here. */

import type { PausedPart } from '../../jobs/admins/house.ts';
import type { Paused } from '../../jobs/admins/pause.ts';
import type { JobId } from '../../jobs/job.ts';
import type { Limit } from '../../jobs/money/spending.ts';
import type { Overview } from '../../jobs/ports/store.ts';

export interface AdminView {
  /** Within about 2 s, so that the command is answered in time. */
  status(): Promise<Omit<AdminStatus, 'clockAheadMs'>>;
}

export interface AdminStatus {
  readonly version: string;
  readonly startedAt: number;
  readonly now: number;
  readonly proxy: ProxyReport;
  readonly overview: Overview;
  readonly limits: readonly Limit[];
  /** Null where it could not be found out. */
  readonly freeBytes: number | null;
  /** By an admin; null: videos are made. */
  readonly paused: Paused | null;
  /** Models and servers that are paused by themselves. */
  readonly pausedParts: readonly PausedPart[];
  /** Ids of configured models that the proxy does not offer. */
  readonly notOffered: readonly string[];
  /** The last alarms, newest first; the same one again is counted. */
  readonly alarms: readonly Alarm[];
  /** How far this machine's clock is ahead of Discord's, where that is known; negative: behind. */
  readonly clockAheadMs: number | null;
}

export type ProxyReport =
  | { readonly up: true; readonly version: string | null; readonly models: number }
  /** `lastUpAt`: when it last answered well, since the start; null: never. */
  | { readonly up: false; readonly how: string; readonly lastUpAt: number | null };

export interface Alarm {
  /** Last heard. */
  readonly at: number;
  readonly what: string;
  /** What it is about, in words for admins; null: `what` says all. */
  readonly about: string | null;
  /** The last one that it was met with. */
  readonly jobId: JobId | null;
  /** How often it was heard since it was news. */
  readonly count: number;
}
