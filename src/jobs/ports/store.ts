/** Where jobs, their money and what admins decided are kept. */

import type { SettingChange, SettingScope } from '../admins/settings.ts';
import type { Change, DurationSample, Note } from '../change.ts';
import type { Job, JobId, JobIn, NewJob, State } from '../job.ts';
import type { MicroUsd } from '../model.ts';
import type { AccountLine, AccountsAsked, LedgerLine } from '../money/accounts.ts';
import type { LimitCheck, LimitReached, Spent } from '../money/spending.ts';
import type { Wish } from '../request.ts';

export type Accepted =
  | { readonly kind: 'accepted'; readonly job: JobIn<'received'> }
  /** The same press or command came before: nothing was written. */
  | { readonly kind: 'known'; readonly job: Job }
  | { readonly kind: 'limit'; readonly reached: LimitReached };

/** Every write is durable when its promise resolves. */
export interface JobStore {
  /** Checks the limits, reserves the request's price and writes the job, all or nothing. */
  accept(job: NewJob, checks: readonly LimitCheck[]): Promise<Accepted>;
  /**
   * The one guarded write: `WHERE id AND state AND revision`, with money, history and what was
   * learned in the same transaction. Null when no row matched: somebody else was faster.
   * Throws on a change that `leadsTo` does not allow.
   */
  apply(job: Job, change: Change): Promise<Job | null>;
  find(id: JobId): Promise<Job | null>;
  /** The job that was made of this command or press. */
  madeOf(origin: string): Promise<Job | null>;
  /** The job that has, or had, the operation of this name. */
  ownerOf(operation: string): Promise<JobId | null>;
  /** Due jobs in these states, the longest due first. */
  due(states: readonly State[], now: number, limit: number): Promise<Job[]>;
  /** The earliest due time later than `after` of a job in these states, or null. */
  nextDueAt(states: readonly State[], after: number): Promise<number | null>;
  inStates(states: readonly State[]): Promise<Job[]>;
  /** The newest asked for first; at most `limit` after `skip`. */
  listed(which: Listed, skip: number, limit: number): Promise<Job[]>;
  /** One page of the accounts, the longest ago asked for first, after the last line of the page before. */
  accounts(asked: AccountsAsked, after: AccountLine | null, limit: number): Promise<AccountLine[]>;
  /** What the ledger holds of one job, oldest first. */
  ledger(id: JobId): Promise<LedgerLine[]>;
  count(states: readonly State[]): Promise<number>;
  /** Jobs in state queued that were asked for earlier. */
  aheadOf(job: Pick<Job, 'askedAt' | 'id'>): Promise<number>;
  /** A member's jobs: the undelivered ones that are kept first, then the newest asked for; at most `limit` after `skip`. */
  jobsOf(userId: string, skip: number, limit: number): Promise<Job[]>;
  /** A member's undelivered jobs whose video is kept, the newest asked for first. */
  undeliveredOf(userId: string): Promise<Job[]>;
  /** Jobs whose last picture is not yet their last word: still running, or ended and not shown so. */
  unshown(): Promise<Job[]>;
  /**
   * What was shown last. Not a change of the job: no revision. `last` once an ended job's picture
   * is out (or given up).
   */
  noteShown(id: JobId, shown: Shown): Promise<void>;
  history(id: JobId): Promise<HistoryLine[]>;
  /** Newest last; at most `limit`. */
  samples(modelId: string, limit: number): Promise<(DurationSample & { readonly at: number })[]>;
  spent(check: LimitCheck): Promise<Spent>;
  overview(since: { readonly dayAt: number; readonly monthAt: number }): Promise<Overview>;
  /**
   * Jobs whose own sums are not those of the ledger, at most `limit`: there should be none. A glance
   * that is cheap while all is well; what evens out in the sums is found by the operator's check.
   */
  mismatched(limit: number): Promise<JobId[]>;
  keepDraft(draft: Draft): Promise<void>;
  findDraft(id: string): Promise<Draft | null>;
  /** Drops the drafts of before `before`. */
  dropDrafts(before: number): Promise<void>;
  /** Settled up to that message; an older one than is noted already changes nothing. */
  noteConversation(conversation: Conversation): Promise<void>;
  findConversation(channelId: string): Promise<Conversation | null>;
  /** The newest first, at most `limit`. */
  conversations(limit: number): Promise<Conversation[]>;
  /** Drops those in which nothing was said since `before`. */
  dropConversations(before: number): Promise<void>;
  /**
   * Notes that a member wants all their jobs forgotten, also those that still run, and drops their
   * drafts and conversations, what marks them as a reporter, and the marks of reports on their jobs.
   * The number of jobs that this concerns.
   */
  askToForget(userId: string): Promise<number>;
  /**
   * Jobs to be forgotten by the wish of a member, or of anybody (null): ended, with nothing left to
   * look at. At most `limit`, the oldest first.
   */
  unwanted(userId: string | null, limit: number): Promise<Job[]>;
  /**
   * Jobs that were asked for before `before` and still have their words; ended, with nothing left to
   * look at and no undelivered video waiting. At most `limit`, the oldest first.
   */
  outOfDate(before: number, limit: number): Promise<JobId[]>;
  /**
   * Takes the words out of such jobs: prompt, pictures, what the service said, the token, the
   * member's language; of one that its member wants forgotten also the marks of reports. History and
   * money stay. Not a change of the job: no revision. How many.
   */
  forgetWords(ids: readonly JobId[]): Promise<number>;
  /** The marks of those who reported this job's video. */
  reportMarks(id: JobId): Promise<string[]>;
  /** One that is there already changes nothing. */
  noteReport(report: ReportMark): Promise<void>;
  dropReport(report: Pick<ReportMark, 'jobId' | 'mark'>): Promise<void>;
  /** Drops those of before `before`. */
  dropReports(before: number): Promise<void>;
  /** Small facts that outlive a restart: what was registered, a place's size limit. */
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
  /** What admins have set and still holds, the longest set first. */
  settings(): Promise<SettingChange[]>;
  changeSetting(setting: SettingChange): Promise<void>;
  /** Every change of a setting stays on record: the newest ones, newest first. */
  settingChanges(limit: number, scope?: SettingScope | null): Promise<SettingChange[]>;
  close(): Promise<void>;
}

