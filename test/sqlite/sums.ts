import assert from 'node:assert/strict';
import type Database from 'better-sqlite3';

/** Each job's held, charged and maybe are the sums of its ledger rows, and its last row names its money. */
export function assertLedgerAgrees(db: Database.Database): void {
  const wrong = db
    .prepare(
      `SELECT id FROM jobs JOIN (
         SELECT job_id, sum(held_micro_usd) AS held, sum(charged_micro_usd) AS charged,
           sum(maybe_micro_usd) AS maybe, max(seq) AS last
         FROM ledger GROUP BY job_id
       ) AS sums ON sums.job_id = jobs.id
       JOIN ledger ON ledger.seq = sums.last
       WHERE (jobs.held_micro_usd, jobs.charged_micro_usd, jobs.maybe_micro_usd, jobs.money, jobs.counts)
         IS NOT (held, charged, maybe, ledger.kind, ledger.counts)
       UNION ALL
       SELECT id FROM jobs WHERE id NOT IN (SELECT job_id FROM ledger)`,
    )
    .all();
  assert.deepEqual(wrong, []);
}
