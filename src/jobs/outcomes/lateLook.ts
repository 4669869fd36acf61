/** What a late look at overdue, paid work found → Change, pure. */
import type { Change, Note } from '../change.ts';
import type { JobIn } from '../job.ts';
import { stateOf } from '../states.ts';
import type { LookOutcome } from '../steps/look.ts';
import { done } from './look.ts';
import { type Context, change, failed, notCharged } from './parts.ts';
import { paidAllTheSame, settlement } from './settlement.ts';

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
      const reason = outcome.kind === 'declined' ? 'declined' : 'failed at the service';
      const paid = outcome.kind === 'failed' ? paidAllTheSame(job, outcome.usage, context) : null;
      return {
        ...failed(job, context, reason, {
          said: outcome.kind === 'declined' ? outcome.said : job.said,
          // Now it is known: nothing, unless the service says that it worked.
          charge: paid?.charge ?? notCharged,
          money: paid?.money ?? { kind: 'give back' },
        }),
        note,
        ...(paid === null ? {} : { alarm: 'failed and charged' }),
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
    case 'not understood': {
      const { microUsd, move } = settlement(job, outcome.usage, null, context);
      return {
        ...failed(job, context, 'not understood', {
          said: null,
          charge: { kind: 'charged', microUsd },
          money: move,
        }),
        note,
        alarm: 'paid and not understood',
      };
    }
    default:
      return outcome satisfies never;
  }
}