export interface Shown {
  readonly key: string;
  /** The job's last word; holds only while the job is as it was drawn (`revision`). */
  readonly last: boolean;
  readonly revision: number;
  /** Whose answer this is: a press may have brought another token meanwhile. */
  readonly token: string;
  readonly tokenDead?: boolean;
  readonly messageId?: string;
}

export interface HistoryLine extends Note {
  readonly at: number;
  readonly state: State;
}

/** A wish with its price shown, waiting for the press that starts it. */
export interface Draft {
  readonly id: string;
  readonly userId: string;
  readonly wish: Wish;
  readonly at: number;
}

/** The direct messages of one member with the bot. */
export interface Conversation {
  readonly channelId: string;
  readonly userId: string;
  /** The newest message that needs no answer any more, nor does any before it. */
  readonly settledId: string;
  /** When that was noted. */
  readonly at: number;
}

/** Somebody reported a job's video. */
export interface ReportMark {
  readonly jobId: JobId;
  /** Stands for who it was: `reporterMark` of the job and the member. */
  readonly mark: string;
  /** Wall clock in ms. */
  readonly at: number;
}

/** Which jobs; null: any. */
export interface Listed {
  readonly state: State | null;
  readonly userId: string | null;
  /** Asked for in this server. */
  readonly guildId: string | null;
}

export interface Overview {
  readonly byState: Readonly<Record<State, number>>;
  readonly oldestUnfinished: { readonly id: JobId; readonly askedAt: number } | null;
  readonly day: Totals;
  readonly month: Totals;
  /** Jobs whose answer was lost and whose money is still open: nobody has settled them by hand. */
  readonly unsettled: number;
  /**
   * What needs somebody, at most 5: such jobs first, then the undelivered ones (not what their member
   * removed), then those that failed (not declined by the model); of each the newest first.
   */
  readonly lookAt: readonly Job[];
}

export interface Totals {
  readonly chargedMicroUsd: MicroUsd;
  readonly reservedMicroUsd: MicroUsd;
  readonly maybeMicroUsd: MicroUsd;
  readonly videos: number;
  readonly declined: number;
  readonly failed: number;
}
