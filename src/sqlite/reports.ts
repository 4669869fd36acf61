/** The marks of those who reported a video. */
import type Database from 'better-sqlite3';
import { reporterMark } from '../jobs/admins/reporting.ts';
import type { JobId } from '../jobs/job.ts';
import type { ReportMark } from '../jobs/ports/store.ts';

export interface Reports {
  marks(id: JobId): string[];
  note(report: ReportMark): void;
  drop(report: Pick<ReportMark, 'jobId' | 'mark'>): void;
  dropBefore(before: number): void;
  /** Theirs, and those on their jobs. */
  dropOf(userId: string): void;
  /** Those on a job that its member wants forgotten. */
  dropIfUnwanted(id: JobId): void;
}

export const reportsSql = {
  dropBefore: 'DELETE FROM reports WHERE at < ?',
  dropOnJobsOf: 'DELETE FROM reports WHERE job_id IN (SELECT id FROM jobs WHERE user_id = ?)',
} as const;

export function reportsOf(db: Database.Database): Reports {
  const marks = db
    .prepare<[JobId], string>('SELECT mark FROM reports WHERE job_id = ? ORDER BY at, mark')
    .pluck();
  const note = db.prepare<[JobId, string, number]>(
    'INSERT INTO reports (job_id, mark, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const drop = db.prepare<[JobId, string]>('DELETE FROM reports WHERE job_id = ? AND mark = ?');
  const dropBefore = db.prepare<[number]>(reportsSql.dropBefore);
  const dropOnJobsOf = db.prepare<[string]>(reportsSql.dropOnJobsOf);
  const dropIfUnwanted = db.prepare<[JobId]>(
    `DELETE FROM reports
     WHERE job_id = (SELECT id FROM jobs WHERE id = ? AND words = 'unwanted')`,
  );
  const reported = db.prepare<[], JobId>('SELECT DISTINCT job_id FROM reports').pluck();

  return {
    marks: (id) => marks.all(id),
    note: ({ jobId, mark, at }) => void note.run(jobId, mark, Math.ceil(at)),
    drop: ({ jobId, mark }) => void drop.run(jobId, mark),
    dropBefore: (before) => void dropBefore.run(Math.ceil(before)),
    dropOf(userId) {
      dropOnJobsOf.run(userId);
      // A mark does not say whose it is: it is made anew for each video that somebody reported.
      for (const id of reported.all()) drop.run(id, reporterMark(id, userId));
    },
    dropIfUnwanted: (id) => void dropIfUnwanted.run(id),
  };
}
