/** Collects what `/veo-admin status` is told, from every part. */
import type { AdminStatus, AdminView, Alarm } from './discord/adminView.ts';
import type { Models } from './jobs/models.ts';
import type { Clock, JobEvent, JobStore, VideoFiles } from './jobs/ports.ts';
import { type Limit, periodAround } from './jobs/spending.ts';
import type { ProxyReport } from './litellm/proxy.ts';

const KEPT = 20;

/** The last things that an admin should know; a restart forgets them, the log does not. */
export class Alarms {
  readonly #clock: Pick<Clock, 'wall'>;
  #last: readonly Alarm[] = [];

  constructor(clock: Pick<Clock, 'wall'>) {
    this.#clock = clock;
  }

  hear(event: JobEvent): void {
    if (event.kind !== 'alarm') return;
    const alarm: Alarm = { at: this.#clock.wall(), what: event.what, jobId: event.job?.id ?? null };
    this.#last = [alarm, ...this.#last].slice(0, KEPT);
  }

  get last(): readonly Alarm[] {
    return this.#last;
  }
}

export interface AdminViewParts {
  readonly version: string;
  readonly store: Pick<JobStore, 'overview'>;
  readonly files: Pick<VideoFiles, 'freeBytes'>;
  readonly clock: Clock;
  readonly models: Models;
  readonly limits: readonly Limit[];
  readonly alarms: Alarms;
  /** Asks the proxy; free. */
  readonly proxy: () => Promise<ProxyReport>;
}

export function createAdminView(parts: AdminViewParts): AdminView {
  const { version, store, files, clock, models, limits, alarms } = parts;
  const startedAt = clock.wall();
  return {
    async status(): Promise<AdminStatus> {
      const now = clock.wall();
      const since = {
        dayAt: periodAround('day', now).sinceAt,
        monthAt: periodAround('month', now).sinceAt,
      };
      const [overview, proxy, freeBytes] = await Promise.all([
        store.overview(since),
        parts.proxy(),
        files.freeBytes().catch(() => null),
      ]);
      const offered = proxy.offered === null ? null : new Set(proxy.offered);
      const wanted = models.offered().map((model) => model.id);
      return {
        version,
        startedAt,
        now,
        overview,
        limits,
        freeBytes,
        paused: false,
        notOffered: offered === null ? [] : wanted.filter((id) => !offered.has(id)),
        alarms: alarms.last,
        clockAheadMs: null,
        proxy:
          proxy.reachable && proxy.problem === null
            ? { up: true, version: proxy.version, models: offered?.size ?? 0 }
            : { up: false, how: proxy.problem ?? 'it does not answer' },
      };
    },
  };
}
