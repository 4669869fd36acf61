/** A paid video is here and whole → Change. What it really is decides what is told and booked. */

import type { Change, MoneyMove } from '../change.ts';
import type { Charge, JobIn, Video } from '../job.ts';
import { differenceIn, priceOfMade } from '../money/difference.ts';
import { rungAfter } from '../steps/deliver.ts';
import { type Context, change } from './parts.ts';
import { isBeyondBelief } from './settlement.ts';

export function kept(
  job: JobIn<'downloading'>,
  video: Video,
  context: Pick<Context, 'now'>,
): Change {
  const { operation, madeInMs, request } = job;
  const difference = differenceIn(request, video);
  const { charge, money } = difference === null ? { charge: job.charge } : bookedBy(job, video);
  const made = change(
    context,
    {
      state: 'delivering',
      operation,
      charge,
      madeInMs,
      video,
      smaller: null,
      rung: firstRung(job),
      dueAt: context.now,
    },
    { event: 'kept', detail: { sizeBytes: video.sizeBytes, durationMs: video.durationMs } },
  );
  if (difference === null) return made;
  return { ...made, ...(money && { money }), alarm: 'made otherwise than asked for' };
}

/** What the service reported it used holds, whatever the file is like; an estimate is only one. */
function bookedBy(
  { charge, request }: JobIn<'downloading'>,
  video: Video,
): { readonly charge: Charge; readonly money?: MoneyMove } {
  const expected = request.priceMicroUsd;
  // Reported use hardly ever costs what was estimated to the micro-dollar; where it does, the file fits.
  if (charge.kind !== 'charged' || charge.microUsd !== expected) return { charge };
  const microUsd = priceOfMade(request, video, expected);
  if (microUsd === expected || isBeyondBelief(microUsd, expected)) return { charge };
  return { charge: { kind: 'charged', microUsd }, money: { kind: 'correct', microUsd } };
}

function firstRung(job: JobIn<'downloading'>): JobIn<'delivering'>['rung'] {
  return job.reply.tokenDead
    ? (rungAfter('reply by token', job) ?? 'direct message')
    : 'reply by token';
}
