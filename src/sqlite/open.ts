/** Opens the database file, or says in one sentence why not. A file that is not ours is never altered. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type Migration, migrations as released } from './migrations/list.ts';
import { DatabaseProblem } from './problem.ts';

/** In the file's header; tells our database from any other SQLite file ("veob"). */
export const APPLICATION_ID = 0x76656f62;
/** Another program reading the file, such as a backup, may hold a lock for a moment. */
const BUSY_TIMEOUT_MS = 5_000;
const MAGIC = 'SQLite format 3\0';

export interface OpenOptions {
  readonly migrations?: readonly Migration[];
  readonly busyTimeoutMs?: number;
}

/**
 * @param path the file, made when it is missing; its folder must exist
 * @throws DatabaseProblem for a file that is damaged, cut off, of another program, of a newer
 *   version, or not writable; the file's bytes are then as before
 */
export function openDatabase(path: string, options: OpenOptions = {}): Database.Database {
  const { migrations = released, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  try {
    if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
      throw new DatabaseProblem(
        `The folder of the database ${path} does not exist: make it or set DATA_DIR to another one.`,
      );
    }
    if (existsSync(path)) {
      checkFile(path);
      checkContent(path, migrations, busyTimeoutMs);
    } else {
      create(path, migrations);
    }
    const db = connect(path, busyTimeoutMs);
    try {
      migrate(db, path, migrations);
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  } catch (error) {
    throw inWords(path, error);
  }
}

/**
 * Reads a database without altering it, also while a bot uses it: its schema, and the one that this
 * version knows. `whole`: every page is checked, which takes its time. Throws DatabaseProblem.
 */
export function lookAtDatabase(
  path: string,
  { whole }: { readonly whole: boolean },
): { readonly version: number; readonly known: number } {
  try {
    checkFile(path);
    const version = checkContent(path, released, BUSY_TIMEOUT_MS, whole);
    return { version, known: released.length };
  } catch (error) {
    throw inWords(path, error);
  }
}

/** Opens it for reading alone, beside a bot that uses it. To be closed; an SqliteError is thrown as it is. */
export function openToRead(path: string, timeout = BUSY_TIMEOUT_MS): Database.Database {
  return new Database(path, { readonly: true, fileMustExist: true, timeout });
}

/** What can be told before SQLite touches the file, which might already change it. */
function checkFile(path: string): void {
  if (!statSync(path).isFile()) {
    throw new DatabaseProblem(
      `The database ${path} is not a file: move it away or set DATA_DIR to another folder.`,
    );
  }
  const header = Buffer.alloc(100);
  let sizeBytes = 0;
  const file = openSync(path, 'r');
  try {
    sizeBytes = readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (header.every((byte) => byte === 0)) throw damaged(path, 'it is empty');
  const begin = header.toString('latin1', 0, Math.min(sizeBytes, MAGIC.length));
  if (!MAGIC.startsWith(begin)) throw foreign(path, 'it is no SQLite database');
  if (sizeBytes < header.length) throw damaged(path, 'it is too short');
  if (header.readUInt32BE(68) !== APPLICATION_ID) throw foreign(path, 'another program wrote it');
  // SQLite fills a last page that is cut short with zeros, without a word. Where there is a log,
  // a process may have been killed while copying from it: then the file may rightly be shorter.
  const pageSize = header.readUInt16BE(16);
  const wholeBytes = header.readUInt32BE(28) * (pageSize === 1 ? 65_536 : pageSize);
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!hasLog && statSync(path).size < wholeBytes) throw damaged(path, 'its end is missing');
  // WAL needs two more files beside it.
  accessSync(path, constants.W_OK);
  accessSync(dirname(path), constants.W_OK);
}

/** Read-only, so that closing a damaged file copies nothing from its log into it. */
function checkContent(
  path: string,
  migrations: readonly Migration[],
  timeout: number,
  whole = true,
): number {
  const db = openToRead(path, timeout);
  try {
    const version = versionOf(db);
    const known = migrations.length;
    if (version > known) {
      throw new DatabaseProblem(
        `The database ${path} was written by a newer version of this bot (schema ${version}, ` +
          `this one knows ${known}): install that version again, or restore a backup made before the update.`,
      );
    }
    const found = whole ? db.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (found !== 'ok') throw damaged(path, 'its check failed');
    return version;
  } finally {
    db.close();
  }
}

/** Made beside its place and renamed when whole: a file at its place is never half made. */
function create(path: string, migrations: readonly Migration[]): void {
  if (existsSync(`${path}-wal`)) {
    throw new DatabaseProblem(
      `The database ${path} is missing, but its log ${path}-wal is there: ` +
        `put both back together, or move the log away to begin anew.`,
    );
  }
  const unfinished = `${path}.new`;
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(unfinished + end, { force: true });
  const db = new Database(unfinished);
  try {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    prepareConnection(db, unfinished);
    migrate(db, unfinished, migrations);
  } finally {
    db.close();
  }
  renameSync(unfinished, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function connect(path: string, timeout: number): Database.Database {
  const db = new Database(path, { fileMustExist: true, timeout });
  try {
    prepareConnection(db, path);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function prepareConnection(db: Database.Database, path: string): void {
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
    throw new DatabaseProblem(
      `The file system of ${path} does not support the database's log (WAL): ` +
        `set DATA_DIR to a folder on a local disk.`,
    );
  }
  // With less, a power cut can lose the note that a paid call was begun.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // What is deleted on a member's wish is overwritten, and not only left out of sight.
  db.pragma('secure_delete = ON');
  db.pragma('trusted_schema = OFF');
}

function migrate(db: Database.Database, path: string, migrations: readonly Migration[]): void {
  const version = versionOf(db);
  for (const migration of migrations.filter((m) => m.version > version)) {
    try {
      db.transaction(() => {
        db.exec(migration.sql);
        db.pragma(`user_version = ${migration.version}`);
      }).immediate();
    } catch (error) {
      throw new DatabaseProblem(
        `The database ${path} could not be brought to schema ${migration.version} (${codeOf(error)}); ` +
          `it is as it was: free some disk space or install the version before.`,
        { cause: error },
      );
    }
  }
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function damaged(path: string, how: string, cause?: unknown): DatabaseProblem {
  return new DatabaseProblem(
    `The database ${path} is damaged or cut off (${how}) and was left as it is: ` +
      `keep a copy of it and put a backup in its place.`,
    { cause },
  );
}

function foreign(path: string, how: string): DatabaseProblem {
  return new DatabaseProblem(
    `The file ${path} is not this bot's database (${how}) and was left as it is: ` +
      `move it away or set DATA_DIR to another folder.`,
  );
}

function inWords(path: string, error: unknown): unknown {
  if (error instanceof DatabaseProblem) return error;
  const code = codeOf(error);
  const cause = error;
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(code)) return damaged(path, code, error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new DatabaseProblem(
      `The database ${path} is in use by another program: end that one first.`,
      { cause },
    );
  }
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) {
    return new DatabaseProblem(`The disk of ${path} is full: free some space.`, { cause });
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|IOERR)|^E[A-Z]+$/.test(code)) {
    return new DatabaseProblem(
      `The database ${path} cannot be written by user id ${process.getuid?.() ?? '?'} (${code}): ` +
        `make the file and its folder writable for that user, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  return error;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
