/** Rows of before: marks of reports that were kept as facts, without a time. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const DAY_MS = 86_400_000;

it('reports of before tell a second time still, are facts no more, and go with the prompt', async () => {
  using folder = new Folder();
  const { db, store } = folder.open();
  const told = await bringTo(store, 'delivered', { askedAt: NOON });
  const odd = await bringTo(store, 'delivered', { askedAt: NOON + DAY_MS });
  const facts = [
    [`reports ${told.id}`, '["abc","def","abc"]'],
    ['reports nosuchid', '["abc"]'],
    [`reports ${odd.id}`, '{"half'],
    ['reportsx', 'another’s'],
    ['alerts', '[]'],
  ] as const;
  for (const [key, value] of facts) await store.remember(key, value);
  const step = migrations.find(({ version }) => version === 13) ?? assert.fail('no such step');
  db.exec(`DROP TABLE reports; ${step.sql}`);
  await store.close();
  const forward = await openStore({ path: folder.database });
  assert.deepEqual(await forward.reportMarks(told.id), ['abc', 'def']);
  assert.deepEqual(await forward.reportMarks(odd.id), []);
  await forward.dropReports(NOON);
  assert.deepEqual(await forward.reportMarks(told.id), ['abc', 'def']);
  await forward.dropReports(NOON + 1);
  await forward.close();
  const after = openDatabase(folder.database);
  const left = after.prepare<[], string>('SELECT key FROM facts ORDER BY key').pluck().all();
  assert.deepEqual(left, ['alerts', 'reportsx']);
  assert.equal(after.prepare('SELECT count(*) FROM reports').pluck().get(), 0);
  after.close();
});
