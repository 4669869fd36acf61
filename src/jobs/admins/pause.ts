/** An admin's stop to new paid work. What is paid for goes on; the queue waits. Outlives a restart. */
import type { Settings } from './settings.ts';

export interface Paused {
  /** User id of the admin. */
  readonly by: string;
  /** Wall clock in ms. */
  readonly at: number;
  readonly reason: string | null;
}

/** As of a server, see house.ts. */
const KEY = 'paused';

export class Pause {
  readonly #settings: Pick<Settings, 'get' | 'set'>;
  /** Not on disk yet. */
  #begun: Paused | null = null;

  constructor(settings: Pick<Settings, 'get' | 'set'>) {
    this.#settings = settings;
  }

  now(): Paused | null {
    return this.#begun ?? this.#settings.get<Paused>('bot', KEY);
  }

  /** Holds at once; throws StorageFull where it would not outlive a restart, and holds till then. */
  async begin(paused: Paused): Promise<void> {
    this.#begun = paused;
    await this.#settings.set('bot', KEY, paused, paused.by, paused.at);
    if (this.#begun === paused) this.#begun = null;
  }

  /** Ends once it is on disk. */
  async end(by: string, at: number): Promise<void> {
    await this.#settings.set('bot', KEY, null, by, at);
    this.#begun = null;
  }
}
