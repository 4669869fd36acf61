import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { MemoryStore } from '../simulation/store.ts';
import { NOON } from './samples.ts';

class FullAtTimes extends MemoryStore {
  isFull = false;

  override async changeSetting(...args: Parameters<MemoryStore['changeSetting']>) {
    if (this.isFull) throw new StorageFull('SQLITE_FULL');
    return super.changeSetting(...args);
  }
}

const paused = { by: '7', at: NOON, reason: null };

test('a pause holds at once, and once it is on disk it is what the settings say, and nothing besides', async () => {
  const settings = new Settings(new MemoryStore());
  const pause = new Pause(settings);
  const begun = pause.begin(paused);
  assert.deepEqual(pause.now(), paused);
  await begun;
  assert.deepEqual(pause.now(), paused);
  await settings.set('bot', 'paused', null, '8', NOON);
  assert.equal(pause.now(), null);
});

test('a pause that cannot be written down holds all the same, till it is ended', async () => {
  const store = new FullAtTimes();
  const pause = new Pause(new Settings(store));
  store.isFull = true;
  await assert.rejects(pause.begin(paused), StorageFull);
  assert.deepEqual(pause.now(), paused);
  await assert.rejects(pause.end('7', NOON), StorageFull);
  assert.deepEqual(pause.now(), paused);
  store.isFull = false;
  await pause.end('7', NOON);
  assert.equal(pause.now(), null);
});
