/**
 * Read first: the words, the states, and which change leads where.
 *
 * - Job: one video somebody asked for, from the request to the posted file.
 * - Operation: the remote, long-running work that a job waits for.
 * - Reply: the one Discord message that shows a job's progress and carries its video.
 * - Step: one unit of work on a job: gather, submit, look, download, deliver.
 * - Gather: bring the pictures of a request into the data directory, upright and small enough.
 * - Outcome: what a step found out. Change: the one guarded write made of it.
 * - Attempt: a step repeated; costs nothing. Run again: a new job that names the old one; costs money.
 * - Reservation: money held for a job until it is settled or given back.
 * - Shrink: make a smaller copy of a video that a place does not accept. The original stays kept.
 * - Look: one poll of a running operation.
 * - Kept: a video whose file is in the data directory. Forgotten: a job without its words and files;
 *   its states, times and money stay.
 *
 * The row is the truth: state, attempts, due time and deadline live in it, never in memory.
 */

import type { MicroUsd } from './model.ts';
import type {
  FailureReason,
  FetchTrouble,
  PictureTrouble,
  Trouble,
  UndeliveredReason,
} from './reasons.ts';
import type { VideoRequest } from './request.ts';

/** Eight random characters of `[0-9a-hjkmnp-tv-z]`; short enough to read out to an admin. */
export type JobId = string;

export interface Requester {
  readonly userId: string;
  /** Discord's locale of the member, e.g. `en-US`. */
  readonly locale: string;
  /** Their roles in the server they ask from, for its limits; not kept. */
  readonly roleIds?: readonly string[];
}

/** Where a job's one message is and how it can be reached. The token is a secret: never in a log. */
export interface Reply {
  readonly interactionId: string;
  readonly applicationId: string;
  readonly token: string;
  /** Set once Discord said the token is dead (50027), so that it is asked at most once. */
  readonly tokenDead: boolean;
  /** `elsewhere`: used through a user install where the bot is no member; only the token reaches it. */
  readonly place: 'server' | 'dm' | 'elsewhere';
  readonly guildId: string | null;
  readonly channelId: string;
  readonly messageId: string | null;
  readonly ephemeral: boolean;
  /** What Discord announced with the interaction; wrong in both directions, so only a hint. */
  readonly announcedLimitBytes: number | null;
  /** The place is marked so by its server; left out: it is not, or nobody knows. */
  readonly ageRestricted?: true;
  /** A video that is posted there stands behind a spoiler. */
  readonly spoiler?: true;
}

/** The paid work at the service. `name` is untrusted text of the service: encode it in a path. */
export interface Operation {
  readonly name: string;
  readonly submittedAt: number;
}

/** Where the finished video can be fetched: a file of the service, or inside the operation's own answer. */
export type VideoSource =
  | { readonly kind: 'file'; readonly fileId: string }
  | { readonly kind: 'inline' };

/** A whole, checked MP4 in the data directory. `name` is a bare file name made from the job's id. */
export interface Video {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly durationMs: number;
  readonly width: number;
  readonly height: number;
  readonly hasAudio: boolean;
}

/** The only three things a person is ever told about a charge. */
export type Charge =
  | { readonly kind: 'not charged' }
  | { readonly kind: 'charged'; readonly microUsd: MicroUsd }
  | { readonly kind: 'may have been charged'; readonly microUsd: MicroUsd };

/** Ways to the requester, tried in this order; see steps/deliver.ts. */
export const rungs = ['reply by token', 'reply by bot', 'new message', 'direct message'] as const;
export type Rung = (typeof rungs)[number];

interface Common {
  readonly id: JobId;
  /** Counts every change; the guard of each write. */
  readonly revision: number;
  /** Makes one press or command one job: an interaction's or draft's id. Unique. */
  readonly origin: string;
  readonly askedAt: number;
  readonly changedAt: number;
  readonly requester: Requester;
  readonly reply: Reply;
  readonly request: VideoRequest;
  readonly runAgainOf: JobId | null;
  /** How often the present step was tried without an answer. */
  readonly attempts: number;
  /** Key of the picture last shown in the reply; see shows.ts. */
  readonly shown: string | null;
}

/** On disk, not yet acknowledged to Discord. */
export interface Received extends Common {
  readonly state: 'received';
  readonly dueAt: number;
}
/** Acknowledged; the pictures of its request are being fetched. Nothing paid. */
export interface Gathering extends Common {
  readonly state: 'gathering';
  readonly dueAt: number;
  readonly deadlineAt: number;
}
export interface Queued extends Common {
  readonly state: 'queued';
  readonly dueAt: number;
  /** When an unpaid job is cancelled because nothing could be started. */
  readonly deadlineAt: number;
  readonly ahead: number;
  readonly trouble: Trouble | null;
}
/** The paid call may be on its way. Found at start, it is never sent again. */
export interface Submitting extends Common {
  readonly state: 'submitting';
  readonly startedAt: number;
  /** The queue's deadline, in case nothing was sent. */
  readonly deadlineAt: number;
  /** Who pressed Cancel meanwhile; acted on when the call's answer is there. */
  readonly cancelAsked: false | CancelledBy;
  /** The operation's name as a hint from outside has it, should the call's own answer not come. */
  readonly told: string | null;
}
/**
 * Definite answers "not known here" in a row, and since when. One alone proves nothing, nor do
 * many within a minute: a proxy with another project's key gives them too.
 */
