/** Rows of before: the pause of the whole bot was a fact. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { type RecordedChange, Settings } from '../../src/jobs/admins/settings.ts';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { NOON } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

/** What is held, and on record, once a database with this fact is brought to today's schema. */
async function broughtForward(fact: string | null) {
  using folder = new Folder();
  const { db, store } = folder.open();
  await store.changeSetting({ scope: 'bot', key: 'models', value: '{}', by: '8', at: NOON });
  if (fact !== null) await store.remember('pause', fact);
  const step = migrations.find(({ version }) => version === 14) ?? assert.fail('no such step');
  db.exec(step.sql);
  await store.close();
  const forward = await openStore({ path: folder.database });
  const settings = new Settings(forward);
  await settings.load();
  const [newest, ...others] = await forward.settingChanges(9);
  assert.equal(await forward.recall('pause'), null);
  await forward.close();
  return { paused: new Pause(settings).now(), newest, others: others.length };
}

const change = (value: string | null): RecordedChange => ({
  ...{ scope: 'bot', key: 'paused', value, by: '7', at: NOON, before: null },
});

describe('The pause of the whole bot, of before', () => {
  it('holds, with who, when and why', async () => {
    for (const reason of ['a "bill"', null]) {
      const held = { by: '7', at: NOON, reason };
      const { paused, newest, others } = await broughtForward(
        JSON.stringify({ ...held, paused: true }),
      );
      assert.deepEqual(paused, held);
      assert.deepEqual(newest, change(JSON.stringify(held)));
      assert.equal(others, 1);
    }
  });

  it('that was over stays over, and who ended it is on record', async () => {
    const word = { by: '7', at: NOON, reason: null, paused: false };
    const { paused, newest } = await broughtForward(JSON.stringify(word));
    assert.deepEqual([paused, newest], [null, change(null)]);
  });

  it('that was never said, or cannot be read, is none', async () => {
    for (const fact of [null, '{"half', '{}', '[]', '7']) {
      const { paused, newest, others } = await broughtForward(fact);
      assert.deepEqual([paused, newest?.key, others], [null, 'models', 0]);
    }
  });
});
