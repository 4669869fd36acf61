/** The address at which the video service tells that a job's operation has ended. It names the job. */
import { SignedPaths } from './signedPaths.ts';

/** Whether addresses below it may be handed out: on the way nobody else may read them. */
export function isPrivateWay(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  const isLoopback = /^(localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
  return protocol === 'https:' || isLoopback;
}

export class HookAddresses {
  readonly #paths: SignedPaths;

  constructor(publicUrl: string, secret: string) {
    this.#paths = new SignedPaths(publicUrl, '/hooks/', secret);
  }

  /** E.g. `https://bot.example/hooks/8f3k0000.PROOF`. */
  of(jobId: string): string {
    return this.#paths.of(jobId);
  }

  /** Whether the path, without a query, is meant for a hook at all. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** The job that the path names, or null where we never gave it out. */
  jobIn(path: string): string | null {
    const said = this.#paths.read(path);
    return said !== null && /^[0-9a-z]{1,32}$/.test(said) ? said : null;
  }
}
