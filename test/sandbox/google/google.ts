import { setTimeout as sleep } from 'node:timers/promises';
import { OFFERED_MODELS } from './catalogue.ts';
import { createChance } from './chance.ts';
import { type Fault, type FaultOptions, Faults } from './faults.ts';
import { Files } from './files.ts';
import type { GoogleRequest, Payment } from './journal.ts';
import { Listener } from './listener.ts';
import { LiteLlm, type ToGoogle } from './lite-llm.ts';
import { Models } from './models.ts';
import type { Operation } from './operation.ts';
import type { Order } from './order.ts';
import { routeOf } from './routes.ts';
import type { KeyRefusal } from './said.ts';
import { type Fate, GoogleService } from './service.ts';
import type { VideoShape } from './video-file.ts';
import { Webhooks } from './webhooks.ts';
import { type Call, type CallKind, parsed, type Reply } from './wire.ts';

export type GoogleOptions = {
  /** Of the proxy; a free one unless told. */
  port?: number;
  upstreamPort?: number;
  seed?: number;
  /** The key the proxy wants. Undefined: anything passes, and nothing too. */
  proxyKey?: string;
  refusesKeysAs?: KeyRefusal;
  /** The key Google wants. Undefined: any. */
  googleKey?: string;
  /** How long a video takes; `Infinity` until it is ended by hand. 30 ms unless told. */
  takesMs?: number | ((order: Order) => number);
  decides?: (order: Order) => Fate;
  models?: readonly string[];
  /** Pads every finished video to this size. */
  videoSizeBytes?: number;
  /**
   * How an interaction asked for with `delivery: "uri"` gives its video: as recorded, a `uri`,
   * unless told. Without that delivery it is always `data`.
   */
  resultsAs?: 'uri' | 'data' | 'either';
  /** Interactions get ids that need percent-encoding in a path. */
  oddIds?: boolean;
  /** The proxy hands Google's redirects to the client, as versions before 2025-09 did. */
  handsOnRedirects?: boolean;
  now?: () => number;
};

/**
 * Starts a stand-in for Google's video API behind a LiteLLM proxy, on two loopback ports: `url`
 * shows what a client of the proxy sees, `upstreamUrl` what the proxy sees. Both show the same
 * operations.
 */
export async function startGoogle(options: GoogleOptions = {}): Promise<Google> {
  const google = new Google(options);
  await google.up();
  return google;
}

type Which = 'both' | 'google';

export class Google {
  /** Every call to either face, in the order of arrival. */
  readonly requests: GoogleRequest[] = [];
  readonly #options: GoogleOptions;
  readonly #stopped = new AbortController();
  readonly #files = new Files();
  readonly #models: Models;
  readonly #service: GoogleService;
  readonly #liteLlm: LiteLlm;
  readonly #webhooks: Webhooks;
  readonly #faults: Faults;
  readonly #proxy: Listener;
  readonly #upstream: Listener;
  readonly #polls = new Map<string, number>();
  #reachable = true;

