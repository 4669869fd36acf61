/**
 * What the rules of a server make of a place: whether it is age-restricted, and whether a video stands
 * behind a spoiler there. Worked out when somebody asks, and kept with the reply: a later try or a
 * restart does the same.
 *
 * A thread is as restricted as its channel, and says nothing of it itself, so that is asked for.
 * Source: Discord's documentation of channels and threads, API v10, 2026-08.
 */
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { House } from '../jobs/admins/house.ts';
import type { Reply } from '../jobs/job.ts';
import type { DiscordRest } from './connection/rest.ts';
import type { Interaction } from './incoming/interaction.ts';

export type Placing = <T extends Interaction>(interaction: T) => Promise<T>;

export interface PlacingParts {
  readonly house: Pick<House, 'showing'>;
  readonly rest: DiscordRest;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  readonly signal: AbortSignal;
}

/** Of Discord's 3 s for an answer. */
const ASK_WITHIN_MS = 1_000;
const BELIEVED_FOR_MS = 10 * 60_000;
const MOST_REMEMBERED = 1_000;
const channel = z.object({ nsfw: z.boolean().nullish() });

export function createPlacing({ house, rest, monotonic, signal }: PlacingParts): Placing {
  const known = new Map<string, { readonly restricted: boolean; readonly at: number }>();

  /** What cannot be found out is not restricted: the stricter rule holds. */
  async function isRestricted(channelId: string): Promise<boolean> {
    const before = known.get(channelId);
    if (before !== undefined && monotonic() - before.at < BELIEVED_FOR_MS) return before.restricted;
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(ASK_WITHIN_MS)]);
      const answer = await rest.ordinary.get(Routes.channel(channelId), { signal: within });
      const restricted = channel.parse(answer).nsfw === true;
      known.delete(channelId);
      known.set(channelId, { restricted, at: monotonic() });
      const oldest = known.keys().next();
      if (known.size > MOST_REMEMBERED && oldest.done !== true) known.delete(oldest.value);
      return restricted;
    } catch {
      return false;
    }
  }

  return async (interaction) => {
    const { guildId } = interaction.reply;
    const { ageRestrictedOnly, spoilers } = house.showing(guildId);
    if (interaction.kind === 'autocomplete' || !(ageRestrictedOnly || spoilers)) return interaction;
    const { ageRestricted, threadOf } = interaction;
    const restricted = ageRestricted || (threadOf !== null && (await isRestricted(threadOf)));
    const more: Pick<Reply, 'ageRestricted' | 'spoiler'> = {
      ...(restricted && { ageRestricted: true as const }),
      ...(spoilers && !restricted && { spoiler: true as const }),
    };
    const placed = { ...interaction, reply: { ...interaction.reply, ...more } };
    return 'message' in placed && placed.kind === 'press'
      ? { ...placed, message: { ...placed.message, ...more } }
      : placed;
  };
}
