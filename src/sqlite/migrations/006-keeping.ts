/**
 * What is kept, and until when. A kept video falls due when its time is over; those of before are
 * kept as long as new ones are unless it is set otherwise. `words`: what a member wrote is there
 * ('kept'), is to go by their wish ('unwanted'), or is gone. A row that cannot be read stays as it is.
 */
export const keeping = `
ALTER TABLE jobs ADD COLUMN words TEXT NOT NULL DEFAULT 'kept'
  CHECK (words IN ('kept', 'unwanted', 'gone'));
CREATE INDEX jobs_words ON jobs (state, asked_at) WHERE words <> 'gone';
CREATE INDEX jobs_unwanted ON jobs (asked_at) WHERE words = 'unwanted';
CREATE INDEX drafts_member ON drafts (user_id);

-- One that is not kept any more waits for nobody.
DROP INDEX jobs_member;
CREATE INDEX jobs_member ON jobs
  (user_id, (state = 'undelivered' AND due_at IS NOT NULL) DESC, asked_at DESC, id DESC);

UPDATE jobs SET due_at = changed_at + 30 * 86400000
  WHERE state IN ('delivered', 'undelivered') AND due_at IS NULL;
UPDATE jobs SET own = json_set(own, '$.unreadable', 0)
  WHERE state = 'downloading' AND json_valid(own);
`;
