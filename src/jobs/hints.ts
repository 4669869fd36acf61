/**
 * What is told from outside of a job: a webhook says that its operation has ended, and what it is
 * called. A hint, never the truth: it only brings forward the look that finds out.
 */
import type { Job, JobId } from './job.ts';
import { heard } from './outcomes/hint.ts';
import type { Clock } from './ports/clock.ts';
import type { JobStore } from './ports/store.ts';
import type { Writer } from './writer.ts';

/** `later`: not taken now, and worth being told again. */
export type Heard = 'taken' | 'later';

export interface Hints {
  /**
   * @param name the operation's name as it was told; null when only the job was. Untrusted text.
   *   Throws StorageFull where it should be kept and cannot be.
   */
  told(id: JobId, name: string | null): Promise<Heard>;
}

export interface HintsParts {
  readonly store: Pick<JobStore, 'find'>;
  readonly writer: Pick<Writer, 'write'>;
  readonly clock: Clock;
  /** Makes the job's next look due. */
  readonly hurry: (job: Job) => void;
}

/** A look that is brought forward again and again would take the turns of others. */
const ONCE_WITHIN_MS = 3_000;

export function createHints({ store, writer, clock, hurry }: HintsParts): Hints {
  /** In the order they were heard. */
  const heardAt = new Map<JobId, number>();

  function isTooSoon(id: JobId): boolean {
    const now = clock.monotonic();
    for (const [other, at] of heardAt) {
      if (now - at < ONCE_WITHIN_MS) break;
      heardAt.delete(other);
    }
    if (heardAt.has(id)) return true;
    heardAt.set(id, now);
    return false;
  }

  async function take(job: Job, name: string | null): Promise<Heard> {
    switch (job.state) {
      case 'generating':
      case 'cancelling':
      case 'failed': {
        if (!mayBe(job.operation?.name ?? null, name)) return 'taken';
        if (job.state === 'failed' && job.dueAt === null) return 'taken';
        if (isTooSoon(job.id)) return 'later';
        hurry(job);
        return 'taken';
      }
      case 'submitting':
      case 'unconfirmed': {
        // Forgotten by its member's wish: it does not come back.
        if (job.request.prompt === '') return 'taken';
        if (name === null || name === job.told) return 'taken';
        if (isTooSoon(job.id)) return 'later';
        const now = clock.now();
        const stored = await writer.write(job, (current) =>
          current.state === 'submitting' ||
          // Once an admin has settled it by hand, its money is closed.
          (current.state === 'unconfirmed' && current.charge.kind === 'may have been charged')
            ? heard(current, name, { now })
            : null,
        );
        if (stored === null) await afterAnswer(job.id, name);
        return 'taken';
      }
      case 'received':
      case 'gathering':
      case 'queued':
      case 'downloading':
      case 'delivering':
      case 'shrinking':
      case 'delivered':
      case 'undelivered':
      case 'cancelled':
        return 'taken';
      default:
        return job satisfies never;
    }
  }

  /** The paid call's own answer came in between. */
  async function afterAnswer(id: JobId, name: string): Promise<void> {
    const job = await store.find(id);
    const running = job?.state === 'generating' || job?.state === 'cancelling';
    if (running && mayBe(job.operation.name, name)) hurry(job);
  }

  return {
    async told(id, name) {
      const job = await store.find(id);
      return job === null ? 'taken' : take(job, name);
    },
  };
}

/** One that is named otherwise is somebody else's. Some say the name without the path before it. */
function mayBe(known: string | null, told: string | null): boolean {
  return known !== null && (told === null || known === told || known.endsWith(`/${told}`));
}
