/** The models that can be had at the moment: the catalogue less those the service withdrew. */
import type { Model } from './model.ts';

export class Models {
  readonly #all: readonly Model[];
  readonly #withdrawn = new Set<string>();
  readonly #changed: () => void;

  /** @param all the first is the default */
  constructor(all: readonly Model[], changed: () => void = () => {}) {
    this.#all = all;
    this.#changed = changed;
  }

  offered(): readonly Model[] {
    return this.#all.filter((model) => !this.#withdrawn.has(model.id));
  }

  find(id: string): Model | null {
    return this.#all.find((model) => model.id === id) ?? null;
  }

  isWithdrawn(id: string): boolean {
    return this.#withdrawn.has(id);
  }

  /** True the first time: an admin is told once. */
  withdraw(id: string): boolean {
    if (this.#withdrawn.has(id)) return false;
    this.#withdrawn.add(id);
    this.#changed();
    return true;
  }
}
