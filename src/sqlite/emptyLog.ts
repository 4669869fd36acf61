/** The database's log keeps what stood there before a page was overwritten, until it is written over itself. */
import type Database from 'better-sqlite3';

/**
 * Moves the log into the database and cuts it to nothing. Outside of a transaction. Where another process
 * reads at this moment, or the disk is full, it is left as it is: a later call does it.
 */
export function emptyLog(db: Database.Database): void {
  const timeoutMs = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma('busy_timeout = 0');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^SQLITE_/.test(String(error.code))))
      throw error;
  } finally {
    db.pragma(`busy_timeout = ${timeoutMs}`);
  }
}
