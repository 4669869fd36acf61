/** What fetching and posting a finished video found → Change, pure. */
import { backoff } from '../delays.ts';
import type { Change, JobIn, Note } from '../job.ts';
import type { DeliverOutcome } from '../ports.ts';
import { onlyByToken, rungAfter } from '../steps/deliver.ts';
import type { DownloadOutcome } from '../steps/download.ts';
import { type Context, change, failed } from './parts.ts';

export function afterDownload(
  job: JobIn<'downloading'>,
  outcome: DownloadOutcome,
  context: Context,
): Change {
  const { operation, charge, madeInMs } = job;
  if (outcome.kind === 'kept') {
    const { video } = outcome;
    return change(
      context,
      {
        state: 'delivering',
        operation,
        charge,
        madeInMs,
        video,
        rung: firstRung(job),
        dueAt: context.now,
      },
      { event: 'kept', detail: { sizeBytes: video.sizeBytes, durationMs: video.durationMs } },
    );
  }
  const attempts = job.attempts + 1;
  // A definite "gone" is believed only when it is said again and again, as while looking.
  const lost = outcome.kind === 'gone' && attempts >= context.rules.goneBelievedAfter;
  if (lost || context.now >= job.deadlineAt) {
    return failed(job, context, 'file lost', { said: null, charge });
  }
  const retryAfterMs = outcome.kind === 'no answer' ? (outcome.retryAfterMs ?? 0) : 0;
  const trouble = outcome.kind === 'no answer' ? outcome.trouble : job.trouble;
  const { source, deadlineAt } = job;
  const dueAt = context.now + backoff(attempts, context.chance, retryAfterMs);
  return {
    ...change(
      context,
      { state: 'downloading', operation, charge, madeInMs, source, deadlineAt, trouble, dueAt },
      { event: 'not fetched', detail: { found: outcome.kind, how: howOf(outcome) } },
    ),
    attempts,
  };
}

function howOf(outcome: DownloadOutcome): string | null {
  if (outcome.kind === 'no answer') return outcome.how;
  return outcome.kind === 'broken' ? outcome.why : null;
}

function firstRung(job: JobIn<'downloading'>): JobIn<'delivering'>['rung'] {
  return job.reply.tokenDead
    ? (rungAfter('reply by token', job.reply) ?? 'direct message')
    : 'reply by token';
}

export function afterDeliver(
  job: JobIn<'delivering'>,
  outcome: DeliverOutcome,
  context: Context,
): Change {
  const { operation, charge, madeInMs, video, rung } = job;
  const made = { operation, charge, madeInMs, video };
  const again = (dueAt: number, attempts: number, note: Note): Change => ({
    ...change(context, { ...made, state: 'delivering', rung, dueAt }, note),
    attempts,
  });
  switch (outcome.kind) {
    case 'posted': {
      const { channelId, messageId } = outcome;
      return change(
        context,
        { ...made, state: 'delivered', posted: { channelId, messageId, rung } },
        { event: 'posted', detail: { rung } },
      );
    }
    case 'too large':
      return change(
        context,
        { ...made, state: 'undelivered', reason: 'too large' },
        { event: 'too large', detail: { sizeBytes: video.sizeBytes } },
      );
    case 'removed':
      return change(
        context,
        { ...made, state: 'undelivered', reason: 'removed by requester' },
        { event: 'removed' },
      );
    case 'rung over':
      return nextRung(job, outcome.how, job.attempts, context);
    case 'unsure': {
      const attempts = job.attempts + 1;
      if (attempts >= context.rules.triesPerRung) {
        return nextRung(job, outcome.how, attempts, context);
      }
      return again(context.now + backoff(attempts, context.chance), attempts, {
        event: 'unsure',
        detail: { rung, how: outcome.how },
      });
    }
    case 'later': {
      const wait = outcome.retryAfterMs ?? backoff(1, context.chance);
      return again(context.now + wait, job.attempts, { event: 'later', detail: { rung } });
    }
    default:
      return outcome satisfies never;
  }
}

/** @param unsure tries on this rung whose answer was lost */
function nextRung(job: JobIn<'delivering'>, how: string, unsure: number, context: Context): Change {
  const { operation, charge, madeInMs, video } = job;
  const made = { operation, charge, madeInMs, video };
  // Where nobody can read the reply back the video may be there: a second one only if asked for.
  const mayBeThere = unsure > 0 && job.rung === 'reply by token' && onlyByToken(job.reply);
  const rung = mayBeThere ? null : rungAfter(job.rung, job.reply);
  const note = { event: 'rung over', detail: { rung: job.rung, how } };
  if (rung === null) {
    const to = { ...made, state: 'undelivered' as const, reason: 'unreachable' as const };
    // The tries stay on the books, so that it is not sent again unasked.
    return { ...change(context, to, note), attempts: mayBeThere ? unsure : 0 };
  }
  const to = { ...made, state: 'delivering' as const, rung, dueAt: context.now };
  if (job.rung !== 'reply by token' || job.reply.tokenDead) return change(context, to, note);
  return { ...change(context, to, note), reply: { ...job.reply, tokenDead: true } };
}
