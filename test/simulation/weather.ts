/** What goes wrong in a life, and when. After `clearFrom` nothing does any more. */
import type { Chance } from './random.ts';

export type Trouble =
  | 'google away' // nothing leaves: connection refused
  | 'google lossy' // answers get lost, before or after the effect
  | 'google nonsense' // HTML, unknown routes, 4xx that prove nothing
  | 'google key' // the proxy refuses our key
  | 'google budget'
  | 'google busy'
  | 'google forgets' // answers "no such operation" to everything
  | 'discord away'
  | 'discord lossy'
  | 'discord busy'
  | 'disk full';

const troubles: readonly Trouble[] = [
  'google away',
  'google lossy',
  'google nonsense',
  'google key',
  'google budget',
  'google busy',
  'google forgets',
  'discord away',
  'discord lossy',
  'discord busy',
  'disk full',
];

interface Spell {
  readonly trouble: Trouble;
  readonly from: number;
  readonly to: number;
}

/** How one call goes: how long until all of it is sent, until it has its effect, until the answer. */
export interface Fate {
  readonly sendMs: number;
  readonly workMs: number;
  readonly answerMs: number;
  readonly leaves: boolean;
  readonly arrives: boolean;
  readonly answered: boolean;
}

const minute = 60_000;
/** The longest that one call of a slow store takes. */
export const SLOW_STORE_MS = 40;

export class Weather {
  readonly #chance: Chance;
  readonly #spells: readonly Spell[];
  readonly #glitches: number;
  readonly #crashes: number;
  readonly #slowStore: boolean;
  readonly clearFrom: number;
  #crashesLeft: number;

  constructor(chance: Chance, startAt: number) {
    this.#chance = chance;
    this.clearFrom = startAt + chance.between(15, 45) * minute;
    this.#glitches = chance.pick([0, 0.01, 0.05, 0.2]);
    this.#crashes = chance.pick([0, 0.002, 0.01, 0.03]);
    this.#crashesLeft = chance.whole(1, 8);
    this.#slowStore = chance.is(0.3);
    this.#spells = Array.from({ length: chance.whole(0, 5) }, () => {
      const from = startAt + chance.between(0, 35) * minute;
      const to = Math.min(from + chance.around(2 * minute, 1), this.clearFrom);
      return { trouble: chance.pick(troubles), from, to };
    });
  }

  describe(): string {
    const spells = this.#spells.map(({ trouble, from, to }) => `${trouble} ${from}–${to}`);
    return `glitches ${this.#glitches}, crashes ${this.#crashes}; ${spells.join('; ')}`;
  }

  has(trouble: Trouble, at: number): boolean {
    return this.#spells.some((one) => one.trouble === trouble && one.from <= at && at < one.to);
  }

  /** Ms since it began; 0 when it is not so. */
  lasts(trouble: Trouble, at: number): number {
    const begun = this.#spells
      .filter((one) => one.trouble === trouble && one.from <= at && at < one.to)
      .map(({ from }) => at - from);
    return Math.max(0, ...begun);
  }

  /** One of many calls goes wrong by itself. */
  glitch(at: number): boolean {
    return at < this.clearFrom && this.#glitches > 0 && this.#chance.is(this.#glitches);
  }

  /** @param often what is done all the time: a process rarely dies just there */
  crash(at: number, often: boolean): boolean {
    if (this.#crashesLeft === 0 || at >= this.clearFrom || this.#crashes === 0) return false;
    if (!this.#chance.is(often ? this.#crashes / 20 : this.#crashes)) return false;
    this.#crashesLeft -= 1;
    return true;
  }

  /** Ms that a write or read of the store takes; mostly it is done at once. */
  storeMs(): number {
    return this.#slowStore && this.#chance.is(0.3) ? this.#chance.between(0, SLOW_STORE_MS) : 0;
  }

  fate(who: 'google' | 'discord', at: number, sizeBytes = 0): Fate {
    const chance = this.#chance;
    const lossy = this.has(`${who} lossy`, at) && chance.is(0.6);
    const lost = lossy || this.glitch(at);
    const arrives = !lost || chance.is(0.6);
    return {
      sendMs: chance.between(1, 30) + (sizeBytes / 2_000_000) * chance.between(300, 2_000),
      workMs: chance.is(0.05) ? chance.between(100, 1_500) : chance.between(5, 100),
      answerMs: chance.between(5, 50),
      leaves: !this.has(`${who} away`, at) && (!lost || arrives || chance.is(0.7)),
      arrives,
      answered: arrives && !lost,
    };
  }
}
