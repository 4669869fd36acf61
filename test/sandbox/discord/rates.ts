import type { Rate } from './route.ts';

export interface Allowed {
  headers: Record<string, string>;
  /** Undefined where the request may pass; else how long to wait. */
  retryAfterMs: number | undefined;
}

/** Fixed windows, as Discord's headers describe them. */
export class Rates {
  readonly #windows = new Map<string, { used: number; endsAt: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  use(rate: Rate, of: string): Allowed {
    const now = this.#now();
    const key = `${rate.bucket} ${of}`;
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { used: 0, endsAt: now + rate.withinMs };
      this.#windows.set(key, window);
    }
    const isOver = window.used >= rate.count;
    if (!isOver) window.used += 1;
    const leftMs = window.endsAt - now;
    return {
      headers: {
        'x-ratelimit-limit': String(rate.count),
        'x-ratelimit-remaining': String(rate.count - window.used),
        'x-ratelimit-reset': (window.endsAt / 1_000).toFixed(3),
        'x-ratelimit-reset-after': (leftMs / 1_000).toFixed(3),
        'x-ratelimit-bucket': rate.bucket,
      },
      retryAfterMs: isOver ? leftMs : undefined,
    };
  }
}
