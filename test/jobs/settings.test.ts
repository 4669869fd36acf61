/** What admins set at run time, over what the configuration says. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Settings, serverScope } from '../../src/jobs/admins/settings.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { MemoryStore } from '../simulation/store.ts';

describe('settings', () => {
  it('hold from the moment they are set, for their scope alone, and after a restart', async () => {
    const store = new MemoryStore();
    const settings = new Settings(store);
    await settings.load();
    assert.equal(settings.get('bot', 'words'), null);
    await settings.set('bot', 'words', ['a'], 'admin', 1_000);
    await settings.set(serverScope('5'), 'words', ['b'], 'admin', 1_001);
    const next = new Settings(store);
    await next.load();
    for (const one of [settings, next]) {
      assert.deepEqual(one.get('bot', 'words'), ['a']);
      assert.deepEqual(one.get(serverScope('5'), 'words'), ['b']);
      assert.equal(one.get(serverScope('6'), 'words'), null);
    }
  });

  it('go back to what the configuration says, and the change stays on record', async () => {
    const store = new MemoryStore();
    const settings = new Settings(store);
    await settings.set('bot', 'words', ['a'], 'admin', 1_000);
    await settings.set('bot', 'words', null, 'another', 1_001);
    assert.equal(settings.get('bot', 'words'), null);
    const next = new Settings(store);
    await next.load();
    assert.equal(next.get('bot', 'words'), null);
    assert.deepEqual(
      (await settings.changes(2)).map(({ value, by }) => [value, by]),
      [
        [null, 'another'],
        ['["a"]', 'admin'],
      ],
    );
  });

  it('do not hold where they could not be written', async () => {
    const store = new MemoryStore();
    const settings = new Settings({
      settings: () => store.settings(),
      settingChanges: (limit) => store.settingChanges(limit),
      changeSetting: () => Promise.reject(new StorageFull('SQLITE_FULL')),
    });
    await assert.rejects(settings.set('bot', 'words', ['a'], 'admin', 1_000), StorageFull);
    assert.equal(settings.get('bot', 'words'), null);
  });
});
