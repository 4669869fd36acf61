/** What an admin sees at a glance. */
import type Database from 'better-sqlite3';
import type { JobId } from '../jobs/job.ts';
import type { Overview, Totals } from '../jobs/ports/store.ts';
import { ended, states } from '../jobs/states.ts';
import type { Reads } from './reads.ts';
import { type JobRow, jobColumns } from './rows.ts';

const LOOK_AT_MOST = 5;

/** What an admin settled by hand, the model's own filter declined or its member removed needs nobody. */
const lookAt = (which: string) =>
  `SELECT ${jobColumns} FROM jobs WHERE ${which} ORDER BY asked_at DESC, id DESC LIMIT ${LOOK_AT_MOST}`;

export const overviewSql = {
  oldest: 'SELECT id, asked_at AS askedAt FROM jobs WHERE state = ? ORDER BY asked_at, id LIMIT 1',
  /** The whole bot's money, maybes that count for no member included; see spent.ts. */
  money: `SELECT count(*) AS videos, coalesce(sum(charged_micro_usd), 0) AS chargedMicroUsd,
      coalesce(sum(held_micro_usd), 0) AS reservedMicroUsd,
      coalesce(sum(maybe_micro_usd), 0) AS maybeMicroUsd
    FROM jobs WHERE money <> 'given back' AND asked_at >= ?`,
  failures: `SELECT coalesce(sum(reason = 'declined'), 0) AS declined,
      coalesce(sum(reason <> 'declined'), 0) AS failed
    FROM jobs WHERE state = 'failed' AND asked_at >= ?`,
  /** What is given up has one late look left, as long as it is due. */
  unsettled: `SELECT count(*) FROM jobs WHERE state IN ('unconfirmed', 'failed', 'cancelled')
    AND money = 'maybe' AND (state <> 'failed' OR due_at IS NULL)`,
  lookAtUnsettled: lookAt(`state = 'unconfirmed' AND money = 'maybe'`),
  lookAtFailed: lookAt(`state = 'failed' AND reason <> 'declined'`),
  lookAtUndelivered: lookAt(`state = 'undelivered' AND reason <> 'removed by requester'`),
} as const;

export function overviewOf(
  db: Database.Database,
  reads: Pick<Reads, 'count' | 'readable'>,
): (since: { readonly dayAt: number; readonly monthAt: number }) => Overview {
  const oldest = db.prepare<[string], { id: JobId; askedAt: number }>(overviewSql.oldest);
  const money = db.prepare<[number], Omit<Totals, 'declined' | 'failed'>>(overviewSql.money);
  const failures = db.prepare<[number], Pick<Totals, 'declined' | 'failed'>>(overviewSql.failures);

  const unsettled = db.prepare<[], number>(overviewSql.unsettled).pluck();
  const toLookAt = [
    overviewSql.lookAtUnsettled,
    overviewSql.lookAtUndelivered,
    overviewSql.lookAtFailed,
  ].map((sql) => db.prepare<[], JobRow>(sql));

  function totals(sinceAt: number): Totals {
    const [sums, ends] = [money.get(sinceAt), failures.get(sinceAt)];
    if (sums === undefined || ends === undefined) throw new Error('sums always give one row');
    return { ...sums, ...ends };
  }

  return ({ dayAt, monthAt }) => {
    const unfinished = states
      .filter((state) => !ended.includes(state))
      .map((state) => oldest.get(state))
      .filter((job) => job !== undefined)
      .toSorted((a, b) => a.askedAt - b.askedAt);
    return {
      byState: Object.fromEntries(
        states.map((state) => [state, reads.count([state])]),
      ) as Overview['byState'],
      oldestUnfinished: unfinished[0] ?? null,
      day: totals(dayAt),
      month: totals(monthAt),
      unsettled: unsettled.get() ?? 0,
      // By how much each needs somebody. Some of each: what is long known must not hide what is new.
      lookAt: toLookAt.flatMap((statement) => reads.readable(statement.all())),
    };
  };
}
