/**
 * The message of a job, for every state and reason. Pure: a job in, a message out.
 *
 * Three parts, always in this order: what was asked, the facts in one line, what is going on now
 * or what to do. Anything about money is said in one of three ways: not charged, charged, may have
 * been charged, and always as `job.charge` has it.
 */
import { createHash } from 'node:crypto';
import type {
  APIActionRowComponent,
  APIAllowedMentions,
  APIButtonComponentWithCustomId,
} from 'discord.js';
import type { Job, JobIn } from '../../jobs/job.ts';
import type { VideoRequest } from '../../jobs/request.ts';
import { basisPart, secondsPart } from './basis.ts';
import { chargeWords } from './charge.ts';
import { jobButtons, linkRow } from './jobButtons.ts';
import { keptText, stateLine } from './jobState.ts';
import { money } from './money.ts';
import { picturesPart } from './pictures.ts';
import { ALT_TEXT_MAX, plainLine, quote } from './quote.ts';
import { type Words, wordsOf } from './words.ts';

export interface MessageBody {
  readonly content: string;
  readonly components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  readonly allowed_mentions: APIAllowedMentions;
}

/** Nothing in a text of ours pings, whatever it holds. */
export const pingNobody: APIAllowedMentions = { parse: [] };

/** What the reply shows while the job is in this state. */
export function jobMessage(job: Job): MessageBody {
  return {
    content: lines(quoteLine(job), factsLine(job), stateLine(job)),
    components: jobButtons(job),
    allowed_mentions: pingNobody,
  };
}

/** The reply with its video in it: what a delivering edit writes. */
export function videoMessage(job: JobIn<'delivering'>): MessageBody {
  return jobMessage(deliveredInPlace(job));
}

/** Instead of a copy that could not be posted. */
export function noCopyMessage(
  job: JobIn<'delivered'>,
  why: 'too large' | 'not posted',
  hasLinks = false,
): MessageBody {
  const words = wordsOf(job);
  const kept = keptText(job, words);
  const happened =
    why === 'too large' ? words.job.copyTooLarge(kept) : words.job.copyNotPosted(kept);
  return {
    content: lines(quoteLine(job), factsLine(job), happened),
    components: why === 'too large' && hasLinks ? [linkRow(job)] : [],
    allowed_mentions: pingNobody,
  };
}

/** A message of its own with the video, because the reply could not be reached any more. */
export function newVideoMessage(job: JobIn<'delivering'>, where: 'channel' | 'dm'): MessageBody {
  const message = videoMessage(job);
  if (where === 'dm') return message;
  const { userId } = job.requester;
  return {
    ...message,
    content: lines(message.content, wordsOf(job).job.yourVideoIsReady(`<@${userId}>`)),
    allowed_mentions: { parse: [], users: [userId] },
  };
}

/** A key that changes exactly when what a member should see changes. */
export function pictureKey(job: Job): string {
  const { content, components } = jobMessage(job);
  const hash = createHash('sha256').update(JSON.stringify([content, components]));
  return hash.digest('base64url').slice(0, 16);
}

export function altText(job: Pick<Job, 'request' | 'requester'>): string {
  const { prompt } = job.request;
  const { facts } = wordsOf(job);
  return plainLine(prompt === '' ? facts.altText : facts.altTextOf(prompt), ALT_TEXT_MAX);
}

/** The prompt as a quotation, cut to about two lines. */
function quoteLine(job: Job): string {
  return `> ${promptText(job.request.prompt, wordsOf(job))}`;
}

/** The prompt as it can be shown: it is deleted some time after the asking. */
export function promptText(prompt: string, { facts }: Words, maxGraphemes?: number): string {
  if (prompt === '') return facts.promptDeleted;
  return quote(prompt, maxGraphemes) || '…';
}

/** `Omni 1.2 · 8 s · 16:9 · 720p · from 1 picture`, without a price. */
function requestLine(request: VideoRequest, words: Words): string {
  const { modelName, aspectRatio, resolution } = request;
  const parts = [
    ...basisPart(request, words),
    quote(modelName, 40),
    secondsPart(request),
    quote(aspectRatio, 12),
    quote(resolution, 12),
    ...picturesPart(request, words),
  ];
  return parts.join(' · ');
}

function factsLine(job: Job): string {
  const words = wordsOf(job);
  const parts = [requestLine(job.request, words)];
  if ('madeInMs' in job) {
    parts.push(chargeWords(job.charge, words), words.facts.madeIn(duration(job.madeInMs)));
  } else parts.push(money(job.request.priceMicroUsd));
  return parts.join(' · ');
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function deliveredInPlace(job: JobIn<'delivering'>): JobIn<'delivered'> {
  const { dueAt: _dueAt, rung: _rung, ...rest } = job;
  const { channelId, messageId } = job.reply;
  const posted = { channelId, messageId: messageId ?? '', rung: 'reply by token' as const };
  return { ...rest, state: 'delivered', posted, keptUntilAt: null };
}

function lines(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n');
}
