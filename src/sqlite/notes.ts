/** What is kept beside the jobs: their history, what was learned, drafts, small facts. */
import type Database from 'better-sqlite3';
import type { DurationSample, Note } from '../jobs/change.ts';
import type { JobId, State } from '../jobs/job.ts';
import type { Draft, HistoryLine } from '../jobs/ports/store.ts';
import type { Wish } from '../jobs/request.ts';
import { isState } from './rows.ts';

export interface Notes {
  addHistory(id: JobId, at: number, state: State, note: Note): void;
  history(id: JobId): HistoryLine[];
  addSample(id: JobId, at: number, sample: DurationSample): void;
  samples(modelId: string, limit: number): (DurationSample & { readonly at: number })[];
  keepDraft(draft: Draft): void;
  findDraft(id: string): Draft | null;
  dropDrafts(before: number): void;
  dropDraftsOf(userId: string): void;
  recall(key: string): string | null;
  remember(key: string, value: string): void;
}

interface HistoryRow {
  readonly at: number;
  readonly state: string;
  readonly event: string;
  readonly detail: string | null;
}

interface SampleRow extends Omit<DurationSample, 'declined'> {
  readonly at: number;
  readonly declined: number;
}

interface DraftRow extends Omit<Draft, 'wish'> {
  readonly wish: string;
}

export function notesOf(db: Database.Database): Notes {
  const insertHistory = db.prepare(
    'INSERT INTO history (job_id, at, state, event, detail) VALUES (?, ?, ?, ?, ?)',
  );
  const history = db.prepare<[string], HistoryRow>(
    'SELECT at, state, event, detail FROM history WHERE job_id = ? ORDER BY seq',
  );
  const insertSample = db.prepare(
    `INSERT INTO durations (job_id, at, model_id, resolution, seconds, not_done_ms, done_ms, declined)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const samples = db.prepare<[string, number], SampleRow>(
    `SELECT at, model_id AS modelId, resolution, seconds, not_done_ms AS notDoneMs,
       done_ms AS doneMs, declined
     FROM durations WHERE model_id = ? ORDER BY seq DESC LIMIT ?`,
  );
  const keepDraft = db.prepare<[string, string, number, string]>(
    `INSERT INTO drafts (id, user_id, at, wish) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, at = excluded.at, wish = excluded.wish`,
  );
  const draft = db.prepare<[string], DraftRow>(
    'SELECT id, user_id AS userId, at, wish FROM drafts WHERE id = ?',
  );
  const dropDrafts = db.prepare<[number]>('DELETE FROM drafts WHERE at < ?');
  const dropDraftsOf = db.prepare<[string]>('DELETE FROM drafts WHERE user_id = ?');
  const recall = db.prepare<[string], string>('SELECT value FROM facts WHERE key = ?').pluck();
  const remember = db.prepare<[string, string]>(
    `INSERT INTO facts (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );

  return {
    addHistory(id, at, state, note) {
      const detail = note.detail === undefined ? null : JSON.stringify(note.detail);
      insertHistory.run(id, at, state, note.event, detail);
    },
    history: (id) => history.all(id).flatMap(historyLine),
    addSample(id, at, sample) {
      const { modelId, resolution, seconds, notDoneMs, doneMs, declined } = sample;
      const flag = declined ? 1 : 0;
      insertSample.run(id, at, modelId, resolution, seconds, notDoneMs, doneMs, flag);
    },
    samples: (modelId, limit) =>
      samples
        .all(modelId, limit)
        .map((row) => ({ ...row, declined: row.declined === 1 }))
        .toReversed(),
    keepDraft: ({ id, userId, at, wish }) =>
      void keepDraft.run(id, userId, Math.ceil(at), JSON.stringify(wish)),
    findDraft(id) {
      const row = draft.get(id);
      if (row === undefined) return null;
      const wish = parsed(row.wish);
      return wish === null ? null : { ...row, wish: wish as unknown as Wish };
    },
    dropDrafts: (before) => void dropDrafts.run(Math.ceil(before)),
    dropDraftsOf: (userId) => void dropDraftsOf.run(userId),
    recall: (key) => recall.get(key) ?? null,
    remember: (key, value) => void remember.run(key, value),
  };
}

/** A line edited into nonsense is left out: the others still tell what happened. */
function historyLine(row: HistoryRow): HistoryLine[] {
  const { at, state, event } = row;
  if (!isState(state)) return [];
  if (row.detail === null) return [{ at, state, event }];
  const detail = parsed(row.detail);
  return [detail === null ? { at, state, event } : { at, state, event, detail }];
}

function parsed(json: string): NonNullable<Note['detail']> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null
      ? (value as NonNullable<Note['detail']>)
      : null;
  } catch {
    return null;
  }
}
