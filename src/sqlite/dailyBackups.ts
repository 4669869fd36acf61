/** A backup a day beside the database, and so many of them kept. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../jobs/ports/clock.ts';
import { backupName, backupsIn, makeWhole } from './backup.ts';

export interface DailyBackupsOptions {
  /** Where they lie; made when it is missing. */
  readonly folder: string;
  /** How many are kept; with 0 there are none. */
  readonly kept: number;
  readonly backup: (to: string, wallMs: number, signal: AbortSignal) => Promise<void>;
  readonly clock: Pick<Clock, 'wall' | 'after'>;
  /** Told when one could not be made; it is tried again an hour later. */
  readonly onFault: (error: unknown) => void;
}

const EVERY_MS = 3_600_000;
/** A start has more urgent work. */
const FIRST_AFTER_MS = 60_000;

export class DailyBackups {
  readonly #options: DailyBackupsOptions;
  #stop: AbortController | null = null;
  #takeBack: (() => void) | null = null;
  #making: Promise<void> = Promise.resolve();

  constructor(options: DailyBackupsOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#stop !== null || this.#options.kept === 0) return;
    this.#stop = new AbortController();
    this.#after(FIRST_AFTER_MS, this.#stop.signal);
  }

  /** When the newest was made, wall time in ms; 0: there is none yet; null: none is wanted. */
  async newestAt(): Promise<number | null> {
    const { folder, kept } = this.#options;
    if (kept === 0) return null;
    const [newest] = await backupsIn(folder);
    return newest === undefined ? 0 : (await stat(join(folder, newest))).mtimeMs;
  }

  /** Breaks off the one that is being made. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    this.#takeBack?.();
    await this.#making;
    this.#stop = null;
  }

  #after(ms: number, signal: AbortSignal): void {
    this.#takeBack = this.#options.clock.after(ms, () => {
      this.#making = this.#make(signal).then(() => {
        if (!signal.aborted) this.#after(EVERY_MS, signal);
      });
    });
  }

  async #make(signal: AbortSignal): Promise<void> {
    const { folder, kept, backup, clock, onFault } = this.#options;
    try {
      const wallMs = clock.wall();
      const today = backupName(wallMs);
      if (!(await backupsIn(folder)).includes(today)) {
        await makeWhole(join(folder, today), (unfinished) => backup(unfinished, wallMs, signal));
      }
      const tooMany = (await backupsIn(folder)).slice(kept);
      for (const name of tooMany) await rm(join(folder, name), { force: true });
    } catch (error) {
      if (!signal.aborted) onFault(error);
    }
  }
}
