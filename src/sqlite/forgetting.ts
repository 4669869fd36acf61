/** Takes what people wrote out of the rows of ended jobs; states, times, places and money stay. */
import type Database from 'better-sqlite3';
import type { Job, JobId, State } from '../jobs/job.ts';
import { ended } from '../jobs/states.ts';
import type { Conversations } from './conversations.ts';
import type { Notes } from './notes.ts';
import type { Reads } from './reads.ts';
import type { Reports } from './reports.ts';
import { type JobRow, jobColumns } from './rows.ts';

export interface Forgetting {
  askToForget(userId: string): number;
  unwanted(userId: string | null, limit: number): Job[];
  outOfDate(before: number, limit: number): JobId[];
  forgetWords(ids: readonly JobId[]): number;
}

const endedStates = ended.map((state) => `'${state}'`).join(', ');

/**
 * Ended, and nothing about it falls due but that its video goes. The plus keeps SQLite from going
 * through all ended jobs instead of the few that are unwanted.
 */
const isOver = `+state IN (${endedStates})
  AND (due_at IS NULL OR +state IN ('delivered', 'undelivered'))`;
/** A row that cannot be read keeps what it has: nobody knows what that is. */
const isReadable = 'json_valid(request) AND json_valid(own) AND json_valid(reply)';

export const forgettingSql = {
  unwanted: `SELECT ${jobColumns} FROM jobs
    WHERE words = 'unwanted' AND ${isOver} AND ${isReadable} ORDER BY asked_at LIMIT ?`,
  unwantedOf: `SELECT ${jobColumns} FROM jobs
    WHERE words = 'unwanted' AND +user_id = ? AND ${isOver} AND ${isReadable}
    ORDER BY asked_at LIMIT ?`,
  outOfDate: `SELECT id, asked_at AS askedAt FROM jobs
    WHERE state = ? AND words <> 'gone' AND asked_at < ?
      AND (due_at IS NULL OR state = 'delivered') AND ${isReadable}
    ORDER BY asked_at LIMIT ?`,
} as const;

export function forgettingOf(
  db: Database.Database,
  parts: {
    readonly notes: Pick<Notes, 'dropDraftsOf'>;
    readonly conversations: Pick<Conversations, 'dropOf'>;
    readonly reports: Pick<Reports, 'dropOf' | 'dropIfUnwanted'>;
    readonly reads: Pick<Reads, 'readable'>;
  },
): Forgetting {
  const { notes, conversations, reports, reads } = parts;
  const mark = db.prepare<[string]>(
    `UPDATE jobs SET words = 'unwanted' WHERE user_id = ? AND words <> 'gone'`,
  );
  const unwanted = db.prepare<[number], JobRow>(forgettingSql.unwanted);
  const unwantedOf = db.prepare<[string, number], JobRow>(forgettingSql.unwantedOf);
  const outOfDate = db.prepare<[State, number, number], { id: JobId; askedAt: number }>(
    forgettingSql.outOfDate,
  );
  const forget = db.prepare<[JobId]>(
    `UPDATE jobs SET words = 'gone', locale = '',
       request = json_set(request, '$.prompt', '', '$.pictures', json('[]')),
       reply = json_set(reply, '$.token', '', '$.tokenDead', json('true')),
       own = CASE state WHEN 'failed' THEN json_set(own, '$.said', NULL) ELSE own END
     WHERE id = ? AND words <> 'gone' AND ${isOver} AND ${isReadable}`,
  );

  return {
    askToForget(userId) {
      notes.dropDraftsOf(userId);
      conversations.dropOf(userId);
      reports.dropOf(userId);
      return mark.run(userId).changes;
    },
    unwanted: (userId, limit) =>
      reads.readable(userId === null ? unwanted.all(limit) : unwantedOf.all(userId, limit)),
    outOfDate: (before, limit) =>
      ended
        .flatMap((state) => outOfDate.all(state, before, limit))
        .toSorted((a, b) => a.askedAt - b.askedAt)
        .slice(0, limit)
        .map(({ id }) => id),
    forgetWords(ids) {
      // Somebody may have reported it since its member asked.
      for (const id of ids) reports.dropIfUnwanted(id);
      return ids.reduce((count, id) => count + forget.run(id).changes, 0);
    },
  };
}
