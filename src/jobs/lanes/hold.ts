/**
 * Nothing is submitted for a while after the service said that our key, address or budget is at
 * fault: every further job would be refused alike. Then one job goes first to try.
 */
import type { Trouble } from '../reasons.ts';

export class Hold {
  #held: { readonly trouble: Trouble; readonly untilAt: number } | null = null;

  /** The trouble, as long as nothing may be submitted. */
  now(at: number): { readonly trouble: Trouble; readonly untilAt: number } | null {
    return this.#held !== null && at < this.#held.untilAt ? this.#held : null;
  }

  /** The time is over but nobody knows yet whether the fault is mended: one at a time. */
  trying(at: number): boolean {
    return this.#held !== null && at >= this.#held.untilAt;
  }

  /** What keeps jobs from starting, or did until nobody has tried again yet. */
  get trouble(): Trouble | null {
    return this.#held?.trouble ?? null;
  }

  /** True when this trouble is news: an admin is told once, not at every try. */
  set(trouble: Trouble, untilAt: number): boolean {
    const news = this.#held?.trouble !== trouble;
    this.#held = { trouble, untilAt };
    return news;
  }

  clear(): void {
    this.#held = null;
  }
}
