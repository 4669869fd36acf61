/** One wish, one job: asked, started from a draft, run again. Written down before Discord hears of it. */
import type { Acknowledge, Actions, ActionsParts, Asked, AskResult } from '../actions.ts';
import { newId as randomId } from '../ids.ts';
import type { Job, JobId, NewJob } from '../job.ts';
import { cancelled, change, notCharged } from '../outcomes/parts.ts';
import type { AckOutcome } from '../ports.ts';
import { understand } from '../request.ts';
import { checksFor } from '../spending.ts';

/** An unacknowledged job that its own process forgot (an exception) is looked into after this. */
const ACKNOWLEDGED_WITHIN_MS = 30_000;

export function createAsking(
  parts: Omit<ActionsParts, 'files'>,
): Pick<Actions, 'ask' | 'startDraft' | 'runAgain'> {
  const { store, writer, models, limits, rules, clock, wake, newId = randomId } = parts;

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

  return {
    ask: (asked, acknowledge) => ask(asked, acknowledge),
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
  };
}
