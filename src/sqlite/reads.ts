/** Which jobs there are. A row that cannot be read is told once and left out, so that others go on. */
import type Database from 'better-sqlite3';
import type { Job, JobId, State } from '../jobs/job.ts';
import { UnreadableJob } from './problem.ts';
import { type JobRow, jobColumns, rowToJob } from './rows.ts';

export interface Reads {
  /** @throws UnreadableJob */
  find(id: JobId): Job | null;
  /** @throws UnreadableJob */
  madeOf(origin: string): Job | null;
  ownerOf(operation: string): JobId | null;
  due(states: readonly State[], now: number, limit: number): Job[];
  nextDueAt(states: readonly State[], after: number): number | null;
  inStates(states: readonly State[]): Job[];
  count(states: readonly State[]): number;
  aheadOf(job: Pick<Job, 'askedAt' | 'id'>): number;
  jobsOf(userId: string, skip: number, limit: number): Job[];
  undeliveredOf(userId: string): Job[];
  unshown(): Job[];
  /** The jobs of these rows, without those that cannot be read. */
  readable(rows: readonly JobRow[]): Job[];
}

/** One state at a time, so that 10,000 waiting jobs in one state cost nothing when asking for another. */
export const readsSql = {
  ownerOf: 'SELECT id FROM jobs WHERE operation = ? LIMIT 1',
  due: `SELECT seq, due_at AS dueAt FROM jobs
    WHERE state = ? AND due_at <= ? ORDER BY due_at, seq LIMIT ?`,
  nextDueAt: 'SELECT due_at FROM jobs WHERE state = ? AND due_at > ? ORDER BY due_at LIMIT 1',
  inState: `SELECT ${jobColumns} FROM jobs WHERE state = ? ORDER BY asked_at, id`,
  count: 'SELECT count(*) FROM jobs WHERE state = ?',
  aheadOf: `SELECT count(*) FROM jobs WHERE state = 'queued' AND (asked_at, id) < (?, ?)`,
  /** The expression stands in the index word for word. */
  jobsOf: `SELECT ${jobColumns} FROM jobs WHERE user_id = ?
    ORDER BY (state = 'undelivered' AND due_at IS NOT NULL) DESC, asked_at DESC, id DESC LIMIT ? OFFSET ?`,
  undeliveredOf: `SELECT ${jobColumns} FROM jobs
    WHERE user_id = ? AND (state = 'undelivered' AND due_at IS NOT NULL) = 1 ORDER BY asked_at DESC, id DESC`,
  unshown: `SELECT ${jobColumns} FROM jobs WHERE shown_last = 0 ORDER BY seq`,
} as const;

export function readsOf(
  db: Database.Database,
  onUnreadable: (problem: UnreadableJob) => void,
): Reads {
  const byId = db.prepare<[string], JobRow>(`SELECT ${jobColumns} FROM jobs WHERE id = ?`);
  const byOrigin = db.prepare<[string], JobRow>(`SELECT ${jobColumns} FROM jobs WHERE origin = ?`);
  const bySeq = db.prepare<[number], JobRow>(`SELECT ${jobColumns} FROM jobs WHERE seq = ?`);
  const ownerOf = db.prepare<[string], JobId>(readsSql.ownerOf).pluck();
  const due = db.prepare<[string, number, number], { seq: number; dueAt: number }>(readsSql.due);
  const nextDueAt = db.prepare<[string, number], number>(readsSql.nextDueAt).pluck();
  const inState = db.prepare<[string], JobRow>(readsSql.inState);
  const count = db.prepare<[string], number>(readsSql.count).pluck();
  const aheadOf = db.prepare<[number, string], number>(readsSql.aheadOf).pluck();
  const jobsOf = db.prepare<[string, number, number], JobRow>(readsSql.jobsOf);
  const undeliveredOf = db.prepare<[string], JobRow>(readsSql.undeliveredOf);
  const unshown = db.prepare<[], JobRow>(readsSql.unshown);

  const told = new Set<JobId>();

  function readable(row: JobRow): Job | null {
    try {
      return rowToJob(row);
    } catch (error) {
      if (!(error instanceof UnreadableJob)) throw error;
      if (!told.has(error.id)) {
        told.add(error.id);
        onUnreadable(error);
      }
      return null;
    }
  }

  function allReadable(rows: readonly JobRow[]): Job[] {
    return rows.map(readable).filter((job) => job !== null);
  }

  return {
    readable: allReadable,

    find(id) {
      const row = byId.get(id);
      return row === undefined ? null : rowToJob(row);
    },

    madeOf(origin) {
      const row = byOrigin.get(origin);
      return row === undefined ? null : rowToJob(row);
    },

    due(states, now, limit) {
      const found: Job[] = [];
      // Unreadable rows must not take the places of readable ones.
      const most = limit + told.size;
      const keys = states.flatMap((state) => due.all(state, now, most));
      keys.sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
      const before = told.size;
      for (const { seq } of keys) {
        if (found.length >= limit) break;
        const row = bySeq.get(seq);
        const job = row === undefined ? null : readable(row);
        if (job !== null) found.push(job);
      }
      return found.length < limit && told.size > before ? this.due(states, now, limit) : found;
    },

    nextDueAt(states, after) {
      const times = states
        .map((state) => nextDueAt.get(state, after))
        .filter((at) => at !== undefined);
      return times.length === 0 ? null : Math.min(...times);
    },

    inStates: (states) =>
      allReadable(states.flatMap((state) => inState.all(state))).toSorted(
        (a, b) => a.askedAt - b.askedAt,
      ),
    count: (states) => states.reduce((sum, state) => sum + (count.get(state) ?? 0), 0),
    aheadOf: ({ askedAt, id }) => aheadOf.get(askedAt, id) ?? 0,
    jobsOf: (userId, skip, limit) => allReadable(jobsOf.all(userId, limit, skip)),
    undeliveredOf: (userId) => allReadable(undeliveredOf.all(userId)),
    ownerOf: (operation) => ownerOf.get(operation) ?? null,
    unshown: () => allReadable(unshown.all()),
  };
}
