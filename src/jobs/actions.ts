/** What people can do, and who may. Said by commands, buttons and messages alike. */
import { createAsking } from './actions/asking.ts';
import { createCancel } from './actions/cancelling.ts';
import { createChanging } from './actions/changing.ts';
import { createLinking } from './actions/linking.ts';
import { createLooking } from './actions/looking.ts';
import { createShowing } from './actions/showing.ts';
import type { House, HouseRefusal } from './admins/house.ts';
import type { Clip } from './basis.ts';
import type { Job, JobId, JobIn, Reply, Requester } from './job.ts';
import type { Forgetting, Forgotten } from './keeping/forgetting.ts';
import type { MicroUsd } from './model.ts';
import type { Models } from './models.ts';
import type { Calendar } from './money/calendar.ts';
import type { Allowance, Exempt, Limit, SpendingRefusal } from './money/spending.ts';
import type { Clock } from './ports/clock.ts';
import type { VideoFiles, VideoLinks } from './ports/files.ts';
import type { AckOutcome } from './ports/replies.ts';
import type { Draft, JobStore } from './ports/store.ts';
import type { VideoRequest, Wish, WishRefusal } from './request.ts';
import type { Rules } from './rules.ts';
import type { Writer } from './writer.ts';

/** Who presses or types. Anybody who sees a button can press it, so each action checks. */
export interface Actor {
  readonly userId: string;
  readonly isAdmin: boolean;
  /** As of a requester. */
  readonly roleIds?: readonly string[];
}

export interface Asked {
  /** Makes one command or press one job: `interaction:ID` or `draft:ID`. */
  readonly origin: string;
  readonly wish: Wish;
  readonly requester: Requester;
  readonly reply: Reply;
}

/** Tells Discord within its 3 s that the command is taken. Called once, after the job is on disk. */
export type Acknowledge = (job: JobIn<'received'>) => Promise<AckOutcome>;

/** Nothing was written; `wish` is what was wished for, to be changed and asked for again. */
export interface Refusal {
  readonly kind: 'refused';
  readonly refusal: WishRefusal | SpendingRefusal | HouseRefusal;
  readonly wish: Wish;
}

export type AskResult =
  | { readonly kind: 'asked'; readonly job: Job }
  /** The same press or command came before; its job goes on. Not acknowledged again. */
  | { readonly kind: 'known'; readonly job: Job }
  /** Nothing written, nothing acknowledged: the caller answers privately. */
  | Refusal
  /** Discord did not take the acknowledgement: nothing submitted, the reservation given back. */
  | { readonly kind: 'not acknowledged'; readonly how: string };

export type RunAgainResult = AskResult | { readonly kind: 'no such job' };

export type CancelResult =
  | { readonly kind: 'cancelled'; readonly job: Job }
  /** Asked to stop; the service's word decides. It may still charge. */
  | { readonly kind: 'stopping'; readonly job: Job }
  | { readonly kind: 'too late'; readonly job: Job }
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

export type ShowResultResult =
  /** It is on its way into the message. */
  | { readonly kind: 'delivering'; readonly job: Job }
  | { readonly kind: 'still being made'; readonly job: Job }
  /** Delivered already, or ended without a video. */
  | { readonly kind: 'nothing to show'; readonly job: Job }
  | { readonly kind: 'file gone'; readonly job: Job }
  /** Others see the message that was pressed. */
  | { readonly kind: 'for its member alone' }
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

export type ShowAgainResult =
  /** Not delivered till now: it is on its way into the new message, which is the job's reply now. */
  | { readonly kind: 'delivering'; readonly job: Job }
  /** Delivered before: the caller posts a copy into the new message. Nothing changes in the row. */
  | { readonly kind: 'copy'; readonly job: JobIn<'delivered'>; readonly reply: Reply }
  /** Another press or the bot itself delivers it at this moment. */
  | { readonly kind: 'on its way'; readonly job: Job }
  | { readonly kind: 'still being made'; readonly job: Job }
  /** Ended without a video. */
  | { readonly kind: 'nothing to show'; readonly job: Job }
  | { readonly kind: 'file gone'; readonly job: Job }
  /** Discord did not take the acknowledgement: everything is as before. */
  | { readonly kind: 'not acknowledged'; readonly how: string }
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

export type LinkResult =
  /** `untilAt`: when it stops to work. Whoever has it can see the video. */
  | {
      readonly kind: 'link';
      readonly job: Job;
      readonly url: string;
      readonly untilAt: number;
    }
  /** It is being posted, or made smaller for that. */
  | { readonly kind: 'on its way' }
  /** Nobody can reach this bot by a link. */
  | { readonly kind: 'no links' }
  | { readonly kind: 'file gone' }
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

export type MakeSmallerResult =
  | { readonly kind: 'under way'; readonly job: Job }
  | { readonly kind: 'on its way' }
  /** Delivered meanwhile, or none can be made. */
  | { readonly kind: 'cannot' }
  | { readonly kind: 'file gone' }
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

/** One page of a member's jobs. */
export interface Mine {
  readonly entries: readonly MyJob[];
  /** The first is 0. */
  readonly page: number;
  readonly hasOlder: boolean;
  /** Jobs that are undelivered, on all pages. */
  readonly waiting: number;
}

export interface MyJob {
  /** Counted from 1 over all pages. */
  readonly number: number;
  readonly job: Job;
  /** Whether its video is there to be shown. */
  readonly isKept: boolean;
}

/** A wish with its price, before anything is written or paid. */
export type Quote =
  | {
      readonly kind: 'quoted';
      readonly draft: Draft;
      readonly request: VideoRequest;
      /** What the member has left today where a limit in money holds, else null. */
      readonly left: Allowance | null;
    }
  | Refusal;

