import { randomUUID } from 'node:crypto';
import {
  brokeWithGoogle,
  cannotReachGoogle,
  internalServerError,
  type KeyRefusal,
  keyRefused,
  noDeployment,
  noSuchRoute,
  notJson,
} from './said.ts';
import { type Answer, type Call, isObject, json, parsed, type Reply } from './wire.ts';

/** Sends a call on to Google, as the proxy would; undefined where no connection is possible. */
export type ToGoogle = (call: Call, tags: string[]) => Promise<Reply> | undefined;

export type ProxyManners = {
  /** Undefined: any key passes, and none too. */
  key: string | undefined;
  refusesKeysAs: KeyRefusal;
  /** As before 2025-09: a redirect of Google's is handed to the client instead of followed. */
  handsOnRedirects: boolean;
  /** What the proxy has set as its key at Google. */
  googleKey: string;
};

/**
 * LiteLLM in front of Google, as far as a client of its Gemini pass-through can see.
 * Source: LiteLLM 1.102.4 run in front of a local upstream, 2026-11.
 */
export class LiteLlm {
  readonly manners: ProxyManners;

  constructor(manners: ProxyManners) {
    this.manners = manners;
  }

  async answer(call: Call, toGoogle: ToGoogle): Promise<Reply> {
    const reply = await this.#route(call, toGoogle);
    if (reply.kind !== 'answer') return reply;
    const headers = { ...reply.headers, 'x-litellm-call-id': randomUUID() };
    return { ...reply, headers };
  }

  async #route(call: Call, toGoogle: ToGoogle): Promise<Reply> {
    if (call.path.startsWith('/gemini/')) {
      const key = call.headers['x-goog-api-key'] ?? call.query.get('key') ?? undefined;
      return this.#takes(key) ? this.#passThrough(call, toGoogle) : this.#refusal();
    }
    const anyKey =
      call.headers['x-goog-api-key'] ??
      call.headers['x-litellm-api-key'] ??
      call.headers.authorization?.replace(/^Bearer /, '');
    switch (`${call.method} ${call.path}`) {
      case 'GET /health/liveliness':
        return json(200, "I'm alive!");
      case 'GET /health/readiness':
        return json(200, { status: 'healthy', db: 'Not connected' });
      case 'GET /v1/models':
        return this.#takes(anyKey) ? json(200, { data: [], object: 'list' }) : this.#refusal();
      case 'GET /key/info':
        return this.#takes(anyKey) ? internalServerError() : this.#refusal();
      case 'POST /v1beta/interactions':
        // LiteLLM's own route of that name; its polls and cancels are not played here.
        return this.#takes(anyKey) ? noDeployment(modelIn(call)) : this.#refusal();
      default:
        return noSuchRoute();
    }
  }

  #takes(key: string | undefined): boolean {
    return this.manners.key === undefined || key === this.manners.key;
  }

  #refusal(): Answer {
    return keyRefused(this.manners.refusesKeysAs);
  }

  async #passThrough(call: Call, toGoogle: ToGoogle): Promise<Reply> {
    const passed = this.#forwarded(call);
    if (!passed) return notJson();
    const { forwarded, tags } = passed;
    let reply = await toGoogle(forwarded, tags);
    // A POST is sent exactly once; a GET whose connection broke is sent a second time.
    if (reply && isBroken(reply) && call.method === 'GET') {
      reply = await toGoogle(forwarded, tags);
    }
    if (!reply) return cannotReachGoogle();
    if (reply.kind === 'hang') return reply;
    if (reply.kind !== 'answer') {
      return brokeWithGoogle(reply.kind === 'reset' ? undefined : 'Server disconnected');
    }
    const { location } = reply.headers;
    if (location !== undefined && !this.manners.handsOnRedirects) {
      const next = URL.canParse(location) ? new URL(location) : undefined;
      if (!next || !isLoopback(next)) return cannotReachGoogle();
      const followed = { ...forwarded, path: next.pathname, query: next.searchParams };
      followed.query.set('key', this.manners.googleKey);
      reply = (await toGoogle(followed, tags)) ?? cannotReachGoogle();
    }
    return reply.kind === 'answer' ? asRelayed(reply) : reply;
  }

  /** None of the client's headers go on, but `x-pass-NAME` as `NAME`. Undefined: not JSON. */
  #forwarded(call: Call): { forwarded: Call; tags: string[] } | undefined {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(call.headers)) {
      if (name.startsWith('x-pass-')) headers[name.slice('x-pass-'.length)] = value;
    }
    const target = decodedOnce(call.path.slice('/gemini'.length));
    const query = new URLSearchParams([...call.query, ...target.searchParams]);
    query.set('key', this.manners.googleKey);
    const tags = (call.headers['x-litellm-tags'] ?? '').split(',').map((tag) => tag.trim());
    const forwarded = { ...call, headers, query, path: target.pathname };
    // Without a body Google is sent an empty object, with DELETE and a cancel too.
    if (call.body.length === 0) {
      if (call.method !== 'GET') forwarded.body = Buffer.from('{}');
      return { forwarded, tags: tags.filter((tag) => tag) };
    }
    const body = parsed(call.body);
    if (body === undefined) return undefined;
    if (isObject(body) && 'litellm_metadata' in body) {
      const { litellm_metadata: metadata, ...rest } = body;
      const more = isObject(metadata) && Array.isArray(metadata.tags) ? metadata.tags : [];
      tags.push(...more.map(String));
      forwarded.body = Buffer.from(JSON.stringify(rest));
    }
    return { forwarded, tags: tags.filter((tag) => tag) };
  }
}

const isBroken = (reply: Reply) => reply.kind === 'reset' || reply.kind === 'close';

const isLoopback = (url: URL) => url.hostname === '127.0.0.1' || url.hostname === 'localhost';

/** Status, body and `Retry-After` unchanged; a video is streamed, without its length. */
function asRelayed(answer: Answer): Answer {
  if (answer.headers['content-type']?.startsWith('video/')) return { ...answer, chunked: true };
  if (answer.cutAfterBytes === undefined) return answer;
  return brokeWithGoogle(
    `Response payload is not completed: <ContentLengthError: 400, message='Not enough data to satisfy content length header (received ${answer.cutAfterBytes} of ${answer.body.length} bytes).'>`,
  );
}

/**
 * The proxy undoes percent-encoding before it passes a path on, and encodes again only what no
 * address may hold: a `/`, `?`, `#` or `%` in an id never arrives as part of it.
 * Source: LiteLLM 1.102.4 run in front of this stand-in, 2026-11.
 */
function decodedOnce(path: string): URL {
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    // Broken encoding goes on as it came.
  }
  return new URL(`http://localhost${decoded}`);
}

function modelIn(call: Call): string {
  const body = parsed(call.body);
  return isObject(body) ? String(body.model) : '';
}
