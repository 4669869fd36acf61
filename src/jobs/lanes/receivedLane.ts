/**
 * Died around the acknowledgement: the work goes on only where its reply exists and is its own.
 * Nothing was paid for it.
 */
import type { Job, JobIn } from '../job.ts';
import { acknowledged } from '../outcomes/gather.ts';
import { cancelled, change, notCharged } from '../outcomes/parts.ts';
import { CROSSED_MS, type Shows } from '../shows.ts';
import { Lane } from './lane.ts';
import { takeDue, type Work } from './work.ts';

const AT_ONCE = 10;
const ASKED_AGAIN_AFTER_MS = 5_000;

export function createReceivedLane(work: Work, shows: Shows): Lane {
  const { store, replies, rules, clock, fatal, record, stopping } = work;

  async function askWhetherReplied(job: JobIn<'received'>): Promise<void> {
    // What claims the reply must not land on top of a word that came meanwhile.
    await shows.hush(job.id);
    const found = await replies.exists(job, stopping).finally(() => shows.unhush(job.id));
    if (stopping.aborted) return;
    const ahead = await store.aheadOf(job);
    const now = clock.now();
    const stored = await record(job, (current) => {
      if (current.state !== 'received') return null;
      switch (found.kind) {
        case 'acknowledged':
          return acknowledged(current, found, { now, rules, ahead }, 'reply found');
        case 'not ours':
          return cancelled({ now }, 'never acknowledged', notCharged, { kind: 'give back' });
        case 'unsure': {
          if (now - current.askedAt > rules.queueForMs) {
            return cancelled({ now }, 'never acknowledged', notCharged, { kind: 'give back' });
          }
          const dueAt = now + ASKED_AGAIN_AFTER_MS;
          return change({ now }, { state: 'received', dueAt }, { event: 'reply not readable' });
        }
        default:
          return found satisfies never;
      }
    });
    if (stored !== null) return;
    const current = await store.find(job.id);
    if (current !== null) shows.touch(current, CROSSED_MS);
  }

  return new Lane({
    clock,
    fatal,
    width: () => AT_ONCE,
    take: (limit, busy) => takeDue(store, clock.now(), ['received'], limit, busy),
    run: (job: Job) => askWhetherReplied(job as JobIn<'received'>),
  });
}
