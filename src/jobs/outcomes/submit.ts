/** What the paid call found → Change, pure. And the queue before it. */

import type { Change } from '../change.ts';
import type { JobIn } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import { stateOf } from '../states.ts';
import type { SubmitOutcome } from '../steps/submit.ts';
import { type Context, cancelled, change, failed, maybe, notCharged } from './parts.ts';

/**
 * The write before the paid call: from here on it may have been sent. The attempts go along: where it
 * turns out not to have been, the next wait is longer than the last.
 */
export function aboutToSubmit(job: JobIn<'queued'>, context: Pick<Context, 'now'>): Change {
  const { deadlineAt, attempts } = job;
  return {
    ...change(
      context,
      { state: 'submitting', startedAt: context.now, deadlineAt, cancelAsked: false, told: null },
      { event: 'submitting' },
    ),
    attempts,
  };
}

export function afterSubmit(
  job: JobIn<'submitting'>,
  outcome: SubmitOutcome,
  context: Context,
): Change {
  if (job.told !== null && outcome.kind !== 'accepted') {
    // A refusal, but somebody who knows the job's address names work of it: not sent again on that.
    const how = outcome.kind === 'unknown' ? outcome.how : 'refused, and told of from outside';
    return unconfirmed(job, context, how);
  }
  switch (outcome.kind) {
    case 'accepted': {
      const { operation } = outcome;
      const running = {
        operation,
        deadlineAt: operation.submittedAt + context.rules.generateForMs,
        lookedAt: null,
        gone: null,
      };
      const note = { event: 'accepted', detail: { operation: operation.name } };
      if (job.cancelAsked !== false && !job.request.canCancel) {
        const { charge, money } = maybe(job, true);
        return { ...cancelled(context, job.cancelAsked, charge, money), note };
      }
      if (job.cancelAsked !== false) {
        const to = { ...running, state: 'cancelling' as const, dueAt: context.now };
        return change(context, { ...to, cancelSent: false, cancelledBy: job.cancelAsked }, note);
      }
      const dueAt = context.nextLookAt({ ...operation, request: job.request, lookedAt: null });
      const likelyAt = context.wall + context.likelyMs(job);
      return change(
        context,
        { ...running, state: 'generating', dueAt, likelyAt, trouble: null },
        note,
      );
    }
    case 'refused':
      if (outcome.reason === 'model gone') return modelGone(job, context);
      return failed(job, context, outcome.reason, {
        said: outcome.said,
        money: { kind: 'give back' },
        charge: notCharged,
      });
    case 'wait': {
      const detail = { trouble: outcome.trouble };
      if (job.cancelAsked !== false) {
        return cancelled(context, job.cancelAsked, notCharged, { kind: 'give back' });
      }
      const attempts = job.attempts + 1;
      return {
        ...change(
          context,
          {
            state: 'queued',
            dueAt: context.now + backoff(attempts, context.chance, outcome.retryAfterMs ?? 0),
            deadlineAt: job.deadlineAt,
            ahead: 0,
            trouble: outcome.trouble,
          },
          { event: 'not sent', detail },
        ),
        attempts,
      };
    }
    case 'unknown':
      return unconfirmed(job, context, outcome.how);
    default:
      return outcome satisfies never;
  }
}

export function unconfirmed(
  job: JobIn<'submitting'>,
  context: Pick<Context, 'now'>,
  how: string,
): Change {
  const microUsd = job.request.priceMicroUsd;
  return {
    ...change(
      context,
      {
        state: 'unconfirmed',
        startedAt: job.startedAt,
        charge: { kind: 'may have been charged', microUsd },
        told: job.told,
        dueAt: job.told === null ? null : context.now,
      },
      { event: 'answer lost', detail: { how } },
    ),
    money: { kind: 'maybe', microUsd, countsForMember: false },
  };
}

/** A queued job whose time to start has passed. Nothing was paid. */
export function waitedTooLong(context: Pick<Context, 'now'>): Change {
  return cancelled(context, 'waited too long', notCharged, { kind: 'give back' });
}

/** A queued job that has to wait: not an attempt. */
export function stillQueued(
  job: JobIn<'queued'>,
  more: Pick<JobIn<'queued'>, 'dueAt' | 'trouble'>,
  context: Pick<Context, 'now'>,
): Change {
  const to = { ...stateOf(job), ...more };
  return {
    ...change(context, to, { event: 'waiting', detail: { trouble: more.trouble } }),
    attempts: job.attempts,
  };
}

/** The service withdrew the model, as it said now or while the job waited. */
export function clipGone(job: JobIn<'queued'>, context: Pick<Context, 'now'>): Change {
  const nothing = { said: null, charge: notCharged };
  return failed(job, context, 'clip gone', { ...nothing, money: { kind: 'give back' } });
}

export function modelGone(
  job: JobIn<'queued'> | JobIn<'submitting'>,
  context: Pick<Context, 'now' | 'successorFor'>,
): Change {
  return failed(job, context, 'model gone', {
    said: null,
    charge: notCharged,
    money: { kind: 'give back' },
    successor: context.successorFor(job.request),
  });
}
