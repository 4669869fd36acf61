/** Lists of jobs for an admin: the newest asked for first, of one state, server or member. */
import type Database from 'better-sqlite3';
import type { Listed } from '../jobs/ports/store.ts';
import { type JobRow, jobColumns } from './rows.ts';

/**
 * Each goes through the index of what narrows it most; left to itself, SQLite would rather read
 * everybody's jobs in order than sort those of one member.
 */
export function listingSql({ state, userId, guildId }: Listed): string {
  const wheres = [
    ...(state === null ? [] : ['state = @state']),
    ...(userId === null ? [] : ['user_id = @userId']),
    ...(guildId === null ? [] : ['guild_id = @guildId']),
  ];
  const index =
    userId !== null
      ? 'jobs_member'
      : guildId !== null
        ? 'jobs_asked_server'
        : state !== null
          ? 'jobs_state'
          : 'jobs_asked';
  const where = wheres.length === 0 ? '' : `WHERE ${wheres.join(' AND ')}`;
  return `SELECT ${jobColumns} FROM jobs INDEXED BY ${index} ${where}
    ORDER BY asked_at DESC, id DESC LIMIT @limit OFFSET @skip`;
}

export function listingOf(
  db: Database.Database,
): (which: Listed, skip: number, limit: number) => JobRow[] {
  const prepared = new Map<string, Database.Statement<[object], JobRow>>();
  return (which, skip, limit) => {
    const sql = listingSql(which);
    const statement = prepared.get(sql) ?? db.prepare<[object], JobRow>(sql);
    prepared.set(sql, statement);
    return statement.all({ ...which, skip, limit });
  };
}
