/**
 * Lets few do at a time what leaves much garbage behind. Ten answers of 20 MB read at once pile up
 * 100 MB of spent pieces before they are collected, read in turns a third of it, in the same time.
 */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Waits for a turn; what it gives back ends the turn and may be called twice. */
  async take(): Promise<() => void> {
    if (this.#taken < this.#most) this.#taken += 1;
    else await new Promise<void>((go) => this.#waiting.push(go));
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = this.#waiting.shift();
      // Handed on, so that nobody slips in between.
      if (next === undefined) this.#taken -= 1;
      else next();
    };
  }
}
