/** Serves the page on loopback: its files, the state as a stream of events, and what is done on it. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from '../stage.ts';
import { doing, perform, whoAndWhere } from './acts.ts';
import { bundle } from './bundle.ts';
import { seen } from './seen.ts';

const MOST_BODY_BYTES = 64 * 1024 * 1024;
/** Changes of a burst are told as one. */
const GATHER_MS = 40;

/**
 * Nothing from outside, no script or style inside the page. Attributes of style are let through:
 * the library's elements set them, and what they can load is bound by the other lines.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

export async function startPage(stage: Stage, port = 0) {
  let script: Promise<Uint8Array> | undefined;
  const streams = new Set<ServerResponse>();
  const http = createServer((incoming, answer) => {
    serve(incoming, answer).catch((error: unknown) => {
      if (!answer.headersSent) say(answer, 500, `The page failed: ${String(error)}`);
      answer.destroy();
    });
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const { port: taken } = http.address() as AddressInfo;
  const hosts = [`127.0.0.1:${taken}`, `localhost:${taken}`];

  async function serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    // Another name that leads here is another page's trick to read ours.
    const { host = '', origin } = incoming.headers;
    if (!hosts.includes(host)) return say(answer, 421, 'This page answers to 127.0.0.1 only.');
    const url = new URL(incoming.url ?? '/', `http://${host}`);
    if (incoming.method === 'POST') {
      const isOurs = origin === undefined || origin === `http://${host}`;
      const isJson = incoming.headers['content-type'] === 'application/json';
      if (!isOurs || !isJson || url.pathname !== '/do') return say(answer, 403, 'Not from here.');
      return act(incoming, answer);
    }
    if (incoming.method !== 'GET') return say(answer, 405, 'Only GET and POST.');
    switch (url.pathname) {
      case '/':
        return own(answer, 'text/html; charset=utf-8', await read('index.html'));
      case '/page.css':
        return own(answer, 'text/css; charset=utf-8', await read('page.css'));
      case '/page.js':
        script ??= bundle();
        return own(answer, 'text/javascript; charset=utf-8', await script);
      case '/events':
        return follow(url, answer);
      default:
        if (/^\/attachments\/\d+\/\d+\/[\w.-]+$/.test(url.pathname))
          return passOn(stage, url.pathname, incoming, answer);
        return say(answer, 404, 'There is nothing here.');
    }
  }

  function follow(url: URL, answer: ServerResponse): void {
    const viewer = url.searchParams.get('viewer') ?? '';
    const place = url.searchParams.get('place') ?? '';
    answer.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    let last = '';
    let timer: NodeJS.Timeout | undefined;
    const tell = (): void => {
      timer = undefined;
      const { member, at } = whoAndWhere(stage, viewer, place);
      const now = JSON.stringify(seen(stage, member, at));
      if (now !== last) answer.write(`data: ${now}\n\n`);
      last = now;
    };
    const soon = (): void => {
      timer ??= setTimeout(tell, GATHER_MS);
    };
    tell();
    streams.add(answer);
    stage.on('change', soon);
    answer.once('close', () => {
      clearTimeout(timer);
      stage.off('change', soon);
      streams.delete(answer);
    });
  }

  async function act(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const read = doing.safeParse(body);
    if (!read.success) return say(answer, 400, 'That is nothing the page can do.');
    const outcome = await perform(stage, read.data).catch((error: Error) => ({
      refused: error.message,
    }));
    answer.writeHead(200, { ...HEADERS, 'content-type': 'application/json' });
    answer.end(JSON.stringify(outcome));
  }

  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      for (const stream of streams) stream.end();
      http.close(() => resolve());
      http.closeAllConnections();
    });
    return stopped;
  };
  return { url: `http://127.0.0.1:${taken}/`, stop, [Symbol.asyncDispose]: stop };
}

function read(name: string): Promise<Buffer> {
  return readFile(new URL(`browser/${name}`, import.meta.url));
}

function own(answer: ServerResponse, type: string, bytes: Uint8Array): void {
  answer.writeHead(200, { ...HEADERS, 'content-type': type }).end(bytes);
}

function say(answer: ServerResponse, status: number, words: string): void {
  answer.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(words);
}

async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MOST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** What may be shown in a page. Anything else a member uploaded is saved, never opened here. */
const SHOWN = /^(image\/(png|jpeg|gif|webp)|video\/(mp4|webm))$/;

/** From the stand-in's file host, ranges and refusals included. */
function passOn(
  { world }: Stage,
  path: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
): void {
  const { range } = incoming.headers;
  const there = request(world.discord.link(`/cdn${path}`), {
    headers: range === undefined ? {} : { range },
  });
  there.once('error', () => answer.destroy());
  there.once('response', (file) => {
    const { 'content-type': type = '', 'content-length': length } = file.headers;
    const part = file.headers['content-range'];
    const isShown = SHOWN.test(type);
    answer.writeHead(file.statusCode ?? 502, {
      ...HEADERS,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': isShown ? type : 'application/octet-stream',
      ...(isShown ? {} : { 'content-disposition': 'attachment' }),
      ...(length === undefined ? {} : { 'content-length': length }),
      ...(part === undefined ? {} : { 'content-range': part }),
      'accept-ranges': 'bytes',
    });
    file.pipe(answer);
  });
  answer.once('close', () => there.destroy());
  there.end();
}
