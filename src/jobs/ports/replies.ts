/** What members see, wherever their reply is. */
import type { Job, JobIn } from '../job.ts';

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
