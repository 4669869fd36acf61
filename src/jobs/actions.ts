/** What people can do, and who may. Said by commands, buttons and messages alike. */
import { newId } from './ids.ts';
import {
  isEnded,
  type Job,
  type JobId,
  type JobIn,
  type NewJob,
  type Reply,
  type Requester,
  stateOf,
} from './job.ts';
import type { Models } from './models.ts';
import { cancelled, change, maybe, notCharged } from './outcomes/parts.ts';
import type { AckOutcome, Clock, Draft, JobStore } from './ports.ts';
import { understand, type VideoRequest, type Wish, type WishRefusal } from './request.ts';
import type { Rules } from './rules.ts';
import {
  type Allowance,
  checksFor,
  fits,
  type Limit,
  type LimitCheck,
  type SpendingRefusal,
} from './spending.ts';
import type { Writer } from './writer.ts';

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
export type Acknowledge = (job: JobIn<'received'>) => Promise<AckOutcome>;

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

export interface ActionsParts {
  readonly store: JobStore;
  readonly writer: Writer;
  readonly models: Models;
  readonly limits: () => readonly Limit[];
  readonly rules: Rules;
  readonly clock: Clock;
  /** Wakes the runner. */
  readonly wake: () => void;
}

/** An unacknowledged job that its own process forgot (an exception) is looked into after this. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

export function createActions(parts: ActionsParts): Actions {
  const { store, writer, models, limits, rules, clock, wake } = parts;

  async function ask(
    asked: Asked & { readonly runAgainOf?: JobId },
    acknowledge: Acknowledge,
  ): Promise<AskResult> {
    const understood = understand(asked.wish, models.offered());
    if (!understood.ok) return { kind: 'refused', refusal: understood.refusal };
    const job: NewJob = {
      id: newId(),
      origin: asked.origin,
      askedAt: clock.now(),
      requester: asked.requester,
      reply: asked.reply,
      request: understood.request,
      runAgainOf: asked.runAgainOf ?? null,
      state: 'received',
      dueAt: clock.now() + ACKNOWLEDGED_WITHIN_MS,
    };
    const accepted = await store.accept(job, checksFor(job, limits(), clock.wall()));
    if (accepted.kind === 'limit') {
      return { kind: 'refused', refusal: { why: 'limit', reached: accepted.reached } };
    }
    if (accepted.kind === 'known') return accepted;
    return enqueue(accepted.job, await acknowledge(accepted.job));
  }

  /** Only the process whose own acknowledgement succeeded may go on to pay. */
  async function enqueue(job: Job, found: AckOutcome): Promise<AskResult> {
    if (found.kind === 'unsure') return { kind: 'asked', job: await askLater(job) };
    const ahead = await store.aheadOf(job);
    const now = clock.now();
    const stored = await writer.write(job, (current) => {
      if (current.state !== 'received') return null;
      if (found.kind === 'not ours') {
        return cancelled({ now }, 'never acknowledged', notCharged, { kind: 'give back' });
      }
      const { messageId, ephemeral } = found;
      const deadlineAt = current.askedAt + rules.queueForMs;
      return {
        ...change(
          { now },
          { state: 'queued', dueAt: now, deadlineAt, ahead, trouble: null },
          { event: 'acknowledged' },
        ),
        reply: { ...current.reply, messageId: messageId ?? current.reply.messageId, ephemeral },
      };
    });
    if (found.kind === 'not ours') return { kind: 'not acknowledged', how: found.how };
    wake();
    return { kind: 'asked', job: stored ?? job };
  }

  /** What nobody knows yet the runner finds out: it reads the reply. */
  async function askLater(job: Job): Promise<Job> {
    const now = clock.now();
    const stored = await writer.write(job, (current) =>
      current.state === 'received'
        ? change({ now }, { state: 'received', dueAt: now }, { event: 'acknowledgement unsure' })
        : null,
    );
    wake();
    return stored ?? job;
  }

  async function quote(
    wish: Wish,
    reply: Pick<Reply, 'channelId' | 'guildId'>,
    by: Actor,
  ): Promise<Quote> {
    const understood = understand(wish, models.offered());
    if (!understood.ok) return { kind: 'refused', refusal: understood.refusal };
    const { request } = understood;
    const checks = checksFor({ requester: by, reply }, limits(), clock.wall());
    for (const check of checks) {
      const spent = await store.spent(check);
      if (!fits(check, spent, request.priceMicroUsd)) {
        const reached = { check, spent, priceMicroUsd: request.priceMicroUsd };
        return { kind: 'refused', refusal: { why: 'limit', reached } };
      }
    }
    const draft: Draft = { id: newId(), userId: by.userId, wish, at: clock.now() };
    await store.keepDraft(draft);
    return { kind: 'quoted', draft, request, left: await allowance(checks) };
  }

  /** The member's own limit in money, the shortest period first. */
  async function allowance(checks: readonly LimitCheck[]): Promise<Allowance | null> {
    const own = checks
      .filter((check) => check.scope === 'member' && check.maxMicroUsd !== null)
      .toSorted((a, b) => a.untilAt - b.untilAt)[0];
    if (own === undefined || own.maxMicroUsd === null) return null;
    const spent = await store.spent(own);
    const leftMicroUsd = Math.max(0, own.maxMicroUsd - spent.microUsd);
    return { leftMicroUsd, maxMicroUsd: own.maxMicroUsd, untilAt: own.untilAt };
  }

  async function cancel(id: JobId, by: Actor): Promise<CancelResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    const now = clock.now();
    const why = job.requester.userId === by.userId ? 'by requester' : 'by admin';
    const stored = await writer.write(job, (current) => {
      switch (current.state) {
        case 'received':
        case 'queued':
          return cancelled({ now }, why, notCharged, { kind: 'give back' });
        case 'submitting':
          if (current.cancelAsked) return null;
          return change(
            { now },
            { ...stateOf(current), cancelAsked: true },
            { event: 'cancel asked' },
          );
        case 'generating': {
          if (!current.request.canCancel) {
            const { charge, money } = maybe(current, true);
            return cancelled({ now }, why, charge, money);
          }
          const { likelyAt: _likelyAt, trouble: _trouble, ...running } = stateOf(current);
          return change(
            { now },
            { ...running, state: 'cancelling', dueAt: now, cancelSent: false },
            { event: 'cancel asked' },
          );
        }
        default:
          return null;
      }
    });
    wake();
    const current = stored ?? (await store.find(id)) ?? job;
    if (current.state === 'cancelled') return { kind: 'cancelled', job: current };
    if (current.state === 'cancelling' || current.state === 'submitting') {
      return { kind: 'stopping', job: current };
    }
    return { kind: 'too late', job: current };
  }

  async function showResult(id: JobId, by: Actor, reply: Reply): Promise<ShowResultResult> {
    const job = await store.find(id);
    if (job === null) return { kind: 'no such job' };
    if (!mayHandle(job, by)) return { kind: 'not yours' };
    const now = clock.now();
    const stored = await writer.write(job, (current) => {
      if (current.state === 'undelivered' || current.state === 'delivering') {
        const { operation, charge, madeInMs, video } = current;
        const made = { operation, charge, madeInMs, video };
        return {
          ...change(
            { now },
            { ...made, state: 'delivering', rung: 'reply by token', dueAt: now },
            { event: 'show result' },
          ),
          reply,
        };
      }
      // Still being made: the press brought a fresh token, which the delivery will want.
      if (isEnded(current)) return null;
      return {
        ...change({ now }, stateOf(current), { event: 'fresh token' }),
        attempts: current.attempts,
        reply,
      };
    });
    wake();
    if (stored === null) return { kind: 'nothing to show', job: (await store.find(id)) ?? job };
    const kind = stored.state === 'delivering' ? 'delivering' : 'still being made';
    return { kind, job: stored };
  }

  return {
    ask: (asked, acknowledge) => ask(asked, acknowledge),
    quote,
    async startDraft(draftId, by, reply, acknowledge) {
      const draft = await store.findDraft(draftId);
      if (draft === null) return { kind: 'no such draft' };
      if (draft.userId !== by.userId) return { kind: 'not yours' };
      const { wish } = draft;
      return ask({ origin: `draft:${draftId}`, wish, requester: by, reply }, acknowledge);
    },
    async runAgain(id, origin, by, reply, acknowledge) {
      const old = await store.find(id);
      if (old === null) return { kind: 'no such job' };
      const { modelId, prompt, seconds, aspectRatio, resolution } = old.request;
      const successor = models.isWithdrawn(modelId) ? models.find(modelId)?.successor : null;
      const wish = { prompt, modelId: successor ?? modelId, seconds, aspectRatio, resolution };
      return ask({ origin, wish, requester: by, reply, runAgainOf: id }, acknowledge);
    },
    cancel,
    showResult,
  };
}

function mayHandle(job: Job, by: Actor): boolean {
  return by.isAdmin || job.requester.userId === by.userId;
}
