/**
 * A fresh link for one of Discord's that has run out: they live about a day, offers and forms longer.
 * The route is not in Discord's documentation. Its own client uses it, and it has been seen to take a
 * bot's token (2024 to 2026): `{attachment_urls: [...]}` is answered by `{refreshed_urls: [{original,
 * refreshed}]}`. Where it says no, or something else, the picture is gone, as it was without it.
 */
import { z } from 'zod';
import { sortFailure } from '../connection/errors.ts';
import type { DiscordRest } from '../connection/rest.ts';

export type FreshLink =
  /** Not checked: whoever follows it looks whose it is. */
  | { readonly kind: 'fresh'; readonly url: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'later'; readonly how: string; readonly retryAfterMs: number | null };

const ROUTE = '/attachments/refresh-urls';
const answered = z.object({
  refreshed_urls: z.array(
    z.object({ original: z.string(), refreshed: z.string().max(4_000).nullish() }),
  ),
});

/** Never throws. */
export function createFreshLinks(rest: Pick<DiscordRest, 'ordinary'>) {
  return async (url: string, signal: AbortSignal): Promise<FreshLink> => {
    try {
      const answer = await rest.ordinary.post(ROUTE, { body: { attachment_urls: [url] }, signal });
      const found = answered.safeParse(answer).data?.refreshed_urls[0]?.refreshed ?? null;
      return found === null ? { kind: 'gone' } : { kind: 'fresh', url: found };
    } catch (error) {
      const failure = sortFailure(error);
      if (failure.kind === 'later') {
        return { kind: 'later', how: failure.how, retryAfterMs: failure.retryAfterMs };
      }
      if (failure.kind !== 'no answer') return { kind: 'gone' };
      return { kind: 'later', how: failure.how, retryAfterMs: null };
    }
  };
}
