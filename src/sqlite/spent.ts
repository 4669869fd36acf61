/** What counts against a limit: jobs by when they were asked for, not by when they were charged. */
import type Database from 'better-sqlite3';
import type { LimitCheck, Scope, Spent } from '../jobs/money/spending.ts';
import { ended, states } from '../jobs/states.ts';

/** Answered from the partial indexes alone, whose condition must stand here word for word. */
const sums = `SELECT count(*) AS videos,
    coalesce(sum(held_micro_usd + charged_micro_usd + maybe_micro_usd), 0) AS microUsd
  FROM jobs
  WHERE money <> 'given back' AND asked_at >= @sinceAt AND asked_at < @untilAt`;

/** A maybe that no longer counts for its member burdens neither channel nor server, but the bot. */
export const spentSql: Readonly<Record<Scope, string>> = {
  member: `${sums} AND counts = 1 AND user_id = @of`,
  channel: `${sums} AND counts = 1 AND channel_id = @of`,
  server: `${sums} AND counts = 1 AND guild_id = @of`,
  bot: sums,
};

/** What has not ended, whenever it was asked for. */
const open = `SELECT count(*) AS videos, 0 AS microUsd FROM jobs WHERE state IN (${states
  .filter((state) => !ended.includes(state))
  .map((state) => `'${state}'`)
  .join(', ')})`;
const openSql: Readonly<Record<Scope, string>> = {
  member: `${open} AND user_id = @of`,
  channel: `${open} AND channel_id = @of`,
  server: `${open} AND guild_id = @of`,
  bot: open,
};

export function spentOf(db: Database.Database): (check: LimitCheck) => Spent {
  const prepared = new Map<string, Database.Statement<[object], Spent>>();
  // Few of these many are ever asked: each is prepared when it is wanted first.
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare<[object], Spent>(sql);
    prepared.set(sql, known);
    return known;
  };
  return ({ scope, of, within, period, sinceAt, untilAt }) => {
    const isOpen = period === 'at once';
    const sql = `${(isOpen ? openSql : spentSql)[scope]}${within === undefined ? '' : ' AND guild_id = @within'}`;
    const which = {
      ...(isOpen ? {} : { sinceAt, untilAt }),
      ...(scope === 'bot' ? {} : { of }),
      ...(within !== undefined && { within }),
    };
    return statement(sql).get(which) ?? { microUsd: 0, videos: 0 };
  };
}