  constructor(options: GoogleOptions) {
    const { now = Date.now, seed = 1 } = options;
    const chance = createChance(seed);
    this.#options = options;
    this.#models = new Models(options.models ?? OFFERED_MODELS);
    this.#webhooks = new Webhooks(createChance(seed + 1), now);
    this.#faults = new Faults(
      (shape) => this.#files.bytesOf(shape),
      (ms) => this.#wait(ms),
    );
    this.#service = new GoogleService({
      models: this.#models,
      files: this.#files,
      chance,
      around: {
        chance,
        now,
        resultsAs: options.resultsAs ?? 'uri',
        videoSizeBytes: options.videoSizeBytes,
        onEnd: (operation) => this.#ended(operation),
      },
      manners: {
        takesMs: asFunction(options.takesMs ?? 30),
        decides: options.decides ?? (() => 'video'),
        oddIds: options.oddIds ?? false,
        googleKey: options.googleKey,
      },
    });
    this.#liteLlm = new LiteLlm({
      key: options.proxyKey,
      refusesKeysAs: options.refusesKeysAs ?? 'no-database',
      handsOnRedirects: options.handsOnRedirects ?? false,
      googleKey: options.googleKey ?? 'the-google-key-of-the-proxy',
    });
    this.#proxy = new Listener('proxy', now, (call) => this.#onProxyCall(call));
    this.#upstream = new Listener('google', now, (call) => this.#onUpstreamCall(call));
  }

  /** For `LITELLM_BASE_URL`. */
  get url(): string {
    return this.#proxy.url;
  }
  /** For `GEMINI_API_BASE` of a real proxy. */
  get upstreamUrl(): string {
    return this.#upstream.url;
  }
  /** Everything accepted so far, oldest first; also what was forgotten since. */
  get operations(): readonly Operation[] {
    return this.#service.operations;
  }
  /** Every accepted submit: what was charged. */
  get paid(): readonly Payment[] {
    return this.#service.paid;
  }
  get downloads(): readonly GoogleRequest[] {
    return this.requests.filter((request) => request.kind === 'download');
  }
  get webhooks() {
    return this.#webhooks.sent;
  }
  /** Keys and habits of the proxy, to be changed while it runs. */
  get proxy() {
    return this.#liteLlm.manners;
  }

  operation(id: string): Operation | undefined {
    return this.#service.operations.find((operation) => operation.id === id);
  }

  /** How often somebody asked for it, answered or not. */
  polls(operation: Operation | string): number {
    return this.#polls.get(typeof operation === 'string' ? operation : operation.id) ?? 0;
  }

  /** For submits from now on. */
  videosTake(takesMs: number | ((order: Order) => number)): void {
    this.#service.manners.takesMs = asFunction(takesMs);
  }

  /** What becomes of a video whose time has run out, from now on. */
  decides(fate: (order: Order) => Fate): void {
    this.#service.manners.decides = fate;
  }

  /** The next call of this kind meets this fault. Faults planned first are met first. */
  next(kind: CallKind | 'any', fault: Fault, options: FaultOptions = {}): void {
    this.#faults.plan(kind, fault, options);
  }

  /** Nothing that was planned to go wrong does so any more. */
  calm(): void {
    this.#faults.clear();
  }

  /** Gone without a trace, as after its time or from another project. */
  forget(operation: Operation | string): void {
    this.#service.forget(typeof operation === 'string' ? operation : operation.id);
  }

  /** A file before it is ready, broken, or past its two days. */
  setFile(operation: Operation, state: 'ACTIVE' | 'PROCESSING' | 'FAILED' | 'expired'): void {
    if (operation.fileId === undefined) throw new Error('this operation has made no file');
    this.#files.setState(operation.fileId, state);
  }

  /** Whether downloads answer a `Range` with 206. They do unless told. */
  set ranges(answered: boolean) {
    this.#files.ranges = answered;
  }

  /** From now on 404, or answered by its successor without a word. */
  retire(model: string, routedTo?: string): void {
    this.#models.retire(model, routedTo);
  }

  /** These models and no others. */
  offer(models: readonly string[]): void {
    this.#models.offer(models);
  }

  /**
   * Both: the proxy is away, ECONNREFUSED, open connections end. `google`: the proxy is there and
   * cannot reach Google. Orderly: what is under way is still answered.
   */
  async down(which: Which = 'both', { orderly = false } = {}): Promise<void> {
    this.#reachable = which === 'both';
    await this.#upstream.close(orderly);
    if (which === 'both') await this.#proxy.close(orderly);
  }

  /** On the same ports as before. */
  async up(): Promise<void> {
    this.#reachable = true;
    const { port = 0, upstreamPort = 0 } = this.#options;
    await this.#proxy.open(portOf(this.#proxy.url) || port);
    await this.#upstream.open(portOf(this.#upstream.url) || upstreamPort);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#webhooks.stop();
    for (const operation of this.operations) operation.hold();
    await Promise.all([this.#proxy.end(), this.#upstream.end()]);
  }

  async #onProxyCall(call: Call): Promise<Reply> {
    const entry = this.#writeDown(call, call.path.replace(/^\/gemini(?=\/)/, ''));
    const toGoogle: ToGoogle = (passed, tags) =>
      this.#reachable ? this.#askGoogle(passed, entry, tags) : undefined;
    const work = () => this.#liteLlm.answer(call, toGoogle);
    return this.#answered(entry, await this.#faults.around('proxy', entry, work));
  }

  async #onUpstreamCall(call: Call): Promise<Reply> {
    const entry = this.#writeDown(call, call.path);
    return this.#answered(entry, await this.#askGoogle(call, entry, []));
  }

  #askGoogle(call: Call, entry: GoogleRequest, tags: string[]): Promise<Reply> {
    const route = routeOf(call.method, call.path);
    const accepted = ({ id }: Operation) => {
      entry.operation = id;
    };
    const work = () => this.#service.answer(call, route, { tags, accepted });
    return this.#faults.around('google', entry, work);
  }

  #writeDown(call: Call, googlePath: string): GoogleRequest {
    const route = routeOf(call.method, googlePath);
    const body = call.body.length ? (parsed(call.body) ?? call.body.toString('utf8')) : undefined;
    const operation =
      route.operation ?? (route.file && this.#files.operationOf(route.file)?.id) ?? undefined;
    const entry: GoogleRequest = {
      at: call.at,
      face: call.face,
      kind: route.kind,
      method: call.method,
      path: call.path,
      query: Object.fromEntries(call.query),
      headers: call.headers,
      body,
      operation,
      status: undefined,
    };
    this.requests.push(entry);
    if (route.kind === 'poll' && operation !== undefined) {
      this.#polls.set(operation, this.polls(operation) + 1);
    }
    return entry;
  }

  #answered(entry: GoogleRequest, reply: Reply): Reply {
    entry.status = reply.kind === 'answer' ? reply.status : reply.kind;
    return reply;
  }

  #ended(operation: Operation): void {
    const { ending } = operation;
    if (ending?.status === 'completed' && ending.result === 'video') {
      const { fileId, shape } = ending.video;
      this.#files.keep(operation, fileId, shape, operation.endedAt ?? operation.at);
    }
    this.#webhooks.tell(operation);
  }

  async #wait(ms: number): Promise<void> {
    // A wait that is broken off by `stop` has nobody left to answer.
    await sleep(ms, undefined, { signal: this.#stopped.signal }).catch(() => {});
  }
}

function asFunction(takesMs: number | ((order: Order) => number)): (order: Order) => number {
  return typeof takesMs === 'function' ? takesMs : () => takesMs;
}

const portOf = (url: string) => Number(new URL(url).port);

export type { Fault, FaultOptions } from './faults.ts';
export type { GoogleRequest, Payment } from './journal.ts';
export type { Operation } from './operation.ts';
export type { Order } from './order.ts';
export type { Fate } from './service.ts';
export type { VideoShape };
