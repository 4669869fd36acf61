/** What finished work cost: by the use that was reported, where that can be believed. Pure. */

import type { MoneyMove } from '../change.ts';
import type { Charge, Job } from '../job.ts';
import { estimate, type MicroUsd, type Prices, priceOf, type Usage } from '../model.ts';
import type { VideoRequest } from '../request.ts';
import type { Context } from './parts.ts';

type Looked = Pick<Job, 'request'>;

/** Use that is reported as more than so many times the estimate (and a dollar) is a fault. */
const MOST_TIMES_DEARER = 10;
const MOST_BEYOND_MICRO_USD = 1_000_000;

/** A failure that reports video tokens is paid for; every other one is not. */
export function paidAllTheSame(
  job: Looked,
  usage: Usage | null,
  context: Context,
): { charge: Charge; money: MoneyMove } | null {
  if (usage === null || usage.videoTokens === 0) return null;
  const { microUsd, move } = settlement(job, usage, null, context);
  return { charge: { kind: 'charged', microUsd }, money: move };
}

export function settlement(
  job: Looked,
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
  const reported = told === null || isBeyondBelief(told, expected) ? null : told;
  const microUsd = reported ?? expected;
  return {
    microUsd,
    move: { kind: 'settle', microUsd, basis: reported === null ? 'estimate' : 'reported' },
  };
}

export function isBeyondBelief(microUsd: MicroUsd, expected: MicroUsd): boolean {
  return microUsd > MOST_TIMES_DEARER * expected + MOST_BEYOND_MICRO_USD;
}

/** The service may answer with another model than was asked for, e.g. the successor of a retired one. */
export function isAnother(
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
