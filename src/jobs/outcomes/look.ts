/** What a look at running, paid work found → Change, pure. */
import { backoff } from '../delays.ts';
import {
  type Cancelling,
  type Change,
  type DurationSample,
  type Generating,
  type JobIn,
  type MoneyMove,
  type NextState,
  stateOf,
} from '../job.ts';
import { type MicroUsd, priceOf, type Usage } from '../model.ts';
import type { CancelOutcome, LookOutcome } from '../steps/look.ts';
import { type Context, cancelled, change, failed, maybe, notCharged } from './parts.ts';

type LookedJob = Generating | Cancelling;

/** The service is told to stop so often; then we only wait for what becomes of it. */
const TELL_TRIES = 5;

/** @param sentAt when the look was sent: what it says is true of then, not of when it was answered */
export function afterLook(
  job: LookedJob,
  outcome: LookOutcome,
  context: Context,
  sentAt = context.now,
): Change {
  switch (outcome.kind) {
    case 'running':
      if (context.now >= job.deadlineAt) return overdue(job, context);
      return {
        ...looking(job, context, { lookedAt: sentAt, goneSeen: 0, trouble: null }),
        attempts: 0,
      };
    case 'done':
      return done(job, outcome, context);
    case 'declined':
      return {
        ...failed(job, context, 'declined', {
          said: outcome.said,
          money: { kind: 'give back' },
          charge: notCharged,
          detail: { tokens: outcome.usage?.textTokens ?? null },
        }),
        learned: sample(job, context, true),
      };
    case 'failed':
      return failed(job, context, 'failed at the service', {
        said: null,
        money: { kind: 'give back' },
        charge: notCharged,
        detail: { code: outcome.code },
      });
    case 'cancelled': {
      if (job.state === 'cancelling') return cancelledLate(job, context);
      return failed(job, context, 'failed at the service', {
        ...maybe(job, false),
        said: null,
        detail: { code: 'cancelled' },
      });
    }
    case 'not understood': {
      const { microUsd, move } = settlement(job, outcome.usage, null, context);
      return failed(job, context, 'not understood', {
        said: null,
        money: move,
        charge: { kind: 'charged', microUsd },
      });
    }
    case 'no answer': {
      if (context.now >= job.deadlineAt) return overdue(job, context);
      const attempts = job.attempts + 1;
      const wait = backoff(attempts, context.chance, outcome.retryAfterMs ?? 0);
      return {
        ...looking(job, context, { trouble: outcome.trouble, dueAt: context.now + wait }),
        attempts,
        note: { event: 'no answer', detail: { how: outcome.how } },
      };
    }
    case 'gone': {
      const goneSeen = job.goneSeen + 1;
      if (goneSeen >= context.rules.goneBelievedAfter) {
        return failed(job, context, 'gone at the service', {
          ...maybe(job, false),
          said: null,
          detail: { ageMs: context.now - job.operation.submittedAt },
        });
      }
      const wait = backoff(goneSeen + 3, context.chance);
      return {
        ...looking(job, context, { goneSeen, dueAt: context.now + wait }),
        attempts: job.attempts,
        note: { event: 'not known there', detail: { seen: goneSeen } },
      };
    }
    default:
      return outcome satisfies never;
  }
}

export function afterCancel(
  job: JobIn<'cancelling'>,
  outcome: CancelOutcome,
  context: Context,
): Change {
  const told = outcome.kind === 'told';
  const attempts = told ? 0 : job.attempts + 1;
  const dueAt = told ? context.now : context.now + backoff(attempts, context.chance);
  const cancelSent = told || attempts >= TELL_TRIES;
  return {
    ...change(
      context,
      { ...stateOf(job), dueAt, cancelSent },
      { event: told ? 'cancel sent' : 'cancel not sent' },
    ),
    attempts,
  };
}

function looking(
  job: LookedJob,
  context: Context,
  more: Partial<Pick<Generating, 'lookedAt' | 'goneSeen' | 'trouble' | 'dueAt'>>,
): Change {
  const lookedAt = more.lookedAt ?? job.lookedAt;
  const { submittedAt } = job.operation;
  const dueAt = more.dueAt ?? context.nextLookAt({ request: job.request, submittedAt, lookedAt });
  const goneSeen = more.goneSeen ?? job.goneSeen;
  const to: NextState =
    job.state === 'generating'
      ? { ...stateOf(job), trouble: job.trouble, ...more, lookedAt, dueAt, goneSeen }
      : { ...stateOf(job), lookedAt, dueAt, goneSeen };
  return change(context, to, { event: 'looked' });
}

function done(
  job: LookedJob | JobIn<'failed'>,
  outcome: Extract<LookOutcome, { kind: 'done' }>,
  context: Context,
): Change {
  const operation = job.operation;
  if (operation === null) throw new Error('a job without an operation cannot be done');
  const { microUsd, move } = settlement(job, outcome.usage, outcome.answeredBy, context);
  const to = {
    state: 'downloading' as const,
    operation,
    source: outcome.source,
    charge: { kind: 'charged' as const, microUsd },
    madeInMs: context.now - operation.submittedAt,
    dueAt: context.now,
    deadlineAt: operation.submittedAt + context.rules.fileLivesMs,
    trouble: null,
  };
  return {
    ...change(context, to, {
      event: 'done',
      detail: { microUsd, basis: move.basis, answeredBy: outcome.answeredBy },
    }),
    money: move,
    ...(job.state === 'failed' ? {} : { learned: sample(job, context, false) }),
  };
}

/**
 * The one look left to an overdue operation, before its file would expire. One that a hint has
 * brought forward does not use it up.
 */
export function afterLateLook(
  job: JobIn<'failed'>,
  outcome: LookOutcome,
  context: Context,
): Change {
  if (outcome.kind === 'done') return done(job, outcome, context);
  return change(
    context,
    { ...stateOf(job), dueAt: job.dueAt !== null && context.now < job.dueAt ? job.dueAt : null },
    { event: 'late look', detail: { found: outcome.kind } },
  );
}

function settlement(
  job: Pick<LookedJob, 'request'>,
  usage: Usage | null,
  answeredBy: string | null,
  context: Context,
): { microUsd: MicroUsd; move: Extract<MoneyMove, { kind: 'settle' }> } {
  const { request } = job;
  const prices =
    answeredBy === null || answeredBy === request.modelId
      ? request.prices
      : (context.pricesOf(answeredBy) ?? request.prices);
  const reported = usage === null ? null : priceOf(usage, prices);
  const microUsd = reported ?? request.priceMicroUsd;
  return {
    microUsd,
    move: { kind: 'settle', microUsd, basis: reported === null ? 'estimate' : 'reported' },
  };
}

function sample(job: LookedJob, context: Context, declined: boolean): DurationSample {
  const { request, operation, lookedAt } = job;
  return {
    modelId: request.modelId,
    resolution: request.resolution,
    seconds: request.seconds,
    notDoneMs: Math.max(0, (lookedAt ?? operation.submittedAt) - operation.submittedAt),
    doneMs: Math.max(1, context.now - operation.submittedAt),
    declined,
  };
}

function overdue(job: LookedJob, context: Context): Change {
  if (job.state === 'cancelling') return cancelledLate(job, context);
  return failed(job, context, 'overdue', {
    ...maybe(job, false),
    said: null,
    dueAt: Math.max(context.now, job.operation.submittedAt + context.rules.lateLookAfterMs),
  });
}

function cancelledLate(job: Cancelling, context: Context): Change {
  const { charge, money } = maybe(job, true);
  return cancelled(context, 'by requester', charge, money);
}
