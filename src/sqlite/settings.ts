/** What admins set at run time. Rows are added, never changed: the newest of a key is what holds. */
import type Database from 'better-sqlite3';
import type { SettingChange, SettingScope } from '../jobs/settings.ts';

export interface SettingRows {
  held(): SettingChange[];
  change(setting: SettingChange): void;
  changes(limit: number): SettingChange[];
}

interface Row {
  readonly scope: string;
  readonly key: string;
  readonly value: string | null;
  readonly by: string;
  readonly at: number;
}

export function settingsOf(db: Database.Database): SettingRows {
  const columns = 'scope, key, value, set_by AS by, set_at AS at';
  const held = db.prepare<[], Row>(
    `SELECT ${columns} FROM settings
     WHERE seq IN (SELECT max(seq) FROM settings GROUP BY scope, key) AND value IS NOT NULL
     ORDER BY seq`,
  );
  const insert = db.prepare<[string, string, string | null, string, number]>(
    'INSERT INTO settings (scope, key, value, set_by, set_at) VALUES (?, ?, ?, ?, ?)',
  );
  const newest = db.prepare<[number], Row>(
    `SELECT ${columns} FROM settings ORDER BY seq DESC LIMIT ?`,
  );

  return {
    held: () => held.all().map(toChange),
    change: ({ scope, key, value, by, at }) =>
      void insert.run(scope, key, value, by, Math.ceil(at)),
    changes: (limit) => newest.all(limit).map(toChange),
  };
}

function toChange(row: Row): SettingChange {
  return { ...row, scope: row.scope as SettingScope };
}
