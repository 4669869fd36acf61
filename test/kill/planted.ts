/** A bot with one of the faults that the kill points must find, named by `PLANTED`. */

import type { JobIn } from '../../src/jobs/job.ts';
import type { Parts } from '../../src/parts.ts';
import { runLikeMain } from './like-main.ts';

/** What it does wrong. */
export type Planted = 'sends again' | 'posts without reading back' | 'keeps the reservation';

const faults: Readonly<Record<Planted, (parts: Parts) => Parts>> = {
  'sends again': (parts) => ({
    ...parts,
    store: { ...parts.store, inStates: (states) => sentAgain(parts, states) },
  }),
  'posts without reading back': (parts) => ({
    ...parts,
    replies: {
      ...parts.replies,
      deliver: (job, signal) =>
        parts.replies.deliver(
          { ...job, rung: 'new message', attempts: 0, reply: { ...job.reply, messageId: null } },
          signal,
        ),
    },
  }),
  'keeps the reservation': (parts) => ({
    ...parts,
    store: {
      ...parts.store,
      apply: (job, { money: _money, ...change }) => parts.store.apply(job, change),
    },
  }),
};

async function sentAgain(
  { store, service, clock }: Parts,
  states: Parameters<Parts['store']['inStates']>[0],
) {
  const jobs = await store.inStates(states);
  for (const job of jobs) if (job.state === 'submitting') await sendAgain(job);
  return jobs.filter((job) => job.state !== 'submitting');

  async function sendAgain(job: JobIn<'submitting'>): Promise<void> {
    const operation = await service.submit(job, new AbortController().signal);
    const at = clock.now();
    await store.apply(job, {
      at,
      to: {
        ...{ state: 'generating', operation, dueAt: at, deadlineAt: at + 60_000 },
        ...{ lookedAt: null, gone: null, likelyAt: at, trouble: null },
      },
      attempts: 0,
      note: { event: 'sent again' },
    });
  }
}

const planted = Object.entries(faults).find(([name]) => name === process.env.PLANTED);
if (planted === undefined) throw new Error('PLANTED names no fault');
await runLikeMain(planted[1]);
