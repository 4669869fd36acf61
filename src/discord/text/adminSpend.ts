/** `/veo-admin spend`: what was spent, by whom, in words and as what is to be drawn. */
import type { SpendingReport } from '../../jobs/money/accounting.ts';
import type { SpendingChart } from '../../jobs/money/chart.ts';
import type { Period } from '../../jobs/money/spending.ts';
import { type Grouping, groupings, type Share, spentOf, topOf } from '../../jobs/money/sums.ts';
import type { Totals } from '../../jobs/ports/store.ts';
import { money } from './money.ts';
import { ALT_TEXT_MAX, CONTENT_MAX, quote } from './quote.ts';

const MOST_LISTED = 10;
/** One sentence may have to follow. */
const WORDS_MAX = CONTENT_MAX - 120;
/** Days of the picture have a date below every so many bars. */
const DATE_EVERY = 5;

export interface SpendAsked {
  readonly period: Period;
  /** Null: by all of them. */
  readonly by: Grouping | null;
}

const groupNames: Readonly<Record<Grouping, string>> = {
  member: 'Members',
  server: 'Servers',
  model: 'Models',
  channel: 'Channels',
};

export function spendText(report: SpendingReport, { period, by }: SpendAsked): string {
  const groups = by === null ? groupings : [by];
  // One server is no list of servers.
  const shown = groups.filter((group) => group !== 'server' || report.guildId === null);
  const head = [
    `🧾 **Spent** ${report.guildId === null ? 'by the whole bot' : 'in this server'}`,
    `**Today** ${totalsText(report.day, report.dayLimitMicroUsd)}`,
    `**Month** ${totalsText(report.month, report.monthLimitMicroUsd)}`,
  ];
  const when = period === 'day' ? 'today' : 'this month';
  const text = (most: number): string =>
    [
      ...head,
      ...shown.flatMap((group) => groupLines(group, report.by[period][group], most, when)),
    ].join('\n');
  for (let most = MOST_LISTED; most > 1; most -= 1) {
    const words = text(most);
    if (words.length <= WORDS_MAX) return words;
  }
  return text(1);
}

function groupLines(
  group: Grouping,
  shares: readonly Share[],
  most: number,
  when: string,
): string[] {
  if (shares.length === 0) return [];
  const { top, rest, others } = topOf(shares, most);
  return [
    `**${groupNames[group]}** ${when}`,
    ...top.map(({ of, totals }) => `${nameOf(group, of)} · ${shareText(totals)}`),
    ...(rest === null ? [] : [`${others} more · ${shareText(rest)}`]),
  ];
}

function nameOf(group: Grouping, of: string | null): string {
  if (of === null) return 'direct messages';
  switch (group) {
    case 'member':
      return `<@${of}>`;
    case 'channel':
      return `<#${of}>`;
    case 'server':
      return `\`${quote(of, 20)}\``;
    case 'model':
      return quote(of, 40);
    default:
      return group satisfies never;
  }
}

/** `$3.92 of $10.00 (of it $0.56 may have been charged) · 7 videos · 1 declined · 0 failed` */
export function totalsText(totals: Totals, limitMicroUsd: number | null): string {
  const spent = `${money(spentOf(totals))}${limitMicroUsd === null ? '' : ` of ${money(limitMicroUsd)}`}`;
  return [
    `${spent}${openText(totals)}`,
    videosText(totals.videos),
    `${totals.declined} declined`,
    `${totals.failed} failed`,
  ].join(' · ');
}

function shareText(totals: Totals): string {
  const { declined, failed } = totals;
  return [
    `${money(spentOf(totals))}${openText(totals)}`,
    videosText(totals.videos),
    ...(declined > 0 ? [`${declined} declined`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(' · ');
}

function openText({ reservedMicroUsd, maybeMicroUsd }: Totals): string {
  const parts = [
    ...(reservedMicroUsd > 0 ? [`${money(reservedMicroUsd)} held`] : []),
    ...(maybeMicroUsd > 0 ? [`${money(maybeMicroUsd)} may have been charged`] : []),
  ];
  return parts.length === 0 ? '' : ` (of it ${parts.join(', ')})`;
}

function videosText(videos: number): string {
  return videos === 1 ? '1 video' : `${videos} videos`;
}

// ── The picture ─────────────────────────────────────────────────────────────────────────────

export function spendChart(report: SpendingReport): SpendingChart {
  const { days, dayLimitMicroUsd: limit } = report;
  return {
    title: title(report),
    bars: days.map(({ sinceAt, chargedMicroUsd, maybeMicroUsd }, index) => ({
      label: (days.length - 1 - index) % DATE_EVERY === 0 ? dateText(sinceAt, report) : null,
      chargedMicroUsd,
      maybeMicroUsd,
    })),
    charged: 'charged',
    maybe: 'may have been charged',
    limit:
      limit === null
        ? null
        : {
            microUsd: limit,
            label: `limit ${money(limit)} a day`,
            labelFarAbove: `limit ${money(limit)} a day, far above`,
          },
    empty: `Nothing was charged in these ${days.length} days.`,
  };
}

/** The same as the picture, for those who do not see it. */
export function spendAltText(report: SpendingReport): string {
  const { days, dayLimitMicroUsd: limit } = report;
  const charged = days.reduce((sum, day) => sum + day.chargedMicroUsd, 0);
  const maybe = days.reduce((sum, day) => sum + day.maybeMicroUsd, 0);
  const spending = days.filter((day) => day.chargedMicroUsd + day.maybeMicroUsd > 0);
  const most = spending.toSorted(
    (a, b) => b.chargedMicroUsd + b.maybeMicroUsd - a.chargedMicroUsd - a.maybeMicroUsd,
  )[0];
  const [first, last] = [days[0], days.at(-1)];
  const reached =
    limit === null
      ? null
      : days.filter((day) => day.chargedMicroUsd + day.maybeMicroUsd >= limit).length;
  const sentences = [
    `${title(report)}, one bar a day from ${dateText(first?.sinceAt ?? 0, report)} to ${dateText(last?.sinceAt ?? 0, report)}.`,
    `${money(charged)} charged${maybe > 0 ? `, ${money(maybe)} may have been charged` : ''}, on ${spending.length} of ${days.length} days.`,
    ...(most === undefined
      ? []
      : [
          `Most on ${dateText(most.sinceAt, report)}: ${money(most.chargedMicroUsd + most.maybeMicroUsd)}.`,
        ]),
    ...(last === undefined
      ? []
      : [`Today so far: ${money(last.chargedMicroUsd + last.maybeMicroUsd)}.`]),
    ...(limit === null
      ? ['No limit a day is set.']
      : [`The limit is ${money(limit)} a day; it was reached on ${reached} of these days.`]),
  ];
  return sentences.join(' ').slice(0, ALT_TEXT_MAX);
}

function title({ guildId, days }: SpendingReport): string {
  return `Spent in the last ${days.length} days${guildId === null ? '' : ' in this server'}`;
}

function dateText(at: number, { timeZone }: SpendingReport): string {
  return new Date(at).toLocaleDateString('en-US', { month: 'short', day: 'numeric', timeZone });
}

export function noPicture(): string {
  return '(The picture of the last 30 days could not be drawn now; the words are complete.)';
}
