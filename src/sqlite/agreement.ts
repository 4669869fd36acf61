/** Whether the jobs' own sums are those of their ledger rows: each is written with the other. */
import type Database from 'better-sqlite3';
import type { JobId } from '../jobs/job.ts';

/** Two scans that add up numbers; the given back hold none. */
const totals = `SELECT
    (SELECT coalesce(sum(held_micro_usd), 0) FROM ledger)
      = (SELECT coalesce(sum(held_micro_usd), 0) FROM jobs WHERE money <> 'given back')
    AND (SELECT coalesce(sum(charged_micro_usd), 0) FROM ledger)
      = (SELECT coalesce(sum(charged_micro_usd), 0) FROM jobs WHERE money <> 'given back')
    AND (SELECT coalesce(sum(maybe_micro_usd), 0) FROM ledger)
      = (SELECT coalesce(sum(maybe_micro_usd), 0) FROM jobs WHERE money <> 'given back')`;

/** Job by job: the sums, and that the last row says how the money stands. */
const each = `SELECT id FROM jobs LEFT JOIN (
    SELECT job_id, sum(held_micro_usd) AS held, sum(charged_micro_usd) AS charged,
      sum(maybe_micro_usd) AS maybe, max(seq) AS last
    FROM ledger GROUP BY job_id
  ) AS sums ON sums.job_id = jobs.id
  LEFT JOIN ledger ON ledger.seq = sums.last
  WHERE (jobs.held_micro_usd, jobs.charged_micro_usd, jobs.maybe_micro_usd, jobs.money, jobs.counts)
    IS NOT (held, charged, maybe, ledger.kind, ledger.counts)
  ORDER BY asked_at LIMIT ?`;

/** Jobs that do not agree with the ledger. Every job is looked at: that takes its time. */
export function mismatchedJobs(db: Database.Database, limit: number): JobId[] {
  return db.prepare<[number], JobId>(each).pluck().all(limit);
}

/** Cheap as long as the totals agree; only then job by job. */
export function mismatchedAtAGlance(db: Database.Database): (limit: number) => JobId[] {
  const agree = db.prepare<[], number>(totals).pluck();
  return (limit) => (agree.get() === 1 ? [] : mismatchedJobs(db, limit));
}
