import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call, Face, Reply } from './wire.ts';

const HOST = '127.0.0.1';
/** LiteLLM's own; a client that keeps a connection longer sends a POST into a dying one. */
const IDLE_MS = 5000;

/** A loopback server that can go away and come back on the same port. */
export class Listener {
  readonly #server: Server;
  #port = 0;

  constructor(face: Face, now: () => number, answer: (call: Call) => Promise<Reply>) {
    this.#server = createServer((request, response) => {
      void serve(request, response, face, now, answer);
    });
    this.#server.keepAliveTimeout = IDLE_MS;
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`;
  }

  /** Rejects with EADDRINUSE where another has the port. */
  async open(port = this.#port): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, HOST, () => {
        this.#server.removeListener('error', reject);
        resolve();
      });
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Orderly, what is under way is still answered; otherwise every connection ends at once. */
  async close(orderly = false): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    if (orderly) return;
    this.#server.closeAllConnections();
    await closed;
  }

  /** For good, with what an orderly close had left open. */
  async end(): Promise<void> {
    await this.close();
    this.#server.closeAllConnections();
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  face: Face,
  now: () => number,
  answer: (call: Call) => Promise<Reply>,
): Promise<void> {
  const at = now();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return; // The client went away before it had said everything: nothing was asked.
  }
  const url = new URL(`http://localhost${request.url ?? '/'}`);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const call: Call = {
    at,
    face,
    method: request.method ?? 'GET',
    path: (request.url ?? '/').split('?', 1)[0] ?? '/',
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  };
  send(await answer(call), response);
}

function send(reply: Reply, response: ServerResponse): void {
  switch (reply.kind) {
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'close':
      response.destroy();
      return;
    case 'answer': {
      // LiteLLM gives no hint how long it keeps a connection.
      response.removeHeader('connection');
      for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
      if (!reply.chunked) response.setHeader('content-length', reply.body.length);
      response.writeHead(reply.status);
      if (reply.cutAfterBytes === undefined) {
        response.end(reply.body);
        return;
      }
      response.flushHeaders();
      response.write(reply.body.subarray(0, reply.cutAfterBytes), () => response.destroy());
      return;
    }
    default:
      reply satisfies never;
  }
}
