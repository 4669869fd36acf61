/**
 * Once an hour, and at the start: lets go of what is kept no longer. It falls due by the rows, so
 * nothing is forgotten to be deleted, and a restart in the middle goes on. It never touches what
 * belongs to a job that has not ended.
 */

import type { Job, JobId } from '../job.ts';
import type { Clock } from '../ports/clock.ts';
import type { PictureFiles, VideoFiles } from '../ports/files.ts';
import type { Observe } from '../ports/observe.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import type { Rules } from '../rules.ts';
import { isEnded } from '../states.ts';
import type { Forgetting } from './forgetting.ts';

export interface SweeperParts {
  readonly store: Pick<
    JobStore,
    'due' | 'find' | 'outOfDate' | 'dropDrafts' | 'dropConversations' | 'dropReports'
  >;
  readonly files: Pick<VideoFiles, 'untouchedSince' | 'remove'>;
  readonly pictures: Pick<PictureFiles, 'untouchedSince' | 'removePictures'>;
  readonly forgetting: Forgetting;
  readonly rules: Pick<Rules, 'keepVideosMs' | 'keepPromptsMs'>;
  readonly clock: Clock;
  /** What time it is by somebody else's clock, in ms; null where nobody can be asked now. */
  readonly otherTime: (signal: AbortSignal) => Promise<number | null>;
  readonly observe: Observe;
  readonly fatal: (error: unknown) => void;
}

const EVERY_MS = 3_600_000;
/** Until somebody has told the time. */
const ASKED_AGAIN_AFTER_MS = 5 * 60_000;
const AT_ONCE = 50;
const DAY_MS = 24 * EVERY_MS;
/** An offer whose button nobody has pressed for so long. */
const KEEP_DRAFTS_MS = 30 * DAY_MS;
/** A conversation in which nobody has said anything for so long. */
const KEEP_CONVERSATIONS_MS = 90 * DAY_MS;
/** That somebody reported a video. */
const KEEP_REPORTS_MS = 90 * DAY_MS;
/** A file that belongs to no job any more: after a backup of the database was put back, it may still. */
const KEEP_STRAYS_MS = 7 * DAY_MS;
/** A machine that starts with a clock months ahead would otherwise delete everything at once. */
const MOST_WRONG_MS = DAY_MS;

