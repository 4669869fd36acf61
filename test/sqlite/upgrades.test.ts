/**
 * From every schema there was to the newest: rows, money and history stay, and jobs go on. A further
 * migration is covered by being in the list.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { ended, states } from '../../src/jobs/states.ts';
import { type Migration, migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { storeOver } from '../../src/sqlite/store.ts';
import {
  applied,
  NOON,
  PRICE,
  sampleChange,
  sampleReply,
  sampleRequest,
  sampleStates,
} from '../jobs/samples.ts';
import { Folder } from './folder.ts';
import { assertLedgerAgrees } from './sums.ts';

const newest = migrations.length;

/**
 * One job in each state, written by plain SQL with the columns and fields that schema 1 had: a
 * database as the first version left it.
 */
function fillAsVersionOne(db: Database.Database): void {
  const insert = db.prepare(`INSERT INTO jobs (id, state, revision, origin, asked_at, changed_at,
      due_at, reason, attempts, user_id, locale, guild_id, channel_id, model_id, price_micro_usd,
      held_micro_usd, charged_micro_usd, maybe_micro_usd, money, counts, shown_last, reply, request, own)
    VALUES (@id, @state, 3, @id, ${NOON}, ${NOON + 1_000}, @dueAt, @reason, 0, '7', 'de', '1', '2',
      'gemini-omni-1.2-flash', ${PRICE}, @held, @charged, @maybe, @money, @counts, 0, @reply, @request, @own)`);
  const entry = db.prepare(`INSERT INTO ledger
      (job_id, at, kind, held_micro_usd, charged_micro_usd, maybe_micro_usd, basis, counts)
    VALUES (?, ${NOON}, ?, ?, ?, ?, NULL, ?)`);
  const line = db.prepare(
    `INSERT INTO history (job_id, at, state, event, detail) VALUES (?, ${NOON}, ?, ?, ?)`,
  );
  // What schemas 4 and 5 added to a request.
  const {
    pictures: _,
    fitAspectTo: __,
    takesHeic: ___,
    basis: ____,
    draft: _____,
    can: ______,
    ...request
  } = sampleRequest();
  for (const state of states.filter((state) => state !== 'gathering')) {
    const {
      state: _state,
      dueAt = null,
      reason = null,
      ...own
    } = { ...sampleStates[state] } as Record<string, unknown>;
    // What schemas 3, 6, 7 and 11 added to a state.
    for (const field of ['told', 'unreadable', 'cancelledBy', 'keptUntilAt', 'successor'])
      delete own[field];
    const paid = ['downloading', 'delivering', 'delivered', 'undelivered'].includes(state);
    const back = state === 'failed' || state === 'cancelled';
    const maybe = state === 'unconfirmed';
    const money = paid ? 'settled' : back ? 'given back' : maybe ? 'maybe' : 'reserved';
    const sums = {
      held: money === 'reserved' ? PRICE : 0,
      charged: paid ? PRICE : 0,
      maybe: maybe ? PRICE : 0,
      counts: maybe ? 0 : 1,
    };
    const id = `of-${state}`;
    const json = {
      reply: JSON.stringify(sampleReply()),
      request: JSON.stringify(request),
      own: JSON.stringify(own),
    };
    insert.run({ id, state, dueAt, reason, money, ...sums, ...json });
    entry.run(id, 'reserved', PRICE, 0, 0, 1);
    if (money !== 'reserved') entry.run(id, money, -PRICE, sums.charged, sums.maybe, sums.counts);
    line.run(id, 'received', 'asked', JSON.stringify({ microUsd: PRICE }));
  }
}

/** The rows of schema 1 brought to schema `version`, as its own bot would have left them. */
function databaseOf(version: number, path: string): void {
  const first = openDatabase(path, { migrations: migrations.slice(0, 1) });
  fillAsVersionOne(first);
  first.close();
  openDatabase(path, { migrations: migrations.slice(0, version) }).close();
}

