/** Schema 7 over the rows of one before it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whoCancelled } from '../../src/sqlite/migrations/007-who-cancelled.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

describe('A database from before it was known who had pressed Cancel', () => {
  it('counts what is being cancelled as its requester’s, and can be read', async () => {
    using folder = new Folder();
    const store = await openStore({ path: folder.database });
    const cancelling = await bringTo(store, 'cancelling');
    const asked = await bringTo(store, 'submitting', { origin: 'a' });
    const submitting = await bringTo(store, 'submitting', { origin: 'b' });
    await store.close();
    const before = openDatabase(folder.database);
    before.exec(`UPDATE jobs SET own = json_remove(own, '$.cancelledBy')`);
    before.exec(`UPDATE jobs SET own = json_set(own, '$.cancelAsked', json('true'))
      WHERE id = '${asked.id}'`);
    before.exec(whoCancelled);
    before.close();

    const after = await openStore({ path: folder.database });
    const read = await Promise.all([cancelling, asked, submitting].map(({ id }) => after.find(id)));
    await after.close();
    const [first, second, third] = read;
    assert.ok(first?.state === 'cancelling' && first.cancelledBy === 'by requester');
    assert.ok(second?.state === 'submitting' && second.cancelAsked === 'by requester');
    assert.ok(third?.state === 'submitting' && third.cancelAsked === false);
    assert.equal(third.startedAt, NOON + 200);
  });
});
