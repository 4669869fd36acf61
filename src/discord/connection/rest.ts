/**
 * The two REST clients for everything that goes out. discord.js queues calls of one client behind
 * each other and repeats failed ones by itself; an upload must neither hold up an edit nor be sent
 * twice, so uploads and all calls that are not safe to repeat have a client of their own.
 */
import { DefaultRestOptions, type InternalRequest, REST, type RESTOptions } from 'discord.js';
import { RateLimited, readRateLimit } from './errors.ts';
import { endingForm } from './formBody.ts';

export interface RestOptions {
  readonly token: string;
  /** Default Discord's own; e.g. `http://127.0.0.1:PORT/api`. */
  readonly apiUrl?: string | undefined;
  /** Told of every request, repeated ones too; `status` null: no answer came. */
  readonly onAnswer?: (seen: DiscordAnswerSeen) => void;
}

export interface DiscordAnswerSeen {
  readonly method: string;
  readonly status: number | null;
}

export interface DiscordRest {
  /** Edits and reads, which may be repeated. */
  readonly ordinary: REST;
  /** Uploads, posts and acknowledgements: one call is one request. The caller sets the time limit. */
  readonly deliveries: REST;
  /** Stops the timers of both clients; calls on their way end by their own signals. */
  close(): void;
}

/** discord.js counts interaction endpoints against its own 50 a second; Discord does not. */
const REQUESTS_PER_SECOND = 1_000;
const ORDINARY_TIMEOUT_MS = 10_000;
/** Never reached: each call has a signal with a limit that fits it. */
const LONGEST_UPLOAD_MS = 3_600_000;
/** A longer wait is handed back, so that it shows in the row and holds nothing up. */
const WAIT_INSIDE_MS = 2_000;

export function createRest(options: RestOptions): DiscordRest {
  const both: Partial<RESTOptions> = {
    ...(options.apiUrl === undefined ? {} : { api: options.apiUrl }),
    globalRequestsPerSecond: REQUESTS_PER_SECOND,
    makeRequest: throwingRateLimits(options.onAnswer ?? (() => {})),
  };
  const ordinary = new Calls({
    ...both,
    timeout: ORDINARY_TIMEOUT_MS,
    retries: 1,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > WAIT_INSIDE_MS,
  });
  const deliveries = new Calls({
    ...both,
    timeout: LONGEST_UPLOAD_MS,
    retries: 0,
    rejectOnRateLimit: () => true,
  });
  for (const client of [ordinary, deliveries]) client.setToken(options.token);
  return {
    ordinary,
    deliveries,
    close() {
      for (const client of [ordinary, deliveries]) {
        client.clearHashSweeper();
        client.clearHandlerSweeper();
      }
    },
  };
}

/**
 * discord.js listens to the signal of each call and never stops to: by a signal that lives as long as
 * the process, every call would stay in memory. Here each has one of its own.
 */
class Calls extends REST {
  override async request(options: InternalRequest): Promise<unknown> {
    const { signal } = options;
    if (signal === undefined || signal === null) return super.request(options);
    const own = new AbortController();
    const pass = (): void => own.abort(signal.reason);
    signal.addEventListener('abort', pass);
    if (signal.aborted) pass();
    try {
      return await super.request({ ...options, signal: own.signal });
    } finally {
      signal.removeEventListener('abort', pass);
    }
  }
}

/**
 * discord.js waits out a 429 and sends the request again, an upload with all its bytes, and holds
 * back every other call of that bucket. Here it becomes an error with its time and its code.
 */
function throwingRateLimits(
  tell: NonNullable<RestOptions['onAnswer']>,
): RESTOptions['makeRequest'] {
  return async (url, init) => {
    const method = init.method ?? 'GET';
    let response: Awaited<ReturnType<RESTOptions['makeRequest']>>;
    const ending = init.body instanceof FormData ? endingForm(init.body) : null;
    try {
      const sent = ending === null ? init : ({ ...init, body: ending.form } as typeof init);
      response = await DefaultRestOptions.makeRequest(url, sent);
    } catch (error) {
      tell({ method, status: null });
      throw error;
    } finally {
      ending?.end();
    }
    tell({ method, status: response.status });
    if (response.status !== 429) return response;
    const text = await response.text().catch(() => '');
    throw new RateLimited(readRateLimit(text, response.headers.get('retry-after')));
  };
}
