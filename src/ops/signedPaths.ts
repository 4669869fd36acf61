/**
 * Addresses in a folder of the ops server, as they are reached from outside. Each proves, by a secret
 * of this installation, that we gave it out: no other one is answered.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const PROOF_BYTES = 24;

/** base64url, for a place where it outlives the process: with another one old addresses are dead. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

export class SignedPaths {
  readonly #folder: string;
  readonly #base: string;
  /** The path in front, for a way from outside that does not take it off. */
  readonly #prefix: string;
  readonly #secret: Buffer;

  /**
   * @param publicUrl where the ops server is reached from outside, e.g. `https://bot.example/veo`
   * @param folder e.g. `/videos/`
   */
  constructor(publicUrl: string, folder: string, secret: string) {
    const { origin, pathname } = new URL(publicUrl);
    this.#folder = folder;
    this.#prefix = pathname.replace(/\/+$/, '');
    this.#base = origin + this.#prefix;
    this.#secret = Buffer.from(secret, 'base64url');
  }

  /** @param said letters, digits and full stops */
  of(said: string): string {
    return `${this.#base}${this.#folder}${said}.${this.#proof(said)}`;
  }

  /** Whether the path, without a query, is meant for this folder at all. */
  has(path: string): boolean {
    return this.#inner(path).startsWith(this.#folder);
  }

  /** What the path says, or null where we never gave it out. */
  read(path: string): string | null {
    if (!this.has(path)) return null;
    const rest = this.#inner(path).slice(this.#folder.length);
    const [, said, proof] = /^([0-9a-z.]{1,64})\.([\w-]{32})$/.exec(rest) ?? [];
    if (said === undefined || proof === undefined) return null;
    return timingSafeEqual(Buffer.from(proof), Buffer.from(this.#proof(said))) ? said : null;
  }

  #inner(path: string): string {
    const { length } = this.#prefix;
    return length > 0 && path.startsWith(`${this.#prefix}/`) ? path.slice(length) : path;
  }

  #proof(said: string): string {
    const whole = createHmac('sha256', this.#secret)
      .update(this.#folder + said)
      .digest();
    return whole.subarray(0, PROOF_BYTES).toString('base64url');
  }
}
