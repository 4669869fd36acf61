/** Collects what `/veo-admin status` is told, from every part. */
import type { AdminStatus, AdminView, Alarm } from './discord/admins/adminView.ts';
import type { House } from './jobs/admins/house.ts';
import type { Pause } from './jobs/admins/pause.ts';
import type { Models } from './jobs/models.ts';
import type { Calendar } from './jobs/money/calendar.ts';
import type { Limit } from './jobs/money/spending.ts';
import type { Clock } from './jobs/ports/clock.ts';
import type { VideoFiles } from './jobs/ports/files.ts';
import type { JobEvent } from './jobs/ports/observe.ts';
import type { JobStore } from './jobs/ports/store.ts';
import type { ProxyReport } from './litellm/proxy.ts';

const KEPT = 20;
/** The same alarm again within this time is counted and not told anew. */
const SAME_WITHIN_MS = 3_600_000;
/** Of the 3 s that Discord gives for an answer. */
const ANSWERS_WITHIN_MS = 1_500;

/** The last things that an admin should know; a restart forgets them, the log does not. */
export class Alarms {
  readonly #clock: Pick<Clock, 'wall' | 'monotonic'>;
  #last: readonly (Alarm & { readonly key: string; readonly heardAt: number })[] = [];

  constructor(clock: Pick<Clock, 'wall' | 'monotonic'>) {
    this.#clock = clock;
  }

  hear(event: JobEvent): void {
    if (event.kind !== 'alarm') return;
    const heardAt = this.#clock.monotonic();
    const key = keyOf(event);
    const same = this.#last.find(
      (alarm) => alarm.key === key && heardAt - alarm.heardAt < SAME_WITHIN_MS,
    );
    const alarm = {
      ...{ key, heardAt, at: this.#clock.wall() },
      ...{ what: event.what, about: aboutOf(event), jobId: event.job?.id ?? null },
      count: (same?.count ?? 0) + 1,
    };
    this.#last = [alarm, ...this.#last.filter((other) => other !== same)].slice(0, KEPT);
  }

  /** Newest first. */
  get last(): readonly Alarm[] {
    return this.#last.map(({ key: _key, heardAt: _heardAt, ...alarm }) => alarm);
  }
}

/** What it is about, whichever job it was met with: thirty queued ones are no thirty news. */
function keyOf({ what, detail }: Extract<JobEvent, { kind: 'alarm' }>): string {
  return JSON.stringify([what, detail?.model, detail?.code, detail?.operation]);
}

/** What an admin needs of the details to act on it. */
function aboutOf({ detail }: Extract<JobEvent, { kind: 'alarm' }>): string | null {
  const { said, model, successor } = detail ?? {};
  if (typeof said === 'string' && said !== '') return `"${said}"`;
  if (typeof model !== 'string') return null;
  return typeof successor === 'string' ? `${model}, its successor is ${successor}` : model;
}

export interface AdminViewParts {
  readonly version: string;
  readonly store: Pick<JobStore, 'overview'>;
  readonly files: Pick<VideoFiles, 'freeBytes'>;
  readonly clock: Clock;
  readonly calendar: Pick<Calendar, 'counted'>;
  readonly models: Models;
  readonly pause: Pick<Pause, 'now'>;
  /** As they hold now, also those that were set in Discord. */
  readonly limits: () => readonly Limit[];
  readonly house: Pick<House, 'pausedParts'>;
  readonly alarms: Alarms;
  /** Asks the proxy; free. */
  readonly proxy: () => Promise<ProxyReport>;
}

export function createAdminView(parts: AdminViewParts): AdminView {
  const { version, store, files, clock, calendar, models, pause, house, limits, alarms } = parts;
  const startedAt = clock.wall();
  const askProxy = createAsking(parts);
  return {
    async status() {
      const now = clock.wall();
      const since = {
        dayAt: calendar.counted('day', now).sinceAt,
        monthAt: calendar.counted('month', now).sinceAt,
      };
      const [overview, { proxy, offered }, freeBytes] = await Promise.all([
        store.overview(since),
        askProxy(),
        inTime(
          clock,
          files.freeBytes().catch(() => null),
        ),
      ]);
      const isOffered = offered === null ? null : new Set(offered);
      const wanted = models.offered().map((model) => model.id);
      return {
        version,
        startedAt,
        now,
        overview,
        limits: limits(),
        freeBytes,
        paused: pause.now(),
        pausedParts: house.pausedParts(),
        notOffered: isOffered === null ? [] : wanted.filter((id) => !isOffered.has(id)),
        alarms: alarms.last,
        proxy,
      };
    },
  };
}

/**
 * One question at a time, however often somebody wants to know. Where no answer comes in time, the
 * last one before it says what the proxy offers, and how long ago that was.
 */
function createAsking({ proxy, clock }: Pick<AdminViewParts, 'proxy' | 'clock'>) {
  let asking: Promise<ProxyReport> | null = null;
  let last: { readonly report: ProxyReport; readonly at: number } | null = null;

  async function ask(): Promise<ProxyReport> {
    try {
      const report = await proxy();
      if (isUp(report)) last = { report, at: clock.wall() };
      return report;
    } finally {
      asking = null;
    }
  }

  return async (): Promise<{
    proxy: AdminStatus['proxy'];
    offered: readonly string[] | null;
  }> => {
    asking ??= ask();
    const report = await inTime(clock, asking);
    if (report !== null && isUp(report)) {
      const { version, offered } = report;
      return { proxy: { up: true, version, models: offered?.length ?? 0 }, offered };
    }
    const how = report === null ? 'it does not answer' : (report.problem ?? 'it does not answer');
    return {
      proxy: { up: false, how, lastUpAt: last?.at ?? null },
      offered: report === null ? (last?.report.offered ?? null) : report.offered,
    };
  };
}

function isUp({ reachable, problem }: ProxyReport): boolean {
  return reachable && problem === null;
}

/** Null where it takes longer than the admin's command can wait. */
function inTime<T>(clock: Pick<Clock, 'after'>, answer: Promise<T>): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const takeBack = clock.after(ANSWERS_WITHIN_MS, () => resolve(null));
    answer.then(resolve, reject).finally(takeBack);
  });
}
