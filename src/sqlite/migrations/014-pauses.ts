/** The pause of the whole bot was a fact beside the settings; now who began and ended it is on record like the rest. */
export const pauses = `
INSERT INTO settings (scope, key, value, set_by, set_at)
  SELECT 'bot', 'paused',
    iif(word ->> 'paused', json_object('by', word ->> 'by', 'at', word ->> 'at', 'reason', word ->> 'reason'), NULL),
    coalesce(word ->> 'by', ''),
    coalesce(CAST(word ->> 'at' AS INTEGER), 0)
  FROM (SELECT iif(json_valid(value), value, '{}') AS word FROM facts WHERE key = 'pause')
  WHERE json_type(word, '$.paused') IN ('true', 'false');
DELETE FROM facts WHERE key = 'pause';
`;
