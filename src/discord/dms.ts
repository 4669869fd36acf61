/**
 * Texts in a direct message with the bot. A text is a prompt: the answer says what it would cost
 * and carries the button that starts it.
 * Source: Discord's documentation of MESSAGE_CREATE, API v10, 2026-08.
 */
import { MessageFlags, MessageType } from 'discord.js';
import { z } from 'zod';
import type { JobId } from '../jobs/job.ts';
import type { Picture } from '../jobs/pictures.ts';
import { StorageFull } from '../jobs/ports/storageFull.ts';
import { visibleText, type Wish } from '../jobs/request.ts';
import { isFromOutside, wordFor } from './connection/faults.ts';
import { actorOf, type HandlerParts } from './handlers.ts';
import { type Attached, pictureOf, picturesIn } from './incoming/attachments.ts';
import type { LocaleOf } from './incoming/locales.ts';
import type { ObserveDiscord } from './observe.ts';
import { offerMessage } from './offers.ts';
import { jobShownBy } from './posting/readback.ts';
import { type MessageBody, pingNobody } from './text/job.ts';
import { promptForPictures } from './text/pictures.ts';
import { type Words, wordsFor } from './text/words.ts';
import type { WaysOut } from './waysOut.ts';

export interface DirectMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly text: string;
  readonly hasFiles: boolean;
  readonly pictures: readonly Attached[];
  /** The job whose message it replies to, where it is one of the bot's. */
  readonly repliesTo: JobId | null;
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
  // What a reply is to; left out or null where Discord does not have it.
  referenced_message: z
    .object({ author: z.object({ bot: z.boolean().nullish() }), components: z.unknown() })
    .nullish()
    .catch(null),
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
    pictures: picturesIn(raw),
    repliesTo: jobOf(rest.referenced_message),
  };
}

/** In a direct message the only bot there is ourselves. */
function jobOf(
  repliedTo:
    | { author: { bot?: boolean | null | undefined }; components?: unknown }
    | null
    | undefined,
): JobId | null {
  if (repliedTo?.author.bot !== true || !Array.isArray(repliedTo.components)) return null;
  return jobShownBy({ components: repliedTo.components });
}

export interface DmParts extends HandlerParts {
  readonly waysOut: WaysOut;
  readonly localeOf: LocaleOf;
  readonly observe: ObserveDiscord;
  /** Null before the gateway has said it. */
  readonly botUserId: () => string | null;
}

/**
 * Answers a message. False: it has no answer yet, and may be met again. Rejects, after an answer in
 * words, with what neither Discord nor the network did.
 */
export function createDms(parts: DmParts): (message: DirectMessage) => Promise<boolean> {
  const { actions, answers, adminUserIds, linkOf, observe } = parts;
  return async (message) => {
    try {
      const isAnswered = await answer(message);
      // They can be reached again: what no way led to before is sent now.
      await actions.deliverOnContact(message.authorId);
      return isAnswered;
    } catch (error) {
      observe({ kind: 'not handled', what: 'direct message', how: wordFor(error) });
      const locale = await parts.localeOf(message.authorId).catch(() => '');
      const isAnswered = await answers.toDirectMessage(
        to(message),
        words(wordsAfter(error, wordsFor(locale))),
      );
      if (!isFromOutside(error)) throw error;
      return isAnswered;
    }
  };

  async function answer(message: DirectMessage): Promise<boolean> {
    const written = withoutMention(message.text, parts.botUserId());
    const pictures = wished(message.pictures);
    const isEmpty = visibleText(written) === '';
    const requester = { userId: message.authorId, locale: await parts.localeOf(message.authorId) };
    const inWords = wordsFor(requester.locale);
    if (isEmpty && pictures.length === 0) {
      return answers.toDirectMessage(
        to(message),
        words(message.hasFiles ? inWords.offer.onlyFiles : inWords.offer.nothingWritten),
      );
    }
    const prompt = isEmpty ? promptForPictures(pictures.length, inWords) : written;
    const place = { channelId: message.channelId, guildId: null, place: 'dm' } as const;
    const { from, note } = await changeOf(message.repliesTo, pictures, inWords);
    const wish: Wish = {
      ...from,
      prompt,
      ...(pictures.length === 0 ? {} : { pictures }),
    };
    const quoted = await actions.quote(wish, place, actorOf(requester, adminUserIds));
    return answers.toDirectMessage(
      to(message),
      quoted.kind === 'refused'
        ? await parts.waysOut(quoted, { ...requester, ...place })
        : offerMessage(quoted, inWords, note),
    );
  }

  /** A reply to a video is a change of it; where that is not possible, a new one with its settings. */
  async function changeOf(
    jobId: JobId | null,
    pictures: readonly Picture[],
    { offer }: Words,
  ): Promise<{ from: Partial<Wish>; note?: string }> {
    const changes = jobId === null ? null : await actions.changesOf(jobId);
    if (changes === null) return { from: {} };
    // A change begins with the clip alone.
    if (changes.edit !== null && pictures.length === 0) return { from: changes.edit.wish };
    const { pictures: _before, aspectRatio, ...anew } = changes.anew;
    // Pictures have a form of their own.
    const from = { ...anew, ...(pictures.length === 0 && { aspectRatio }) };
    if (changes.edit !== null) return { from, note: offer.picturesMakeNew };
    return changes.clip === null ? { from } : { from, note: offer.notThatVideo };
  }

  /** One picture is where the video begins; of several, each is something to be seen in it. */
  function wished(attached: readonly Attached[]): Picture[] {
    const usable = attached.flatMap((one) => {
      const url = linkOf(one);
      return url === null ? [] : [{ one, url }];
    });
    const role = usable.length === 1 ? 'first frame' : 'reference';
    return usable.map(({ one, url }) => pictureOf(role, one, url));
  }
}

function wordsAfter(error: unknown, { answer, refusal }: Words): string {
  return error instanceof StorageFull ? refusal.closed.storage : answer.brokeWhileReading;
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
