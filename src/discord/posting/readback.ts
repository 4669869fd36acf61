/**
 * Reads back what is in Discord when the answer to a call was lost. A message says whose it is by
 * the custom ids of its buttons, and that its video is there by an attachment.
 */
import {
  type APIMessage,
  ComponentType,
  MessageFlags,
  type REST,
  Routes,
  type Snowflake,
} from 'discord.js';
import type { JobId, Reply } from '../../jobs/job.ts';
import { marksJob, parseCustomId } from '../text/customIds.ts';

/** The newest hundred at a time, so that a video posted a moment ago is found at once. */
const PAGE = 100;
const MOST_PAGES = 10;

export function originalRoute(reply: Pick<Reply, 'applicationId' | 'token'>): `/${string}` {
  return Routes.webhookMessage(reply.applicationId, reply.token, '@original');
}

/** The job whose buttons a message has; null while it has none. */
export function jobShownBy(message: Pick<APIMessage, 'components'>): JobId | null {
  for (const row of message.components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const component of row.components) {
      if (!('custom_id' in component)) continue;
      const pressed = parseCustomId(component.custom_id);
      if (pressed !== null && marksJob(pressed)) return pressed.id;
    }
  }
  return null;
}

export function carriesVideoOf(message: APIMessage, id: JobId): boolean {
  return (message.attachments?.length ?? 0) > 0 && jobShownBy(message) === id;
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

export async function readMessage(
  rest: REST,
  channelId: Snowflake,
  messageId: Snowflake,
  signal: AbortSignal,
): Promise<APIMessage> {
  return asMessage(await rest.get(Routes.channelMessage(channelId, messageId), { signal }));
}

/**
 * The job's video among the messages of a channel that are newer than `since` (a message's or
 * interaction's id: Discord's own time, whatever our clock says), or null. Without the right to
 * read the channel's past Discord gives an empty list.
 */
export async function findVideo(
  rest: REST,
  channelId: Snowflake,
  id: JobId,
  since: Snowflake,
  signal: AbortSignal,
): Promise<APIMessage | null> {
  let before: Snowflake | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (before !== null) query.set('before', before);
    const answer = await rest.get(Routes.channelMessages(channelId), { query, signal });
    const messages: APIMessage[] = Array.isArray(answer) ? answer.map(asMessage) : [];
    const found = messages.find((message) => carriesVideoOf(message, id));
    if (found !== undefined) return found;
    const oldest = messages.at(-1)?.id;
    if (oldest === undefined || messages.length < PAGE || isOlder(oldest, since)) return null;
    before = oldest;
  }
  return null;
}

function isOlder(id: Snowflake, than: Snowflake): boolean {
  return BigInt(id) < BigInt(than);
}

/** Throws where the answer is no message: a proxy's page with status 200 proves nothing. */
export function asMessage(answer: unknown): APIMessage {
  const isMessage =
    typeof answer === 'object' &&
    answer !== null &&
    'id' in answer &&
    typeof answer.id === 'string' &&
    'channel_id' in answer &&
    typeof answer.channel_id === 'string';
  if (!isMessage) throw new Error('the answer is no message');
  return answer as APIMessage;
}
