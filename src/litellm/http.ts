/**
 * Calls to the proxy. With answered.ts the only file that knows undici. It answers with whatever HTTP answer came, and
 * throws only NotReached; what an answer means is sorted in errors.ts.
 */
import { Readable } from 'node:stream';
import { Agent, Client, type Dispatcher, Pool } from 'undici';
import { NotReached, Refused } from '../jobs/ports/service.ts';
import { type Answer, Answered } from './answered.ts';
import type { BodyInPieces } from './body.ts';
import { howBroken } from './broken.ts';
import { googleHost, MOST_REDIRECTS, nextHop, TOO_OLD } from './redirects.ts';
import { limited, orAborted } from './signals.ts';
import { type Timeouts, usualTimeouts } from './timeouts.ts';

// The proxy closes an idle connection after 5 s and says so nowhere.
const KEEP_ALIVE_MS = 4_000;
const CONNECTIONS = 32;

export interface HttpOptions {
  /** From `proxyBase`. */
  readonly base: string;
  readonly key: string;
  readonly timeouts?: Partial<Timeouts>;
  /** Where a redirect of a download may lead, without the key. Default: Google's hosts over https. */
  readonly mayFollow?: (to: URL) => boolean;
  /** Told of every answer, for the log. `callId` is the proxy's own. */
  readonly onAnswer?: (answer: AnswerSeen) => void;
  /** Told of every call that nothing answered. */
  readonly onSilence?: (call: Pick<AnswerSeen, 'what'>) => void;
}

/** `own`: of the proxy's own routes. */
export type CallKind = 'paid' | 'look' | 'tell' | 'own' | 'download';

export interface AnswerSeen {
  readonly what: CallKind;
  readonly method: 'GET' | 'POST';
  readonly status: number;
  readonly callId: string | null;
  readonly tookMs: number;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly tags?: readonly string[];
}

interface Sent {
  readonly what: CallKind;
  readonly origin: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Readable;
  /** Until the answer begins. */
  readonly firstMs: number;
  /** Between two pieces of it. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
  /** Called when its answer has been read or dropped. */
  readonly ended?: () => void;
  /** Whether it may have left; without it, it may. */
  readonly left?: () => boolean;
}

