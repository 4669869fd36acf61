/** What the core needs from the outside. Each port has one contract suite in test/contracts/. */
import type { AccountLine, AccountsAsked, LedgerLine } from './accounts.ts';
import type {
  Change,
  DurationSample,
  Job,
  JobId,
  JobIn,
  NewJob,
  Note,
  Operation,
  PictureTrouble,
  State,
  Video,
  VideoSource,
} from './job.ts';
import type { MicroUsd, Usage } from './model.ts';
import type { PictureFile } from './pictures.ts';
import type { VideoRequest, Wish } from './request.ts';
import type { SettingChange, SettingScope } from './settings.ts';
import type { ShrinkPlan } from './shrinking.ts';

import type { LimitCheck, LimitReached, Spent } from './spending.ts';

// ── The store ───────────────────────────────────────────────────────────────────────────────

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
   * drafts and conversations. The number of jobs that this concerns.
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
   * member's language. History and money stay. Not a change of the job: no revision. How many.
   */
  forgetWords(ids: readonly JobId[]): Promise<number>;
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
   * Of such jobs, of those that failed (not declined by the model) and of the undelivered ones the
   * newest, newest first, at most 5.
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

// ── The video service ───────────────────────────────────────────────────────────────────────

/** Sorted once, at the edge. Every code but `unclear` is proof of what the service did. */
export type RefusalCode =
  | 'bad request' // the form of the request; `said` names the field
  | 'model gone'
  | 'key' // our key, or the Google key behind the proxy
  | 'setup' // the address leads elsewhere: unknown route, HTML
  | 'service budget'
  | 'rate limit'
  | 'gone' // the operation or file is definitely not known to the service
  | 'not yet' // a file that is still being processed
  | 'unclear'; // a 4xx that proves nothing about a paid operation

/** It answered, and the answer proves that no work began (submit) or what stands (look, download). */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly retryAfterMs: number | null;
  /** The service's own words; untrusted, shown to members only for `bad request`. */
  readonly said: string | null;

  constructor(
    code: RefusalCode,
    status: number,
    more: { retryAfterMs?: number | null; said?: string | null } = {},
  ) {
    super(`refused: ${code} (${status})`);
    this.name = 'Refused';
    this.code = code;
    this.status = status;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.said = more.said ?? null;
  }
}

/** No answer that proves anything. `left`: whether the request may have reached the service. */
export class NotReached extends Error {
  readonly left: boolean;
  /** A short word for the log: `ECONNREFUSED`, `HTTP 503`, `timeout`. */
  readonly how: string;

  constructor(how: string, left: boolean) {
    super(`not reached: ${how}`);
    this.name = 'NotReached';
    this.left = left;
    this.how = how;
  }
}

/** More came than any video has; what came was thrown away. */
export class TooLarge extends Error {
  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'TooLarge';
  }
}

/** What a look at a running operation found. */
export type Look =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done';
      readonly source: VideoSource;
      readonly usage: Usage | null;
      /** The model that answered, where the service says so. */
      readonly answeredBy: string | null;
    }
  /** `charge` is what the service reports for a refusal: text and thought tokens, or nothing. */
  | { readonly kind: 'declined'; readonly said: string; readonly usage: Usage | null }
  /** `usage`: a failure that reports video tokens is paid for. */
  | {
      readonly kind: 'failed';
      readonly said: string | null;
      readonly code: string | null;
      readonly usage: Usage | null;
    }
  | { readonly kind: 'cancelled' }
  /** Finished and paid for, but no video can be found in it. Keep, alarm, never resubmit. */
  | { readonly kind: 'not understood'; readonly usage: Usage | null };

/** Whose call it is, for the service's own accounts. */
export interface OnBehalfOf {
  readonly userId: string;
  /** Null: asked for in no server. */
  readonly guildId: string | null;
}

