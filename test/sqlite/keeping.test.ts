/** Rows of before: what was made then is kept as long as what is made now, and can be forgotten. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type Database from 'better-sqlite3';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase, openToRead } from '../../src/sqlite/open.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON, sampleRequest } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const DAY_MS = 86_400_000;

test('what was forgotten is not in the file any more, nor in a backup of it', async () => {
  using folder = new Folder();
  const { store, db } = folder.open();
  const prompt = 'a cat that nobody may ever know of';
  const request = sampleRequest({ prompt });
  const job = await bringTo(store, 'delivered', { request });
  await store.keepDraft({ id: 'd1', userId: job.requester.userId, wish: { prompt }, at: 1 });
  for (let i = 0; i < 20; i += 1) await bringTo(store, 'delivered');
  db.pragma('wal_checkpoint(TRUNCATE)');
  assert.ok(readFileSync(folder.database).includes(prompt));
  await store.askToForget(job.requester.userId);
  await store.forgetWords([job.id]);
  const copy = join(folder.path, 'copy.db');
  await store.backup(copy, NOON);
  await store.close();
  for (const path of [folder.database, copy]) assert.ok(!readFileSync(path).includes(prompt), path);
});

test('what was forgotten is not in the log beside the file either, while the bot goes on', async () => {
  using folder = new Folder();
  const { store, db } = folder.open();
  const prompt = 'a cat that nobody may ever know of';
  const job = await bringTo(store, 'delivered', { request: sampleRequest({ prompt }) });
  const beside = () =>
    [folder.database, `${folder.database}-wal`].filter((path) =>
      readFileSync(path).includes(prompt),
    );
  assert.notEqual(beside().length, 0);

  // Somebody who reads at this moment is not waited for, and does not stop it.
  const reader = openToRead(folder.database);
  reader.exec('BEGIN; SELECT * FROM jobs');
  await store.askToForget(job.requester.userId);
  await store.forgetWords([job.id]);
  reader.close();
  await Promise.all([store.remember('a', '1'), store.forgetWords([job.id])]);
  assert.deepEqual(beside(), []);
  assert.equal(db.pragma('busy_timeout', { simple: true }), 5_000);
  await store.close();
});

test('an offer of somebody without a video is not in the log either, once they asked, nor an old one', async () => {
  using folder = new Folder();
  const { store } = folder.open();
  const drops = {
    asked: () => store.askToForget('7'),
    old: () => store.dropDrafts(NOON),
  };
  for (const [name, drop] of Object.entries(drops)) {
    const prompt = `a cat that nobody may ever know of, ${name}`;
    await store.keepDraft({ id: name, userId: '7', wish: { prompt }, at: 1 });
    const beside = () =>
      [folder.database, `${folder.database}-wal`].filter((path) =>
        readFileSync(path).includes(prompt),
      );
    assert.notEqual(beside().length, 0);
    await drop();
    assert.equal(await store.findDraft(name), null);
    assert.deepEqual(beside(), [], name);
  }
  await store.close();
});

test('who was talked with, or reported, is not in the log either once that is too old', async () => {
  using folder = new Folder();
  const { store } = folder.open();
  const log = () => readFileSync(`${folder.database}-wal`).length;
  const job = await bringTo(store, 'delivered');
  await store.noteReport({ jobId: job.id, mark: 'abc', at: 1 });
  await store.dropReports(2);
  assert.equal(log(), 0);
  await store.noteConversation({ channelId: '1', userId: '7', settledId: '5', at: 1 });
  await store.dropConversations(2);
  assert.equal(log(), 0);
  await store.close();
});

/** The rows of today's database in one as it was before, without what came since. */
function asBefore(path: string, today: string): Database.Database {
  const db = openDatabase(path, {
    migrations: migrations.filter(({ version }) => version < 6),
  });
  db.prepare('ATTACH ? AS today').run(today);
  const columns = db
    .prepare<[], string>(`SELECT name FROM pragma_table_info('jobs', 'main')`)
    .pluck()
    .all();
  db.exec(`INSERT INTO main.jobs (${columns}) SELECT ${columns} FROM today.jobs`);
  db.exec(`UPDATE main.jobs SET due_at = NULL WHERE state IN ('delivered', 'undelivered');
    UPDATE main.jobs SET own = json_remove(own, '$.unreadable')`);
  return db;
}

test('videos of before are kept for 30 days from their end on; nothing else falls due', async () => {
  using folder = new Folder();
  const { store } = folder.open();
  const ended = [await bringTo(store, 'delivered'), await bringTo(store, 'undelivered')];
  const others = [
    await bringTo(store, 'downloading'),
    await bringTo(store, 'failed'),
    await bringTo(store, 'unconfirmed'),
  ];
  await store.close();
  const path = join(folder.path, 'before.db');
  const before = asBefore(path, folder.database);
  before.prepare(`UPDATE main.jobs SET own = '{' WHERE id = ?`).run(others[2]?.id ?? '');
  before.close();

  const forward = await openStore({ path });
  for (const job of ended) {
    assert.deepEqual(await forward.find(job.id), {
      ...job,
      keptUntilAt: job.changedAt + 30 * DAY_MS,
    });
  }
  const [downloading, failed, broken] = others;
  assert.deepEqual(await forward.find(downloading?.id ?? ''), downloading);
  assert.deepEqual(await forward.find(failed?.id ?? ''), failed);
  const late = Number.MAX_SAFE_INTEGER;
  assert.equal((await forward.due(['delivered', 'undelivered'], late, 9)).length, 2);
  assert.deepEqual(await forward.due(['failed', 'unconfirmed'], late, 9), []);
  assert.equal(await forward.askToForget(failed?.requester.userId ?? ''), 5);
  const ids = (await forward.unwanted(null, 9)).map(({ id }) => id);
  assert.equal(await forward.forgetWords([...ids, broken?.id ?? '']), 3, 'never what is broken');
  await forward.close();
});
