/** Ends what could not be started in time, also while all places are taken. Nothing was paid for it. */
import type { Job, JobId } from '../job.ts';
import { waitedTooLong } from '../outcomes/submit.ts';
import { Lane } from './lane.ts';
import { takeDue, type Work } from './work.ts';

const AT_ONCE = 10;
/** The longest waiting ones; those behind them were asked for later. */
const LOOKED_AT = 50;

export function createExpiredLane({ store, clock, fatal, record }: Work): Lane {
  async function take(
    limit: number,
    busy: ReadonlySet<JobId>,
  ): Promise<{ jobs: Job[]; nextAt: number | null }> {
    const now = clock.now();
    const { jobs } = await takeDue(store, now, ['queued'], LOOKED_AT, busy);
    const expired = jobs.filter((job) => job.state === 'queued' && job.deadlineAt <= now);
    return { jobs: expired.slice(0, limit), nextAt: null };
  }

  async function expire(job: Job): Promise<void> {
    const now = clock.now();
    await record(job, (current) =>
      current.state === 'queued' && current.deadlineAt <= now ? waitedTooLong({ now }) : null,
    );
  }

  return new Lane({ clock, fatal, width: () => AT_ONCE, take, run: expire });
}
