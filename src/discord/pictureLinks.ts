/**
 * Reads pictures from Discord's own file hosts. A link that a member could have typed is never
 * followed: only what Discord itself said of an attachment comes here, and it is checked once more,
 * so that no link leads into the network of whoever runs the bot.
 */
import type { FetchedPicture, PictureLinks } from '../jobs/ports.ts';

const hosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const WITHIN_MS = 60_000;

export interface PictureLinkOptions {
  /** Where another Discord than the real one is used, its host is one of pictures too. */
  readonly apiUrl?: string | undefined;
  /** For a whole picture. Default one minute. */
  readonly withinMs?: number;
}

export function createPictureLinks(options: PictureLinkOptions = {}): PictureLinks {
  const { withinMs = WITHIN_MS } = options;
  return {
    async fetch(url, into, maxBytes, signal) {
      const to = discordLink(url, options.apiUrl);
      if (to === null) return { kind: 'gone' };
      const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
      let response: Response;
      try {
        // A redirect of Discord's files leads nowhere that we know.
        response = await fetch(to, { redirect: 'manual', signal: limit, credentials: 'omit' });
      } catch (error) {
        return later(error);
      }
      const end = endOf(response, maxBytes);
      if (end === null) return await read(response, into, maxBytes);
      await response.body?.cancel().catch(() => {});
      return end;
    },
  };
}

/** The address where it is one of Discord's own files, else null. */
export function discordLink(url: string, apiUrl?: string | undefined): URL | null {
  const to = URL.canParse(url) ? new URL(url) : null;
  if (to === null || to.username !== '' || to.password !== '') return null;
  if (to.protocol === 'https:' && to.port === '' && hosts.has(to.hostname)) return to;
  const ours = apiUrl !== undefined && URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isWeb = to.protocol === 'https:' || to.protocol === 'http:';
  return ours !== null && isWeb && to.hostname === ours.hostname ? to : null;
}

/** Null where the answer is the picture. */
function endOf(response: Response, maxBytes: number): FetchedPicture | null {
  const { status, headers } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    const retryAfterMs = seconds >= 0 ? Math.ceil(seconds * 1000) : null;
    return { kind: 'later', how: `HTTP ${status}`, retryAfterMs };
  }
  if (status !== 200) return { kind: 'gone' };
  return Number(headers.get('content-length') ?? 0) > maxBytes ? { kind: 'too large' } : null;
}

/** Counted while it is read: what was announced proves nothing. */
async function read(
  { body }: Response,
  into: Parameters<PictureLinks['fetch']>[1],
  maxBytes: number,
): Promise<FetchedPicture> {
  if (body === null) return { kind: 'fetched' };
  const reader = body.getReader();
  for (;;) {
    let piece: Awaited<ReturnType<typeof reader.read>>;
    try {
      piece = await reader.read();
    } catch (error) {
      return later(error);
    }
    if (piece.done) return { kind: 'fetched' };
    if (into.sizeBytes + piece.value.length > maxBytes) {
      await reader.cancel().catch(() => {});
      return { kind: 'too large' };
    }
    try {
      await into.write(piece.value);
    } catch (error) {
      await reader.cancel().catch(() => {});
      throw error;
    }
  }
}

/** The name or code alone: a message could hold the link. */
function later(error: unknown): FetchedPicture {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const how =
    cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.name) : 'unknown';
  return { kind: 'later', how, retryAfterMs: null };
}
