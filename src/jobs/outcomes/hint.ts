/** What is told from outside of a job whose answer is missing, and what a look makes of it → Change, pure. */

import type { Change } from '../change.ts';
import type { JobIn } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import { stateOf } from '../states.ts';
import type { RecogniseOutcome } from '../steps/recognise.ts';
import { type Context, change } from './parts.ts';

/** The service keeps what it made for long, so "no such operation" is asked about again a few times. */
const GONE_TRIES = 5;

/** Kept in the row until it is needed, or looked at. */
export function heard(
  job: JobIn<'submitting'> | JobIn<'unconfirmed'>,
  name: string,
  context: Pick<Context, 'now'>,
): Change {
  const note = { event: 'told from outside' };
  if (job.state === 'submitting') {
    return { ...change(context, { ...stateOf(job), told: name }, note), attempts: job.attempts };
  }
  return change(context, { ...stateOf(job), told: name, dueAt: context.now }, note);
}

/** Money stays a "maybe" until a look says what the operation has become. */
export function afterRecognise(
  job: JobIn<'unconfirmed'>,
  outcome: RecogniseOutcome,
  context: Context,
): Change {
  const { now, wall, rules } = context;
  switch (outcome.kind) {
    case 'ours': {
      const { operation } = outcome;
      const leftMs = operation.submittedAt + job.request.usuallyMs - now;
      return change(
        context,
        {
          state: 'generating',
          operation,
          dueAt: now,
          // It may be heard of late: what was just found is waited for like any other.
          deadlineAt: now + rules.generateForMs,
          lookedAt: null,
          gone: null,
          likelyAt: wall + Math.max(0, leftMs),
          trouble: null,
        },
        { event: 'answer found', detail: { operation: operation.name } },
      );
    }
    case 'not ours':
      return given(job, outcome.kind, context);
    case 'gone':
    case 'no answer': {
      const attempts = job.attempts + 1;
      const tooLate = now >= job.startedAt + rules.fileLivesMs;
      if (tooLate || (outcome.kind === 'gone' && attempts >= GONE_TRIES)) {
        return given(job, outcome.kind, context);
      }
      const atLeastMs = outcome.kind === 'no answer' ? (outcome.retryAfterMs ?? 0) : 0;
      const dueAt = now + backoff(attempts, context.chance, atLeastMs);
      const detail = { found: outcome.kind };
      return {
        ...change(context, { ...stateOf(job), dueAt }, { event: 'not recognised yet', detail }),
        attempts,
      };
    }
    default:
      return outcome satisfies never;
  }
}

/** Back to what was known before. */
function given(job: JobIn<'unconfirmed'>, found: string, context: Context): Change {
  const to = { ...stateOf(job), told: null, dueAt: null };
  return change(context, to, { event: 'not recognised', detail: { found } });
}
