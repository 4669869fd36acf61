/**
 * One try of one rung of the ladder. An edit of a known message may be repeated; a new message
 * may not, so it has an enforced nonce and, once its outcome is unsure, is looked for first. Before
 * any message of its own, the reply is read: an earlier edit may have arrived after all.
 */
import { type APIMessage, Routes, type Snowflake } from 'discord.js';
import type { JobIn } from '../../jobs/job.ts';
import type { DeliverOutcome } from '../../jobs/ports/replies.ts';
import { isSeenByOthers, onlyByToken } from '../../jobs/unseen.ts';
import { type Failure, sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { altText, type MessageBody, newVideoMessage, videoMessage } from '../text/job.ts';
import { type Limits, type Place, placeOf, placeOfChannel } from './limits.ts';
import { carriesVideoOf, findVideo, originalRoute, readMessage } from './readback.ts';
import type { SendVideo } from './upload.ts';

export interface DeliverParts {
  readonly rest: DiscordRest;
  readonly send: SendVideo;
  readonly limits: Limits;
  /** Absolute path of a kept video. */
  readonly pathOf: (video: JobIn<'delivering'>['video']) => string;
}

type Delivering = JobIn<'delivering'>;
type Deliver = (job: Delivering, signal: AbortSignal) => Promise<DeliverOutcome>;

const READ_WITHIN_MS = 15_000;
/** Discord's code for a channel that is gone, and with it every message in it. */
const UNKNOWN_CHANNEL = '10003';
const forOne: DeliverOutcome = { kind: 'rung over', how: 'for its member alone' };
const notMember: DeliverOutcome = { kind: 'rung over', how: 'only its token reaches the reply' };

/** Never throws. */
export function createDeliver(parts: DeliverParts): Deliver {
  const { rest, send, limits, pathOf } = parts;

  async function byToken(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    const { reply } = job;
    if (reply.tokenDead) return overWithToken(job, 'token dead', signal);
    const route = originalRoute(reply);
    const place = placeOf(reply, 'token');
    const body = videoMessage(job);
    const tried = await upload(job, { method: 'patch', route, auth: false, body, place }, signal);
    if (!('failure' in tried)) return tried;
    const { failure } = tried;
    switch (failure.kind) {
      case 'token dead':
        return overWithToken(job, failure.how, signal);
      case 'message gone':
        // A private reply goes when its reader closes Discord; that is no wish not to have it.
        return reply.ephemeral ? { kind: 'rung over', how: failure.how } : { kind: 'removed' };
      default:
        return outcomeOf(failure);
    }
  }

  /** The earlier edit whose answer was lost may have been the one that arrived. */
  async function overWithToken(
    job: Delivering,
    how: string,
    signal: AbortSignal,
  ): Promise<DeliverOutcome> {
    const over = { kind: 'rung over', how, tokenDead: true } as const;
    if (job.attempts === 0) return over;
    const found = await lookInReply(job, signal);
    if (found === 'not readable') return { ...over, mayBeThere: true };
    return found === 'not there' ? over : found;
  }

  async function byBot(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    const { reply } = job;
    if (onlyByToken(job)) return notMember;
    if (reply.messageId === null) return { kind: 'rung over', how: 'no message id' };
    const route = Routes.channelMessage(reply.channelId, reply.messageId);
    const place = placeOf(reply, 'bot');
    const body = videoMessage(job);
    const tried = await upload(job, { method: 'patch', route, auth: true, body, place }, signal);
    if (!('failure' in tried)) return tried;
    return tried.failure.kind === 'message gone' ? { kind: 'removed' } : outcomeOf(tried.failure);
  }

  async function newMessage(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    if (onlyByToken(job)) return notMember;
    const earlier =
      (await inReply(job, signal)) ??
      (job.attempts > 0 ? await inChannel(job, job.reply.channelId, signal) : null);
    if (earlier !== null) return earlier;
    const where = job.reply.place === 'dm' ? 'dm' : 'channel';
    const posting = {
      channelId: job.reply.channelId,
      body: newVideoMessage(job, where),
      place: placeOf(job.reply, 'bot'),
    };
    const tried = await post(job, posting, signal);
    return 'failure' in tried ? outcomeOf(tried.failure) : tried;
  }

  async function directMessage(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    const { reply } = job;
    if (!onlyByToken(job)) {
      const earlier =
        (await inReply(job, signal)) ?? (await inChannel(job, reply.channelId, signal));
      if (earlier !== null) return earlier;
    }
    for (let opened = 1; ; opened += 1) {
      const channelId = await openDm(job, signal);
      if (typeof channelId !== 'string') return outcomeOf(channelId);
      const earlier = job.attempts > 0 ? await inChannel(job, channelId, signal) : null;
      if (earlier !== null) return earlier;
      const body = newVideoMessage(job, 'dm');
      const place = placeOfChannel(channelId);
      const tried = await post(job, { channelId, body, place }, signal);
      if (!('failure' in tried)) return tried;
      // A DM channel can go stale, above all for user installs; opened anew it works again.
      const isStale = tried.failure.kind === 'refused' && tried.failure.code === 50001;
      if (!isStale || opened > 1) return outcomeOf(tried.failure);
    }
  }

  // ── Parts of a rung ───────────────────────────────────────────────────────────────────────

  async function upload(
    job: Delivering,
    how: {
      readonly method: 'patch' | 'post';
      readonly route: `/${string}`;
      readonly auth: boolean;
      readonly body: MessageBody;
      readonly place: Place;
    },
    signal: AbortSignal,
  ): Promise<DeliverOutcome | { readonly failure: Failure }> {
    const video = job.smaller?.video ?? job.video;
    const { place, ...call } = how;
    const tooLarge = () =>
      ({ kind: 'too large', maxBytes: limits.likely(place, video.sizeBytes) }) as const;
    if (await limits.refuses(place, video)) return tooLarge();
    try {
      const path = pathOf(video);
      // Discord hides a file that is called so; it needs nothing more.
      const hidden = job.reply.spoiler === true ? 'SPOILER_' : '';
      const file = { name: `${hidden}${job.video.name}`, sizeBytes: video.sizeBytes, path };
      return posted(await send({ ...call, file, altText: altText(job) }, signal));
    } catch (error) {
      if (isMissingFile(error)) return { kind: 'file gone' };
      const failure = sortFailure(error);
      if (failure.kind !== 'too large') return { failure };
      await limits.learn(place, video);
      return tooLarge();
    }
  }

  function post(
    job: Delivering,
    how: { readonly channelId: Snowflake; readonly body: MessageBody; readonly place: Place },
    signal: AbortSignal,
  ): Promise<DeliverOutcome | { readonly failure: Failure }> {
    // With the nonce, Discord gives the message of some minutes ago instead of a second one.
    const body = { ...how.body, nonce: `video-${job.id}`, enforce_nonce: true };
    const route = Routes.channelMessages(how.channelId);
    return upload(job, { method: 'post', route, auth: true, body, place: how.place }, signal);
  }

  async function openDm(job: Delivering, signal: AbortSignal): Promise<Snowflake | Failure> {
    try {
      const opened = await rest.deliveries.post(Routes.userChannels(), {
        body: { recipient_id: job.requester.userId },
        signal: withLimit(signal),
      });
      if (typeof opened === 'object' && opened !== null && 'id' in opened) return String(opened.id);
      return { kind: 'no answer', left: true, how: 'no channel id' };
    } catch (error) {
      return sortFailure(error);
    }
  }

  /** The video in the reply, where the bot may read it; an outcome too when that is unknown now. */
  async function inReply(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome | null> {
    const found = await lookInReply(job, signal);
    return typeof found === 'string' ? null : found;
  }

  async function lookInReply(
    job: Delivering,
    signal: AbortSignal,
  ): Promise<DeliverOutcome | 'not there' | 'not readable'> {
    const { channelId, messageId } = job.reply;
    if (messageId === null || onlyByToken(job)) return 'not readable';
    try {
      const message = await readMessage(rest.ordinary, channelId, messageId, withLimit(signal));
      return carriesVideoOf(message, job.id) ? posted(message) : 'not there';
    } catch (error) {
      const failure = sortFailure(error);
      if (failure.kind === 'later' || failure.kind === 'no answer') return outcomeOf(failure);
      const isGone = failure.kind === 'message gone' || failure.how === UNKNOWN_CHANNEL;
      return isGone ? 'not there' : 'not readable';
    }
  }

  async function inChannel(
    job: Delivering,
    channelId: Snowflake,
    signal: AbortSignal,
  ): Promise<DeliverOutcome | null> {
    const since = job.reply.messageId ?? job.reply.interactionId;
    return readBack(() => findVideo(rest.ordinary, channelId, job.id, since, withLimit(signal)));
  }

  const ways: Readonly<Record<Delivering['rung'], Deliver>> = {
    'reply by token': byToken,
    'reply by bot': byBot,
    'new message': newMessage,
    'direct message': directMessage,
  };

  return async (job, signal) => {
    if (job.request.private === true && isSeenByOthers(job.rung, job.reply)) return forOne;
    try {
      return await ways[job.rung](job, signal);
    } catch (error) {
      return { kind: 'unsure', how: error instanceof Error ? error.name : 'unknown' };
    }
  };
}

/** A definite refusal to let us read means that we could not have posted or cannot know: go on. */
async function readBack(read: () => Promise<APIMessage | null>): Promise<DeliverOutcome | null> {
  try {
    const message = await read();
    return message === null ? null : posted(message);
  } catch (error) {
    const failure = sortFailure(error);
    return failure.kind === 'later' || failure.kind === 'no answer' ? outcomeOf(failure) : null;
  }
}

function posted(message: APIMessage): DeliverOutcome {
  return { kind: 'posted', channelId: message.channel_id, messageId: message.id };
}

function outcomeOf(failure: Failure): DeliverOutcome {
  switch (failure.kind) {
    case 'too large':
      return { kind: 'too large', maxBytes: null };
    case 'later':
      return { kind: 'later', retryAfterMs: failure.retryAfterMs };
    case 'no answer':
      // What never left is waited for, however long Discord is away: no attempt is used up.
      return failure.left
        ? { kind: 'unsure', how: failure.how }
        : { kind: 'later', retryAfterMs: null };
    case 'message gone':
      // To a post with a nonce: our message of some minutes ago, deleted since.
      return { kind: 'removed' };
    case 'token dead':
    case 'interaction gone':
    case 'already answered':
    case 'edits used up':
    case 'refused':
      return { kind: 'rung over', how: failure.how };
    default:
      return failure satisfies never;
  }
}

function withLimit(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(READ_WITHIN_MS)]);
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
