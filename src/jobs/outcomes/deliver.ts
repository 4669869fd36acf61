/** What fetching and posting a finished video found → Change, pure. */

import type { Change, Note } from '../change.ts';
import type { JobIn } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import type { DeliverOutcome } from '../ports/replies.ts';
import type { FetchTrouble } from '../reasons.ts';
import { stateOf } from '../states.ts';
import { rungAfter } from '../steps/deliver.ts';
import type { DownloadOutcome } from '../steps/download.ts';
import { onlyByToken } from '../unseen.ts';
import { alarmOf, isBelieved, seenGone } from './hearsay.ts';
import { kept } from './kept.ts';
import { type Context, change, failed } from './parts.ts';
import { afterTooLarge } from './shrink.ts';

/** However long Discord says to wait. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Told to wait and not how long: as after so many failed tries. */
const LATER_AS = 5;
const noWays = { smallerBytes: null, link: false };

export function afterDownload(
  job: JobIn<'downloading'>,
  outcome: DownloadOutcome,
  context: Context,
): Change {
  if (outcome.kind === 'kept') return kept(job, outcome.video, context);
  const { charge } = job;
  const attempts = job.attempts + 1;
  const unreadable = unreadableAfter(job, outcome);
  if (unreadable >= context.rules.unreadableBelievedAfter) {
    return {
      ...failed(job, context, 'unreadable file', {
        ...{ said: null, charge },
        detail: { found: howOf(outcome) },
      }),
      alarm: 'a paid video cannot be read',
    };
  }
  const gone = outcome.kind === 'gone' ? seenGone(job.gone, context) : null;
  if ((gone !== null && isBelieved(gone, context)) || context.now >= job.deadlineAt) {
    return {
      ...failed(job, context, 'file lost', { said: null, charge }),
      alarm: 'a paid video cannot be fetched',
    };
  }
  const retryAfterMs = outcome.kind === 'no answer' ? (outcome.retryAfterMs ?? 0) : 0;
  const dueAt = context.now + backoff(attempts, context.chance, retryAfterMs);
  return {
    ...change(
      context,
      { ...stateOf(job), gone, unreadable, trouble: troubleOf(outcome, job), dueAt },
      { event: 'not fetched', detail: { found: outcome.kind, how: howOf(outcome) } },
    ),
    attempts,
    ...(outcome.kind === 'no answer' ? alarmOf(outcome.trouble, job.trouble) : {}),
  };
}

/** What is cut short may be whole the next time; what is no answer says nothing about the file. */
function unreadableAfter(job: JobIn<'downloading'>, outcome: DownloadOutcome): number {
  if (outcome.kind === 'no answer') return job.unreadable;
  return outcome.kind === 'broken' && outcome.why !== 'cut' ? job.unreadable + 1 : 0;
}

function troubleOf(
  outcome: Exclude<DownloadOutcome, { kind: 'kept' }>,
  job: JobIn<'downloading'>,
): FetchTrouble | null {
  if (outcome.kind === 'no answer') return outcome.trouble;
  return outcome.kind === 'broken' ? 'file broken' : job.trouble;
}

function howOf(outcome: DownloadOutcome): string | null {
  if (outcome.kind === 'no answer') return outcome.how;
  return outcome.kind === 'broken' ? outcome.why : null;
}

/** @param shrinks whether this machine can make smaller copies */
export function afterDeliver(
  job: JobIn<'delivering'>,
  outcome: DeliverOutcome,
  context: Context,
  shrinks = false,
): Change {
  const { operation, charge, madeInMs, video, smaller, rung } = job;
  const made = { operation, charge, madeInMs, video };
  const waiting = {
    ...{ ...made, state: 'undelivered' as const, ways: noWays },
    keptUntilAt: context.now + context.rules.keepUndeliveredMs,
  };
  const again = (dueAt: number, attempts: number, note: Note): Change => ({
    ...change(context, { ...made, state: 'delivering', smaller, rung, dueAt }, note),
    attempts,
  });
  switch (outcome.kind) {
    case 'posted': {
      const { channelId, messageId } = outcome;
      return change(
        context,
        {
          ...{ ...made, state: 'delivered', smaller, posted: { channelId, messageId, rung } },
          keptUntilAt: context.now + context.rules.keepVideosMs,
        },
        { event: 'posted', detail: { rung } },
      );
    }
    case 'too large':
      return afterTooLarge(job, shrinks ? outcome.maxBytes : null, context);
    case 'file gone':
      return {
        ...failed(job, context, 'file lost', { said: null, charge }),
        alarm: 'video file gone',
      };
    case 'removed':
      return change(context, { ...waiting, reason: 'removed by requester' }, { event: 'removed' });
    case 'rung over':
      return nextRung(job, outcome, job.attempts, context);
    case 'unsure': {
      const attempts = job.attempts + 1;
      if (attempts >= context.rules.triesPerRung) {
        return nextRung(job, outcome, attempts, context);
      }
      return again(context.now + backoff(attempts, context.chance), attempts, {
        event: 'unsure',
        detail: { rung, how: outcome.how },
      });
    }
    case 'later': {
      const asked = outcome.retryAfterMs ?? Number.NaN;
      const wait = asked > 0 ? Math.min(asked, LONGEST_WAIT_MS) : backoff(LATER_AS, context.chance);
      return again(context.now + wait, job.attempts, { event: 'later', detail: { rung } });
    }
    default:
      return outcome satisfies never;
  }
}

/** @param unsure tries on this rung whose answer was lost */
function nextRung(
  job: JobIn<'delivering'>,
  over: { readonly how: string; readonly tokenDead?: boolean; readonly mayBeThere?: boolean },
  unsure: number,
  context: Context,
): Change {
  const { operation, charge, madeInMs, video, smaller } = job;
  const made = { operation, charge, madeInMs, video };
  // Where nobody can read the reply back the video may be there: a second one only if asked for.
  const unseen = onlyByToken(job) || over.mayBeThere === true;
  const mayBeThere = unsure > 0 && job.rung === 'reply by token' && unseen;
  const rung = mayBeThere ? null : rungAfter(job.rung, job);
  const note = { event: 'rung over', detail: { rung: job.rung, how: over.how } };
  if (rung === null) {
    const keptUntilAt = context.now + context.rules.keepUndeliveredMs;
    const reason = 'unreachable' as const;
    const to = { ...made, state: 'undelivered' as const, reason, ways: noWays, keptUntilAt };
    // The tries stay on the books, so that it is not sent again unasked.
    return { ...change(context, to, note), attempts: mayBeThere ? unsure : 0 };
  }
  const to = { ...made, state: 'delivering' as const, smaller, rung, dueAt: context.now };
  if (over.tokenDead !== true || job.reply.tokenDead) return change(context, to, note);
  return { ...change(context, to, note), reply: { ...job.reply, tokenDead: true } };
}
