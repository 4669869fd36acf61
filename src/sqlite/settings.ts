/** What admins set at run time. Rows are added, never changed: the newest of a key is what holds. */
import type Database from 'better-sqlite3';
import type { RecordedChange, SettingChange, SettingScope } from '../jobs/admins/settings.ts';

export interface SettingRows {
  held(): SettingChange[];
  change(setting: SettingChange): void;
  /** Newest first; null: of all scopes. */
  changes(limit: number, scope: SettingScope | null): RecordedChange[];
}

interface Row {
  readonly scope: string;
  readonly key: string;
  readonly value: string | null;
  readonly by: string;
  readonly at: number;
}

interface RecordedRow extends Row {
  readonly before: string | null;
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
  const newest = db.prepare<[{ scope: string | null; limit: number }], RecordedRow>(
    `SELECT ${columns},
       (SELECT value FROM settings AS earlier
        WHERE earlier.scope = settings.scope AND earlier.key = settings.key
          AND earlier.seq < settings.seq ORDER BY earlier.seq DESC LIMIT 1) AS before
     FROM settings WHERE @scope IS NULL OR scope = @scope
     ORDER BY seq DESC LIMIT @limit`,
  );

  return {
    held: () => held.all().map(toChange),
    change: ({ scope, key, value, by, at }) =>
      void insert.run(scope, key, value, by, Math.ceil(at)),
    changes: (limit, scope) => newest.all({ scope, limit }).map(toChange),
  };
}

function toChange<R extends Row>(row: R): R & { readonly scope: SettingScope } {
  return { ...row, scope: row.scope as SettingScope };
}
