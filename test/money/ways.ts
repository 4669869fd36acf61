/** What can become of a job next, by the real outcomes, and what that must make of its money. */
import type { Change } from '../../src/jobs/change.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import type { Usage } from '../../src/jobs/model.ts';
import { acknowledged } from '../../src/jobs/outcomes/gather.ts';
import { afterRecognise, heard } from '../../src/jobs/outcomes/hint.ts';
import { afterLateLook } from '../../src/jobs/outcomes/lateLook.ts';
import { afterCancel, afterLook } from '../../src/jobs/outcomes/look.ts';
import { type Context, cancelled, change, notCharged } from '../../src/jobs/outcomes/parts.ts';
import {
  aboutToSubmit,
  afterSubmit,
  stillQueued,
  waitedTooLong,
} from '../../src/jobs/outcomes/submit.ts';
import { stateOf } from '../../src/jobs/states.ts';
import type { LookOutcome } from '../../src/jobs/steps/look.ts';
import type { SubmitOutcome } from '../../src/jobs/steps/submit.ts';
import { sampleVideo } from '../jobs/samples.ts';
import { modelNamed } from '../simulation/models.ts';
import type { Money } from './oracle.ts';

export interface Way {
  readonly change: Change;
  /** Null: as it was. */
  readonly money: Money | null;
}

const back: Money = { kind: 'given back' };
/** The member's allowance is given back, the bot's is not. */
const lost: Money = { kind: 'maybe', counts: false };
const stopped: Money = { kind: 'maybe', counts: true };

/** @param usage what the service reports; null: nothing */
export function waysOn(job: Job, usage: Usage | null, context: Context): readonly Way[] {
  const { now } = context;
  const way = (made: Change, money: Money | null = null): Way => ({ change: made, money });
  switch (job.state) {
    case 'received': {
      const found = { kind: 'acknowledged', messageId: '14', ephemeral: false } as const;
      const never = cancelled({ now }, 'never acknowledged', notCharged, { kind: 'give back' });
      return [
        way(acknowledged(job, found, { now, rules: context.rules, ahead: 0 }, 'found')),
        way(never, back),
      ];
    }
    case 'queued':
      return [
        way(aboutToSubmit(job, context)),
        way(aboutToSubmit(job, context)),
        way(aboutToSubmit(job, context)),
        way(waitedTooLong(context), back),
        way(stillQueued(job, { dueAt: now + 1_000, trouble: 'paused' }, context)),
      ];
    case 'submitting':
      return waysFromSubmitting(job, context);
    case 'generating':
    case 'cancelling': {
      const looked = looks(usage).map((look) =>
        way(afterLook(job, look, context), moneyAfterLook(job, look, context)),
      );
      return job.state === 'cancelling'
        ? [way(afterCancel(job, { kind: 'told' }, context)), ...looked]
        : looked;
    }
    case 'downloading': {
      const { charge, madeInMs, operation } = job;
      const made = { madeInMs, operation, video: sampleVideo, smaller: null };
      const delivering = {
        ...made,
        state: 'delivering',
        rung: 'reply by token',
        dueAt: now,
      } as const;
      const fileLost = { state: 'failed', reason: 'file lost', said: null } as const;
      // Another length was made than was asked for.
      const microUsd = Math.floor(job.request.priceMicroUsd / 3);
      const corrected = { kind: 'charged', microUsd } as const;
      return [
        way(change(context, { ...delivering, charge }, { event: 'fetched' })),
        way(
          {
            ...change(context, { ...delivering, charge: corrected }, { event: 'corrected' }),
            money: { kind: 'correct', microUsd },
          },
          corrected,
        ),
        way(
          change(
            context,
            { ...fileLost, charge, operation, successor: null, dueAt: null },
            { event: 'lost' },
          ),
        ),
      ];
    }
    case 'delivering': {
      const { charge, madeInMs, operation, video } = job;
      const kept = { charge, madeInMs, operation, video, keptUntilAt: now + 1_000_000 };
      const posted = { channelId: '7', messageId: '14', rung: 'reply by token' } as const;
      const ways = { smallerBytes: null, link: false };
      return [
        way(
          change(
            context,
            { ...kept, state: 'delivered', smaller: null, posted },
            { event: 'posted' },
          ),
        ),
        way(
          change(
            context,
            { ...kept, state: 'undelivered', reason: 'unreachable', ways },
            { event: 'not posted' },
          ),
        ),
      ];
    }
    case 'unconfirmed':
      return waysFromUnconfirmed(job, context);
    case 'failed':
      if (job.dueAt === null || job.operation === null) return [];
      return looks(usage).map((look) =>
        way(afterLateLook(job, look, context), moneyAfterLateLook(job, look)),
      );
    case 'delivered':
    case 'undelivered': {
      const { keptUntilAt: _kept, ...more } = stateOf(job);
      const { charge, madeInMs, operation, video } = more;
      const again = { state: 'delivering', smaller: null, rung: 'reply by token' } as const;
      return [
        way(
          change(
            context,
            { ...again, charge, madeInMs, operation, video, dueAt: now },
            { event: 'shown again' },
          ),
        ),
      ];
    }
    case 'gathering':
    case 'shrinking':
    case 'cancelled':
      return [];
    default:
      return job satisfies never;
  }
}

