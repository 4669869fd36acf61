import assert from 'node:assert/strict';
import { it } from 'node:test';
import { canNothing } from '../../src/jobs/model.ts';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { sampleNewJob } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

it('a job of before was made anew, is no draft, and nothing is made of it', async () => {
  const folder = new Folder();
  try {
    const path = folder.database;
    const { store } = folder.open();
    const accepted = await store.accept(sampleNewJob({ id: '8f3kq2zd' }), []);
    assert.equal(accepted.kind, 'accepted');
    await store.close();
    const db = openDatabase(path);
    db.exec("UPDATE jobs SET request = json_remove(request, '$.basis', '$.draft', '$.can')");
    const step = migrations.find(({ version }) => version === 5);
    assert.ok(step !== undefined);
    db.exec(step.sql);
    db.exec(step.sql);
    db.close();
    const again = await openStore({ path });
    const job = await again.find('8f3kq2zd');
    await again.close();
    assert.deepEqual(
      [job?.request.basis, job?.request.draft, job?.request.can],
      [null, null, canNothing],
    );
    assert.equal(job?.request.prompt, 'a cat playing with yarn');
  } finally {
    folder.remove();
  }
});
