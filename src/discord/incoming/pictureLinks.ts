/**
 * Reads pictures from Discord's own file hosts. A link that a member could have typed is never
 * followed: only what Discord itself said of an attachment comes here, and it is checked once more,
 * so that no link leads into the network of whoever runs the bot.
 */
import type { FetchedPicture, PictureLinks } from '../../jobs/ports/files.ts';
import type { FreshLink } from './freshLinks.ts';

const hosts: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const WITHIN_MS = 60_000;

type Into = Parameters<PictureLinks['fetch']>[1];

export interface PictureLinkOptions {
  /** Where another Discord than the real one is used, its host is one of pictures too. */
  readonly apiUrl?: string | undefined;
  /** Asks for a fresh link in the place of one that has run out. Without it such a picture is gone. */
  readonly refresh?: (url: string, signal: AbortSignal) => Promise<FreshLink>;
  /** For a whole picture. Default one minute. */
  readonly withinMs?: number;
}

type Tried = FetchedPicture | { readonly kind: 'run out' };

export function createPictureLinks(options: PictureLinkOptions = {}): PictureLinks {
  const { apiUrl, refresh, withinMs = WITHIN_MS } = options;

  async function follow(
    url: string,
    into: Into,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Tried> {
    const to = discordLink(url, apiUrl);
    if (to === null) return { kind: 'gone' };
    let response: Response;
    try {
      // A redirect of Discord's files leads nowhere that we know.
      response = await fetch(to, { redirect: 'manual', signal, credentials: 'omit' });
    } catch (error) {
      return later(error);
    }
    const end = endOf(response, maxBytes);
    if (end === null) return await read(response, into, maxBytes);
    await response.body?.cancel().catch(() => {});
    return end;
  }

  return {
    async fetch(url, into, maxBytes, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
      const tried = await follow(url, into, maxBytes, limit);
      if (tried.kind !== 'run out') return tried;
      const fresh = (await refresh?.(url, limit)) ?? { kind: 'gone' };
      if (fresh.kind !== 'fresh') return fresh;
      const again = await follow(fresh.url, into, maxBytes, limit);
      return again.kind === 'run out' ? { kind: 'gone' } : again;
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
function endOf(response: Response, maxBytes: number): Tried | null {
  const { status, headers } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    const retryAfterMs = seconds >= 0 ? Math.ceil(seconds * 1000) : null;
    return { kind: 'later', how: `HTTP ${status}`, retryAfterMs };
  }
  // What Discord says of a link that has run out, and of a file that is gone.
  if (status === 403 || status === 404) return { kind: 'run out' };
  if (status !== 200) return { kind: 'gone' };
  return Number(headers.get('content-length') ?? 0) > maxBytes ? { kind: 'too large' } : null;
}

/** Counted while it is read: what was announced proves nothing. */
async function read({ body }: Response, into: Into, maxBytes: number): Promise<FetchedPicture> {
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
