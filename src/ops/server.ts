/**
 * Tells a container's health check, or whoever watches the bot, how it is. No secret, no job, no
 * name is told, but sums of money are in the metrics: whoever reaches the port may read it. What is
 * told to the bot is in hooks.ts, what is given out by a signed address in videoPages.ts.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Hooks } from './hooks.ts';
import type { VideoPages } from './videoPages.ts';

/** The server cannot be opened. The message is one sentence for the operator and safe to print. */
export class OpsProblem extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'OpsProblem';
  }
}

/** A page of text, e.g. for `/metrics`. */
export interface Page {
  /** Of its content, for the header. */
  readonly type: string;
  readonly text: string;
}

/** What is looked at, and whether it is well, e.g. `{ database: true, gateway: false }`. */
type Found = Readonly<Record<string, boolean>>;
type Checks = () => Found | Promise<Found>;

export interface OpsOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** For `/healthz`: what only a restart mends. False ends the container, so not the proxy's state. */
  readonly checks: Checks;
  /** For `/readyz`: whether commands are taken now. */
  readonly ready: Checks;
  /** For `/metrics`; default: there is no such page. */
  readonly metrics?: () => Promise<Page>;
  /** Default: none. */
  readonly hooks?: Hooks | null;
  /** Kept videos by their signed addresses; default: none. */
  readonly videos?: VideoPages | null;
}

export interface OpsServer {
  /** Resolves once it can be asked; safe to call twice. @throws OpsProblem */
  start(): Promise<void>;
  /**
   * Breaks off what is under way, which is asked again soon, and resolves once nothing is being
   * written any more. Safe to call twice.
   */
  stop(): Promise<void>;
  /** Without a slash at its end; null while it is not open. */
  url(): string | null;
}

const ASKED_WITHIN_MS = 5_000;
/** Slow ones are ended so often; by itself Node does it every 30 s. */
const SLOW_ENDED_EVERY_MS = 1_000;
/** So many that strangers can hardly keep a health check out before the slow ones are ended. */
const MOST_CONNECTIONS = 1_000;

/** `GET /healthz` and `/readyz`: 200 or 503, `{"ok":true,"checks":{"database":true}}`. */
export function createOps(options: OpsOptions): OpsServer {
  const { host, port, hooks = null, videos = null } = options;
  const pages = pagesOf(options);
  const answering = new Set<Promise<void>>();
  let opened: { readonly server: Server; readonly open: Promise<void> } | null = null;

  function start(): Promise<void> {
    if (opened !== null) return opened.open;
    const server = createServer(
      {
        requestTimeout: ASKED_WITHIN_MS,
        headersTimeout: ASKED_WITHIN_MS,
        connectionsCheckingInterval: SLOW_ENDED_EVERY_MS,
      },
      (request, response) => {
        // What rejects here is a bug: nobody catches it, and the process ends.
        const answered = answer(pages, [hooks, videos], request, response);
        answering.add(answered);
        void answered.finally(() => answering.delete(answered));
      },
    );
    server.maxConnections = MOST_CONNECTIONS;
    const open = listen(server, host, port).catch((error: unknown) => {
      if (opened?.server === server) opened = null;
      throw error;
    });
    opened = { server, open };
    return open;
  }

  async function stop(): Promise<void> {
    const closing = opened;
    if (closing === null) return;
    opened = null;
    // A failed start has been told to whoever started it.
    const isOpen = await closing.open.then(
      () => true,
      () => false,
    );
    if (!isOpen) return;
    const closed = once(closing.server, 'close');
    closing.server.close();
    closing.server.closeAllConnections();
    await closed;
    hooks?.stop();
    await Promise.allSettled(answering);
  }

  return {
    start,
    stop,
    url() {
      const address = opened?.server.address() as AddressInfo | null | undefined;
      return address ? `http://${inUrl(address)}` : null;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new OpsProblem(sentence(error, host, port), error);
  }
}

function sentence(error: unknown, host: string, port: number): string {
  const code = String((error as NodeJS.ErrnoException).code);
  const orNone = 'or to 0 for a bot without health checks';
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by something else: set OPS_PORT to a free port, ${orNone}.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be opened by this user: set OPS_PORT to one above 1023, ${orNone}.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host}: set OPS_HOST to 127.0.0.1, or to 0.0.0.0 to be reached from outside.`;
    default:
      return `Health checks cannot be answered on ${host}, port ${port} (${code}): set OPS_HOST and OPS_PORT to what can be opened, or OPS_PORT to 0.`;
  }
}

async function answer(
  pages: Pages,
  others: readonly (Pick<Hooks, 'has' | 'answer'> | null)[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '';
  const other = others.find((one) => one?.has(path));
  if (other) return other.answer(path, request, response);
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (page === undefined) {
    send(response, 404, { error: 'there is no such page' });
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    send(response, 405, { error: 'only GET and HEAD' });
    return;
  }
  const { status, ...shown } = await page();
  sendPage(response, status, shown);
}

type Pages = Readonly<Record<string, () => Promise<Page & { readonly status: number }>>>;

function pagesOf({ checks, ready, metrics }: OpsOptions): Pages {
  const checked = (look: Checks) => async () => {
    const found = await look();
    const ok = Object.values(found).every((well) => well);
    return { status: ok ? 200 : 503, ...inJson({ ok, checks: found }) };
  };
  return {
    '/healthz': checked(checks),
    '/readyz': checked(ready),
    ...(metrics && { '/metrics': async () => ({ status: 200, ...(await metrics()) }) }),
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  sendPage(response, status, inJson(body));
}

function inJson(body: object): Page {
  return { type: 'application/json', text: `${JSON.stringify(body)}\n` };
}

/** Node itself leaves out the body for HEAD. */
function sendPage(response: ServerResponse, status: number, { type, text }: Page): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}

function inUrl({ address, family, port }: AddressInfo): string {
  return `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
