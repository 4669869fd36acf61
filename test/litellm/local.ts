/** A local server in the place of the proxy, and what the port needs to be called with. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { JobIn, Operation } from '../../src/jobs/job.ts';
import { canNothing } from '../../src/jobs/model.ts';
import type { Incoming } from '../../src/jobs/ports/files.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import {
  createVideoService,
  type LiteLlmService,
  type ServiceOptions,
} from '../../src/litellm/service.ts';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly connection: number;
}

export type Handler = (seen: Seen, response: ServerResponse) => void | Promise<void>;

export interface Local {
  readonly base: string;
  readonly port: number;
  readonly seen: Seen[];
  answer: Handler;
}

/** Listens on loopback and is closed, with all its connections, when the test ends. */
export async function local(t: TestContext, answer: Handler): Promise<Local> {
  const connections = new Map<unknown, number>();
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    response.on('error', () => {});
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => parts.push(chunk));
    request.on('end', async () => {
      const seen: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(parts).toString('utf8'),
        connection: connections.get(request.socket) ?? -1,
      };
      it.seen.push(seen);
      await it.answer(seen, response);
    });
  });
  server.on('connection', (socket) => connections.set(socket, connections.size));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const it: Local = { base: `http://127.0.0.1:${port}`, port, seen: [], answer };
  t.after(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return it;
}

/** The service in front of `base`, closed when the test ends. */
export function service(
  t: TestContext,
  base: string,
  more: Partial<ServiceOptions> = {},
): LiteLlmService {
  const made = createVideoService({ base, key: 'sk-ours', ...more });
  t.after(() => made.close());
  return made;
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export const never = new AbortController().signal;

const omniRequest: VideoRequest = {
  modelId: 'gemini-omni-1.2-flash',
  modelName: 'Omni 1.2',
  protocol: 'omni',
  prompt: 'a cat playing with yarn',
  seconds: 8,
  aspectRatio: '16:9',
  resolution: '720p',
  pictures: [],
  fitAspectTo: [],
  takesHeic: false,
  basis: null,
  draft: null,
  can: canNothing,
  priceMicroUsd: 560_000,
  prices: { perSecondMicroUsd: { '720p': 70_000 }, perMillionTokens: null },
  canCancel: true,
  usuallyMs: 40_000,
};

export function request(more: Partial<VideoRequest> = {}): VideoRequest {
  return { ...omniRequest, ...more };
}

export const veoRequest = request({
  modelId: 'veo-3.1-generate-preview',
  modelName: 'Veo 3.1',
  protocol: 'veo',
  seconds: 6,
  canCancel: false,
});

export function submitting(of: VideoRequest = request()): JobIn<'submitting'> {
  return {
    id: '8f3k0000',
    revision: 3,
    origin: 'o',
    askedAt: 1,
    changedAt: 2,
    requester: { userId: '1', locale: 'en-US' },
    reply: {
      interactionId: '2',
      applicationId: '3',
      token: 't',
      tokenDead: false,
      place: 'server',
      guildId: '4',
      channelId: '5',
      messageId: '6',
      ephemeral: false,
      announcedLimitBytes: null,
    },
    request: of,
    runAgainOf: null,
    attempts: 0,
    shown: null,
    state: 'submitting',
    startedAt: 1_000,
    deadlineAt: 2_000,
    cancelAsked: false,
    told: null,
  };
}

export function operation(name: string): Operation {
  return { name, submittedAt: 1_000 };
}

/** An incoming file in memory that notes what was done to it. */
export class Into implements Incoming {
  readonly done: string[] = [];
  parts: Buffer[];

  constructor(start: Uint8Array = new Uint8Array()) {
    this.parts = start.length === 0 ? [] : [Buffer.from(start)];
  }
  get sizeBytes(): number {
    return this.parts.reduce((sum, part) => sum + part.length, 0);
  }
  get all(): Buffer {
    return Buffer.concat(this.parts);
  }
  async write(chunk: Uint8Array): Promise<void> {
    this.parts.push(Buffer.from(chunk));
  }
  async restart(): Promise<void> {
    this.done.push('restart');
    this.parts = [];
  }
  async close(): Promise<void> {}
}

/** What a rejected promise threw. */
export async function thrown(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
