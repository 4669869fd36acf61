/** The stores that the money is tried on, and what a crash leaves of each. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { storeOver } from '../../src/sqlite/store.ts';
import { MemoryStore } from '../simulation/store.ts';
import { Folder } from '../sqlite/folder.ts';
import { assertLedgerAgrees } from '../sqlite/sums.ts';
import type { Plan } from './commands.ts';
import { Life, type Stage } from './life.ts';

/** What was written stays; there is nothing between written and not. */
export function memoryStage(store: JobStore = new MemoryStore()): Stage {
  return { store, crash: async () => store, tamper() {} };
}

/**
 * A real file. A crash goes on with a copy of it and of its log as they are on disk at that moment,
 * neither closed nor cleaned up.
 */
class SqliteStage implements Stage {
  readonly #folder = new Folder();
  #db: Database.Database;
  #crashes = 0;
  /** Rows of the ledger as they were seen, in their order. */
  #rows: readonly unknown[] = [];
  readonly store: JobStore;

  constructor() {
    this.#db = this.#open(this.#folder.database);
    this.store = storeOver(this.#db);
  }

  async crash(): Promise<JobStore> {
    const [from, to] = [this.#db.name, join(this.#folder.path, `after-${++this.#crashes}.db`)];
    copyFileSync(from, to);
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
    const dead = this.#db;
    this.#db = this.#open(to);
    dead.close();
    this.check();
    return storeOver(this.#db);
  }

  tamper(): void {
    const copy = 'SELECT seq, job_id, at, kind, 1, 0, 0, basis, counts FROM ledger';
    for (const sql of [
      'UPDATE ledger SET charged_micro_usd = charged_micro_usd + 1',
      'UPDATE ledger SET counts = 1 - counts WHERE seq = (SELECT max(seq) FROM ledger)',
      'DELETE FROM ledger',
      `REPLACE INTO ledger ${copy}`,
      'DELETE FROM jobs',
    ]) {
      const isEmpty = this.#read().length === 0;
      if (!isEmpty) assert.throws(() => this.#db.exec(sql), /never|FOREIGN KEY/, sql);
    }
    this.check();
  }

  /** Rows that were there are there as they were; what is new comes after them. */
  check(): void {
    const rows = this.#read();
    assert.deepEqual(rows.slice(0, this.#rows.length), this.#rows);
    this.#rows = rows;
    assertLedgerAgrees(this.#db);
  }

  remove(): void {
    this.#db.close();
    this.#folder.remove();
  }

  #read(): readonly unknown[] {
    return this.#db.prepare('SELECT * FROM ledger ORDER BY seq').raw().all();
  }

  #open(path: string): Database.Database {
    const db = openDatabase(path);
    // What a dead process wrote the machine still has; and hundreds of lives are lived.
    db.pragma('synchronous = OFF');
    return db;
  }
}

export async function livedInAFile(plan: Plan): Promise<void> {
  const stage = new SqliteStage();
  try {
    await Life.live(stage, plan);
    stage.check();
  } finally {
    stage.remove();
  }
}
