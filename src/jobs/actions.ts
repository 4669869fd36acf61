/** What people can do, and who may. Said by commands, buttons and messages alike. */
import type { Job, JobId, Reply, Requester } from './job.ts';
import type { AckOutcome, Draft } from './ports.ts';
import type { VideoRequest, Wish, WishRefusal } from './request.ts';
import type { Allowance, SpendingRefusal } from './spending.ts';

/** Who presses or types. Anybody who sees a button can press it, so each action checks. */
export interface Actor {
  readonly userId: string;
  readonly isAdmin: boolean;
}

export interface Asked {
  /** Makes one command or press one job: `interaction:ID` or `draft:ID`. */
  readonly origin: string;
  readonly wish: Wish;
  readonly requester: Requester;
  readonly reply: Reply;
}

/** Tells Discord within its 3 s that the command is taken. Called once, after the job is on disk. */
export type Acknowledge = () => Promise<AckOutcome>;

export type AskResult =
  | { readonly kind: 'asked'; readonly job: Job }
  /** The same press or command came before; its job goes on. Not acknowledged again. */
  | { readonly kind: 'known'; readonly job: Job }
  /** Nothing written, nothing acknowledged: the caller answers privately. */
  | { readonly kind: 'refused'; readonly refusal: WishRefusal | SpendingRefusal }
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
  | { readonly kind: 'not yours' }
  | { readonly kind: 'no such job' };

/** A wish with its price, before anything is written or paid. */
export type Quote =
  | {
      readonly kind: 'quoted';
      readonly draft: Draft;
      readonly request: VideoRequest;
      /** What the member has left today where a limit in money holds, else null. */
      readonly left: Allowance | null;
    }
  | { readonly kind: 'refused'; readonly refusal: WishRefusal | SpendingRefusal };

export interface Actions {
  ask(asked: Asked, acknowledge: Acknowledge): Promise<AskResult>;
  /** Keeps the wish as a draft; the press on its button comes with `startDraft`. */
  quote(wish: Wish, reply: Pick<Reply, 'channelId' | 'guildId'>, by: Actor): Promise<Quote>;
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
  cancel(id: JobId, by: Actor): Promise<CancelResult>;
  /** Hands a fresh token to the job and brings a kept video into its message. */
  showResult(id: JobId, by: Actor, reply: Reply): Promise<ShowResultResult>;
}