/** What can be made of a job now, each at today's price; null: not possible. */
export interface Changes {
  readonly job: Job;
  /** The same settings for a video of its own. */
  readonly anew: Wish;
  /**
   * The finished clip, also where nothing can be made of it any more; of a change that failed, the one it
   * was to be made of.
   */
  readonly clip: Clip | null;
  readonly edit: Offer | null;
  readonly extend: Offer | null;
}

export interface Offer {
  readonly wish: Wish;
  readonly request: VideoRequest;
}

/** What asks for a job throws StorageFullLater where the disk fills up once the job is written down. */
export interface Actions {
  ask(asked: Asked, acknowledge: Acknowledge): Promise<AskResult>;
  /** Keeps the wish as a draft; the press on its button comes with `startDraft`. */
  quote(
    wish: Wish,
    reply: Pick<Reply, 'channelId' | 'guildId' | 'place' | 'ageRestricted'>,
    by: Actor,
  ): Promise<Quote>;
  /** Only for the draft's own member; pressed twice it is one job. */
  startDraft(
    draftId: string,
    by: Requester,
    reply: Reply,
    acknowledge: Acknowledge,
  ): Promise<AskResult | { readonly kind: 'not yours' } | { readonly kind: 'no such draft' }>;
  /** A new job on the presser's own allowance, with the old one's request at today's price. */
  runAgain(
    id: JobId,
    origin: string,
    by: Requester,
    reply: Reply,
    acknowledge: Acknowledge,
  ): Promise<RunAgainResult>;
  changesOf(id: JobId): Promise<Changes | null>;
  /**
   * What a button under the video says, for no more than its price: a new job on the presser's own
   * allowance. `full`: a draft's video as it was wanted in the end.
   */
  make(
    id: JobId,
    what: 'extend' | 'upscale' | 'full',
    origin: string,
    by: Requester,
    reply: Reply,
    acknowledge: Acknowledge,
  ): Promise<RunAgainResult>;
  /** Keeps a wish that was not taken, so that its member can change it. */
  keep(wish: Wish, userId: string): Promise<Draft>;
  draft(id: string): Promise<Draft | null>;
  cancel(id: JobId, by: Actor): Promise<CancelResult>;
  /** Hands a fresh token to the job and brings a kept video into its message. */
  showResult(id: JobId, by: Actor, reply: Reply): Promise<ShowResultResult>;
  /**
   * Shows a kept video in a new message, which `acknowledge` makes. One that was not delivered is
   * delivered there, once; of one that was, the caller posts a copy.
   *
   * @param reply the press's own: where the new message will be
   */
  showAgain(
    id: JobId,
    by: Actor,
    reply: Reply,
    acknowledge: (seenByOne: boolean) => Promise<AckOutcome>,
  ): Promise<ShowAgainResult>;
  /** A link to a kept video; of a private one only for its member and the admins. */
  linkTo(id: JobId, by: Actor): Promise<LinkResult>;
  /** No link that was given out till now works any more. */
  dropLinks(id: JobId): Promise<void>;
  /**
   * An admin took it out of its message: from now on it is shown again to its member alone.
   *
   * @param guildId there; null: everywhere
   */
  takenDown(id: JobId, guildId: string | null): Promise<void>;
  /** Makes a copy that fits, however it looks, and brings it into the message. */
  makeSmaller(id: JobId, by: Actor, reply: Reply): Promise<MakeSmallerResult>;
  /**
   * The member can be reached again: sends by direct message what no way led to before. Not what
   * they removed, what was too large, or what may have arrived although nobody can read it back.
   *
   * @returns how many are on their way
   */
  deliverOnContact(userId: string): Promise<number>;
  /**
   * Deletes a member's kept videos and pictures, and what they wrote, of all that has ended; what
   * still runs goes on and is forgotten once it has. History and money stay.
   */
  forget(userId: string): Promise<Forgotten>;
  /** A member's jobs: those that wait for them first, then the newest. */
  mine(userId: string, page: number): Promise<Mine>;
  /** What is left of the member's own limits, the shortest period first; none where nothing is limited. */
  allowances(
    by: Actor,
    reply: Pick<Reply, 'channelId' | 'guildId' | 'place' | 'ageRestricted'>,
  ): Promise<readonly Allowance[]>;
}

export interface ActionsParts {
  readonly store: JobStore;
  readonly files: Pick<VideoFiles, 'has'>;
  readonly writer: Writer;
  readonly forgetting: Pick<Forgetting, 'forget'>;
  readonly models: Models;
  readonly house: House;
  readonly limits: () => readonly Limit[];
  readonly exempt: () => readonly Exempt[];
  /** Above this price a wish is made only after a second press; null: none is. */
  readonly confirmAboveMicroUsd: () => MicroUsd | null;
  readonly calendar: Pick<Calendar, 'counted'>;
  readonly rules: Rules;
  /** Null: nobody can reach us by a link. */
  readonly videoLinks: VideoLinks | null;
  readonly clock: Clock;
  /** Wakes the runner. */
  readonly wake: () => void;
  /** Ids of new jobs and drafts; random unless given. */
  readonly newId?: () => string;
}

export function createActions(parts: ActionsParts): Actions {
  const asking = createAsking(parts);
  return {
    ...asking,
    ...createChanging(parts, asking.ask),
    ...createLooking(parts),
    ...createShowing(parts),
    ...createLinking(parts),
    cancel: createCancel(parts),
    forget: (userId) => parts.forgetting.forget(userId),
  };
}
