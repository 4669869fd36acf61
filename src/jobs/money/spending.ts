/**
 * The one door before money: yes, or no and why. Limits hold per member, role, channel, server and
 * whole bot, by day and by month, in money and in videos, and for how many run at once; the store checks and reserves in one
 * transaction, so a burst of commands cannot slip through together.
 */

import type { Reply, Requester } from '../job.ts';
import type { MicroUsd } from '../model.ts';
import type { Trouble } from '../reasons.ts';
import type { Between, Calendar } from './calendar.ts';

/** Whose spending is summed. */
export type Scope = 'member' | 'channel' | 'server' | 'bot';
export type Period = 'day' | 'month';
/** `at once`: the jobs that have not ended yet, whenever they were asked for. */
export type Span = Period | 'at once';

/** A configured number; what is left of it is the allowance. */
export interface Limit {
  /**
   * Of a role: what each of its members may use, in place of what every member may. Of strangers: what
   * each may use, of all that is theirs, by asking where the bot is not in the server with them.
   */
  readonly scope: Scope | 'role' | 'stranger';
  /** The one that it is for, in place of the limit for each; left out: for each. */
  readonly of?: string;
  /** The server whose own admins set it: it counts and holds there alone, beside all others. */
  readonly within?: string;
  readonly period: Span;
  readonly maxMicroUsd: MicroUsd | null;
  readonly maxVideos: number | null;
}

/** Who is held by no limit of members, roles and channels; those of server and bot hold for them too. */
export interface Exempt {
  readonly userIds: readonly string[];
  readonly roleIds: readonly string[];
  /** As of a limit. */
  readonly within?: string;
  /** Of the limits of strangers alone. */
  readonly from?: 'stranger';
}

/** A limit as it applies to one job: whose, since when, until when. */
export interface LimitCheck extends Omit<Limit, 'scope' | 'of'> {
  readonly scope: Scope;
  /** User, channel or server id; null for the whole bot. */
  readonly of: string | null;
  /** It holds for its member as a stranger: elsewhere another one does. */
  readonly asStranger?: true;
  readonly sinceAt: number;
  readonly untilAt: number;
}