export class Http {
  readonly #options: HttpOptions;
  readonly #timeouts: Timeouts;
  readonly #origin: string;
  readonly #root: string;
  readonly #looks: Pool;
  readonly #downloads: Pool;
  #elsewhere: Agent | null = null;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#timeouts = { ...usualTimeouts, ...options.timeouts };
    const url = new URL(options.base);
    this.#origin = url.origin;
    this.#root = url.pathname.replace(/\/+$/, '');
    // Apart, so that slow downloads never hold up a look.
    this.#looks = new Pool(this.#origin, { ...this.#dispatch(), connections: CONNECTIONS });
    this.#downloads = new Pool(this.#origin, { ...this.#dispatch(), connections: CONNECTIONS });
  }

  /**
   * The paid POST: sent at most once, on a connection of its own, so that it can't meet a kept-alive
   * connection that is just being closed. Nothing has left before that connection stands, which
   * covers refusal, DNS and TLS alike.
   */
  async paid(path: string, body: string | BodyInPieces, options: CallOptions): Promise<Answer> {
    const client = new Client(this.#origin, { ...this.#dispatch(), pipelining: 0 });
    let connected = false;
    client.once('connect', () => {
      connected = true;
    });
    // Once it may have left, breaking off would only lose the answer to something paid.
    const early = new AbortController();
    const giveUp = (): void => {
      if (!connected) early.abort();
    };
    options.signal.addEventListener('abort', giveUp);
    if (options.signal.aborted) giveUp();
    try {
      const answer = await this.#send(client, {
        what: 'paid',
        origin: this.#origin,
        method: 'POST',
        path: this.#gemini(path),
        headers: {
          ...this.#headers(options.tags),
          'content-type': 'application/json',
          ...(typeof body === 'string' ? {} : { 'content-length': String(body.sizeBytes) }),
          // The Gemini route sends once anyway; LiteLLM's other routes pay several times without it.
          'x-litellm-num-retries': '0',
        },
        body: typeof body === 'string' ? body : Readable.from(body.pieces(), { objectMode: false }),
        firstMs: this.#timeouts.submitMs,
        idleMs: this.#timeouts.lookMs,
        signal: early.signal,
        left: () => connected,
      });
      // Ends once the answer is read or dropped.
      void client.close();
      return answer;
    } catch (error) {
      void client.destroy();
      throw error;
    } finally {
      options.signal.removeEventListener('abort', giveUp);
    }
  }

  /** A GET below the Gemini route; free. */
  async look(path: string, options: CallOptions): Promise<Answer> {
    return await this.#free('look', this.#gemini(path), options);
  }

  /** A POST without body below the Gemini route; free. */
  async tell(path: string, options: CallOptions): Promise<Answer> {
    return await this.#free('tell', this.#gemini(path), options);
  }

  /** A GET of one of the proxy's own routes; free. */
  async own(path: string, options: CallOptions): Promise<Answer> {
    return await this.#free('own', `${this.#root}/${path}`, options);
  }

  /**
   * A GET whose body may be large, from byte `from`. Older proxies hand Google's redirect on: it is
   * followed without the key, and only to allowed hosts.
   */
  async download(path: string, from: number, options: CallOptions): Promise<Answer> {
    let url = new URL(`${this.#origin}${this.#gemini(path)}`);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const ours = url.origin === this.#origin;
      const answer = await this.#send(ours ? this.#downloads : this.#away(), {
        what: 'download',
        origin: url.origin,
        method: 'GET',
        path: `${url.pathname}${url.search}`,
        headers: { ...(ours ? this.#headers(options.tags) : {}), ...range(from, ours) },
        firstMs: this.#timeouts.downloadMs,
        idleMs: this.#timeouts.downloadMs,
        signal: options.signal,
      });
      const next = nextHop(answer.status, answer.header('location'), url);
      if (next === null) {
        if (ours || answer.status < 400 || answer.status >= 500) return answer;
        answer.drop();
        throw new Refused('setup', answer.status, { said: TOO_OLD });
      }
      answer.drop();
      const mayFollow = this.#options.mayFollow ?? googleHost;
      if (next === 'nowhere' || (next.origin !== this.#origin && !mayFollow(next))) {
        throw new Refused('setup', answer.status, { said: TOO_OLD });
      }
      url = next;
    }
    throw new Refused('setup', 302, { said: TOO_OLD });
  }

  /** Ends every connection at once. Safe to call twice. */
  async close(): Promise<void> {
    await Promise.all([
      this.#looks.destroy(),
      this.#downloads.destroy(),
      this.#elsewhere?.destroy(),
    ]);
  }

  async #free(what: 'look' | 'tell' | 'own', path: string, options: CallOptions): Promise<Answer> {
    const limit = limited(options.signal, this.#timeouts.lookTotalMs);
    try {
      return await this.#send(this.#looks, {
        what,
        origin: this.#origin,
        method: what === 'tell' ? 'POST' : 'GET',
        path,
        headers: this.#headers(options.tags),
        firstMs: this.#timeouts.lookMs,
        idleMs: this.#timeouts.lookMs,
        signal: limit.signal,
        ended: limit.end,
      });
    } catch (error) {
      limit.end();
      throw error;
    }
  }

  async #send(through: Dispatcher, sent: Sent): Promise<Answer> {
    if (sent.signal.aborted) throw new NotReached(howBroken(null, sent.signal), false);
    const startedAt = performance.now();
    let data: Dispatcher.ResponseData;
    try {
      const answered = through.request({
        origin: sent.origin,
        method: sent.method,
        path: sent.path,
        headers: sent.headers,
        body: sent.body ?? null,
        signal: sent.signal,
        headersTimeout: sent.firstMs,
        bodyTimeout: sent.idleMs,
      });
      data = await orAborted(answered, sent.signal);
    } catch (error) {
      this.#options.onSilence?.({ what: sent.what });
      throw new NotReached(howBroken(error, sent.signal), sent.left?.() ?? true);
    }
    if (sent.ended !== undefined) data.body.once('close', sent.ended);
    const answer = new Answered(data, sent.signal);
    this.#options.onAnswer?.({
      what: sent.what,
      method: sent.method,
      status: answer.status,
      callId: answer.header('x-litellm-call-id'),
      tookMs: Math.round(performance.now() - startedAt),
    });
    return answer;
  }

  #gemini(path: string): string {
    return `${this.#root}/gemini/v1beta/${path}`;
  }

  #headers(tags: readonly string[] = []): Record<string, string> {
    // The one header that the Gemini route and LiteLLM's own routes both take.
    const headers: Record<string, string> = { 'x-goog-api-key': this.#options.key };
    const clean = tags
      .map((tag) => tag.replace(/[^\x21-\x2b\x2d-\x7e]/g, ''))
      .filter((t) => t !== '');
    if (clean.length > 0) headers['x-litellm-tags'] = clean.join(',');
    return headers;
  }

  #dispatch() {
    return {
      connect: { timeout: this.#timeouts.connectMs },
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      pipelining: 1,
    };
  }

  #away(): Agent {
    this.#elsewhere ??= new Agent(this.#dispatch());
    return this.#elsewhere;
  }
}

/** The proxy forwards no Range, but forwards a header named so as one. */
function range(from: number, ours: boolean): Record<string, string> {
  return from > 0 ? { [ours ? 'x-pass-range' : 'range']: `bytes=${from}-` } : {};
}
