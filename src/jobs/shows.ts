/**
 * The reply is a picture of the row. Whatever lags is drawn anew, pictures in between are
 * dropped, and a slow edit holds up nobody: paid work never waits for a picture.
 */

import type { Job, JobId } from './job.ts';
import { backoff } from './lanes/delays.ts';
import type { Clock } from './ports/clock.ts';
import type { Replies } from './ports/replies.ts';
import { StorageFull } from './ports/storageFull.ts';
import type { JobStore, Shown } from './ports/store.ts';
import { isEnded } from './states.ts';

export interface ShowsParts {
  readonly store: Pick<JobStore, 'find' | 'noteShown' | 'unshown'>;
  readonly replies: Pick<Replies, 'pictureKey' | 'show'>;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly fatal: (error: unknown) => void;
  /** Edits under way at the same time. */
  readonly atOnce?: number;
}

/** An edit that was broken off may still land on top of the next one; what is drawn after it stays. */
export const CROSSED_MS = 5_000;
const STORAGE_AGAIN_MS = 10_000;
/** After so many tries without an answer an ended job's picture is given up. */
const MOST_TRIES = 40;

export class Shows {
  readonly #parts: ShowsParts;
  readonly #waiting = new Set<JobId>();
  readonly #running = new Map<
    JobId,
    { readonly done: Promise<void>; readonly stop: AbortController }
  >();
  readonly #timers = new Map<JobId, () => void>();
  readonly #tries = new Map<JobId, number>();
  readonly #hushed = new Set<JobId>();
  #stopped = true;

  constructor(parts: ShowsParts) {
    this.#parts = parts;
  }

  /** Draws what lagged when the last process ended. */
  async start(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    for (const job of await this.#parts.store.unshown()) this.touch(job);
  }

  /** Looks whether the job's picture differs from what is shown; draws it after so many ms. */
  touch(job: Job, graceMs = grace(job)): void {
    if (this.#stopped || job.state === 'received') return;
    if (this.#hushed.has(job.id) || this.#timers.has(job.id)) return;
    if (!isEnded(job) && shownKey(this.#parts.replies, job) === job.shown) return;
    if (graceMs > 0) this.#after(job.id, graceMs);
    else this.#soon(job.id);
  }

  /**
   * Keeps still about a job while its video is being posted, so that no old text lands on top of
   * it. Resolves when no edit of it is under way any more; false when one may still arrive.
   */
  async hush(id: JobId): Promise<boolean> {
    this.#hushed.add(id);
    this.#waiting.delete(id);
    this.#forget(id);
    const running = this.#running.get(id);
    if (running === undefined) return true;
    running.stop.abort();
    await running.done;
    return false;
  }

  unhush(id: JobId): void {
    this.#hushed.delete(id);
  }

  /** The delivery itself drew the job's last picture. */
  async drawn(job: Job): Promise<void> {
    const { store, replies } = this.#parts;
    const { id, revision } = job;
    const key = shownKey(replies, job);
    try {
      await store.noteShown(id, { key, last: true, revision, token: job.reply.token });
    } catch (error) {
      // Then it is drawn once more.
      if (!(error instanceof StorageFull)) throw error;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    for (const id of [...this.#timers.keys()]) this.#forget(id);
    for (const { stop } of this.#running.values()) stop.abort();
    await Promise.allSettled([...this.#running.values()].map(({ done }) => done));
  }

  #next(): void {
    const atOnce = this.#parts.atOnce ?? 20;
    for (const id of this.#waiting) {
      if (this.#running.size >= atOnce) return;
      if (this.#running.has(id)) continue;
      this.#waiting.delete(id);
      const stop = new AbortController();
      const done = this.#show(id, stop.signal)
        .catch((error: unknown) => {
          if (stop.signal.aborted) return;
          if (error instanceof StorageFull) this.#after(id, STORAGE_AGAIN_MS);
          else this.#parts.fatal(error);
        })
        .finally(() => {
          this.#running.delete(id);
          if (!this.#stopped) this.#next();
        });
      this.#running.set(id, { done, stop });
    }
  }

  async #show(id: JobId, signal: AbortSignal): Promise<void> {
    const { store, replies } = this.#parts;
    const job = await store.find(id);
    if (job === null || signal.aborted) return;
    const key = shownKey(replies, job);
    const last = isEnded(job);
    if (key === job.shown && !last) return;
    const drawn = { key, last, revision: job.revision, token: job.reply.token };
    if (key === job.shown) return this.#note(id, drawn);
    const outcome = await replies.show(job, signal);
    if (signal.aborted) return;
    switch (outcome.kind) {
      case 'shown': {
        const { messageId } = outcome;
        return this.#note(id, { ...drawn, ...(messageId === undefined ? {} : { messageId }) });
      }
      case 'token dead':
        await store.noteShown(id, { ...drawn, key: job.shown ?? '', last: false, tokenDead: true });
        this.#waiting.add(id);
        return;
      case 'never':
        // Nothing can be shown there any more; as if it had been.
        return this.#note(id, drawn);
      case 'later':
        return this.#later(id, drawn, outcome.retryAfterMs);
      default:
        return outcome satisfies never;
    }
  }

  async #note(id: JobId, shown: Shown): Promise<void> {
    this.#tries.delete(id);
    await this.#parts.store.noteShown(id, shown);
    // The row may have moved on meanwhile.
    const job = await this.#parts.store.find(id);
    if (job !== null && shownKey(this.#parts.replies, job) !== job.shown) this.touch(job);
  }

  async #later(id: JobId, drawn: Shown, retryAfterMs: number | null): Promise<void> {
    const tries = (this.#tries.get(id) ?? 0) + 1;
    this.#tries.set(id, tries);
    if (drawn.last && tries > MOST_TRIES) return this.#note(id, drawn);
    const wait = backoff(tries, this.#parts.chance, retryAfterMs ?? 0);
    this.#after(id, wait);
  }

  #soon(id: JobId): void {
    this.#waiting.add(id);
    this.#next();
  }

  #after(id: JobId, ms: number): void {
    const takeBack = this.#parts.clock.after(ms, () => {
      this.#timers.delete(id);
      this.#soon(id);
    });
    this.#timers.set(id, takeBack);
  }

  #forget(id: JobId): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    this.#tries.delete(id);
  }
}

/** What is shown, and by which reply: the same picture in another message is still to be drawn there. */
export function shownKey(replies: Pick<Replies, 'pictureKey'>, job: Job): string {
  return `${replies.pictureKey(job)} ${job.reply.interactionId}`;
}

/** States that mostly last but a moment are drawn only if they do not pass: an edit less. */
function grace(job: Job): number {
  if (job.state === 'queued') return job.trouble === null ? 250 : 0;
  if (job.state === 'gathering') return 1_000;
  if (job.state === 'downloading' && job.trouble !== null) return 0;
  return job.state === 'downloading' || job.state === 'delivering' ? 1_500 : 0;
}
