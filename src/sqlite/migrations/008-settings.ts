/**
 * What admins set at run time: one row for each change, so that who set what, and when, stays. The
 * newest row of a scope and key is what holds; null: what the configuration says.
 */
export const settings = `
CREATE TABLE settings (
  seq INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;
CREATE INDEX settings_by_key ON settings (scope, key, seq);
CREATE TRIGGER settings_stay BEFORE UPDATE ON settings
BEGIN SELECT RAISE(ABORT, 'a change of a setting is never changed'); END;
CREATE TRIGGER settings_are_kept BEFORE DELETE ON settings
BEGIN SELECT RAISE(ABORT, 'a change of a setting is never deleted'); END;
`;
