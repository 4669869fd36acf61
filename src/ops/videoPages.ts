/**
 * Gives out kept videos by their signed addresses, whole or in parts, read from the disk while they are
 * sent. Whatever is wrong with an address, the answer is the same one.
 */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { SignedLinks } from './videoLinks.ts';

export interface KeptFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Names the bytes: another file has another one. */
  readonly sha256: string;
}

export interface VideoPagesOptions {
  readonly links: Pick<SignedLinks, 'has' | 'read'>;
  /** The video that an address given out then leads to; null where it is not to be had any more. */
  readonly find: (jobId: string, givenAt: number) => Promise<KeptFile | null>;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/** What the ops server asks of whoever answers paths of its own. */
export interface VideoPages {
  has(path: string): boolean;
  /** Never rejects. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Each takes a file handle and 64 KiB; a browser asks for one or two parts at a time. */
const MOST_AT_ONCE = 20;
const RETRY_AFTER_S = 5;
/** A reader that takes nothing for so long is let go. */
const IDLE_MS = 60_000;

const GONE =
  'This link has run out, or the video is not kept any more.\n' +
  'In Discord, use /videos: while the video is kept, there is a new link.\n';
const BUSY = 'Too many videos are being watched at this moment. Try again in a few seconds.\n';

/** A page from here may do nothing, be framed nowhere and be found by nobody. */
const always = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; media-src 'self'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};

export function createVideoPages(options: VideoPagesOptions): VideoPages {
  const { links, find, now, onFault } = options;
  let underWay = 0;

  async function found(path: string): Promise<KeptFile | null> {
    const says = links.read(path);
    if (says === null || says.untilAt <= now()) return null;
    return find(says.jobId, says.givenAt);
  }

  async function give(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const file = await found(path);
    if (file === null) return inWords(response, 404, GONE);
    const etag = `"${file.sha256.slice(0, 32)}"`;
    const part = partOf(request, file.sizeBytes, etag);
    const headers = {
      ...always,
      'content-type': 'video/mp4',
      'content-disposition': 'inline; filename="video.mp4"',
      'accept-ranges': 'bytes',
      etag,
    };
    if (part === 'not there') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${file.sizeBytes}` }).end();
      return;
    }
    const { from, to } = part ?? { from: 0, to: file.sizeBytes - 1 };
    response.writeHead(part === null ? 200 : 206, {
      ...headers,
      'content-length': to - from + 1,
      ...(part && { 'content-range': `bytes ${from}-${to}/${file.sizeBytes}` }),
    });
    if (request.method === 'HEAD') return void response.end();
    response.setTimeout(IDLE_MS, () => response.destroy());
    // What ends early was ended by its reader, or by us.
    await pipeline(createReadStream(file.path, { start: from, end: to }), response).catch(() => {});
  }

  return {
    has: (path) => links.has(path),
    async answer(path, request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('allow', 'GET, HEAD');
        return inWords(response, 405, 'Only GET and HEAD.\n');
      }
      if (underWay >= MOST_AT_ONCE) {
        response.setHeader('retry-after', String(RETRY_AFTER_S));
        return inWords(response, 503, BUSY);
      }
      underWay += 1;
      try {
        await give(path, request, response);
      } catch (error) {
        onFault(error);
        if (response.headersSent) response.destroy();
        else inWords(response, 503, 'The bot cannot read this video now. Try again later.\n');
      } finally {
        underWay -= 1;
      }
    },
  };
}

function inWords(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    ...always,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(words),
  });
  response.end(words);
}

/** One part, first and last byte; null: the whole. Source: RFC 9110, 14: of GET alone; several may be ignored. */
function partOf(
  { method, headers }: IncomingMessage,
  sizeBytes: number,
  etag: string,
): { readonly from: number; readonly to: number } | 'not there' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '') ?? [];
  if (method !== 'GET' || (first === '' && last === '')) return null;
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && ifRange !== etag) return null;
  if (first === '') {
    const count = Number(last);
    return count === 0 ? 'not there' : { from: Math.max(0, sizeBytes - count), to: sizeBytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < from) return null;
  return from >= sizeBytes ? 'not there' : { from, to };
}
