/**
 * Writes that come in the same turn of the event loop share one commit, so that 200 commands at
 * once wait for the disk once and not 200 times. Each promise settles after the commit: what it
 * says is on disk.
 */
import type Database from 'better-sqlite3';

export interface Group {
  /** Runs it with the others of this turn, in order. What it throws undoes it alone. */
  write<T>(run: () => T): Promise<T>;
  /** Commits what waits. */
  flush(): void;
}

export function groupOf(db: Database.Database): Group {
  interface Waiting {
    /** Returns what to do once it is on disk. */
    readonly run: () => () => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];

  const all = db.transaction((group: readonly Waiting[]) =>
    group.map(({ run, reject }) => {
      try {
        return run();
      } catch (error) {
        // Where SQLite undid everything (a full disk), nothing of the group was written.
        if (!db.inTransaction) throw error;
        return () => reject(error);
      }
    }),
  );

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    let settle: readonly (() => void)[];
    try {
      settle = all.immediate(group);
    } catch (error) {
      settle = group.map(
        ({ reject }) =>
          () =>
            reject(error),
      );
    }
    for (const one of settle) one();
  }

  return {
    flush,
    write<T>(run: () => T): Promise<T> {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({
          run() {
            const value = run();
            return () => resolve(value);
          },
          reject,
        });
      });
    },
  };
}
