/**
 * Addresses of kept videos, for those that Discord does not accept. Each names the video, when it was
 * given out and until when it holds.
 */
import type { VideoLinks } from '../jobs/ports/files.ts';
import { SignedPaths } from './signedPaths.ts';

/** What an address says; whether the video is still there is another question. */
export interface LinkSays {
  readonly jobId: string;
  readonly givenAt: number;
  readonly untilAt: number;
}

export class SignedLinks implements VideoLinks {
  readonly #paths: SignedPaths;

  constructor(publicUrl: string, secret: string) {
    this.#paths = new SignedPaths(publicUrl, '/videos/', secret);
  }

  /** E.g. `https://bot.example/videos/8f3k0000.t2a1b2c3.t2a9k3m4.PROOF`. */
  readonly of = (jobId: string, givenAt: number, untilAt: number): string =>
    this.#paths.of(`${jobId}.${inBase36(givenAt)}.${inBase36(untilAt)}`);

  /** Whether the path, without a query, is meant for a video at all. */
  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** What the path says, or null where we never gave it out. */
  read(path: string): LinkSays | null {
    const form = /^([0-9a-z]{8})\.([0-9a-z]{1,10})\.([0-9a-z]{1,10})$/;
    const [, jobId, given = '', until = ''] = form.exec(this.#paths.read(path) ?? '') ?? [];
    if (jobId === undefined) return null;
    return { jobId, givenAt: Number.parseInt(given, 36), untilAt: Number.parseInt(until, 36) };
  }
}

function inBase36(ms: number): string {
  return Math.floor(ms).toString(36);
}
