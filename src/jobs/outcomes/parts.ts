/** What all outcomes are made of: the context they depend on, and the small pieces of a change. */
import type { Change, MoneyMove, Note } from '../change.ts';
import type { Charge, Job, JobIn, NextState, Successor } from '../job.ts';
import type { MicroUsd, Prices } from '../model.ts';
import type { FailureReason } from '../reasons.ts';
import type { VideoRequest } from '../request.ts';
import type { Rules } from '../rules.ts';

/** Time, chance and what was learned: everything an outcome depends on besides itself. */
export interface Context {
  readonly now: number;
  readonly wall: number;
  readonly chance: () => number;
  readonly rules: Rules;
  /** When to look (again) at this operation, as a `now` time. */
  readonly nextLookAt: (operation: LookedAt) => number;
  readonly likelyMs: (job: JobIn<'submitting'>) => number;
  /** The prices of a model by id, where the catalogue has it. */
  readonly pricesOf: (modelId: string) => Prices | null;
  /** What would make the same in place of a retired model. */
  readonly successorFor: (request: VideoRequest) => Successor | null;
}

export interface LookedAt {
  readonly request: VideoRequest;
  readonly submittedAt: number;
  readonly lookedAt: number | null;
}

/** A service may say as much as it likes; the row keeps what a person would read. */
const MOST_SAID_CHARS = 2_000;

export const notCharged: Charge = { kind: 'not charged' };

export function change(context: Pick<Context, 'now'>, to: NextState, note: Note): Change {
  return { at: context.now, to, attempts: 0, note };
}

export function cancelled(
  context: Pick<Context, 'now'>,
  why: JobIn<'cancelled'>['why'],
  charge: Charge,
  money: MoneyMove,
): Change {
  return {
    ...change(
      context,
      { state: 'cancelled', why, charge },
      { event: 'cancelled', detail: { why } },
    ),
    money,
  };
}

export function maybe(
  job: { readonly request: { readonly priceMicroUsd: MicroUsd } },
  countsForMember: boolean,
): { charge: Charge; money: MoneyMove } {
  const microUsd = job.request.priceMicroUsd;
  return {
    charge: { kind: 'may have been charged', microUsd },
    money: { kind: 'maybe', microUsd, countsForMember },
  };
}

export function failed(
  job: Job,
  context: Pick<Context, 'now'>,
  reason: FailureReason,
  more: {
    said: string | null;
    charge: Charge;
    money?: MoneyMove;
    dueAt?: number;
    successor?: Successor | null;
    detail?: Note['detail'];
  },
): Change {
  const { said, charge, money, dueAt, successor, detail } = more;
  return {
    ...change(
      context,
      {
        state: 'failed',
        reason,
        said: said?.slice(0, MOST_SAID_CHARS).toWellFormed() ?? null,
        charge,
        operation: 'operation' in job ? job.operation : null,
        dueAt: dueAt ?? null,
        successor: successor ?? null,
      },
      { event: 'failed', detail: { reason, ...detail } },
    ),
    ...(money === undefined ? {} : { money }),
  };
}
