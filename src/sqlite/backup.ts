/** Whole copies of the database, each a file of its own that can be put in its place. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { COPIED_AT } from '../jobs/restored.ts';
import { APPLICATION_ID } from './open.ts';
import { DatabaseProblem } from './problem.ts';

/** Pages a step: 1,000 held up the event loop for 12 ms, 100 for 5. */
const PAGES_A_STEP = 100;
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Copies the database while it is used. `to` is a whole database of its own afterwards, which says
 * of itself that it is a copy; what was there is written over.
 */
export async function backup(
  db: Database.Database,
  to: string,
  wallMs: number,
  signal?: AbortSignal,
): Promise<void> {
  await db.backup(to, {
    progress() {
      signal?.throwIfAborted();
      return PAGES_A_STEP;
    },
  });
  markAsCopy(to, wallMs);
}

/** A bot that is started on it has to know: what it was to pay for may have been paid for since. */
function markAsCopy(path: string, wallMs: number): void {
  const copy = new Database(path, { fileMustExist: true });
  try {
    // With a log beside it, it would be two files.
    copy.pragma('journal_mode = DELETE');
    copy
      .prepare('INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)')
      .run(COPIED_AT, String(wallMs));
  } finally {
    copy.close();
  }
}

/** `bot-2026-11-25.db`; days are those of UTC. */
export function backupName(wallMs: number): string {
  return `bot-${new Date(wallMs).toISOString().slice(0, 10)}.db`;
}

const ours = /^bot-\d{4}-\d{2}-\d{2}\.db$/;

/** The backups in a folder, the newest first; none where it does not exist. */
export async function backupsIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => ours.test(name))
      .toSorted()
      .toReversed();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Makes a file by `write`, whole or not at all; an older one at its place is replaced. */
export async function makeWhole(
  path: string,
  write: (unfinished: string) => void | Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await write(unfinished);
    await sync(unfinished);
    await rename(unfinished, path);
    await sync(dirname(path));
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(unfinished + end, { force: true });
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Copies the database at `path` from another process than the one that uses it, if any does: it is
 * only read, and nothing else in its folder is touched.
 *
 * @throws DatabaseProblem, one sentence
 */
export async function backUpFile(path: string, to: string, wallMs: number): Promise<void> {
  try {
    const db = new Database(path, {
      ...{ readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS },
    });
    try {
      if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
        throw new DatabaseProblem(
          `The file ${path} is not this bot's database: nothing was copied.`,
        );
      }
      // One read of one moment; copied page by page, each write of the bot would begin it anew.
      await makeWhole(to, (unfinished) => {
        db.prepare('VACUUM INTO ?').run(unfinished);
        markAsCopy(unfinished, wallMs);
      });
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof DatabaseProblem) throw error;
    throw new DatabaseProblem(whyNot(path, to, error), { cause: error });
  }
}

function whyNot(path: string, to: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  // Where its folder is missing too, the driver gives no code.
  if (code === 'SQLITE_CANTOPEN' || !existsSync(path)) {
    return `There is no database at ${path} that can be read: is DATA_DIR right?`;
  }
  return code === 'SQLITE_NOTADB'
    ? `The file ${path} is no database: nothing was copied. Put a backup in its place.`
    : `The database ${path} could not be copied to ${to} (${code}): look at the disk and its room.`;
}
