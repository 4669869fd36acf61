import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Links to files: they say when they were made and until when they work, signed, as Discord's do.
 * Source: Discord's documentation of signed attachment URLs, API v10: `ex` and `is` in seconds, hex.
 */
export class Links {
  readonly #now: () => number;
  readonly #lifetimeMs: number;
  readonly #secret = randomBytes(32);

  constructor(now: () => number, lifetimeMs: number) {
    this.#now = now;
    this.#lifetimeMs = lifetimeMs;
  }

  /** @param path of the file, e.g. `/cdn/attachments/1/2/cat.png`; the query to put behind it */
  signed(path: string): string {
    const made = Math.floor(this.#now() / 1_000);
    const end = made + Math.ceil(this.#lifetimeMs / 1_000);
    const [ex, is] = [end.toString(16), made.toString(16)];
    return `?ex=${ex}&is=${is}&hm=${this.#mark(path, ex, is)}&`;
  }

  works({ pathname, searchParams }: URL): boolean {
    const [ex, is, hm] = ['ex', 'is', 'hm'].map((name) => searchParams.get(name) ?? '');
    const wanted = Buffer.from(this.#mark(pathname, ex ?? '', is ?? ''));
    const given = Buffer.from(hm ?? '');
    const isOurs = wanted.length === given.length && timingSafeEqual(wanted, given);
    return isOurs && Number.parseInt(ex ?? '', 16) * 1_000 > this.#now();
  }

  #mark(path: string, ex: string, is: string): string {
    return createHmac('sha256', this.#secret).update(`${path}?ex=${ex}&is=${is}`).digest('hex');
  }
}
