/**
 * What a failed call to Discord means, sorted once. Only an answer in Discord's own form proves
 * anything: a page of a proxy in between, a 5xx or a broken connection leaves open what was done.
 *
 * Source of the codes: Discord's documentation, 2026-08, and what it has been seen to answer: 10008
 * for an ephemeral reply asked for by the bot's token, 413 without any code.
 */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

export type Failure =
  /** The interaction's token reaches nothing any more, or never did. */
  | { readonly kind: 'token dead'; readonly how: string }
  /** The message was deleted, or nobody but its reader may touch it. */
  | { readonly kind: 'message gone'; readonly how: string }
  /** The interaction is not known: too late, or not an interaction at all. */
  | { readonly kind: 'interaction gone'; readonly how: string }
  | { readonly kind: 'already answered'; readonly how: string }
  | { readonly kind: 'too large'; readonly how: string }
  /** Proof that nothing was done, and that asking again is no use. */
  | { readonly kind: 'refused'; readonly code: number; readonly how: string }
  /** Proof that nothing was done, for now. */
  | { readonly kind: 'later'; readonly retryAfterMs: number | null; readonly how: string }
  /** A message older than an hour takes no more edits for now; a new message is no edit. */
  | { readonly kind: 'edits used up'; readonly retryAfterMs: number | null; readonly how: string }
  /** Proof of nothing, unless the request never `left`. */
  | { readonly kind: 'no answer'; readonly left: boolean; readonly how: string };

/** "Maximum number of edits to messages older than 1 hour reached", with status 429. */
const EDITS_USED_UP = 30046;

/** A 429, thrown instead of waited out. */
export class RateLimited extends Error {
  readonly retryAfterMs: number | null;
  readonly code: number;

  constructor(limit: { readonly retryAfterMs: number | null; readonly code: number }) {
    super('rate limited');
    this.name = 'RateLimited';
    this.retryAfterMs = limit.retryAfterMs;
    this.code = limit.code;
  }
}

/** The body's `retry_after` and the header are both in seconds, the body's with decimals. */
export function readRateLimit(
  body: string,
  header: string | null,
): { retryAfterMs: number | null; code: number } {
  let seconds = Number(header ?? Number.NaN);
  let code = 0;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) {
      if ('retry_after' in parsed) seconds = Number(parsed.retry_after);
      if ('code' in parsed && typeof parsed.code === 'number') code = parsed.code;
    }
  } catch {
    // A page instead of JSON: the header is all there is.
  }
  return { retryAfterMs: seconds >= 0 ? Math.ceil(seconds * 1000) : null, code };
}

export function sortFailure(error: unknown): Failure {
  if (error instanceof RateLimited) {
    const how = error.code === 0 ? 'HTTP 429' : `HTTP 429, ${error.code}`;
    const kind = error.code === EDITS_USED_UP ? 'edits used up' : 'later';
    return { kind, retryAfterMs: error.retryAfterMs, how };
  }
  if (error instanceof RateLimitError) {
    return { kind: 'later', retryAfterMs: error.retryAfter, how: 'rate limit' };
  }
  if (error instanceof DiscordAPIError) return sortAnswer(error);
  if (error instanceof HTTPError) {
    return { kind: 'no answer', left: true, how: `HTTP ${error.status}` };
  }
  return sortBroken(error);
}

function sortAnswer(error: DiscordAPIError): Failure {
  const { status } = error;
  // With a web page instead of JSON there is no code at all, whatever the type says.
  const code: unknown = error.code;
  const how = typeof code === 'number' && code !== 0 ? String(code) : `HTTP ${status}`;
  if (status === 413 || code === 40005) return { kind: 'too large', how };
  if (typeof code !== 'number') return { kind: 'no answer', left: true, how };
  switch (code) {
    case 50027:
    case 10015:
      return { kind: 'token dead', how };
    case 10008:
      return { kind: 'message gone', how };
    case 10062:
      return { kind: 'interaction gone', how };
    case 40060:
      return { kind: 'already answered', how };
    case 40003: // direct messages opened too fast
      return { kind: 'later', retryAfterMs: null, how };
    case 0:
      if (/\/webhooks\//.test(error.url)) {
        if (status === 401 || status === 404) return { kind: 'token dead', how };
      } else if (status === 401) {
        // The bot's own token was reset: the operator's matter, and no video's end.
        return { kind: 'later', retryAfterMs: null, how };
      }
      break;
    default:
  }
  return { kind: 'refused', code, how };
}

/** Codes of a connection that was never made. */
const neverLeft =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/;

function sortBroken(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'no answer', left: true, how: 'unknown' };
  // discord.js's own, before anything is sent: it drops its token after a 401.
  if (error.message.startsWith('Expected token')) {
    return { kind: 'no answer', left: false, how: 'no bot token' };
  }
  const code = 'code' in error ? String(error.code) : '';
  // The name alone: a message could hold an address with a token in it.
  const how = error.name === 'AbortError' ? 'timeout' : code || error.name;
  return { kind: 'no answer', left: !neverLeft.test(code), how };
}
