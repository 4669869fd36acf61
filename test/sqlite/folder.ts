import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openDatabase } from '../../src/sqlite/open.ts';
import { type SqliteStore, type StoreOptions, storeOver } from '../../src/sqlite/store.ts';

/** A folder for one test; with `using` or `remove` it is gone afterwards. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'veo-sqlite-'));
  readonly database = join(this.path, 'bot.db');
  readonly #opened: Database.Database[] = [];

  /** The store and, for looking into its rows, its database. */
  open(options: StoreOptions = {}): { db: Database.Database; store: SqliteStore } {
    const db = openDatabase(this.database);
    this.#opened.push(db);
    return { db, store: storeOver(db, options) };
  }

  remove(): void {
    for (const db of this.#opened) db.close();
    rmSync(this.path, { recursive: true, force: true });
  }

  [Symbol.dispose](): void {
    this.remove();
  }
}
