/**
 * Texts in a direct message with the bot. A text is a prompt: the answer says what it would cost
 * and carries the button that starts it.
 * Source: Discord's documentation of MESSAGE_CREATE, API v10, 2026-08.
 */
import { ButtonStyle, ComponentType, MessageFlags, MessageType } from 'discord.js';
import { z } from 'zod';
import { visibleText } from '../jobs/request.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import { customId } from './text/customIds.ts';
import { nothingWritten, offer, onlyFiles, startLabel } from './text/dm.ts';
import { type MessageBody, pingNobody } from './text/job.ts';
import { refusalText } from './text/refusals.ts';

export interface DirectMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly text: string;
  readonly hasFiles: boolean;
}

const id = z.string().regex(/^\d{1,20}$/);
const written = new Set<number>([MessageType.Default, MessageType.Reply]);
const message = z.object({
  id,
  channel_id: id,
  guild_id: id.nullish(),
  type: z.number().default(MessageType.Default),
  flags: z.number().default(0),
  webhook_id: z.string().nullish(),
  author: z.object({ id, bot: z.boolean().nullish(), system: z.boolean().nullish() }),
  content: z.string().default(''),
  attachments: z.array(z.unknown()).default([]),
  sticker_items: z.array(z.unknown()).default([]),
});

/** @returns null for what no person wrote to the bot: its own replies, other bots, system notes. */
export function readDirectMessage(raw: unknown): DirectMessage | null {
  const read = message.safeParse(raw);
  if (!read.success) return null;
  const { author, content, attachments, sticker_items, ...rest } = read.data;
  if (author.bot === true || author.system === true || rest.webhook_id != null) return null;
  if (rest.guild_id != null || !written.has(rest.type)) return null;
  if ((rest.flags & MessageFlags.Ephemeral) !== 0) return null;
  return {
    id: rest.id,
    channelId: rest.channel_id,
    authorId: author.id,
    text: content,
    hasFiles: attachments.length + sticker_items.length > 0,
  };
}

export interface DmParts extends HandlerParts {
  /** Null before the gateway has said it. */
  readonly botUserId: () => string | null;
}

export function createDms(parts: DmParts): (message: DirectMessage) => Promise<void> {
  const { actions, answers, adminUserIds } = parts;
  return async (message) => {
    await answer(message);
    // They can be reached again: what no way led to before is sent now.
    await actions.deliverOnContact(message.authorId);
  };

  async function answer(message: DirectMessage): Promise<void> {
    const prompt = withoutMention(message.text, parts.botUserId());
    if (visibleText(prompt) === '') {
      return answers.toDirectMessage(
        to(message),
        words(message.hasFiles ? onlyFiles() : nothingWritten()),
      );
    }
    const quoted = await actions.quote(
      { prompt },
      { channelId: message.channelId, guildId: null },
      actorOf(message.authorId, adminUserIds),
    );
    if (quoted.kind === 'refused') {
      return answers.toDirectMessage(to(message), words(refusalText(quoted.refusal)));
    }
    await answers.toDirectMessage(to(message), {
      content: offer(quoted.request, quoted.left),
      components: [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              style: ButtonStyle.Primary,
              label: startLabel(quoted.request),
              custom_id: customId('start', quoted.draft.id),
            },
          ],
        },
      ],
      allowed_mentions: pingNobody,
    });
  }
}

/** Somebody who names the bot in a direct message means it, not a thing in the video. */
function withoutMention(text: string, botUserId: string | null): string {
  if (botUserId === null) return text.trim();
  return text.replaceAll(new RegExp(`<@!?${botUserId}>`, 'g'), ' ').trim();
}

function to({ channelId, id }: DirectMessage) {
  return { channelId, messageId: id };
}

function words(content: string): MessageBody {
  return { content, components: [], allowed_mentions: pingNobody };
}
