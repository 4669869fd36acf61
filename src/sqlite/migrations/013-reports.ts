/**
 * Who reported a video, as a mark that only tells a second time. They were facts without a time: each gets
 * that of its video's asking, so that none is kept longer than it is said to be.
 */
export const reports = `
CREATE TABLE reports (
  job_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (job_id, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_at ON reports (at);
INSERT OR IGNORE INTO reports (job_id, mark, at)
  SELECT jobs.id, mark.value, jobs.asked_at
  FROM facts
  JOIN jobs ON facts.key = 'reports ' || jobs.id
  JOIN json_each(iif(json_valid(facts.value), facts.value, '[]')) AS mark
  WHERE mark.type = 'text';
DELETE FROM facts WHERE key GLOB 'reports *';
`;
