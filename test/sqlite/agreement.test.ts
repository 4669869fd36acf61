/** The books are compared at every start and by the doctor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkAgreement } from '../../src/jobs/money/agreement.ts';
import type { JobEvent } from '../../src/jobs/ports/observe.ts';
import { states } from '../../src/jobs/states.ts';
import { mismatchedJobs } from '../../src/sqlite/agreement.ts';
import { checkDatabase } from '../../src/sqlite/checks.ts';
import { bringTo, PRICE } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const beside = { isHeld: true, isOurs: true };

describe('The books', () => {
  it('agree whatever state a job is in, and the doctor says so', async () => {
    using folder = new Folder();
    const { store } = folder.open();
    for (const state of states) await bringTo(store, state);
    assert.deepEqual(await store.mismatched(9), []);
    const [, accounts] = checkDatabase(folder.database, beside);
    assert.deepEqual(accounts, {
      what: 'accounts',
      verdict: 'ok',
      says: `The sums of ${states.length} jobs are those of the ledger.`,
    });
  });

  for (const column of ['held_micro_usd', 'charged_micro_usd', 'maybe_micro_usd']) {
    it(`that do not agree in ${column} are told to the admins and by the doctor`, async () => {
      using folder = new Folder();
      const { db, store } = folder.open();
      for (const state of states) await bringTo(store, state);
      const { id } = await bringTo(store, 'delivered');
      db.prepare(`UPDATE jobs SET ${column} = ${column} + 1 WHERE id = ?`).run(id);
      const heard: JobEvent[] = [];
      await checkAgreement(store, (event) => heard.push(event));
      assert.deepEqual(
        heard.map((event) => event.kind === 'alarm' && [event.job?.id, event.what]),
        [[id, 'its money is not what the ledger says']],
      );
      const [database, accounts] = checkDatabase(folder.database, beside);
      assert.equal(database?.verdict, 'ok');
      assert.equal(accounts?.verdict, 'look');
      assert.match(accounts?.says ?? '', new RegExp(`ledger says: ${id}\\.`));
    });
  }

  it('that even out in the sums are found job by job', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    const one = await bringTo(store, 'delivered');
    const other = await bringTo(store, 'delivered');
    const lost = await bringTo(store, 'unconfirmed');
    const move = db.prepare('UPDATE jobs SET charged_micro_usd = ? WHERE id = ?');
    move.run(PRICE + 7, one.id);
    move.run(PRICE - 7, other.id);
    db.prepare('UPDATE jobs SET counts = 1 WHERE id = ?').run(lost.id);
    assert.deepEqual(mismatchedJobs(db, 9).toSorted(), [one.id, other.id, lost.id].toSorted());
    assert.equal(mismatchedJobs(db, 2).length, 2);
    const without = db.prepare(
      'SELECT count(*) FROM jobs WHERE id NOT IN (SELECT job_id FROM ledger)',
    );
    assert.equal(without.pluck().get(), 0);
  });
});
