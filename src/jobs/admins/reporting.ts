/** Videos that members report to the admins: once each, also over a restart, and only so many. */
import { hash } from 'node:crypto';
import type { Job, JobId } from '../job.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/store.ts';

export type ReportResult =
  /** `count`: members that have reported it by now. `isTold`: whether admins hear of this one too. */
  | {
      readonly kind: 'reported';
      readonly job: Job;
      readonly count: number;
      readonly isTold: boolean;
    }
  | { readonly kind: 'reported before' }
  /** Of one member, or at one place. */
  | { readonly kind: 'too many' }
  | { readonly kind: 'no such job' };

export interface Reporting {
  find(id: JobId): Promise<Job | null>;
  isReported(id: JobId, userId: string): Promise<boolean>;
  /** @param place where it was reported, e.g. a server @throws StorageFull */
  report(id: JobId, userId: string, place: string): Promise<ReportResult>;
  /** It reached nobody: it may be reported again. @throws StorageFull */
  takeBack(id: JobId, userId: string): Promise<void>;
}

/** Admins are told of the first ones, and then as it becomes many. */
const toldAt: readonly number[] = [1, 2, 3, 5, 10, 30, 100, 300, 1_000];
/** Of one video; who comes later is thanked and not counted. */
const MOST_COUNTED = 1_000;
const HOUR_MS = 3_600_000;
const MOST_OF_MEMBER = 5;
const MOST_AT_PLACE = 30;

export function createReporting({
  store,
  clock,
}: {
  readonly store: Pick<JobStore, 'find' | 'reportMarks' | 'noteReport' | 'dropReport'>;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
}): Reporting {
  const recent = new Recent(() => clock.monotonic());
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: of two at once one would be lost. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.catch(() => {}).then(work);
    last = turn;
    return turn;
  }

  return {
    find: (id) => store.find(id),
    isReported: async (id, userId) =>
      (await store.reportMarks(id)).includes(reporterMark(id, userId)),
    report: (id, userId, place) =>
      inTurn(async () => {
        const job = await store.find(id);
        if (job === null) return { kind: 'no such job' };
        const before = await store.reportMarks(id);
        const mark = reporterMark(id, userId);
        if (before.includes(mark) || before.length >= MOST_COUNTED) {
          return { kind: 'reported before' };
        }
        const isRoom =
          recent.has(`by ${userId}`) < MOST_OF_MEMBER && recent.has(`at ${place}`) < MOST_AT_PLACE;
        if (!isRoom) return { kind: 'too many' };
        await store.noteReport({ jobId: id, mark, at: clock.wall() });
        recent.add(`by ${userId}`);
        recent.add(`at ${place}`);
        const count = before.length + 1;
        return { kind: 'reported', job, count, isTold: toldAt.includes(count) };
      }),
    takeBack: (id, userId) =>
      inTurn(() => store.dropReport({ jobId: id, mark: reporterMark(id, userId) })),
  };
}

/** Who reported what is told to admins and kept by nobody: this only tells a second time. */
export function reporterMark(id: JobId, userId: string): string {
  return hash('sha256', `${id} ${userId}`, 'base64url').slice(0, 16);
}

/** What happened within the last hour, by name. A restart begins anew. */
class Recent {
  readonly #now: () => number;
  #times = new Map<string, readonly number[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  has(name: string): number {
    const since = this.#now() - HOUR_MS;
    return (this.#times.get(name) ?? []).filter((at) => at > since).length;
  }

  add(name: string): void {
    const since = this.#now() - HOUR_MS;
    const left = [...this.#times].flatMap(([key, times]) => {
      const fresh = times.filter((at) => at > since);
      return fresh.length === 0 ? [] : [[key, fresh] as const];
    });
    this.#times = new Map(left);
    this.#times.set(name, [...(this.#times.get(name) ?? []), this.#now()]);
  }
}
