/**
 * The address at which the video service tells that a job's operation has ended. It names the job
 * and proves, by a secret of this installation, that we gave it out: no other address is answered.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;
const PROOF_BYTES = 24;
const FOLDER = '/hooks/';

/** base64url, for a place where it outlives the process: with another one old addresses are dead. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Whether addresses below it may be handed out: on the way nobody else may read them. */
export function isPrivateWay(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  const isLoopback = /^(localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
  return protocol === 'https:' || isLoopback;
}

export class HookAddresses {
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

  /** E.g. `https://bot.example/hooks/8f3k0000.PROOF`. */
  of(jobId: string): string {
    return `${this.#base}${FOLDER}${jobId}.${this.#proof(jobId)}`;
  }

  /** Whether the path, without a query, is meant for this folder at all. */
  has(path: string): boolean {
    return this.#inner(path).startsWith(FOLDER);
  }

  /** The job that the path names, or null where we never gave it out. */
  jobIn(path: string): string | null {
    const found = /^\/hooks\/([0-9a-z]{1,32})\.([\w-]{32})$/.exec(this.#inner(path));
    const [, jobId = '', proof = ''] = found ?? [];
    if (found === null) return null;
    return timingSafeEqual(Buffer.from(proof), Buffer.from(this.#proof(jobId))) ? jobId : null;
  }

  #inner(path: string): string {
    const { length } = this.#prefix;
    return length > 0 && path.startsWith(`${this.#prefix}/`) ? path.slice(length) : path;
  }

  #proof(jobId: string): string {
    const whole = createHmac('sha256', this.#secret)
      .update(FOLDER + jobId)
      .digest();
    return whole.subarray(0, PROOF_BYTES).toString('base64url');
  }
}
