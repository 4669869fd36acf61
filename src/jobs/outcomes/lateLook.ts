/** What a late look at overdue, paid work found → Change, pure. */
import type { Change, Note } from '../change.ts';
import type { JobIn } from '../job.ts';
import { stateOf } from '../states.ts';
import type { LookOutcome } from '../steps/look.ts';
import { done } from './look.ts';
import { type Context, change, notCharged } from './parts.ts';
import { paidAllTheSame } from './settlement.ts';

const LATE_AGAIN_MS = 10 * 60_000;

/**
 * The late look at an overdue operation, before its file would expire; where it brings no word about
 * the operation it is taken again until then. One that a hint brought forward does not use it up.
 */
export function afterLateLook(
  job: JobIn<'failed'>,
  outcome: LookOutcome,
  context: Context,
): Change {
  const note: Note = { event: 'late look', detail: { found: outcome.kind } };
  switch (outcome.kind) {
    case 'done':
      return done(job, outcome, context);
    case 'declined':
    case 'failed': {
      // Now it is known that nothing was charged.
      const { operation, said } = job;
      const reason = outcome.kind === 'declined' ? 'declined' : 'failed at the service';
      const paid = outcome.kind === 'failed' ? paidAllTheSame(job, outcome.usage, context) : null;
      return {
        ...change(
          context,
          {
            state: 'failed',
            reason,
            said: outcome.kind === 'declined' ? outcome.said : said,
            charge: paid?.charge ?? notCharged,
            operation,
            successor: null,
            dueAt: null,
          },
          note,
        ),
        money: paid?.money ?? { kind: 'give back' },
      };
    }
    case 'running':
    case 'gone':
    case 'no answer': {
      const expiresAt = (job.operation?.submittedAt ?? 0) + context.rules.fileLivesMs;
      const planned = job.dueAt !== null && context.now < job.dueAt ? job.dueAt : null;
      const again = Math.min(context.now + LATE_AGAIN_MS, expiresAt);
      const dueAt = planned ?? (again > context.now ? again : null);
      return change(context, { ...stateOf(job), dueAt }, note);
    }
    case 'cancelled':
      return change(context, { ...stateOf(job), dueAt: null }, note);
    case 'not understood':
      return {
        ...change(context, { ...stateOf(job), dueAt: null }, note),
        alarm: 'paid and not understood',
      };
    default:
      return outcome satisfies never;
  }
}
