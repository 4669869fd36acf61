/** The accounts over SQLite: rows of before, rows that cannot be read, and 50,000 of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountLines } from '../../src/jobs/money/accounts.ts';
import { accounts } from '../../src/sqlite/migrations/009-accounts.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON, PRICE } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const all = { sinceAt: 0, untilAt: NOON * 2, guildId: null };

describe('The accounts in SQLite', () => {
  it('are there for the rows of a database from before they could be read', async () => {
    using folder = new Folder();
    const store = await openStore({ path: folder.database });
    const { id } = await bringTo(store, 'delivered');
    await store.close();
    const old = openDatabase(folder.database);
    old.exec('DROP INDEX jobs_asked; DROP INDEX jobs_asked_server');
    old.exec(accounts);
    old.close();
    const after = await openStore({ path: folder.database });
    const lines = await Array.fromAsync(accountLines(after, all));
    await after.close();
    assert.deepEqual(
      lines.map((line) => [line.id, line.chargedMicroUsd]),
      [[id, PRICE]],
    );
  });

  it('count the money of a job whose request cannot be read any more', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    await bringTo(store, 'delivered');
    db.exec(`UPDATE jobs SET request = '{', own = '[]'`);
    const [line] = await Array.fromAsync(accountLines(store, all));
    assert.equal(line?.chargedMicroUsd, PRICE);
    assert.deepEqual([line?.seconds, line?.resolution, line?.prompt], [null, null, '']);
  });

  it('of 50,000 jobs are read without holding anything up', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    db.pragma('synchronous = OFF');
    const { id } = await bringTo(store, 'delivered');
    const columns = db
      .prepare<[], string>(`SELECT name FROM pragma_table_info('jobs') WHERE name <> 'seq'`)
      .pluck()
      .all();
    const values = columns.map((column) => {
      if (column === 'id' || column === 'origin') return `${column} || '-' || n.value`;
      return column === 'asked_at' ? 'asked_at + n.value' : column;
    });
    db.exec(`WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n
        WHERE value < 49999) INSERT INTO jobs (${columns}) SELECT ${values} FROM jobs, n
        WHERE jobs.id = '${id}'`);
    const pages: number[] = [];
    const paged: Pick<typeof store, 'accounts'> = {
      async accounts(asked, after, limit) {
        const page = await store.accounts(asked, after, limit);
        pages.push(page.length);
        return page;
      },
    };
    // Others have their turn in between: timers and answers of the network come in such a turn.
    let turns = 0;
    const beat = setInterval(() => {
      turns += 1;
    }, 0);
    let [count, sum] = [0, 0];
    for await (const line of accountLines(paged, all)) {
      count += 1;
      sum += line.chargedMicroUsd;
    }
    clearInterval(beat);
    assert.deepEqual([count, sum], [50_000, 50_000 * PRICE]);
    assert.ok(Math.max(...pages) <= 1_000, `${Math.max(...pages)} lines at once`);
    assert.ok(turns >= pages.length / 2, `${turns} turns for ${pages.length} pages`);
  });
});
