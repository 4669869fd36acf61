/**
 * A loop that takes due jobs and runs one step on each, a bounded number at a time. It remembers
 * a wake that comes while it is busy, so nothing is found late.
 */
import type { Job, JobId } from '../job.ts';
import type { Clock } from '../ports/clock.ts';
import { StorageFull } from '../ports/storageFull.ts';

export interface LaneParts {
  readonly clock: Clock;
  /** How many may run at once; asked anew each time. */
  readonly width: () => number | Promise<number>;
  /** Due jobs, best first, and when to come back if nothing wakes the lane (a `now` time). */
  readonly take: (
    limit: number,
    busy: ReadonlySet<JobId>,
  ) => Promise<{ readonly jobs: readonly Job[]; readonly nextAt: number | null }>;
  /** One step. A rejection is a fault of ours and ends the process. */
  readonly run: (job: Job) => Promise<void>;
  readonly fatal: (error: unknown) => void;
}

/** However far away the next due time is, look at the table this often: a clock may be set. */
const LONGEST_SLEEP_MS = 30_000;

export class Lane {
  readonly #parts: LaneParts;
  readonly #busy = new Map<JobId, Promise<void>>();
  #loop: Promise<void> | null = null;
  #stopping = false;
  #woken = false;
  #rouse: (() => void) | null = null;
  #turnedAt: number | null = null;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  get busy(): number {
    return this.#busy.size;
  }

  busyWith(): readonly JobId[] {
    return [...this.#busy.keys()];
  }

  /** When it last looked for work, in monotonic ms; at most `LONGEST_SLEEP_MS` and a read ago. */
  get turnedAt(): number | null {
    return this.#turnedAt;
  }

  start(): void {
    if (this.#loop !== null) return;
    this.#stopping = false;
    this.#loop = this.#go().catch(this.#parts.fatal);
  }

  wake(): void {
    this.#woken = true;
    this.#rouse?.();
  }

  /** Takes nothing more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#loop;
    this.#loop = null;
    await Promise.allSettled(this.#busy.values());
  }

  async #go(): Promise<void> {
    const { width, take, clock } = this.#parts;
    while (!this.#stopping) {
      this.#woken = false;
      this.#turnedAt = clock.monotonic();
      const free = (await width()) - this.#busy.size;
      let nextAt: number | null = null;
      if (free > 0) {
        const taken = await take(free, new Set(this.#busy.keys()));
        nextAt = taken.nextAt;
        for (const job of taken.jobs) this.#launch(job);
      }
      const untilNext = nextAt === null ? LONGEST_SLEEP_MS : nextAt - clock.now();
      await this.#sleep(Math.min(untilNext, LONGEST_SLEEP_MS));
    }
  }

  #launch(job: Job): void {
    const step = this.#parts
      .run(job)
      .catch((error: unknown) => {
        // What was found and did not get on disk is found again by the next process.
        if (!(this.#stopping && error instanceof StorageFull)) this.#parts.fatal(error);
      })
      .finally(() => {
        this.#busy.delete(job.id);
        this.wake();
      });
    this.#busy.set(job.id, step);
  }

  /** Woken or due already it still gives way once: whatever is taken, others get their turn. */
  async #sleep(ms: number): Promise<void> {
    if (this.#stopping) return;
    const wait = this.#woken ? 0 : Math.max(ms, 0);
    await new Promise<void>((resolve) => {
      const takeBack = this.#parts.clock.after(wait, resolve);
      this.#rouse = () => {
        takeBack();
        resolve();
      };
    });
    this.#rouse = null;
  }
}
