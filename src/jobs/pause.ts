/** An admin's stop to new paid work. What is paid for goes on; the queue waits. Outlives a restart. */
import type { JobStore } from './ports/store.ts';

export interface Paused {
  /** User id of the admin. */
  readonly by: string;
  /** Wall clock in ms. */
  readonly at: number;
  readonly reason: string | null;
}

/** The last word of an admin, also that the pause is over: who and when stays on record. */
type Word = Paused & { readonly paused: boolean };

const KEY = 'pause';

export class Pause {
  readonly #memory: Pick<JobStore, 'recall' | 'remember'>;
  #paused: Paused | null = null;

  constructor(memory: Pick<JobStore, 'recall' | 'remember'>) {
    this.#memory = memory;
  }

  /** Before anything is paid for: what the last process was told holds. */
  async load(): Promise<void> {
    const kept = await this.#memory.recall(KEY);
    if (kept === null) return;
    const { paused, by, at, reason } = JSON.parse(kept) as Word;
    this.#paused = paused ? { by, at, reason } : null;
  }

  now(): Paused | null {
    return this.#paused;
  }

  /** Holds at once; throws StorageFull where it would not outlive a restart, and holds till then. */
  async begin(paused: Paused): Promise<void> {
    this.#paused = paused;
    await this.#say({ ...paused, paused: true });
  }

  /** Ends once it is on disk. */
  async end(by: string, at: number): Promise<void> {
    await this.#say({ by, at, reason: null, paused: false });
    this.#paused = null;
  }

  #say(word: Word): Promise<void> {
    return this.#memory.remember(KEY, JSON.stringify(word));
  }
}
