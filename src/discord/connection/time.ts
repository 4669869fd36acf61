/** What time it is by Discord's clock: every answer of its carries it. */
import { RequestMethod, Routes } from 'discord.js';
import type { DiscordRest } from './rest.ts';

const WITHIN_MS = 10_000;

/** Milliseconds, to the second; null where Discord does not answer now. Never throws. */
export async function discordTime(
  { ordinary }: DiscordRest,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const answer = await ordinary.queueRequest({
      fullRoute: Routes.gateway(),
      method: RequestMethod.Get,
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    await answer.arrayBuffer();
    const at = Date.parse(answer.headers.get('date') ?? '');
    return Number.isFinite(at) ? at : null;
  } catch {
    return null;
  }
}
