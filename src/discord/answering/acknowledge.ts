/**
 * The first answer to an interaction: within 3 s, exactly one process, and only that one may go
 * on to pay.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
  Routes,
} from 'discord.js';
import type { JobIn, Reply } from '../../jobs/job.ts';
import type { AckOutcome } from '../../jobs/ports/replies.ts';
import { sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { asMessage, isEphemeral, jobShownBy, originalRoute } from '../posting/readback.ts';
import { jobMessage, pingNobody } from '../text/job.ts';
import { type Answerable, answer, readCallback, type Tried } from './callback.ts';

/** What is said to one person, as an answer or a follow-up. */
export interface PrivateMessage {
  readonly content: string;
  readonly components?: readonly unknown[];
}

/** `name` is what is seen, at most 100 characters; `value` what the command then brings. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

export interface AcknowledgeOptions {
  /** Whether only the requester sees the reply. */
  readonly ephemeral: boolean;
  /**
   * With the job, a reply whose acknowledgement was answered by nobody can be claimed at once;
   * without it the outcome is `unsure`, and `Replies.exists` finds out.
   */
  readonly job?: JobIn<'received'>;
  /** What is left of Discord's 3 s. */
  readonly withinMs?: number;
}

/** Discord's. */
const MOST_CHOICES = 25;
/** The process that was heard shows its own job within this time. */
const SETTLE_MS = 700;
/**
 * Two processes that both found the reply unclaimed both write into it: the last one has it. Whoever
 * reads its own mark after this time knows that it was the last, unless its own call took as long.
 * Longer than the 2 s in which Discord takes five calls for one interaction.
 */
const CLAIM_MS = 2_100;

/** "The bot is thinking": makes the reply of a command or of a "Run again". */
export async function acknowledge(
  rest: DiscordRest,
  reply: Reply,
  options: AcknowledgeOptions,
  signal: AbortSignal,
): Promise<AckOutcome> {
  const flags = options.ephemeral ? MessageFlags.Ephemeral : undefined;
  const body = {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(flags === undefined ? {} : { data: { flags } }),
  };
  const tried = await answer(rest, reply, body, signal, options.withinMs);
  if (tried.kind !== 'answered') return settle(rest, reply, tried, options.job, signal);
  const made = readCallback(tried.body);
  return {
    kind: 'acknowledged',
    messageId: made.messageId,
    ephemeral: made.ephemeral ?? options.ephemeral,
  };
}

/** For a press on a message that becomes (or stays) the job's reply; nothing changes to the eye. */
export async function acknowledgePress(
  rest: DiscordRest,
  reply: Reply,
  job: JobIn<'received'> | undefined,
  signal: AbortSignal,
): Promise<AckOutcome> {
  const body = { type: InteractionResponseType.DeferredMessageUpdate };
  const tried = await answer(rest, reply, body, signal);
  if (tried.kind !== 'answered') return settle(rest, reply, tried, job, signal);
  return { kind: 'acknowledged', messageId: reply.messageId, ephemeral: reply.ephemeral };
}

export type AnswerOutcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'not answered'; readonly how: string };

/** Words for the one who pressed or typed, as the first answer. */
export async function answerPrivately(
  rest: DiscordRest,
  interaction: Answerable,
  message: PrivateMessage,
  signal: AbortSignal,
): Promise<AnswerOutcome> {
  const tried = await answer(
    rest,
    interaction,
    { type: InteractionResponseType.ChannelMessageWithSource, data: privateBody(message) },
    signal,
  );
  return answerOnce(tried);
}

/** A form, which can only be a first answer. */
export async function answerWithForm(
  rest: DiscordRest,
  interaction: Answerable,
  form: APIModalInteractionResponseCallbackData,
  signal: AbortSignal,
): Promise<AnswerOutcome> {
  const body = { type: InteractionResponseType.Modal, data: form };
  return answerOnce(await answer(rest, interaction, body, signal));
}

/** At most 25 choices; what is more is left out. */
export async function answerWithChoices(
  rest: DiscordRest,
  interaction: Answerable,
  choices: readonly Choice[],
  signal: AbortSignal,
): Promise<AnswerOutcome> {
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  const body = { type, data: { choices: choices.slice(0, MOST_CHOICES) } };
  return answerOnce(await answer(rest, interaction, body, signal));
}

/** Answered already by a try of ours whose answer was lost: it is there. */
function answerOnce(tried: Tried): AnswerOutcome {
  return tried.kind === 'answered' || tried.kind === 'answered by somebody'
    ? { kind: 'answered' }
    : { kind: 'not answered', how: tried.how };
}

/** More words for the one who pressed, after the acknowledgement. Sent once, never repeated. */
export async function followUpPrivately(
  rest: DiscordRest,
  reply: Pick<Reply, 'applicationId' | 'token'>,
  message: PrivateMessage,
  signal: AbortSignal,
): Promise<AnswerOutcome> {
  try {
    await rest.deliveries.post(Routes.webhook(reply.applicationId, reply.token), {
      auth: false,
      body: privateBody(message),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    return { kind: 'answered' };
  } catch (error) {
    return { kind: 'not answered', how: sortFailure(error).how };
  }
}

const anothers: AckOutcome = { kind: 'not ours', how: "another job's reply" };

/**
 * Whether the reply of a received job exists and is this job's; claims one that nobody uses yet. Of
 * several processes that try at once, one alone is told that it is.
 */
export async function replyExists(
  rest: DiscordRest,
  job: JobIn<'received'>,
  signal: AbortSignal,
): Promise<AckOutcome> {
  const route = originalRoute(job.reply);
  try {
    const read = async () => asMessage(await rest.ordinary.get(route, { auth: false, signal }));
    const askedAt = performance.now();
    const shown = jobShownBy(await read());
    if (shown !== null && shown !== job.id) return anothers;
    if (shown === null) {
      await rest.ordinary.patch(route, { auth: false, body: jobMessage(job), signal });
      // Somebody who read before us may have taken it for theirs meanwhile, and shows it by and by.
      if (performance.now() - askedAt >= CLAIM_MS) return { kind: 'unsure', how: 'claimed slowly' };
    }
    await sleep(CLAIM_MS, undefined, { signal });
    const message = await read();
    if (jobShownBy(message) !== job.id) return anothers;
    return { kind: 'acknowledged', messageId: message.id, ephemeral: isEphemeral(message) };
  } catch (error) {
    const failure = sortFailure(error);
    switch (failure.kind) {
      case 'token dead':
      case 'message gone':
      case 'interaction gone':
      case 'refused':
        return { kind: 'not ours', how: failure.how };
      default:
        return { kind: 'unsure', how: failure.how };
    }
  }
}

async function settle(
  rest: DiscordRest,
  reply: Reply,
  tried: Exclude<Tried, { kind: 'answered' }>,
  job: JobIn<'received'> | undefined,
  signal: AbortSignal,
): Promise<AckOutcome> {
  if (tried.kind === 'not ours') return tried;
  if (job === undefined) return { kind: 'unsure', how: tried.how };
  try {
    await sleep(SETTLE_MS, undefined, { signal });
  } catch {
    return { kind: 'unsure', how: tried.how };
  }
  return replyExists(rest, { ...job, reply }, signal);
}

function privateBody(message: PrivateMessage): Record<string, unknown> {
  return {
    content: message.content,
    components: message.components ?? [],
    flags: MessageFlags.Ephemeral,
    allowed_mentions: pingNobody,
  };
}
