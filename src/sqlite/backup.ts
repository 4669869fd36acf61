import type Database from 'better-sqlite3';

/** Pages a step: 1,000 held up the event loop for 12 ms, 100 for 5. */
const PAGES_A_STEP = 100;

/**
 * Copies the database while it is used. `to` is a whole database of its own afterwards; what was
 * there is written over.
 */
export async function backup(db: Database.Database, to: string): Promise<void> {
  await db.backup(to, { progress: () => PAGES_A_STEP });
}
