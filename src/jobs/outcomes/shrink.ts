/** What making a smaller copy found, and what follows from a video that is too large → Change, pure. */

import type { Change } from '../change.ts';
import type { JobIn } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import { planShrink } from '../shrinking.ts';
import { stateOf } from '../states.ts';
import type { ShrinkOutcome } from '../steps/shrink.ts';
import { type Context, change } from './parts.ts';

/** @param maxBytes what the place is likely to accept; null: nothing worth it, or it cannot be made */
export function afterTooLarge(
  job: JobIn<'delivering'>,
  maxBytes: number | null,
  context: Context,
): Change {
  const { operation, charge, madeInMs, video, smaller, rung } = job;
  const { sizeBytes } = smaller?.video ?? video;
  const detail = { sizeBytes };
  const can = (asked: boolean) =>
    maxBytes !== null && maxBytes < sizeBytes && planShrink(video, maxBytes, asked) !== null;
  if (maxBytes !== null && can(false)) {
    const made = { operation, charge, madeInMs, video, rung };
    return change(
      context,
      { ...made, state: 'shrinking', maxBytes, asked: false, dueAt: context.now },
      { event: 'too large', detail: { ...detail, maxBytes } },
    );
  }
  return tooLarge(job, can(true) ? maxBytes : null, context, { event: 'too large', detail });
}

export function afterShrink(
  job: JobIn<'shrinking'>,
  outcome: Exclude<ShrinkOutcome, { kind: 'stopped' }>,
  context: Context,
): Change {
  const { operation, charge, madeInMs, video, rung } = job;
  switch (outcome.kind) {
    case 'smaller': {
      const smaller = {
        video: outcome.video,
        originalUntilAt: context.now + context.rules.keepVideosMs,
        hasLink: context.rules.linksLiveMs !== null,
      };
      const { sizeBytes } = outcome.video;
      return change(
        context,
        {
          ...{ state: 'delivering', operation, charge, madeInMs, video, smaller, rung },
          dueAt: context.now,
        },
        { event: 'made smaller', detail: { sizeBytes, fromBytes: video.sizeBytes } },
      );
    }
    case 'not smaller':
      return tooLarge(job, null, context, {
        event: 'not made smaller',
        detail: { how: outcome.how },
      });
    case 'later': {
      const attempts = job.attempts + 1;
      const dueAt = context.now + backoff(attempts, context.chance);
      return {
        ...change(
          context,
          { ...stateOf(job), dueAt },
          { event: 'not made smaller yet', detail: { how: outcome.how } },
        ),
        attempts,
      };
    }
    default:
      return outcome satisfies never;
  }
}

function tooLarge(
  { operation, charge, madeInMs, video }: JobIn<'delivering'> | JobIn<'shrinking'>,
  smallerBytes: number | null,
  context: Context,
  note: Change['note'],
): Change {
  return change(
    context,
    {
      ...{ state: 'undelivered', reason: 'too large', operation, charge, madeInMs, video },
      ways: { smallerBytes, link: context.rules.linksLiveMs !== null },
      keptUntilAt: context.now + context.rules.keepUndeliveredMs,
    },
    note,
  );
}