export type Gone = { readonly seen: number; readonly sinceAt: number } | null;

interface Running extends Common {
  readonly operation: Operation;
  readonly dueAt: number;
  readonly deadlineAt: number;
  /** The last look that said "not yet"; with the next one it bounds how long the video took. */
  readonly lookedAt: number | null;
  readonly gone: Gone;
}
export interface Generating extends Running {
  readonly state: 'generating';
  readonly likelyAt: number;
  readonly trouble: Trouble | null;
}
export interface Cancelling extends Running {
  readonly state: 'cancelling';
  /** The service was told; its word decides whether done or cancelled wins. */
  readonly cancelSent: boolean;
  readonly cancelledBy: CancelledBy;
}
interface Made extends Common {
  readonly charge: Charge;
  /** From the accepted submit to "done" noticed. */
  readonly madeInMs: number;
}
export interface Downloading extends Made {
  readonly state: 'downloading';
  readonly operation: Operation;
  readonly gone: Gone;
  /** Files in a row that came whole and were no video; one alone may be a page of a proxy. */
  readonly unreadable: number;
  readonly source: VideoSource;
  readonly dueAt: number;
  readonly deadlineAt: number;
  readonly trouble: FetchTrouble | null;
}
/** A copy that is posted in place of a video that is too large. */
export interface Smaller {
  readonly video: Video;
  /** The original is kept at least until then. */
  readonly originalUntilAt: number;
  /** Whether a link to the original can be had. */
  readonly hasLink: boolean;
}
/** Above what the place accepts: a copy that fits is being made. */
export interface Shrinking extends Made {
  readonly state: 'shrinking';
  readonly operation: Operation;
  readonly video: Video;
  /** Where the ladder goes on. */
  readonly rung: Rung;
  readonly maxBytes: number;
  /** Somebody wants it however it looks. */
  readonly asked: boolean;
  readonly dueAt: number;
}
export interface Delivering extends Made {
  readonly state: 'delivering';
  readonly operation: Operation;
  readonly video: Video;
  /** What is posted instead of it; null: the video itself. */
  readonly smaller: Smaller | null;
  readonly rung: Rung;
  readonly dueAt: number;
}
/** A finished video is kept for set days, so that it can be shown again; its row stays for good. */
interface Kept extends Made {
  readonly operation: Operation;
  readonly video: Video;
  /** When its file may be deleted, as it was said; null once it is. */
  readonly keptUntilAt: number | null;
}
export interface Delivered extends Kept {
  readonly state: 'delivered';
  /** What was posted instead of the video; null: the video itself. */
  readonly smaller: Smaller | null;
  readonly posted: { readonly channelId: string; readonly messageId: string; readonly rung: Rung };
}
export interface Undelivered extends Kept {
  readonly state: 'undelivered';
  readonly reason: UndeliveredReason;
  /** What can be had of one that is too large. */
  readonly ways: {
    /** Somebody may ask for a copy that fits in so much; null: none can be made. */
    readonly smallerBytes: number | null;
    readonly link: boolean;
  };
}
/** The answer of the paid call was lost. It may have been charged and is never sent again by itself. */
export interface Unconfirmed extends Common {
  readonly state: 'unconfirmed';
  readonly startedAt: number;
  readonly charge: Charge;
  /** The operation's name as a hint from outside has it: looked at before it is believed. */
  readonly told: string | null;
  /** When to look at what was told. */
  readonly dueAt: number | null;
}
/** Of a retired model, with what the same video costs by it. */
export interface Successor {
  readonly modelId: string;
  readonly modelName: string;
  readonly priceMicroUsd: MicroUsd;
}
export interface Failed extends Common {
  readonly state: 'failed';
  readonly reason: FailureReason;
  /** The service's own words where a member may read them; untrusted text. */
  readonly said: string | null;
  readonly charge: Charge;
  readonly operation: Operation | null;
  /** Offered where the model was retired; null where none can make the same. */
  readonly successor: Successor | null;
  /** One late look at an overdue operation before its file would expire. */
  readonly dueAt: number | null;
}
export type CancelledBy = 'by requester' | 'by admin';
export interface Cancelled extends Common {
  readonly state: 'cancelled';
  readonly why: CancelledBy | 'never acknowledged' | 'waited too long' | PictureTrouble;
  readonly charge: Charge;
  /** Settled by hand: it was being made, also where it was not charged. Left out else. */
  readonly hadBegun?: true;
}

export type Job =
  | Received
  | Gathering
  | Queued
  | Submitting
  | Generating
  | Cancelling
  | Downloading
  | Shrinking
  | Delivering
  | Delivered
  | Undelivered
  | Unconfirmed
  | Failed
  | Cancelled;

export type State = Job['state'];
export type JobIn<S extends State> = Extract<Job, { state: S }>;

/** The fields that are true only in the state they come with. */
export type StateOf<J extends Job> = J extends Job ? Omit<J, keyof Common> : never;
export type NextState = StateOf<Job>;
export type NewJob = Omit<Received, 'revision' | 'changedAt' | 'attempts' | 'shown'>;

/** Who asked for it, and in which server. */
export function behalfOf({ requester, reply }: Pick<Job, 'requester' | 'reply'>) {
  return { userId: requester.userId, guildId: reply.guildId };
}
