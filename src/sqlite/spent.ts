/** What counts against a limit: jobs by when they were asked for, not by when they were charged. */
import type Database from 'better-sqlite3';
import type { LimitCheck, Scope, Spent } from '../jobs/spending.ts';

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

export function spentOf(db: Database.Database): (check: LimitCheck) => Spent {
  const prepare = (scope: Scope) => db.prepare<[object], Spent>(spentSql[scope]);
  const statements = {
    member: prepare('member'),
    channel: prepare('channel'),
    server: prepare('server'),
    bot: prepare('bot'),
  };
  return ({ scope, of, sinceAt, untilAt }) => {
    const which = scope === 'bot' ? { sinceAt, untilAt } : { sinceAt, untilAt, of };
    return statements[scope].get(which) ?? { microUsd: 0, videos: 0 };
  };
}
