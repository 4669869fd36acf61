import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { DatabaseProblem } from '../../src/sqlite/problem.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON, sampleNewJob } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

describe('The database file', () => {
  let folder: Folder;
  let path: string;
  beforeEach(() => {
    folder = new Folder();
    path = folder.database;
  });
  afterEach(() => folder.remove());

  /** Opening fails with one sentence that names the file, which stays byte for byte. */
  async function refused(sentence: RegExp): Promise<void> {
    const before = readFileSync(path);
    await assert.rejects(openStore({ path }), (error) => {
      assert.ok(error instanceof DatabaseProblem, String(error));
      assert.match(error.message, sentence);
      assert.ok(error.message.includes(path));
      assert.equal(error.message.split('\n').length, 1);
      return true;
    });
    assert.deepEqual(readFileSync(path), before);
  }

  async function filled(jobs = 30): Promise<void> {
    const { store } = folder.open();
    for (let i = 0; i < jobs; i += 1) await store.accept(sampleNewJob(), []);
    await store.close();
  }

  it('is made whole with its marks, and leaves nothing unfinished beside it', () => {
    const { db } = folder.open();
    assert.equal(db.pragma('journal_mode', { simple: true }), 'wal');
    assert.equal(db.pragma('synchronous', { simple: true }), 2);
    assert.equal(db.pragma('foreign_keys', { simple: true }), 1);
    assert.ok(Number(db.pragma('busy_timeout', { simple: true })) >= 1_000);
    assert.notEqual(db.pragma('application_id', { simple: true }), 0);
    db.close();
    assert.deepEqual(readdirSync(folder.path), ['bot.db']);
  });

  it('is made anew where making it was cut short', async () => {
    writeFileSync(`${path}.new`, 'half');
    writeFileSync(`${path}.new-journal`, 'half');
    await (await openStore({ path })).close();
    assert.deepEqual(readdirSync(folder.path), ['bot.db']);
  });

  it('is refused when its header is damaged', async () => {
    await filled();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 0, 16);
    writeFileSync(path, bytes);
    await refused(/is not this bot's database .* move it away/);
  });

  it('is refused when its pages are damaged', async () => {
    await filled();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4_096, 4_096 * 12);
    writeFileSync(path, bytes);
    await refused(/is damaged or cut off .* put a backup in its place/);
  });

  it('is refused when it is cut off, at whatever length', async () => {
    await filled();
    const whole = statSync(path).size;
    for (const sizeBytes of [whole - 1, whole - 4_096, 9_000, 4_096, 300, 50, 10]) {
      truncateSync(path, sizeBytes);
      await refused(/is damaged or cut off/);
    }
    truncateSync(path, 0);
    await refused(/is damaged or cut off \(it is empty\)/);
  });

  it('is refused when it belongs to another program', async () => {
    const other = new Database(path);
    other.exec('CREATE TABLE precious (a); INSERT INTO precious VALUES (1)');
    other.close();
    await refused(/is not this bot's database \(another program wrote it\)/);
    writeFileSync(path, 'plain text, somebody needs it');
    await refused(/is not this bot's database \(it is no SQLite database\)/);
  });

  it('is refused when a newer version wrote it, also where only its log says so', async () => {
    await filled();
    const newer = new Database(path);
    newer.pragma('user_version = 999');
    newer.close();
    await refused(/newer version of this bot \(schema 999, this one knows \d+\): install/);

    // As after a kill: the log was never copied into the file.
    const older = new Database(path);
    older.pragma('user_version = 1');
    older.pragma('wal_checkpoint(TRUNCATE)');
    older.pragma('user_version = 999');
    const killed = join(folder.path, 'killed.db');
    for (const end of ['', '-wal']) copyFileSync(path + end, killed + end);
    older.close();
    path = killed;
    await refused(/newer version of this bot/);
  });

  it('is refused when it is a folder, or its folder is a file or missing', async () => {
    mkdirSync(path);
    await assert.rejects(openStore({ path }), /bot\.db is not a file/);
    writeFileSync(join(folder.path, 'file'), '');
    for (const inside of ['file/bot.db', 'missing/bot.db']) {
      const problem = openStore({ path: join(folder.path, inside) });
      await assert.rejects(problem, { name: 'DatabaseProblem', message: /does not exist/ });
    }
  });

  it('is refused when it is missing and its log is still there', async () => {
    writeFileSync(`${path}-wal`, 'rows not yet in the file');
    await assert.rejects(openStore({ path }), /is missing, but its log .*-wal is there/);
    assert.equal(existsSync(path), false);
  });

  it('is refused when this user may not write it or its folder', async () => {
    await filled(1);
    const nobody = 65_534;
    const root = process.getuid?.() === 0;
    const open = () => {
      const code = `
        const { openStore } = await import(${JSON.stringify(new URL('../../src/sqlite/store.ts', import.meta.url).href)});
        await openStore({ path: ${JSON.stringify(path)} })
          .then(() => console.log('opened'), (error) => console.log(error.name, error.message));`;
      const as = root ? { uid: nobody, gid: nobody } : {};
      const args = ['--input-type=module', '-e', code];
      return spawnSync(process.execPath, args, { ...as, encoding: 'utf8' }).stdout;
    };
    const before = readFileSync(path);
    if (root) for (const owned of [folder.path, path]) chownSync(owned, nobody, nobody);
    const refusal = /^DatabaseProblem The database .* cannot be written by user id \d+ \(EACCES\)/;
    chmodSync(path, 0o444);
    assert.match(open(), refusal);
    chmodSync(path, 0o644);
    chmodSync(folder.path, 0o555);
    assert.match(open(), refusal);
    chmodSync(path, 0o000);
    assert.match(open(), refusal);
    chmodSync(folder.path, 0o755);
    chmodSync(path, 0o644);
    assert.deepEqual(readFileSync(path), before);
    assert.equal(open(), 'opened\n');
  });

  it('is refused while another program holds it', async () => {
    await filled(1);
    const other = new Database(path);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    try {
      assert.throws(
        () => openDatabase(path, { busyTimeoutMs: 10 }),
        /is in use by another program/,
      );
    } finally {
      other.close();
    }
  });

  it('knows one step for each of its versions, without gaps', () => {
    const versions = migrations.map(({ version }) => version);
    assert.deepEqual(
      versions,
      [...versions.keys()].map((i) => i + 1),
    );
  });

  it('is brought forward over its rows, and stays as it was where that fails', async () => {
    const { store, db } = folder.open();
    const job = await bringTo(store, 'delivered');
    const version = Number(db.pragma('user_version', { simple: true }));
    db.close();
    const steps = Array.from({ length: version }, (_, i) => ({ version: i + 1, sql: '' }));
    const good = { version: version + 1, sql: 'ALTER TABLE jobs ADD COLUMN colour TEXT' };
    const bad = { version: version + 2, sql: 'DELETE FROM history; SELECT nonsense' };
    assert.throws(
      () => openDatabase(path, { migrations: [...steps, good, bad] }),
      /could not be brought to schema/,
    );

    const forward = openDatabase(path, { migrations: [...steps, good] });
    const row = forward.prepare('SELECT id, colour FROM jobs').get();
    assert.deepEqual({ ...(row as object) }, { id: job.id, colour: null });
    assert.equal(forward.pragma('user_version', { simple: true }), version + 1);
    const lines = forward.prepare('SELECT count(*) FROM history WHERE job_id = ?').pluck();
    assert.equal(lines.get(job.id), job.revision + 1);
    forward.close();
    await refused(/newer version/);
  });

  it("of the first version gets a member's list over the rows that are there", async () => {
    const { store, db } = folder.open();
    const kept = await bringTo(store, 'undelivered', { askedAt: 1 });
    const made = await bringTo(store, 'delivered', { askedAt: 2 });
    db.close();
    const first = openDatabase(join(folder.path, 'first.db'), {
      migrations: migrations.slice(0, 1),
    });
    first.prepare('ATTACH ? AS today').run(path);
    const columns = first
      .prepare<[], string>(`SELECT name FROM pragma_table_info('jobs', 'main')`)
      .pluck()
      .all();
    first.exec(`INSERT INTO main.jobs (${columns}) SELECT ${columns} FROM today.jobs`);
    first.close();
    path = join(folder.path, 'first.db');
    const forward = await openStore({ path });
    const { userId } = made.requester;
    assert.deepEqual(await forward.jobsOf(userId, 0, 5), [kept, made]);
    assert.deepEqual(await forward.undeliveredOf(userId), [kept]);
    await forward.close();
  });

  it('is copied whole while it is written to', async () => {
    const { store } = folder.open();
    const jobs = await Promise.all(Array.from({ length: 50 }, () => bringTo(store, 'generating')));
    const copy = join(folder.path, 'copy.db');
    const copying = store.backup(copy, NOON);
    const later = await bringTo(store, 'queued');
    await copying;
    await store.close();
    copyFileSync(copy, path);
    const restored = await openStore({ path });
    for (const job of jobs) assert.deepEqual(await restored.find(job.id), job);
    assert.ok([null, later.id].includes((await restored.find(later.id))?.id ?? null));
    await restored.close();
  });
});
