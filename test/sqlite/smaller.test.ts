/** Schema 10 over the rows of one before it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

describe('A database from before videos were made smaller', () => {
  it('has posted its videos as they were, offers nothing else of those it could not, and can be read', async () => {
    using folder = new Folder();
    const store = await openStore({ path: folder.database });
    const before = [
      await bringTo(store, 'delivering', { origin: 'a' }),
      await bringTo(store, 'delivered', { origin: 'b' }),
      await bringTo(store, 'undelivered', { origin: 'c' }),
      await bringTo(store, 'failed', { origin: 'd' }),
    ];
    const broken = await bringTo(store, 'delivered', { origin: 'e' });
    await store.close();
    const old = openDatabase(folder.database, { migrations });
    old.exec(`UPDATE jobs SET own = json_remove(own, '$.smaller', '$.ways')`);
    old.prepare(`UPDATE jobs SET own = '{' WHERE id = ?`).run(broken.id);
    // What schemas 12 and 13 added.
    old.exec('DROP TABLE conversations; DROP TABLE reports');
    old.pragma('user_version = 9');
    old.close();

    const after = await openStore({ path: folder.database });
    const read = await Promise.all(before.map(({ id }) => after.find(id)));
    await assert.rejects(after.find(broken.id));
    await after.close();
    assert.deepEqual(read, before);
  });
});
