/** What came of it, as tables. */

import type { Interaction } from '../sandbox/discord/discord.ts';
import type { Books, Entry } from './books.ts';
import { costOf, type Discrepancy, isDeclined } from './checks.ts';
import type { Asked } from './people.ts';

export function printOutcome(asks: readonly Asked[], { entries }: Books, rest: object): void {
  const wishes = asks.flatMap(({ wishes }) => wishes);
  const inState = (state: string) => entries.filter(({ job }) => job.state === state);
  const given = entries.filter(({ money }) => money.money === 'given back');
  console.table({
    'members’ requests': asks.length,
    'commands and presses for a video': wishes.length,
    'not heard (the bot away, or late)': asks.filter(({ heard }) => !heard).length,
    'jobs on the books': entries.length,
    'refused in words': wishes.filter(isRefused).length,
    'paid calls': entries.reduce((sum, { paid }) => sum + paid.length, 0),
    delivered: inState('delivered').length,
    'kept (undelivered)': inState('undelivered').length,
    failed: inState('failed').length,
    unconfirmed: inState('unconfirmed').length,
    cancelled: inState('cancelled').length,
    'reservations given back': given.length,
    'presses on "Show result"': asks.reduce((sum, { shows }) => sum + shows, 0),
    ...rest,
  });
  const ends = new Map<string, number>();
  for (const { job } of entries) {
    const end = `${job.state}${whyOf(job)}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  console.table(Object.fromEntries([...ends].sort((a, b) => b[1] - a[1])));
}

export function printMoney({ entries, strangers }: Books): void {
  const cost = (some: readonly Entry[]) => costOf(some.flatMap(({ paid }) => paid));
  const charged = entries.filter(({ money }) => money.charged > 0);
  const maybe = entries.filter(({ money }) => money.maybe > 0);
  const others = entries.filter(({ money }) => money.charged + money.maybe === 0);
  const declined = others.filter(({ job }) => isDeclined(job));
  const rest = others.filter(({ job }) => !isDeclined(job));
  const usd = (microUsd: number) => (microUsd / 1e6).toFixed(4);
  const row = (some: readonly Entry[], booked: number) => ({
    jobs: some.length,
    'booked USD': usd(booked),
    'Google charged USD': usd(cost(some)),
  });
  const sum = (of: (entry: Entry) => number) => entries.reduce((all, one) => all + of(one), 0);
  console.table({
    charged: row(
      charged,
      sum(({ money }) => money.charged),
    ),
    'may have been charged': row(
      maybe,
      sum(({ money }) => money.maybe),
    ),
    'declined (its words alone)': row(declined, 0),
    'not charged': row(rest, 0),
    'of no job': { jobs: 0, 'booked USD': usd(0), 'Google charged USD': usd(costOf(strangers)) },
  });
}

export function printDiscrepancies(found: readonly Discrepancy[]): void {
  for (const { what, entry } of found) {
    console.log(`\nUNEXPLAINED: ${what}`);
    if (entry === null) continue;
    const { job, history, paid, money, asked } = entry;
    const { place } = job.reply;
    console.log(`  job ${job.id}, ${job.request.protocol}, ${place}, "${job.request.prompt}"`);
    console.log(`  money ${JSON.stringify(money)}`);
    for (const call of paid) console.log(`  paid ${call.operation} ${call.costMicroUsd}`);
    console.log(`  asked ${asked?.place.how}, ${asked?.shows} shows, ${asked?.deletes} deletes`);
    for (const { at, state, event, detail } of history) {
      const more = detail === undefined ? '' : JSON.stringify(detail);
      console.log(`  ${new Date(at).toISOString()} ${state}: ${event} ${more}`);
    }
  }
}

/** Over a limit, or of a model that does not make it: said to one person, and no job. */
function isRefused({ original, followUps }: Interaction): boolean {
  return [original, ...followUps].some(
    (message) => message?.ephemeral === true && message.content.includes('Nothing charged'),
  );
}

function whyOf(job: Entry['job']): string {
  if (job.state === 'failed' || job.state === 'undelivered') return ` (${job.reason})`;
  if (job.state === 'delivered') return ` (${job.posted.rung})`;
  return job.state === 'cancelled' ? ` (${job.why})` : '';
}
