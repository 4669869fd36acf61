/**
 * Addresses of kept videos, for those that Discord does not accept. Each names the video, when it was
 * given out and until when it holds, and proves by a secret of this installation that we gave it out.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { VideoLinks } from '../jobs/ports.ts';

const PROOF_BYTES = 24;
const FOLDER = '/videos/';

/** What an address says; whether the video is still there is another question. */
export interface LinkSays {
  readonly jobId: string;
  readonly givenAt: number;
  readonly untilAt: number;
}

export class SignedLinks implements VideoLinks {
  readonly #base: string;
  /** The path in front, for a way from outside that does not take it off. */
  readonly #prefix: string;
  readonly #secret: Buffer;

  /** @param publicUrl where the ops server is reached from outside, e.g. `https://bot.example/veo` */
  constructor(publicUrl: string, secret: string) {
    const { origin, pathname } = new URL(publicUrl);
    this.#prefix = pathname.replace(/\/+$/, '');
    this.#base = origin + this.#prefix;
    this.#secret = Buffer.from(secret, 'base64url');
  }

  /** E.g. `https://bot.example/videos/8f3k0000.t2a1b2c3.t2a9k3m4.PROOF`. */
  readonly of = (jobId: string, givenAt: number, untilAt: number): string => {
    const said = `${jobId}.${Math.floor(givenAt).toString(36)}.${Math.floor(untilAt).toString(36)}`;
    return `${this.#base}${FOLDER}${said}.${this.#proof(said)}`;
  };

  /** Whether the path, without a query, is meant for this folder at all. */
  has(path: string): boolean {
    return this.#inner(path).startsWith(FOLDER);
  }

  /** What the path says, or null where we never gave it out. */
  read(path: string): LinkSays | null {
    const form = /^\/videos\/(([0-9a-z]{8})\.([0-9a-z]{1,10})\.([0-9a-z]{1,10}))\.([\w-]{32})$/;
    const [, said = '', jobId = '', given = '', until = '', proof = ''] =
      form.exec(this.#inner(path)) ?? [];
    if (said === '') return null;
    const isOurs = timingSafeEqual(Buffer.from(proof), Buffer.from(this.#proof(said)));
    return isOurs
      ? { jobId, givenAt: Number.parseInt(given, 36), untilAt: Number.parseInt(until, 36) }
      : null;
  }

  #inner(path: string): string {
    const { length } = this.#prefix;
    return length > 0 && path.startsWith(`${this.#prefix}/`) ? path.slice(length) : path;
  }

  #proof(said: string): string {
    const whole = createHmac('sha256', this.#secret)
      .update(FOLDER + said)
      .digest();
    return whole.subarray(0, PROOF_BYTES).toString('base64url');
  }
}