const sums = `SELECT count(*) AS jobs, sum(held_micro_usd) AS held, sum(charged_micro_usd) AS charged,
  sum(maybe_micro_usd) AS maybe, (SELECT count(*) FROM history) AS lines,
  (SELECT count(*) FROM ledger) AS entries FROM jobs`;

function read(path: string, sql: string): unknown {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(sql).get();
  } finally {
    db.close();
  }
}

function versionIn(path: string): number {
  return (read(path, 'PRAGMA user_version') as { user_version: number }).user_version;
}

describe('A database of an earlier version', () => {
  for (const { version } of migrations) {
    it(`with schema ${version} is opened: every job is there, the money is the same, and each goes on`, async () => {
      using folder = new Folder();
      databaseOf(version, folder.database);
      assert.equal(versionIn(folder.database), version);
      const before = read(folder.database, sums);
      const unreadable: string[] = [];
      const { db, store } = folder.open({
        onUnreadable: (problem) => unreadable.push(problem.message),
      });
      assert.equal(db.pragma('user_version', { simple: true }), newest);
      assert.deepEqual(read(folder.database, sums), before);
      assertLedgerAgrees(db);
      assert.deepEqual(db.pragma('foreign_key_check'), []);
      const jobs = await store.inStates(states);
      assert.equal(jobs.length, states.length - 1);
      assert.deepEqual(unreadable, []);
      for (const job of jobs) {
        assert.deepEqual(job.request, sampleRequest(), job.state);
        assert.equal((await store.history(job.id)).length, 1);
        if (!ended.includes(job.state)) await applied(store, job, sampleChange(job.state));
      }
      const waiting = jobs.find(({ state }) => state === 'queued') ?? assert.fail('none waits');
      const next = await store.find(waiting.id);
      await applied(store, next ?? waiting, sampleChange('submitting'));
      assert.equal((await store.jobsOf('7', 0, 99)).length, jobs.length);
    });
  }

  it('that a newer version wrote is refused, and stays as it is', () => {
    using folder = new Folder();
    const further: Migration = {
      version: newest + 1,
      sql: 'ALTER TABLE jobs ADD COLUMN further TEXT',
    };
    openDatabase(folder.database, { migrations: [...migrations, further] }).close();
    assert.throws(
      () => openDatabase(folder.database),
      /newer version of this bot \(schema \d+, this one knows \d+\)/,
    );
    assert.equal(versionIn(folder.database), newest + 1);
  });
});

describe('A migration that is cut off by kill -9', () => {
  const modules = Object.fromEntries(
    ['open', 'migrations/list'].map((name) => [
      name,
      JSON.stringify(new URL(`../../src/sqlite/${name}.ts`, import.meta.url).href),
    ]),
  );

  /** Opens the database with one more migration, which changes every row and then never ends. */
  const program = (path: string) => `
    const { openDatabase } = await import(${modules.open});
    const { migrations } = await import(${modules['migrations/list']});
    const sql = \`ALTER TABLE jobs ADD COLUMN half TEXT; UPDATE jobs SET half = 'done', charged_micro_usd = 0;
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n\`;
    console.log('begun');
    openDatabase(${JSON.stringify(path)}, { migrations: [...migrations, { version: migrations.length + 1, sql }] });`;

  it('leaves the version before, with every row as it was', async () => {
    using folder = new Folder();
    databaseOf(newest, folder.database);
    const before = read(folder.database, sums);
    const child = spawn(process.execPath, ['--input-type=module', '-e', program(folder.database)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    // In the middle: nobody else may begin to write.
    while (!isBeingWritten(folder.database)) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    assert.equal((await exited)[1], 'SIGKILL');
    const db = openDatabase(folder.database);
    assert.equal(db.pragma('user_version', { simple: true }), newest);
    const columns = db
      .prepare<[], string>(`SELECT name FROM pragma_table_info('jobs')`)
      .pluck()
      .all();
    assert.ok(!columns.includes('half'));
    assert.equal((await storeOver(db).inStates(states)).length, states.length - 1);
    assertLedgerAgrees(db);
    db.close();
    assert.deepEqual(read(folder.database, sums), before);
  });
});

function isBeingWritten(path: string): boolean {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    db.close();
  }
}
