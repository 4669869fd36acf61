/**
 * The callback of an interaction, repeated within Discord's 3 s until it is known whether it was
 * heard. discord.js's own repetition would hide which of two processes was.
 */
import { Routes } from 'discord.js';
import type { Reply } from '../../jobs/job.ts';
import { sortFailure } from '../connection/errors.ts';
import { pauseAfter } from '../connection/pause.ts';
import type { DiscordRest } from '../connection/rest.ts';

/** Discord's word that somebody with our token was faster, and none of our own tries before. */
export const ANOTHER_PROCESS = 'another process answered';

export type Answerable = Pick<Reply, 'interactionId' | 'token'>;

/** Discord gives 3 s from the command; part of them is gone when it reaches us. */
const WITHIN_MS = 2_700;
const BETWEEN = { leastMs: 100, mostMs: WITHIN_MS };

export type Tried =
  | { readonly kind: 'answered'; readonly body: unknown }
  /** 40060 after a try of ours whose answer was lost: it may have been that one. */
  | { readonly kind: 'answered by somebody'; readonly how: string }
  | { readonly kind: 'not ours'; readonly how: string }
  | { readonly kind: 'unsure'; readonly how: string };

/** @param withinMs what is left of Discord's 3 s */
export async function answer(
  rest: DiscordRest,
  interaction: Answerable,
  body: unknown,
  signal: AbortSignal,
  withinMs: number = WITHIN_MS,
): Promise<Tried> {
  const route = Routes.interactionCallback(interaction.interactionId, interaction.token);
  const limit = AbortSignal.timeout(withinMs);
  let lost: string | null = null;
  for (;;) {
    try {
      const answered = await rest.deliveries.post(route, {
        auth: false,
        body,
        query: new URLSearchParams({ with_response: 'true' }),
        signal: AbortSignal.any([signal, limit, AbortSignal.timeout(Math.round(withinMs / 2))]),
      });
      return { kind: 'answered', body: answered };
    } catch (error) {
      const failure = sortFailure(error);
      if (failure.kind === 'already answered') {
        return lost === null
          ? { kind: 'not ours', how: ANOTHER_PROCESS }
          : { kind: 'answered by somebody', how: lost };
      }
      if (failure.kind !== 'no answer' && failure.kind !== 'later') {
        return { kind: 'not ours', how: failure.how };
      }
      if (failure.kind === 'no answer' && failure.left) lost = failure.how;
      if (!(await pauseAfter(failure, BETWEEN, AbortSignal.any([signal, limit])))) {
        return { kind: lost === null ? 'not ours' : 'unsure', how: lost ?? failure.how };
      }
    }
  }
}

/** Source: Discord's documentation of `with_response`, API v10: the interaction callback response. */
export function readCallback(answered: unknown): {
  messageId: string | null;
  ephemeral: boolean | null;
} {
  const nothing = { messageId: null, ephemeral: null };
  if (typeof answered !== 'object' || answered === null) return nothing;
  if (!('interaction' in answered)) return nothing;
  const { interaction } = answered;
  if (typeof interaction !== 'object' || interaction === null) return nothing;
  const id = 'response_message_id' in interaction ? interaction.response_message_id : null;
  const hidden =
    'response_message_ephemeral' in interaction ? interaction.response_message_ephemeral : null;
  return {
    messageId: typeof id === 'string' ? id : null,
    ephemeral: typeof hidden === 'boolean' ? hidden : null,
  };
}
