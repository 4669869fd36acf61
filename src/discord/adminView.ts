/** What `/veo-admin status` is told; collected elsewhere, shown here. */
import type { JobId } from '../jobs/job.ts';
import type { Overview } from '../jobs/ports.ts';
import type { Limit } from '../jobs/spending.ts';

export interface AdminView {
  status(): Promise<AdminStatus>;
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
  /** By an admin. */
  readonly paused: boolean;
  /** Ids of configured models that the proxy does not offer. */
  readonly notOffered: readonly string[];
  /** The last alarms, newest first. */
  readonly alarms: readonly Alarm[];
  /** How far this machine's clock is ahead of Discord's, where that is known; negative: behind. */
  readonly clockAheadMs: number | null;
}

export type ProxyReport =
  | { readonly up: true; readonly version: string | null; readonly models: number }
  | { readonly up: false; readonly how: string };

export interface Alarm {
  readonly at: number;
  readonly what: string;
  readonly jobId: JobId | null;
}
