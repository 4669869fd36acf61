/**
 * The one door before money: yes, or no and why. Limits hold per member, channel, server and
 * whole bot, by day and by month, in money and in videos; the store checks and reserves in one
 * transaction, so a burst of commands cannot slip through together.
 */
import type { Reply, Requester, Trouble } from './job.ts';
import type { MicroUsd } from './model.ts';

export type Scope = 'member' | 'channel' | 'server' | 'bot';
export type Period = 'day' | 'month';

/** A configured number; what is left of it is the allowance. */
export interface Limit {
  readonly scope: Scope;
  readonly period: Period;
  readonly maxMicroUsd: MicroUsd | null;
  readonly maxVideos: number | null;
}

/** A limit as it applies to one job: whose, since when, until when. */
export interface LimitCheck extends Limit {
  /** User, channel or server id; null for the whole bot. */
  readonly of: string | null;
  readonly sinceAt: number;
  readonly untilAt: number;
}

/** What was reserved, charged or may have been charged inside one limit's period. */
export interface Spent {
  readonly microUsd: MicroUsd;
  readonly videos: number;
}

export interface LimitReached {
  readonly check: LimitCheck;
  readonly spent: Spent;
  readonly priceMicroUsd: MicroUsd;
}

export type SpendingRefusal =
  | { readonly why: 'limit'; readonly reached: LimitReached }
  | { readonly why: 'closed'; readonly trouble: Trouble };

/** Whether one more video fits. Pure, so that every store decides alike. */
export function fits(check: LimitCheck, spent: Spent, priceMicroUsd: MicroUsd): boolean {
  if (check.maxVideos !== null && spent.videos + 1 > check.maxVideos) return false;
  return check.maxMicroUsd === null || spent.microUsd + priceMicroUsd <= check.maxMicroUsd;
}

/** The limits that a job must fit, tightest people first, so that the refusal names the nearest one. */
export function checksFor(
  job: {
    readonly requester: Pick<Requester, 'userId'>;
    readonly reply: Pick<Reply, 'channelId' | 'guildId'>;
  },
  limits: readonly Limit[],
  at: number,
): LimitCheck[] {
  const owner: Readonly<Record<Scope, string | null>> = {
    member: job.requester.userId,
    channel: job.reply.channelId,
    server: job.reply.guildId,
    bot: null,
  };
  const order: readonly Scope[] = ['member', 'channel', 'server', 'bot'];
  return limits
    .filter((limit) => limit.scope === 'bot' || owner[limit.scope] !== null)
    .toSorted((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope))
    .map((limit) => ({ ...limit, of: owner[limit.scope], ...periodAround(limit.period, at) }));
}

/** Days and months begin at 00:00 UTC. */
export function periodAround(period: Period, at: number): { sinceAt: number; untilAt: number } {
  const day = new Date(at);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  return period === 'day'
    ? { sinceAt: Date.UTC(year, month, date), untilAt: Date.UTC(year, month, date + 1) }
    : { sinceAt: Date.UTC(year, month, 1), untilAt: Date.UTC(year, month + 1, 1) };
}

/** What is left of one limit, and when it is full again. A part is null where it limits nothing. */
export interface Allowance {
  readonly period: Period;
  readonly untilAt: number;
  readonly money: { readonly leftMicroUsd: MicroUsd; readonly maxMicroUsd: MicroUsd } | null;
  readonly videos: { readonly left: number; readonly max: number } | null;
}

export function allowanceOf(check: LimitCheck, spent: Spent): Allowance {
  const { period, untilAt, maxMicroUsd, maxVideos } = check;
  return {
    period,
    untilAt,
    money:
      maxMicroUsd === null
        ? null
        : { leftMicroUsd: Math.max(0, maxMicroUsd - spent.microUsd), maxMicroUsd },
    videos:
      maxVideos === null ? null : { left: Math.max(0, maxVideos - spent.videos), max: maxVideos },
  };
}
