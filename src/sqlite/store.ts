/** The port JobStore over one SQLite file. Every statement is prepared once. */
import type Database from 'better-sqlite3';
import { StorageFull } from '../jobs/ports/storageFull.ts';
import type { JobStore } from '../jobs/ports/store.ts';
import { accountsOf } from './accounts.ts';
import { mismatchedAtAGlance } from './agreement.ts';
import { backup } from './backup.ts';
import { conversationsOf } from './conversations.ts';
import { emptyLog } from './emptyLog.ts';
import { forgettingOf } from './forgetting.ts';
import { groupOf } from './group.ts';
import { ledgerOf } from './ledger.ts';
import { listingOf } from './listing.ts';
import { notesOf } from './notes.ts';
import { openDatabase } from './open.ts';
import { overviewOf } from './overview.ts';
import type { UnreadableJob } from './problem.ts';
import { readsOf } from './reads.ts';
import { reportsOf } from './reports.ts';
import { settingsOf } from './settings.ts';
import { spentOf } from './spent.ts';
import { writesOf } from './writes.ts';

export interface SqliteStore extends JobStore {
  /** Copies the database to a file while it is used. */
  backup(to: string, wallMs: number, signal?: AbortSignal): Promise<void>;
}

export interface StoreOptions {
  /** Told once for each row that cannot be read; lists leave it out. */
  readonly onUnreadable?: (problem: UnreadableJob) => void;
}

/**
 * @param options.path e.g. `<DATA_DIR>/bot.db`
 * @throws DatabaseProblem, one sentence, where the file cannot be used
 */
export async function openStore(
  options: StoreOptions & { readonly path: string },
): Promise<SqliteStore> {
  const { path, ...rest } = options;
  return storeOver(openDatabase(path), rest);
}

/** Every write throws StorageFull where the disk is full or fails; nothing is then written. */
export function storeOver(db: Database.Database, options: StoreOptions = {}): SqliteStore {
  const notes = notesOf(db);
  const spent = spentOf(db);
  const reads = readsOf(db, options.onUnreadable ?? (() => {}));
  const writes = writesOf(db, ledgerOf(db), notes, spent);
  const overview = overviewOf(db, reads);
  const listing = listingOf(db);
  const accounts = accountsOf(db);
  const mismatched = mismatchedAtAGlance(db);
  const group = groupOf(db);
  const written = <T>(write: () => T): Promise<T> => group.write(write).catch(inWords);
  /** What a write took out is in the log until that is emptied. */
  const takenOut = async <T>(write: () => T): Promise<T> => {
    const done = await written(write);
    emptyLog(db);
    return done;
  };
  const conversations = conversationsOf(db);
  const reports = reportsOf(db);
  const forgetting = forgettingOf(db, { notes, conversations, reports, reads });
  const settings = settingsOf(db);

  return {
    accept: async (job, checks) => written(() => writes.accept(job, checks)),
    apply: async (job, change) => written(() => writes.apply(job, change)),
    noteShown: async (id, shown) => written(() => writes.noteShown(id, shown)),
    keepDraft: async (draft) => written(() => notes.keepDraft(draft)),
    remember: async (key, value) => written(() => notes.remember(key, value)),
    dropDrafts: async (before) => takenOut(() => notes.dropDrafts(before)),
    noteConversation: async (one) => written(() => conversations.note(one)),
    dropConversations: async (before) => takenOut(() => conversations.drop(before)),
    noteReport: async (report) => written(() => reports.note(report)),
    dropReport: async (report) => written(() => reports.drop(report)),
    dropReports: async (before) => takenOut(() => reports.dropBefore(before)),
    askToForget: async (userId) => takenOut(() => forgetting.askToForget(userId)),
    forgetWords: async (ids) => takenOut(() => forgetting.forgetWords(ids)),
    unwanted: async (userId, limit) => forgetting.unwanted(userId, limit),
    outOfDate: async (before, limit) => forgetting.outOfDate(before, limit),
    find: async (id) => reads.find(id),
    madeOf: async (origin) => reads.madeOf(origin),
    ownerOf: async (operation) => reads.ownerOf(operation),
    due: async (states, now, limit) => reads.due(states, now, limit),
    nextDueAt: async (states, after) => reads.nextDueAt(states, after),
    inStates: async (states) => reads.inStates(states),
    listed: async (...asked) => reads.readable(listing(...asked)),
    accounts: async (...asked) => accounts.page(...asked),
    ledger: async (id) => accounts.ledger(id),
    count: async (states) => reads.count(states),
    aheadOf: async (job) => reads.aheadOf(job),
    jobsOf: async (userId, skip, limit) => reads.jobsOf(userId, skip, limit),
    undeliveredOf: async (userId) => reads.undeliveredOf(userId),
    unshown: async () => reads.unshown(),
    history: async (id) => notes.history(id),
    samples: async (modelId, limit) => notes.samples(modelId, limit),
    spent: async (check) => spent(check),
    overview: async (since) => overview(since),
    mismatched: async (limit) => mismatched(limit),
    findConversation: async (channelId) => conversations.find(channelId),
    conversations: async (limit) => conversations.newest(limit),
    reportMarks: async (id) => reports.marks(id),
    findDraft: async (id) => notes.findDraft(id),
    recall: async (key) => notes.recall(key),
    settings: async () => settings.held(),
    changeSetting: async (setting) => written(() => settings.change(setting)),
    settingChanges: async (limit, scope) => settings.changes(limit, scope ?? null),
    backup: async (to, wallMs, signal) => backup(db, to, wallMs, signal),
    async close() {
      group.flush();
      db.close();
    },
  };
}

function inWords(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^SQLITE_(FULL|IOERR|BUSY|READONLY|CANTOPEN)/.test(code)) throw new StorageFull(code);
  throw error;
}
