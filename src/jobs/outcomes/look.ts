/** What a look at running, paid work found → Change, pure. */
import { backoff } from '../delays.ts';
import {
  type Cancelling,
  type Change,
  type Charge,
  type DurationSample,
  type Generating,
  type JobIn,
  type MoneyMove,
  type NextState,
  type Note,
  stateOf,
} from '../job.ts';
import { estimate, type MicroUsd, type Prices, priceOf, type Usage } from '../model.ts';
import type { VideoRequest } from '../request.ts';
import type { CancelOutcome, LookOutcome } from '../steps/look.ts';
import { alarmOf, isBelieved, seenGone } from './hearsay.ts';
import { type Context, cancelled, change, failed, maybe, notCharged } from './parts.ts';

type LookedJob = Generating | Cancelling;

/** The service is told to stop so often; then we only wait for what becomes of it. */
const TELL_TRIES = 5;
const LATE_AGAIN_MS = 10 * 60_000;
const MOST_CODE_CHARS = 100;
const MOST_NAME_CHARS = 100;
/** Use that is reported as more than so many times the estimate (and a dollar) is a fault. */
const MOST_TIMES_DEARER = 10;
const MOST_BEYOND_MICRO_USD = 1_000_000;

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

function done(
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

/** A failure that reports video tokens is paid for; every other one is not. */
function paidAllTheSame(
  job: Pick<LookedJob, 'request'>,
  usage: Usage | null,
  context: Context,
): { charge: Charge; money: MoneyMove } | null {
  if (usage === null || usage.videoTokens === 0) return null;
  const { microUsd, move } = settlement(job, usage, null, context);
  return { charge: { kind: 'charged', microUsd }, money: move };
}

function settlement(
  job: Pick<LookedJob, 'request'>,
  usage: Usage | null,
  answeredBy: string | null,
  context: Context,
): { microUsd: MicroUsd; move: Extract<MoneyMove, { kind: 'settle' }> } {
  const { request } = job;
  const another = isAnother(answeredBy, request) ? context.pricesOf(answeredBy) : null;
  const prices = another ?? request.prices;
  const expected = another === null ? request.priceMicroUsd : estimateAt(another, request);
  // A video that reports no video tokens, or a sum out of all proportion, is not believed.
  const told = usage !== null && usage.videoTokens > 0 ? priceOf(usage, prices) : null;
  const most = MOST_TIMES_DEARER * expected + MOST_BEYOND_MICRO_USD;
  const reported = told !== null && told <= most ? told : null;
  const microUsd = reported ?? expected;
  return {
    microUsd,
    move: { kind: 'settle', microUsd, basis: reported === null ? 'estimate' : 'reported' },
  };
}

/** The service may answer with another model than was asked for, e.g. the successor of a retired one. */
function isAnother(
  answeredBy: string | null,
  { modelId }: Pick<VideoRequest, 'modelId'>,
): answeredBy is string {
  return answeredBy !== null && answeredBy !== modelId;
}

/** What it was estimated at with these prices; as it was, where they do not fit the request. */
function estimateAt(prices: Prices, request: VideoRequest): MicroUsd {
  const { basis, seconds, resolution, priceMicroUsd } = request;
  if (basis !== null || prices.perSecondMicroUsd[resolution] === undefined) return priceMicroUsd;
  return estimate(prices, seconds, resolution);
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