export class Sweeper {
  readonly #parts: SweeperParts;
  #stop: AbortController | null = null;
  #takeBack: (() => void) | null = null;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(parts: SweeperParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#stop !== null) return;
    this.#stop = new AbortController();
    void this.wake();
  }

  /** Sweeps now, or once more after the sweep that is under way. Resolves when that is done. */
  wake(): Promise<void> {
    const signal = this.#stop?.signal;
    if (signal === undefined || signal.aborted) return this.#sweeping;
    this.#again(EVERY_MS);
    this.#sweeping = this.#sweeping.then(() => this.#sweep(signal)).catch(this.#parts.fatal);
    return this.#sweeping;
  }

  #again(afterMs: number): void {
    this.#takeBack?.();
    if (this.#stop?.signal.aborted !== false) return;
    this.#takeBack = this.#parts.clock.after(afterMs, () => void this.wake());
  }

  /** Resolves when nothing is being swept any more. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    this.#takeBack?.();
    await this.#sweeping;
    this.#stop = null;
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { forgetting } = this.#parts;
    await this.#run([() => forgetting.forgetUnwanted(null, signal)], signal);
    if (signal.aborted || !(await this.#isTimeRight(signal))) return;
    const byTime = [
      () => this.#letVideosGo(signal),
      () => this.#forgetOldWords(signal),
      () => this.#dropOldDrafts(),
      () => this.#dropOldConversations(),
      () => this.#dropOldReports(),
      () => this.#removeStrays(signal),
      () => this.#removeStrayPictures(signal),
    ];
    await this.#run(byTime, signal);
  }

  async #run(steps: readonly (() => Promise<unknown>)[], signal: AbortSignal): Promise<void> {
    for (const step of steps) {
      if (signal.aborted) return;
      try {
        await step();
      } catch (error) {
        // The next sweep takes it up.
        if (!(error instanceof StorageFull)) throw error;
        this.#parts.observe({ kind: 'alarm', job: null, what: 'storage' });
      }
    }
  }

  /** Both of ours are held against another: what is deleted by a wrong one is gone for good. */
  async #isTimeRight(signal: AbortSignal): Promise<boolean> {
    const { clock, otherTime, observe } = this.#parts;
    const other = await otherTime(signal);
    if (other === null) {
      this.#again(ASKED_AGAIN_AFTER_MS);
      return false;
    }
    const wrongByMs = [clock.now() - other, clock.wall() - other].map(Math.abs);
    const mostMs = Math.max(...wrongByMs);
    if (mostMs < MOST_WRONG_MS) return true;
    const detail = { hours: Math.round(mostMs / EVERY_MS) };
    observe({ kind: 'alarm', job: null, what: 'clock wrong, so nothing old is deleted', detail });
    return false;
  }

  async #letVideosGo(signal: AbortSignal): Promise<void> {
    const { store, clock, forgetting } = this.#parts;
    while (!signal.aborted) {
      const due = await store.due(['delivered', 'undelivered'], clock.now(), AT_ONCE);
      let gone = 0;
      for (const job of due) if (await forgetting.letGo(job)) gone += 1;
      if (gone === 0) return;
    }
  }

  async #forgetOldWords(signal: AbortSignal): Promise<void> {
    const { store, clock, rules, forgetting } = this.#parts;
    const before = clock.wall() - rules.keepPromptsMs;
    while (!signal.aborted) {
      const ids = await store.outOfDate(before, AT_ONCE);
      if (ids.length === 0 || (await forgetting.forgetWords(ids)) === 0) return;
    }
  }

  async #dropOldDrafts(): Promise<void> {
    const { store, clock, rules } = this.#parts;
    await store.dropDrafts(clock.now() - Math.min(KEEP_DRAFTS_MS, rules.keepPromptsMs));
  }

  async #dropOldConversations(): Promise<void> {
    const { store, clock, rules } = this.#parts;
    const keptMs = Math.min(KEEP_CONVERSATIONS_MS, rules.keepPromptsMs);
    await store.dropConversations(clock.wall() - keptMs);
  }

  async #dropOldReports(): Promise<void> {
    const { store, clock, rules } = this.#parts;
    await store.dropReports(clock.wall() - Math.min(KEEP_REPORTS_MS, rules.keepPromptsMs));
  }

  /** Files that no row knows any more, or whose job was let go of just before a process died. */
  async #removeStrays(signal: AbortSignal): Promise<void> {
    const { store, files, pictures, clock } = this.#parts;
    for await (const id of files.untouchedSince(clock.wall() - KEEP_STRAYS_MS)) {
      if (signal.aborted) return;
      if (!(await this.#isStray(await found(store, id)))) continue;
      await files.remove(id);
      await pictures.removePictures(id);
    }
  }

  /** Pictures go with the words, so what is left of them has no job, or one that was forgotten. */
  async #removeStrayPictures(signal: AbortSignal): Promise<void> {
    const { store, pictures, clock } = this.#parts;
    for await (const id of pictures.untouchedSince(clock.wall() - KEEP_STRAYS_MS)) {
      if (signal.aborted) return;
      const job = await found(store, id);
      if (job === null || (job !== 'unreadable' && isEnded(job) && hasNoPictures(job))) {
        await pictures.removePictures(id);
      }
    }
  }

  async #isStray(job: Job | null | 'unreadable'): Promise<boolean> {
    if (job === null) return true;
    if (job === 'unreadable' || !isEnded(job)) return false;
    switch (job.state) {
      case 'delivered':
      case 'undelivered':
        return job.keptUntilAt === null;
      case 'failed':
      case 'unconfirmed': {
        const keptUntilAt = job.changedAt + this.#parts.rules.keepVideosMs;
        return job.dueAt === null && keptUntilAt <= this.#parts.clock.now();
      }
      default:
        return true;
    }
  }
}

function hasNoPictures({ request }: Job): boolean {
  return !request.pictures.some(({ at }) => at.kind === 'kept');
}

/** A row that cannot be read is somebody's all the same. */
async function found(store: Pick<JobStore, 'find'>, id: JobId): Promise<Job | null | 'unreadable'> {
  try {
    return await store.find(id);
  } catch {
    return 'unreadable';
  }
}
