import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Takes an SQLite file for this process alone by a transaction that never ends; null when another
 * process has it. Gone with the process, even by kill -9. Throws SqliteError.
 *
 * Nothing else may open that file: the system drops all of a process's locks on a file as soon as
 * one of its handles is closed.
 */
export function holdExclusively(path: string): { release(): void } | null {
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  const release = () => {
    process.off('exit', release);
    db.close();
  };
  // A database that nothing references is collected, and the lock with it. A listener of the
  // process is a reference that lasts; a variable of this module would not.
  process.on('exit', release);
  return { release };
}

/**
 * Whether another process has the file, which is not taken and need not exist. Not to be asked by
 * the process that holds it, see above. Throws SqliteError.
 */
export function isHeldElsewhere(path: string): boolean {
  if (!existsSync(path)) return false;
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
  try {
    db.pragma('user_version');
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    db.close();
  }
}
