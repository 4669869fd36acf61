/** What was spent: sums over the accounts, by day and by whom. */

import type { MicroUsd } from '../model.ts';
import type { Totals } from '../ports/store.ts';
import type { AccountLine } from './accounts.ts';

export const groupings = ['member', 'server', 'model', 'channel'] as const;
export type Grouping = (typeof groupings)[number];

/** Whose sums; null: asked for in no server. */
export interface Share {
  readonly of: string | null;
  readonly totals: Totals;
}

export interface DaySum {
  readonly sinceAt: number;
  readonly chargedMicroUsd: MicroUsd;
  readonly maybeMicroUsd: MicroUsd;
  readonly reservedMicroUsd: MicroUsd;
}

/** Since when a sum counts; ms. */
export interface SumsAsked {
  /** The beginnings of the days, one after the other; the last is today's. */
  readonly days: readonly number[];
  readonly monthAt: number;
}

export interface Sums {
  readonly day: Totals;
  readonly month: Totals;
  /** Everybody, whoever spent most first. */
  readonly by: Readonly<Record<'day' | 'month', Readonly<Record<Grouping, readonly Share[]>>>>;
  readonly days: readonly DaySum[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Tally = Mutable<Totals>;
type Groups = Record<Grouping, Map<string | null, Tally>>;

export const nothing: Totals = {
  ...{ chargedMicroUsd: 0, reservedMicroUsd: 0, maybeMicroUsd: 0 },
  ...{ videos: 0, declined: 0, failed: 0 },
};

/** Everything in one pass: the lines of a month can be many. */
export async function sumUp(
  lines: AsyncIterable<AccountLine>,
  { days, monthAt }: SumsAsked,
): Promise<Sums> {
  const todayAt = days.at(-1) ?? Number.POSITIVE_INFINITY;
  const [day, month] = [{ ...nothing }, { ...nothing }];
  const by = { day: noGroups(), month: noGroups() };
  const bars = days.map(
    (sinceAt): Mutable<DaySum> => ({
      ...{ sinceAt, chargedMicroUsd: 0, maybeMicroUsd: 0, reservedMicroUsd: 0 },
    }),
  );
  // The lines come in order of time, and so do the days.
  let today = 0;
  for await (const line of lines) {
    while (line.askedAt >= (days[today + 1] ?? Number.POSITIVE_INFINITY)) today += 1;
    const bar = bars[today];
    if (bar !== undefined && line.askedAt >= bar.sinceAt) addMoney(bar, line);
    if (line.askedAt >= monthAt) count(month, by.month, line);
    if (line.askedAt >= todayAt) count(day, by.day, line);
  }
  return { day, month, by: { day: sharesOf(by.day), month: sharesOf(by.month) }, days: bars };
}

/** Charged, held and maybe together: what counts against a limit. */
export function spentOf(
  sums: Pick<Totals, 'chargedMicroUsd' | 'reservedMicroUsd' | 'maybeMicroUsd'>,
): MicroUsd {
  return sums.chargedMicroUsd + sums.reservedMicroUsd + sums.maybeMicroUsd;
}

/** The first `most`, and all others in one; null where there are none. */
export function topOf(
  shares: readonly Share[],
  most: number,
): { readonly top: readonly Share[]; readonly rest: Totals | null; readonly others: number } {
  const others = shares.slice(most);
  const rest = others.reduce<Totals>((sum, { totals }) => sumOf(sum, totals), nothing);
  return {
    top: shares.slice(0, most),
    rest: others.length === 0 ? null : rest,
    others: others.length,
  };
}

function noGroups(): Groups {
  return { member: new Map(), server: new Map(), model: new Map(), channel: new Map() };
}

function count(whole: Tally, groups: Groups, line: AccountLine): void {
  add(whole, line);
  add(tallyOf(groups.member, line.userId), line);
  add(tallyOf(groups.server, line.guildId), line);
  add(tallyOf(groups.model, line.modelId), line);
  add(tallyOf(groups.channel, line.channelId), line);
}

function tallyOf(group: Map<string | null, Tally>, of: string | null): Tally {
  const tally = group.get(of) ?? { ...nothing };
  group.set(of, tally);
  return tally;
}

function add(tally: Tally, line: AccountLine): void {
  addMoney(tally, line);
  if (!line.givenBack) tally.videos += 1;
  if (line.state !== 'failed') return;
  if (line.reason === 'declined') tally.declined += 1;
  else tally.failed += 1;
}

function addMoney(
  to: Mutable<Pick<Totals, 'chargedMicroUsd' | 'reservedMicroUsd' | 'maybeMicroUsd'>>,
  line: AccountLine,
): void {
  to.chargedMicroUsd += line.chargedMicroUsd;
  to.reservedMicroUsd += line.reservedMicroUsd;
  to.maybeMicroUsd += line.maybeMicroUsd;
}

function sumOf(a: Totals, b: Totals): Totals {
  return {
    chargedMicroUsd: a.chargedMicroUsd + b.chargedMicroUsd,
    reservedMicroUsd: a.reservedMicroUsd + b.reservedMicroUsd,
    maybeMicroUsd: a.maybeMicroUsd + b.maybeMicroUsd,
    videos: a.videos + b.videos,
    declined: a.declined + b.declined,
    failed: a.failed + b.failed,
  };
}

function sharesOf(groups: Groups): Record<Grouping, readonly Share[]> {
  return {
    member: inOrder(groups.member),
    server: inOrder(groups.server),
    model: inOrder(groups.model),
    channel: inOrder(groups.channel),
  };
}

function inOrder(group: ReadonlyMap<string | null, Totals>): readonly Share[] {
  return [...group]
    .map(([of, totals]) => ({ of, totals }))
    .toSorted(
      (a, b) =>
        spentOf(b.totals) - spentOf(a.totals) ||
        b.totals.videos - a.totals.videos ||
        ((a.of ?? '') < (b.of ?? '') ? -1 : 1),
    );
}
