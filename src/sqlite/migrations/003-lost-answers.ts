/**
 * Whose an operation is, also after its job has ended; and a place for what is told from outside
 * of a job whose paid call's answer was lost. A row that cannot be read stays as it is.
 */
export const lostAnswers = `
ALTER TABLE jobs ADD COLUMN operation TEXT;
UPDATE jobs SET operation = json_extract(own, '$.operation.name') WHERE json_valid(own);
UPDATE jobs SET operation = (
    SELECT json_extract(detail, '$.operation') FROM history
    WHERE job_id = jobs.id AND event = 'accepted' AND json_valid(detail) LIMIT 1)
  WHERE operation IS NULL AND state = 'cancelled';
CREATE INDEX jobs_operation ON jobs (operation) WHERE operation IS NOT NULL;

UPDATE jobs SET own = json_set(own, '$.told', NULL)
  WHERE state IN ('submitting', 'unconfirmed') AND json_valid(own);
`;
