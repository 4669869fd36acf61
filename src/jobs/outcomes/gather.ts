/** From the acknowledgement to the queue, with or without pictures to fetch first → Change, pure. */

import type { Change } from '../change.ts';
import type { JobIn } from '../job.ts';
import { backoff } from '../lanes/delays.ts';
import { leading, nearestRatio, type Picture } from '../pictures.ts';
import type { AckOutcome } from '../ports/replies.ts';
import type { PictureTrouble } from '../reasons.ts';
import type { VideoRequest } from '../request.ts';
import type { Rules } from '../rules.ts';
import type { GatherOutcome } from '../steps/gather.ts';
import { type Context, cancelled, change, notCharged } from './parts.ts';

/** The reply is there and ours: the job goes on. */
export function acknowledged(
  job: JobIn<'received'>,
  { messageId, ephemeral }: Extract<AckOutcome, { kind: 'acknowledged' }>,
  { now, rules, ahead }: { readonly now: number; readonly rules: Rules; readonly ahead: number },
  event: string,
): Change {
  const deadlineAt = now + rules.queueForMs;
  return {
    ...change(
      { now },
      job.request.pictures.length > 0
        ? { state: 'gathering', dueAt: now, deadlineAt }
        : { state: 'queued', dueAt: now, deadlineAt, ahead, trouble: null },
      { event },
    ),
    reply: { ...job.reply, messageId: messageId ?? job.reply.messageId, ephemeral },
  };
}

export function afterGather(
  job: JobIn<'gathering'>,
  outcome: GatherOutcome,
  ahead: number,
  context: Pick<Context, 'now' | 'chance'>,
): Change {
  const { now } = context;
  const { deadlineAt } = job;
  switch (outcome.kind) {
    case 'gathered':
      return {
        ...change(
          context,
          { state: 'queued', dueAt: now, deadlineAt, ahead, trouble: null },
          { event: 'pictures kept', detail: { count: outcome.pictures.length } },
        ),
        request: withPictures(job.request, outcome.pictures),
      };
    case 'unusable':
      return pictureTrouble(outcome.why, context);
    case 'later': {
      if (now >= deadlineAt) {
        return cancelled(context, 'waited too long', notCharged, { kind: 'give back' });
      }
      const attempts = job.attempts + 1;
      const wait = backoff(attempts, context.chance, outcome.retryAfterMs ?? 0);
      return {
        ...change(
          context,
          { state: 'gathering', dueAt: Math.min(now + wait, deadlineAt), deadlineAt },
          { event: 'picture not fetched', detail: { how: outcome.how } },
        ),
        attempts,
      };
    }
    default:
      return outcome satisfies never;
  }
}

export function pictureTrouble(why: PictureTrouble, context: Pick<Context, 'now'>): Change {
  return cancelled(context, why, notCharged, { kind: 'give back' });
}

/** The picture itself says what form the video gets, where none was asked for. */
function withPictures(request: VideoRequest, pictures: readonly Picture[]): VideoRequest {
  const { fitAspectTo } = request;
  const at = leading(pictures)?.at;
  const nearest = at?.kind === 'kept' ? nearestRatio(at, fitAspectTo) : null;
  return {
    ...request,
    pictures,
    aspectRatio: nearest ?? request.aspectRatio,
    fitAspectTo: [],
  };
}