function waysFromSubmitting(job: JobIn<'submitting'>, context: Context): Way[] {
  const operation = { name: `operations/${job.id}`, submittedAt: context.now };
  const outcomes: readonly SubmitOutcome[] = [
    { kind: 'accepted', operation },
    { kind: 'accepted', operation },
    { kind: 'accepted', operation },
    { kind: 'refused', reason: 'declined', said: 'no' },
    { kind: 'refused', reason: 'model gone', said: null },
    { kind: 'wait', trouble: 'rate limit', retryAfterMs: 1_000 },
    { kind: 'unknown', how: 'cut off' },
  ];
  const told = { change: heard(job, operation.name, context), money: null };
  return [
    ...outcomes.map((outcome) => ({
      change: afterSubmit(job, outcome, context),
      money: moneyAfterSubmit(job, outcome),
    })),
    told,
  ];
}

function moneyAfterSubmit(
  { cancelAsked, told, request }: JobIn<'submitting'>,
  outcome: SubmitOutcome,
): Money | null {
  if (outcome.kind === 'accepted') {
    return cancelAsked !== false && !request.canCancel ? stopped : null;
  }
  if (told !== null || outcome.kind === 'unknown') return lost;
  return outcome.kind === 'refused' || cancelAsked !== false ? back : null;
}

function waysFromUnconfirmed(job: JobIn<'unconfirmed'>, context: Context): Way[] {
  // Once an admin has said what became of it nothing that is told is taken.
  if (job.charge.kind !== 'may have been charged') return [];
  const operation = { name: `operations/${job.id}`, submittedAt: context.now };
  if (job.told === null) return [{ change: heard(job, operation.name, context), money: null }];
  return [
    { change: afterRecognise(job, { kind: 'ours', operation }, context), money: null },
    { change: afterRecognise(job, { kind: 'ours', operation }, context), money: null },
    { change: afterRecognise(job, { kind: 'not ours' }, context), money: null },
  ];
}

function looks(usage: Usage | null): readonly LookOutcome[] {
  const source = { kind: 'file', fileId: 'file-1' } as const;
  const done: LookOutcome = { kind: 'done', source, usage, answeredBy: null };
  return [
    { kind: 'running' },
    done,
    done,
    done,
    { kind: 'declined', said: 'no', usage },
    { kind: 'failed', said: null, code: 'E1', usage },
    { kind: 'cancelled' },
    { kind: 'not understood', usage },
    { kind: 'no answer', trouble: 'service away', retryAfterMs: null, how: 'away' },
    { kind: 'gone' },
  ];
}

function moneyAfterLook(
  job: JobIn<'generating'> | JobIn<'cancelling'>,
  look: LookOutcome,
  { now, rules }: Context,
): Money | null {
  const unknown = job.state === 'cancelling' ? stopped : lost;
  switch (look.kind) {
    case 'done':
    case 'not understood':
      return charged(job, look.usage);
    case 'declined':
      return back;
    case 'failed':
      return isUsed(look.usage) ? charged(job, look.usage) : back;
    case 'cancelled':
      return unknown;
    case 'running':
    case 'no answer':
      return now >= job.deadlineAt ? unknown : null;
    case 'gone': {
      const { seen, sinceAt } = job.gone ?? { seen: 0, sinceAt: now };
      const isBelieved =
        seen + 1 >= rules.goneBelievedAfter && now - sinceAt >= rules.goneBelievedForMs;
      return isBelieved ? lost : null;
    }
    default:
      return look satisfies never;
  }
}

function moneyAfterLateLook(job: JobIn<'failed'>, look: LookOutcome): Money | null {
  if (look.kind === 'done' || look.kind === 'not understood') return charged(job, look.usage);
  if (look.kind === 'declined') return back;
  if (look.kind === 'failed') return isUsed(look.usage) ? charged(job, look.usage) : back;
  return null;
}

/** By reported use where that can be believed, else at the estimate. */
function charged({ request }: Pick<Job, 'request'>, usage: Usage | null): Money {
  const rate = modelNamed(request.modelId).prices.perMillionTokens;
  const estimate = request.priceMicroUsd;
  if (rate === null || usage === null || !isUsed(usage)) {
    return { kind: 'charged', microUsd: estimate };
  }
  const sum =
    BigInt(usage.inputTokens) * BigInt(rate.input) +
    BigInt(usage.textTokens) * BigInt(rate.text) +
    BigInt(usage.videoTokens) * BigInt(rate.video);
  // Never a part of a micro-dollar too little.
  const reported = Number((sum + 999_999n) / 1_000_000n);
  return { kind: 'charged', microUsd: reported <= 10 * estimate + 1_000_000 ? reported : estimate };
}

function isUsed(usage: Usage | null): boolean {
  return usage !== null && usage.videoTokens > 0;
}