/** Who asked for it is said with each call that has it to hand: `of`. */
export interface VideoService {
  /**
   * The paid call: sent at most once by this method. Throws Refused or NotReached. The signal breaks
   * it off only as long as nothing can have left: afterwards the proxy carries on all the same.
   */
  submit(job: JobIn<'submitting'>, signal: AbortSignal): Promise<Operation>;
  /**
   * Free. Looks at what a hint says is the operation of a job whose own answer was lost. Null when
   * what is there does not show itself to be this job's. Throws Refused or NotReached.
   */
  recognise(
    job: JobIn<'unconfirmed'>,
    told: string,
    signal: AbortSignal,
  ): Promise<Operation | null>;
  /** Free. Throws Refused or NotReached. */
  look(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<Look>;
  /**
   * Free. Writes the video to `into`, beginning at `into.sizeBytes` where the service allows it,
   * else from the start (after `into.restart()`). Throws Refused, NotReached or TooLarge.
   */
  download(
    operation: Operation,
    source: VideoSource,
    request: VideoRequest,
    into: Incoming,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void>;
  /** Asks the service to stop. What became of it is read by a look. Throws Refused or NotReached. */
  cancel(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void>;
}

// ── Files ───────────────────────────────────────────────────────────────────────────────────

/** A video that is coming in: a temporary file that survives a restart. */
export interface Incoming {
  readonly sizeBytes: number;
  write(chunk: Uint8Array): Promise<void>;
  /** Throws away what is there. */
  restart(): Promise<void>;
  /** Closes the file, keeping what was written. Safe to call twice. */
  close(): Promise<void>;
}

export type Checked =
  | { readonly ok: true; readonly video: Video }
  /** `cut`: shorter than its boxes say; worth another download. `unreadable`: no video in it. */
  | { readonly ok: false; readonly why: 'cut' | 'unreadable' };

export interface VideoFiles {
  /** Bytes free for new work. */
  freeBytes(): Promise<number>;
  /** Opens (or goes on with) the incoming file of a job. */
  receive(id: JobId): Promise<Incoming>;
  /**
   * Checks the incoming file whole and renames it. One that is cut is removed; the last one that is
   * no video is kept aside, for an admin to look at.
   */
  keep(id: JobId): Promise<Checked>;
  /** The job's video if it was kept before: a crash may come between the rename and the row's write. */
  kept(id: JobId): Promise<Video | null>;
  /** Absolute path of a kept video, for uploads. */
  path(video: Video): string;
  has(video: Video): Promise<boolean>;
  /** All of a job's: kept, coming in and kept aside. */
  remove(id: JobId): Promise<void>;
  /** Whose files lie here and were last written before `before`, a wall time in ms. */
  untouchedSince(before: number): AsyncIterable<JobId>;
}

/** Addresses by which a kept video can be had from outside. */
export interface VideoLinks {
  /** Both times as `now`. Whoever has the address can read the video: never in a log. */
  readonly of: (id: JobId, givenAt: number, untilAt: number) => string;
}

/** What became of making a kept video smaller. */
export type Shrunk =
  /** A whole copy of it in the data directory, which fits. */
  | { readonly kind: 'smaller'; readonly video: Video }
  /** It cannot be made, or not small enough; another try would end the same. */
  | { readonly kind: 'failed'; readonly how: string }
  /** By the signal. */
  | { readonly kind: 'stopped' };

/** Makes copies of kept videos that fit where the video does not. */
export interface Shrinker {
  /** Whether this machine has what it takes. */
  isThere(): Promise<boolean>;
  /** One at a time; asked again after a crash it finds its copy or makes it anew. Throws StorageFull. */
  shrink(video: Video, plan: ShrinkPlan, signal: AbortSignal): Promise<Shrunk>;
}

/** What became of fetching a picture. */
export type FetchedPicture =
  | { readonly kind: 'fetched' }
  /** The link has run out, or leads elsewhere than to Discord's own files. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'later'; readonly how: string; readonly retryAfterMs: number | null };

export interface PictureLinks {
  /**
   * Reads what a link of Discord's leads to into a file, from its start. Never throws but for what
   * the file throws.
   */
  fetch(
    url: string,
    into: Incoming,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<FetchedPicture>;
}

export type CheckedPicture =
  | { readonly ok: true; readonly file: PictureFile }
  | { readonly ok: false; readonly why: PictureTrouble };

/** Pictures in the data directory. A job has several, numbered from 0. Throws StorageFull. */
export interface PictureFiles {
  /** An empty file for what comes in. */
  receive(id: JobId, index: number): Promise<Incoming>;
  /**
   * Looks at what came in by its content, turns it upright, makes it small enough and keeps it.
   * What came in is removed.
   */
  keep(
    id: JobId,
    index: number,
    takes: { readonly heic: boolean },
    signal: AbortSignal,
  ): Promise<CheckedPicture>;
  /** Another job's picture, kept for this one too; null when its file is not there any more. */
  keepAgain(id: JobId, index: number, other: PictureFile): Promise<PictureFile | null>;
  has(picture: PictureFile): Promise<boolean>;
  /** @returns null when its file is not there any more, or is not what it was */
  read(picture: PictureFile): Promise<Uint8Array | null>;
  /** All of a job's, also what came in and was not kept. */
  removePictures(id: JobId): Promise<void>;
  /** Whose pictures lie here and were last written before `before`, a wall time in ms. */
  untouchedSince(before: number): AsyncIterable<JobId>;
}

/** No room, or a disk that fails: nothing new is paid for, and what is paid keeps its operation. */
export class StorageFull extends Error {
  constructor(how: string) {
    super(`storage: ${how}`);
    this.name = 'StorageFull';
  }
}

/** As above, but what was asked for is on disk already and goes on by itself once there is room. */
export class StorageFullLater extends StorageFull {
  constructor(cause: StorageFull) {
    super(cause.message.replace(/^storage: /, ''));
    this.name = 'StorageFullLater';
  }
}

// ── Replies ─────────────────────────────────────────────────────────────────────────────────

export type AckOutcome =
  | {
      readonly kind: 'acknowledged';
      readonly messageId: string | null;
      readonly ephemeral: boolean;
    }
  /** Discord does not know the interaction (any more), or another process answered it. */
  | { readonly kind: 'not ours'; readonly how: string }
  /** No answer; ask whether the reply exists. */
  | { readonly kind: 'unsure'; readonly how: string };

export type ShowOutcome =
  | { readonly kind: 'shown'; readonly messageId?: string }
  /** Try the next way at once. */
  | { readonly kind: 'token dead' }
  | { readonly kind: 'later'; readonly retryAfterMs: number | null }
  /** No way to show anything there any more. */
  | { readonly kind: 'never'; readonly how: string };

export type DeliverOutcome =
  | { readonly kind: 'posted'; readonly channelId: string; readonly messageId: string }
  /** `maxBytes`: what is likely to be accepted there; null where nothing smaller would be worth it. */
  | { readonly kind: 'too large'; readonly maxBytes: number | null }
  /**
   * This rung is over for good. `tokenDead`: because Discord does not know the token any more.
   * `mayBeThere`: an earlier try of it may have arrived, and nobody lets us look.
   */
  | {
      readonly kind: 'rung over';
      readonly how: string;
      readonly tokenDead?: boolean;
      readonly mayBeThere?: boolean;
    }
  /** The video is not on our disk any more. */
  | { readonly kind: 'file gone' }
  /** The requester deleted the reply. */
  | { readonly kind: 'removed' }
  /** It may have been posted: the same rung again, which is safe. */
  | { readonly kind: 'unsure'; readonly how: string }
  | { readonly kind: 'later'; readonly retryAfterMs: number | null };

export interface Replies {
  /** Whether the reply of a received job exists and is this job's. */
  exists(job: JobIn<'received'>, signal: AbortSignal): Promise<AckOutcome>;
  /** A key that changes exactly when what a member should see changes. Pure. */
  pictureKey(job: Job): string;
  show(job: Job, signal: AbortSignal): Promise<ShowOutcome>;
  /** One try on one rung. Never throws. */
  deliver(job: JobIn<'delivering'>, signal: AbortSignal): Promise<DeliverOutcome>;
}

// ── The rest ────────────────────────────────────────────────────────────────────────────────

export interface Clock {
  /**
   * Steady wall time in ms for rows: the wall clock at the start plus what has really passed, so
   * that a clock that jumps neither ends running jobs nor lets all of them fall due at once.
   */
  now(): number;
  /** The wall clock as it stands: for people, and for the days and months of limits. */
  wall(): number;
  /** Milliseconds that never jump: for waiting inside the process. */
  monotonic(): number;
  /** Calls once after so many ms; the answer takes it back. */
  after(ms: number, call: () => void): () => void;
}

/** Says once that something happened; logs and metrics listen. Never a prompt, token or key. */
export type Observe = (event: JobEvent) => void;

export type JobEvent =
  | { readonly kind: 'change'; readonly job: Job; readonly from: State | null; readonly note: Note }
  | {
      readonly kind: 'step';
      readonly job: Job;
      readonly step: string;
      readonly tookMs: number;
      readonly found: string;
    }
  /** An admin should know: once, not in a storm. */
  | {
      readonly kind: 'alarm';
      readonly job: Job | null;
      readonly what: string;
      readonly detail?: Note['detail'];
    }
  | { readonly kind: 'stale'; readonly job: Job; readonly step: string };