/** Who wants to spend, and where. */
export interface Spender {
  readonly requester: Pick<Requester, 'userId' | 'roleIds'>;
  readonly reply: Pick<Reply, 'channelId' | 'guildId' | 'place'>;
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
  /** Above the price from which a second press is wanted. */
  | { readonly why: 'confirm'; readonly priceMicroUsd: MicroUsd }
  | { readonly why: 'closed'; readonly trouble: Trouble };

/** Whether one more video fits. Pure, so that every store decides alike. */
export function fits(check: LimitCheck, spent: Spent, priceMicroUsd: MicroUsd): boolean {
  if (check.maxVideos !== null && spent.videos + 1 > check.maxVideos) return false;
  return check.maxMicroUsd === null || spent.microUsd + priceMicroUsd <= check.maxMicroUsd;
}

/** What holds at the moment, for whomever. */
export interface Holding {
  readonly limits: readonly Limit[];
  readonly exempt: readonly Exempt[];
  readonly calendar: Pick<Calendar, 'counted'>;
}

/** The limits that a job must fit, tightest people first, so that the refusal names the nearest one. */
export function checksFor(
  spender: Spender,
  at: number,
  { limits, exempt, calendar }: Holding,
): LimitCheck[] {
  const { guildId } = spender.reply;
  const here = limits.filter(({ within }) => within === undefined || within === guildId);
  const groups = Object.values(
    Object.groupBy(here, ({ period, within }) => `${within ?? ''} ${period}`),
  );
  return groups
    .flatMap((group = []) => {
      const within = group[0]?.within;
      const isFree = (from: Exempt['from']) =>
        exempt.some((one) => one.within === within && one.from === from && isExempt(spender, one));
      return checksIn(group, spender, isFree);
    })
    .map((check) => ({ ...check, ...spanAround(check.period, at, calendar) }))
    .toSorted((a, b) => order.indexOf(a.scope) - order.indexOf(b.scope));
}

const order: readonly Scope[] = ['member', 'channel', 'server', 'bot'];

type Unplaced = Omit<LimitCheck, 'sinceAt' | 'untilAt'>;

/** Of the limits of one period by one hand: the one that holds for each scope. */
function checksIn(
  limits: readonly Limit[],
  { requester, reply }: Spender,
  isFreeFrom: (from: Exempt['from']) => boolean,
): Unplaced[] {
  const nearest = (scope: Limit['scope'], id: string | null) =>
    id === null
      ? undefined
      : firstSaid([
          limits.find((one) => one.scope === scope && one.of === id),
          limits.find((one) => one.scope === scope && one.of === undefined),
        ]);
  const own = limits.find((one) => one.scope === 'member' && one.of === requester.userId);
  const roles = limits.filter(
    ({ scope, of }) => scope === 'role' && of !== undefined && requester.roleIds?.includes(of),
  );
  const each = limits.find((one) => one.scope === 'member' && one.of === undefined);
  const member = firstSaid([own, mostGenerous(roles), each]);
  const isFree = isFreeFrom(undefined);
  // In a direct message, or brought along by a member into a server that the bot is not in.
  const isStranger = reply.place !== 'server' && !isFree && !isFreeFrom('stranger');
  const stranger = isStranger
    ? unlessSaid(
        own,
        limits.find(({ scope }) => scope === 'stranger'),
      )
    : undefined;
  const wanted: readonly (readonly [Scope, string | null, Limit | undefined])[] = [
    ['member', requester.userId, isFree ? undefined : member],
    ['channel', reply.channelId, isFree ? undefined : nearest('channel', reply.channelId)],
    ['server', reply.guildId, nearest('server', reply.guildId)],
    ['bot', null, limits.find(({ scope }) => scope === 'bot')],
  ];
  const checks = wanted.flatMap(([scope, of, limit]): Unplaced[] =>
    limit === undefined ? [] : [{ ...limit, scope, of }],
  );
  if (stranger === undefined) return checks;
  return [{ ...stranger, scope: 'member', of: requester.userId, asStranger: true }, ...checks];
}

/**
 * Of money and videos each, what the first of them says. One that names a number of videos only
 * lifts no limit in money.
 */
function firstSaid(limits: readonly (Limit | undefined)[]): Limit | undefined {
  const said = limits.filter((limit) => limit !== undefined);
  const [first] = said;
  if (first === undefined) return undefined;
  const partOf = (part: 'maxMicroUsd' | 'maxVideos') =>
    said.find((limit) => limit[part] !== null)?.[part] ?? null;
  return { ...first, maxMicroUsd: partOf('maxMicroUsd'), maxVideos: partOf('maxVideos') };
}

/** What is left of a limit where somebody's own one goes first, of money and videos each. */
function unlessSaid(own: Limit | undefined, limit: Limit | undefined): Limit | undefined {
  if (own === undefined || limit === undefined) return limit;
  const maxMicroUsd = own.maxMicroUsd === null ? limit.maxMicroUsd : null;
  const maxVideos = own.maxVideos === null ? limit.maxVideos : null;
  return maxMicroUsd === null && maxVideos === null
    ? undefined
    : { ...limit, maxMicroUsd, maxVideos };
}

/** Of several roles each part counts that is the largest; what a role does not limit says nothing. */
function mostGenerous(roles: readonly Limit[]): Limit | undefined {
  const [first] = roles;
  if (first === undefined) return undefined;
  const largest = (of: (limit: Limit) => number | null) => {
    const set = roles.map(of).filter((max) => max !== null);
    return set.length === 0 ? null : Math.max(...set);
  };
  return {
    ...first,
    maxMicroUsd: largest(({ maxMicroUsd }) => maxMicroUsd),
    maxVideos: largest(({ maxVideos }) => maxVideos),
  };
}

function isExempt({ requester }: Spender, { userIds, roleIds }: Exempt): boolean {
  return (
    userIds.includes(requester.userId) ||
    (requester.roleIds ?? []).some((role) => roleIds.includes(role))
  );
}

function spanAround(span: Span, at: number, calendar: Holding['calendar']): Between {
  return span === 'at once'
    ? { sinceAt: 0, untilAt: Number.MAX_SAFE_INTEGER }
    : calendar.counted(span, at);
}

/** What is left of one limit, and when it is full again. A part is null where it limits nothing. */
export interface Allowance {
  readonly period: Period;
  readonly untilAt: number;
  readonly money: { readonly leftMicroUsd: MicroUsd; readonly maxMicroUsd: MicroUsd } | null;
  readonly videos: { readonly left: number; readonly max: number } | null;
}

export function allowanceOf(
  check: Omit<LimitCheck, 'period'> & { readonly period: Period },
  spent: Spent,
): Allowance {
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

/** Of two limits of one period that hold beside each other: the part of each of which less is left. */
export function tightest(a: Allowance, b: Allowance): Allowance {
  const isLess = (one: number | undefined, other: number | undefined) =>
    other === undefined || (one !== undefined && one <= other);
  return {
    ...a,
    money: isLess(a.money?.leftMicroUsd, b.money?.leftMicroUsd) ? a.money : b.money,
    videos: isLess(a.videos?.left, b.videos?.left) ? a.videos : b.videos,
  };
}
