import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { temporaryFolder } from '../disk/temporary.ts';
import { applied, bringTo, sampleChange, samplePicture, sampleRequest } from '../jobs/samples.ts';

test('a request from before pictures has none, and one with pictures stays as it is', async (t) => {
  const path = join(await temporaryFolder(t), 'bot.db');
  const store = await openStore({ path });
  const plain = await bringTo(store, 'queued');
  const request = sampleRequest({ pictures: [samplePicture()], takesHeic: true });
  const pictured = await bringTo(store, 'queued', { request });
  await store.close();
  const db = openDatabase(path);
  const strip = `json_remove(request, '$.pictures', '$.fitAspectTo', '$.takesHeic')`;
  db.prepare(`UPDATE jobs SET request = ${strip} WHERE id = ?`).run(plain.id);
  const step = migrations.find(({ version }) => version === 4);
  db.exec(step?.sql ?? '');
  db.close();
  const after = await openStore({ path });
  assert.deepEqual(await after.find(plain.id), plain);
  assert.deepEqual(await after.find(pictured.id), pictured);
  await after.close();
});

test('a change writes the request with its pictures kept, and every other change leaves it', async (t) => {
  const store = await openStore({ path: join(await temporaryFolder(t), 'bot.db') });
  const job = await bringTo(store, 'gathering');
  const request = sampleRequest({ pictures: [samplePicture()], aspectRatio: '9:16' });
  const queued = await applied(store, job, sampleChange('queued', {}, { request }));
  assert.deepEqual(queued.request, request);
  const submitting = await applied(store, queued, sampleChange('submitting'));
  assert.deepEqual(submitting.request, request);
  assert.deepEqual((await store.find(job.id))?.request, request);
  await store.close();
});
