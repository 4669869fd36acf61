/** What a look at running, paid work found → Change, pure. */

import type { Change, DurationSample } from '../change.ts';
import type { Cancelling, Generating, JobIn, NextState } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import { stateOf } from '../states.ts';
import type { CancelOutcome, LookOutcome } from '../steps/look.ts';
import { alarmOf, isBelieved, seenGone } from './hearsay.ts';
import { type Context, cancelled, change, failed, maybe, notCharged } from './parts.ts';
import { isAnother, paidAllTheSame, settlement } from './settlement.ts';

type LookedJob = Generating | Cancelling;

/** The service is told to stop so often; then we only wait for what becomes of it. */
const TELL_TRIES = 5;
const MOST_CODE_CHARS = 100;
const MOST_NAME_CHARS = 100;
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
        ...looking(job, context, { lookedAt: sentAt, gone: null, trouble: null }),
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
      return failedThere(job, outcome, context);
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
      return {
        ...failed(job, context, 'not understood', {
          said: null,
          money: move,
          charge: { kind: 'charged', microUsd },
        }),
        alarm: 'paid and not understood',
      };
    }
    case 'no answer': {
      if (context.now >= job.deadlineAt) return overdue(job, context);
      const attempts = job.attempts + 1;
      const wait = backoff(attempts, context.chance, outcome.retryAfterMs ?? 0);
      return {
        ...looking(job, context, { trouble: outcome.trouble, dueAt: context.now + wait }),
        attempts,
        note: { event: 'no answer', detail: { how: outcome.how } },
        ...alarmOf(outcome.trouble, 'trouble' in job ? job.trouble : null),
      };
    }
    case 'gone': {
      const gone = seenGone(job.gone, context);
      if (isBelieved(gone, context)) {
        return {
          ...failed(job, context, 'gone at the service', {
            ...maybe(job, false),
            said: null,
            dueAt: lateLookAt(job, context),
            detail: { ageMs: context.now - job.operation.submittedAt },
          }),
          alarm: 'operation gone',
        };
      }
      const wait = backoff(gone.seen + 3, context.chance);
      return {
        ...looking(job, context, { gone, dueAt: context.now + wait }),
        attempts: job.attempts,
        note: { event: 'not known there', detail: { seen: gone.seen } },
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
  more: Partial<Pick<Generating, 'lookedAt' | 'gone' | 'trouble' | 'dueAt'>>,
): Change {
  const lookedAt = more.lookedAt ?? job.lookedAt;
  const { submittedAt } = job.operation;
  // A press on Cancel came while the look was under way: telling the service is due as it was.
  const tellFirst = job.state === 'cancelling' && !job.cancelSent;
  const dueAt = tellFirst
    ? job.dueAt
    : (more.dueAt ?? context.nextLookAt({ request: job.request, submittedAt, lookedAt }));
  const gone = more.gone === undefined ? job.gone : more.gone;
  const to: NextState =
    job.state === 'generating'
      ? { ...stateOf(job), trouble: job.trouble, ...more, lookedAt, dueAt, gone }
      : { ...stateOf(job), lookedAt, dueAt, gone };
  return change(context, to, { event: 'looked' });
}

/** @param job overdue, where a late look found it */
export function done(
  job: LookedJob | JobIn<'failed'>,
  outcome: Extract<LookOutcome, { kind: 'done' }>,
  context: Context,
): Change {
  const operation = job.operation;
  if (operation === null) throw new Error('a job without an operation cannot be done');
  const { usage, answeredBy } = outcome;
  const { microUsd, move } = settlement(job, usage, answeredBy, context);
  const to = {
    state: 'downloading' as const,
    operation,
    source: outcome.source,
    gone: null,
    unreadable: 0,
    charge: { kind: 'charged' as const, microUsd },
    madeInMs: context.now - operation.submittedAt,
    dueAt: context.now,
    deadlineAt: operation.submittedAt + context.rules.fileLivesMs,
    trouble: null,
  };
  return {
    ...change(context, to, {
      event: 'done',
      detail: {
        microUsd,
        basis: move.basis,
        answeredBy: answeredBy?.slice(0, MOST_NAME_CHARS) ?? null,
      },
    }),
    money: move,
    ...(move.basis === 'estimate' && usage !== null
      ? { alarm: 'use not believed' }
      : isAnother(answeredBy, job.request)
        ? { alarm: 'another model answered' }
        : {}),
    // What is made of a clip takes another time than a video of its own, of which more is known.
    ...(job.state === 'failed' || job.request.basis !== null
      ? {}
      : { learned: sample(job, context, false) }),
  };
}

function failedThere(
  job: LookedJob,
  outcome: Extract<LookOutcome, { kind: 'failed' }>,
  context: Context,
): Change {
  const paid = paidAllTheSame(job, outcome.usage, context);
  return {
    ...failed(job, context, 'failed at the service', {
      said: null,
      money: paid?.money ?? { kind: 'give back' },
      charge: paid?.charge ?? notCharged,
      detail: { code: outcome.code?.slice(0, MOST_CODE_CHARS) ?? null },
    }),
    ...(paid === null ? {} : { alarm: 'failed and charged' }),
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
    dueAt: lateLookAt(job, context),
  });
}

function lateLookAt(job: LookedJob, { now, rules }: Context): number {
  return Math.max(now, job.operation.submittedAt + rules.lateLookAfterMs);
}

function cancelledLate(job: Cancelling, context: Context): Change {
  const { charge, money } = maybe(job, true);
  return cancelled(context, job.cancelledBy, charge, money);
}
