/** The port `Replies`: a job's one message, shown, edited and filled with its video. */
import { type REST, Routes } from 'discord.js';
import type { Job } from '../../jobs/job.ts';
import type { VideoFiles } from '../../jobs/ports/files.ts';
import type { Replies, ShowOutcome } from '../../jobs/ports/replies.ts';
import { onlyByToken } from '../../jobs/unseen.ts';
import { replyExists } from '../answering/acknowledge.ts';
import { sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { jobMessage, pictureKey } from '../text/job.ts';
import { createDeliver } from './deliver.ts';
import { createLimits, type Memory } from './limits.ts';
import { asMessage, originalRoute } from './readback.ts';
import { createUploads, defaultUploads, type UploadOptions } from './upload.ts';

export interface RepliesParts {
  readonly rest: DiscordRest;
  readonly files: Pick<VideoFiles, 'path'>;
  /** Where a place's size limit is kept. */
  readonly memory: Memory;
  /** Wall time in ms. */
  readonly now: () => number;
  readonly uploads?: Partial<UploadOptions>;
}

export function createReplies(parts: RepliesParts): Replies {
  const { rest, files, memory, now } = parts;
  const deliver = createDeliver({
    rest,
    send: createUploads(rest.deliveries, { ...defaultUploads, ...parts.uploads }),
    limits: createLimits(memory, now),
    pathOf: (video) => files.path(video),
  });
  return {
    exists: (job, signal) => replyExists(rest, job, signal),
    pictureKey,
    show: (job, signal) => show(rest.ordinary, job, signal),
    deliver,
  };
}

/**
 * An edit of the text and buttons alone: without `attachments` a video that is there stays. Never
 * throws.
 */
async function show(client: REST, job: Job, signal: AbortSignal): Promise<ShowOutcome> {
  const { reply } = job;
  const gone = hasNoMessage(job);
  if (gone !== null) return { kind: 'never', how: gone };
  const body = jobMessage(job);
  try {
    if (!reply.tokenDead) {
      const answer = await client.patch(originalRoute(reply), { auth: false, body, signal });
      return { kind: 'shown', messageId: asMessage(answer).id };
    }
    if (onlyByToken(job)) return { kind: 'never', how: 'only its token reached it' };
    if (reply.messageId === null) return { kind: 'never', how: 'no message id' };
    await client.patch(Routes.channelMessage(reply.channelId, reply.messageId), { body, signal });
    return { kind: 'shown' };
  } catch (error) {
    const failure = sortFailure(error);
    switch (failure.kind) {
      case 'token dead':
        return reply.tokenDead ? { kind: 'never', how: failure.how } : { kind: 'token dead' };
      case 'later':
      case 'edits used up':
        return { kind: 'later', retryAfterMs: failure.retryAfterMs };
      case 'no answer':
        return { kind: 'later', retryAfterMs: null };
      default:
        return { kind: 'never', how: failure.how };
    }
  }
}

/** Where nothing can be shown, Discord is not even asked: refusals are counted against the bot. */
function hasNoMessage(job: Job): string | null {
  if (job.state === 'cancelled' && job.why === 'never acknowledged') return 'never acknowledged';
  if (job.state === 'undelivered' && job.reason === 'removed by requester') return 'removed';
  return null;
}
