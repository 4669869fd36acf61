import assert from 'node:assert/strict';
import type Database from 'better-sqlite3';

/** Each job's held, charged and maybe are the sums of its ledger rows, and its last row names its money. */
export function assertLedgerAgrees(db: Database.Database): void {
  const wrong = db
    .prepare(
      `SELECT jobs.id FROM jobs LEFT JOIN ledger ON ledger.job_id = jobs.id
       GROUP BY jobs.id
       HAVING held_micro_usd IS NOT sum(ledger.held_micro_usd)
         OR charged_micro_usd IS NOT sum(ledger.charged_micro_usd)
         OR maybe_micro_usd IS NOT sum(ledger.maybe_micro_usd)
         OR money IS NOT (SELECT kind FROM ledger l WHERE l.job_id = jobs.id ORDER BY seq DESC)
         OR jobs.counts IS NOT (SELECT counts FROM ledger l WHERE l.job_id = jobs.id ORDER BY seq DESC)`.replaceAll(
        /(held|charged|maybe)_micro_usd IS/g,
        'jobs.$1_micro_usd IS',
      ),
    )
    .all();
  assert.deepEqual(wrong, []);
}
