/** The video service behind the proxy: the port's four calls, each spoken in the job's own protocol. */
import { behalfOf, type JobIn, type Operation, type VideoSource } from '../jobs/job.ts';
import type { Protocol } from '../jobs/model.ts';
import { keptIn, type PictureFile } from '../jobs/pictures.ts';
import type { Incoming } from '../jobs/ports/files.ts';
import {
  type Look,
  NotReached,
  type OnBehalfOf,
  Refused,
  type VideoService,
} from '../jobs/ports/service.ts';
import { StorageFull } from '../jobs/ports/storageFull.ts';
import type { VideoRequest } from '../jobs/request.ts';
import type { Answer } from './answered.ts';
import { bodyOf } from './body.ts';
import { capped, type DownloadBounds, usualBounds } from './bounds.ts';
import { readRefusal, sortLater, sortSubmit } from './errors.ts';
import { fetchFile } from './file.ts';
import { type CallOptions, Http, type HttpOptions } from './http.ts';
import { fetchInline } from './inline.ts';
import { object } from './loose.ts';
import { omni } from './omni.ts';
import type { ProtocolSpoken } from './protocol.ts';
import { readJson } from './reading.ts';
import { Turns } from './turns.ts';
import { veo } from './veo.ts';

export interface ServiceOptions extends HttpOptions {
  /** Names the proxy's own log groups a call under; sent with every call. Default: none. */
  readonly tags?: (of: OnBehalfOf) => readonly string[];
  /** The address at which the end of this job's operation is told, if there is one. Default: none. */
  readonly webhook?: (jobId: string) => string | null;
  /** What a download may bring and take. Default: `usualBounds`. */
  readonly bounds?: Partial<DownloadBounds>;
  /** The bytes of a kept picture; null where they are not there any more. Default: none are there. */
  readonly readPicture?: (picture: PictureFile) => Promise<Uint8Array | null>;
  /** Wall time in ms. Default: Date.now. */
  readonly now?: () => number;
}

export interface LiteLlmService extends VideoService {
  /** Ends every connection at once. Safe to call twice. */
  close(): Promise<void>;
}

const protocols: Readonly<Record<Protocol, ProtocolSpoken>> = { omni, veo };

/** So that one that stands still holds up no other. */
const LARGE_AT_ONCE = 2;

/** An accepted submit answers with a name and little else. */
const MOST_ACCEPTED_BYTES = 1024 * 1024;

export function createVideoService(options: ServiceOptions): LiteLlmService {
  return new Service(options);
}

class Service implements LiteLlmService {
  readonly #http: Http;
  readonly #tags: NonNullable<ServiceOptions['tags']>;
  readonly #webhook: NonNullable<ServiceOptions['webhook']>;
  readonly #bounds: DownloadBounds;
  readonly #readPicture: NonNullable<ServiceOptions['readPicture']>;
  readonly #now: () => number;
  readonly #turns = new Turns(LARGE_AT_ONCE);

  constructor(options: ServiceOptions) {
    this.#http = new Http(options);
    this.#tags = options.tags ?? (() => []);
    this.#webhook = options.webhook ?? (() => null);
    this.#bounds = { ...usualBounds, ...options.bounds };
    this.#readPicture = options.readPicture ?? (async () => null);
    this.#now = options.now ?? Date.now;
  }

  async submit(job: JobIn<'submitting'>, signal: AbortSignal): Promise<Operation> {
    const protocol = protocols[job.request.protocol];
    const { path, body } = protocol.submit(job, this.#webhook(job.id));
    const tags = this.#tags(behalfOf(job));
    const whole = bodyOf(body, await this.#pictures(job.request));
    const answer = await this.#http.paid(path, whole, { signal, tags });
    if (!isGood(answer)) throw sortSubmit(await readRefusal(answer));
    const submittedAt = this.#now();
    const name = protocol.nameIn(parsed(await answer.text(MOST_ACCEPTED_BYTES)));
    // Accepted by all signs, but what was accepted can't be found any more.
    if (name === null) throw new NotReached('answer not understood', true);
    return { name, submittedAt };
  }

  async look(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<Look> {
    const json = await this.#read(operation, request, this.#options(signal, of));
    return protocols[request.protocol].read(json).look;
  }

  async recognise(
    job: JobIn<'unconfirmed'>,
    told: string,
    signal: AbortSignal,
  ): Promise<Operation | null> {
    const { id: jobId, request, startedAt } = job;
    const protocol = protocols[request.protocol];
    const name = protocol.nameFrom(told, request);
    if (protocol.lookPath(name) === null) return null;
    const operation = { name, submittedAt: startedAt };
    const json = await this.#read(operation, request, this.#options(signal, behalfOf(job)));
    return protocol.isOf(json, { name, jobId, request }) ? operation : null;
  }

  async download(
    operation: Operation,
    source: VideoSource,
    request: VideoRequest,
    into: Incoming,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void> {
    const options = this.#options(signal, of);
    const bounds = this.#bounds;
    if (source.kind === 'file') {
      return await fetchFile(this.#http, source.fileId, into, bounds, options);
    }
    const ask = async () => await this.#ask(operation, request, options);
    const flat = capped(into, bounds.maxBytes);
    const instead = await fetchInline(ask, protocols[request.protocol], flat, this.#turns);
    if (instead?.kind !== 'file') return;
    await into.restart();
    await fetchFile(this.#http, instead.fileId, into, bounds, options);
  }

  async cancel(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void> {
    const path = protocols[request.protocol].cancelPath(operation.name);
    // Not asked for by the core: its request says that it can't be cancelled.
    if (path === null)
      throw new Refused('bad request', 0, { said: 'this model cannot be stopped' });
    const answer = await this.#http.tell(path, this.#options(signal, of));
    if (!isGood(answer)) throw sortLater(await readRefusal(answer), request.protocol);
    answer.drop();
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  /** All in memory before anything is sent: a body that breaks off may be charged all the same. */
  async #pictures({ pictures }: VideoRequest): Promise<Uint8Array[]> {
    const all: Uint8Array[] = [];
    for (const picture of keptIn(pictures)) {
      const bytes = await this.#readPicture(picture).catch((error: unknown) => {
        if (error instanceof StorageFull) throw new NotReached('storage', false);
        throw error;
      });
      if (bytes === null) throw new NotReached('picture gone', false);
      all.push(bytes);
    }
    return all;
  }

  async #read(operation: Operation, request: VideoRequest, options: CallOptions): Promise<object> {
    const answer = await this.#ask(operation, request, options);
    const json = object(await readJson(answer, { turns: this.#turns }));
    if (json === null) throw new NotReached('answer not understood', true);
    return json;
  }

  async #ask(operation: Operation, request: VideoRequest, options: CallOptions): Promise<Answer> {
    const path = protocols[request.protocol].lookPath(operation.name);
    if (path === null) throw new Refused('gone', 0, { said: 'no name of an operation' });
    const answer = await this.#http.look(path, options);
    if (isGood(answer)) return answer;
    throw sortLater(await readRefusal(answer), request.protocol);
  }

  #options(signal: AbortSignal, of: OnBehalfOf | undefined): CallOptions {
    return of === undefined ? { signal } : { signal, tags: this.#tags(of) };
  }
}

function isGood(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
