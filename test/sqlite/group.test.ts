/** Writes of one turn share a commit: each stands or falls alone, and none is told before it is on disk. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { groupOf } from '../../src/sqlite/group.ts';
import { Folder } from './folder.ts';

function opened(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT)');
  return db;
}

test('what one write throws undoes it alone, and its neighbours are kept', async () => {
  using folder = new Folder();
  const path = join(folder.path, 'group.db');
  const db = opened(path);
  const { write } = groupOf(db);
  const insert = db.prepare('INSERT INTO t (n) VALUES (?)');
  const twice = db.transaction((n: number) => {
    insert.run(n);
    throw new Error('after the first half');
  });
  const found = await Promise.allSettled([
    write(() => insert.run(1)),
    write(() => twice(2)),
    write(() => insert.run(1)),
    write(() => insert.run(3)),
  ]);
  assert.deepEqual(
    found.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  );
  const other = new Database(path, { readonly: true });
  assert.deepEqual(other.prepare('SELECT n FROM t').pluck().all(), [1, 3]);
  other.close();
  db.close();
});

test('nobody hears of a write before another process could read it', async () => {
  using folder = new Folder();
  const path = join(folder.path, 'group.db');
  const db = opened(path);
  const other = new Database(path, { readonly: true });
  const { write } = groupOf(db);
  const seen: unknown[] = [];
  await Promise.all(
    [1, 2, 3].map(async (n) => {
      await write(() => db.prepare('INSERT INTO t (n) VALUES (?)').run(n));
      seen.push(other.prepare('SELECT count(*) FROM t').pluck().get());
    }),
  );
  assert.deepEqual(seen, [3, 3, 3]);
  other.close();
  db.close();
});

test('a disk that fills up in the middle takes the whole turn or none that it has confirmed', async () => {
  using folder = new Folder();
  const path = join(folder.path, 'group.db');
  const db = opened(path);
  const pages = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${pages + 1}`);
  const { write } = groupOf(db);
  const insert = db.prepare('INSERT INTO t (n, text) VALUES (?, ?)');
  const found = await Promise.allSettled([
    write(() => insert.run(1, 'small')),
    write(() => insert.run(2, 'x'.repeat(100_000))),
    write(() => insert.run(3, 'small')),
  ]);
  const kept = db.prepare('SELECT n FROM t').pluck().all();
  const confirmed = found.flatMap(({ status }, i) => (status === 'fulfilled' ? [i + 1] : []));
  assert.deepEqual(kept, confirmed);
  assert.equal(found[1]?.status, 'rejected');
  db.close();
});
