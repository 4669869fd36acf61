/** Applies what a step found to the row as it stands now, and tells who listens. */
import type { Change } from './change.ts';
import type { Job } from './job.ts';
import type { Observe } from './ports/observe.ts';
import { StorageFull } from './ports/storageFull.ts';
import type { JobStore } from './ports/store.ts';

export interface WriterParts {
  readonly store: JobStore;
  readonly observe: Observe;
  /** Called after each change that was stored. */
  readonly changed: (job: Job, from: Job) => void;
}

/** More than a few others at the same row is a fault of ours. */
const MOST_RELOADS = 10;

export class Writer {
  readonly #parts: WriterParts;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  /** Tells who listens of a job that the store has just accepted: the beginning of its story. */
  tellAccepted(job: Job): void {
    const note = { event: 'asked', detail: { microUsd: job.request.priceMicroUsd } };
    this.#parts.observe({ kind: 'change', job, from: null, note });
  }

  /**
   * Makes the change of the row as it is. When somebody else was faster (a press on Cancel while
   * a look was under way), the row is read again and the same finding applied to it.
   *
   * @param make null: nothing to do with a job in this state
   * @returns the job as stored, or null when nothing was written
   */
  async write(job: Job, make: (job: Job) => Change | null): Promise<Job | null> {
    const { store, observe, changed } = this.#parts;
    let current = job;
    for (let reloads = 0; reloads < MOST_RELOADS; reloads++) {
      const change = make(current);
      if (change === null) return null;
      const stored = await store.apply(current, change);
      if (stored !== null) {
        observe({ kind: 'change', job: stored, from: current.state, note: change.note });
        if (change.alarm !== undefined) {
          const { detail } = change.note;
          const what = change.alarm;
          observe({
            kind: 'alarm',
            job: stored,
            what,
            ...(detail === undefined ? {} : { detail }),
          });
        }
        changed(stored, current);
        return stored;
      }
      observe({ kind: 'stale', job: current, step: change.note.event });
      const fresh = await store.find(job.id);
      if (fresh === null) return null;
      current = fresh;
    }
    throw new Error(`job ${job.id} changed ${MOST_RELOADS} times under one write`);
  }

  /**
   * The write of what a step found, which exists nowhere else (above all after the paid call): it
   * is tried until the disk takes it or `wait` says no more. Meanwhile nothing is done with what is
   * not on disk.
   *
   * @param alarm what an admin is told while it is not on disk, with the note's detail
   */
  async writeFound(
    job: Job,
    make: (job: Job) => Change | null,
    wait: (attempt: number) => Promise<boolean>,
    alarm: string,
  ): Promise<Job | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.write(job, make);
      } catch (error) {
        const detail = make(job)?.note.detail;
        const { observe } = this.#parts;
        observe({ kind: 'alarm', job, what: alarm, ...(detail === undefined ? {} : { detail }) });
        if (!(error instanceof StorageFull) || !(await wait(attempt))) throw error;
      }
    }
  }
}
