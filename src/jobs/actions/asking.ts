/** One wish, one job: asked, started from a draft, run again. Written down before Discord hears of it. */
import type { Acknowledge, Actions, ActionsParts, Asked, AskResult, Refusal } from '../actions.ts';
import { newId as randomId } from '../ids.ts';
import type { Job, JobId, JobIn, NewJob, Reply } from '../job.ts';
import { acknowledged } from '../outcomes/gather.ts';
import { cancelled, change, notCharged } from '../outcomes/parts.ts';
import type { AckOutcome } from '../ports/replies.ts';
import { StorageFull, StorageFullLater } from '../ports/storageFull.ts';
import { againBy } from '../successor.ts';
import { followsFromTakenDown } from '../takenDown.ts';
import { checksOf, onceMore, understandFor } from './understanding.ts';

/** An unacknowledged job that its own process forgot (an exception) is looked into after this. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

interface Asking extends Asked {
  readonly runAgainOf?: JobId;
  /** The button that was pressed said the whole price, and nothing else was on it. */
  readonly isConfirmed?: boolean;
}

export function createAsking(
  parts: Omit<ActionsParts, 'files'>,
): Pick<Actions, 'ask' | 'startDraft' | 'runAgain'> {
  const { store, writer, models, house, rules, clock, wake, newId = randomId } = parts;

  const beingAcknowledged = new Set<JobId>();

  async function ask(asked: Asking, acknowledge: Acknowledge): Promise<AskResult> {
    const { wish, reply } = asked;
    const against = house.refuses(wish, asked.requester.userId, reply);
    if (against !== null) return refused(asked, against);
    const understood = await understandFor(wish, reply, parts);
    if (!understood.ok) return refused(asked, understood.refusal);
    const { priceMicroUsd } = understood.request;
    const most = parts.confirmAboveMicroUsd();
    if (most !== null && priceMicroUsd > most && asked.isConfirmed !== true) {
      return refused(asked, { why: 'confirm', priceMicroUsd });
    }
    const forOne =
      wish.private === true ||
      house.isUnseen(reply) ||
      (await followsFromTakenDown(store, wish, reply.guildId));
    const job: NewJob = {
      id: newId(),
      origin: asked.origin,
      askedAt: clock.wall(),
      requester: { userId: asked.requester.userId, locale: asked.requester.locale },
      reply: forOne ? unseen(reply) : reply,
      request: { ...understood.request, ...(forOne && { private: true as const }) },
      runAgainOf: asked.runAgainOf ?? wish.of ?? null,
      state: 'received',
      dueAt: clock.now() + ACKNOWLEDGED_WITHIN_MS,
    };
    const accepted = await store.accept(job, checksOf(asked, parts, job.askedAt));
    if (accepted.kind === 'limit') {
      return { kind: 'refused', refusal: { why: 'limit', reached: accepted.reached }, wish };
    }
    if (accepted.kind === 'known') return askedBefore(accepted.job, asked, acknowledge);
    writer.tellAccepted(accepted.job);
    return enqueue(accepted.job, await acknowledgeFirst(accepted.job, acknowledge), reply);
  }

  /** What has begun goes on, whatever was decided since: its second press must not read "not charged". */
  async function refused(
    { origin, wish }: Asking,
    refusal: Refusal['refusal'],
  ): Promise<AskResult> {
    const before = await store.madeOf(origin);
    return before === null || isGivenUp(before)
      ? { kind: 'refused', refusal, wish }
      : { kind: 'known', job: before };
  }

  async function acknowledgeFirst(
    job: JobIn<'received'>,
    acknowledge: Acknowledge,
  ): Promise<AckOutcome> {
    beingAcknowledged.add(job.id);
    try {
      return await acknowledge(job);
    } finally {
      beingAcknowledged.delete(job.id);
    }
  }

  /** One job for two presses, unless Discord never heard that the first one was taken. */
  async function askedBefore(
    job: Job,
    asked: Asking,
    acknowledge: Acknowledge,
  ): Promise<AskResult> {
    // The same event once more; its answer is on its way or was given.
    if (job.reply.interactionId === asked.reply.interactionId) return { kind: 'known', job };
    if (isGivenUp(job)) {
      // Named after the one before, so that two presses are one job here too.
      return ask({ ...asked, origin: `${asked.origin} after ${job.id}` }, acknowledge);
    }
    if (job.state !== 'received' || beingAcknowledged.has(job.id)) return { kind: 'known', job };
    // Left behind by a process that died: this press is the first that Discord hears of.
    const found = await acknowledgeFirst(job, acknowledge);
    if (found.kind === 'acknowledged') {
      const result = await enqueue(job, found, asked.reply);
      const after = await store.find(job.id);
      if (after === null || !isGivenUp(after)) return result;
      // The runner gave the first press up meanwhile; this one is acknowledged and goes on alone.
      return ask({ ...asked, origin: `${asked.origin} after ${job.id}` }, async () => found);
    }
    // Says nothing about the first press, whose own answer decides.
    return { kind: 'not acknowledged', how: found.how };
  }

  /**
   * Only the process whose own acknowledgement succeeded may go on to pay.
   *
   * @param reply what was acknowledged
   * @throws StorageFullLater: the runner finds the job and asks whether its reply exists
   */
  async function enqueue(job: Job, found: AckOutcome, reply: Reply): Promise<AskResult> {
    try {
      return await goOn(job, found, reply);
    } catch (error) {
      throw error instanceof StorageFull ? new StorageFullLater(error) : error;
    }
  }

  async function goOn(job: Job, found: AckOutcome, reply: Reply): Promise<AskResult> {
    if (found.kind === 'unsure') return { kind: 'asked', job: await askLater(job) };
    const ahead = await store.aheadOf(job);
    const now = clock.now();
    const stored = await writer.write(job, (current) => {
      if (current.state !== 'received') return null;
      if (found.kind === 'not ours') {
        return cancelled({ now }, 'never acknowledged', notCharged, { kind: 'give back' });
      }
      return acknowledged({ ...current, reply }, found, { now, rules, ahead }, 'acknowledged');
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

  return {
    ask: (asked, acknowledge) => ask(asked, acknowledge),
    async startDraft(draftId, by, reply, acknowledge) {
      const draft = await store.findDraft(draftId);
      if (draft === null) return { kind: 'no such draft' };
      if (draft.userId !== by.userId) return { kind: 'not yours' };
      const { wish } = draft;
      const origin = `draft:${draftId}`;
      return ask({ origin, wish, requester: by, reply, isConfirmed: true }, acknowledge);
    },
    async runAgain(id, origin, by, reply, acknowledge) {
      const old = await store.find(id);
      // Whose words are forgotten is not made again.
      if (old === null || old.request.prompt === '') return { kind: 'no such job' };
      const wish = onceMore(old, againBy(old, models));
      return ask({ origin, wish, requester: by, reply }, acknowledge);
    },
  };
}

/** Only the requester sees it. In a direct message nobody else does anyway, and there it stays. */
function unseen(reply: Reply): Reply {
  return reply.place === 'dm' ? reply : { ...reply, ephemeral: true };
}

function isGivenUp(job: Job): boolean {
  return job.state === 'cancelled' && job.why === 'never acknowledged';
}
