/**
 * Takes what the video service tells at a job's own address. Only which job is meant is believed;
 * the body gives the operation's name, if it can be found there, as a hint.
 * Source: Google's documentation of webhooks, 2026-05, and its SDK's types: `{"type","data":{"id"}}`
 * for interactions and for Veo. Whatever else is in it (addresses of files, reasons) is not read.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HookAddresses } from './hookAddress.ts';

export interface HooksOptions {
  readonly addresses: HookAddresses;
  /** `later`: it should be told again. */
  readonly told: (jobId: string, name: string | null) => Promise<'taken' | 'later'>;
  /** It could not be taken, and will be told again. */
  readonly onFault: (error: unknown) => void;
  /** How many calls to addresses we never gave out came in the last minute; not told while none do. */
  readonly onUnknown: (count: number) => void;
}

export interface Hooks {
  /** Whether the path, without a query, is one of these. */
  has(path: string): boolean;
  /** Never rejects. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): void;
}

const MOST_BODY_BYTES = 64 * 1024;
const RETRY_AFTER_S = 3;
const UNKNOWN_TOLD_EVERY_MS = 60_000;

export function createHooks({ addresses, told, onFault, onUnknown }: HooksOptions): Hooks {
  let unknown = 0;
  let timer: NodeJS.Timeout | null = null;

  /** Counted only: a line for each would let anybody fill the disk. */
  function countUnknown(): void {
    unknown += 1;
    timer ??= setTimeout(tellUnknown, UNKNOWN_TOLD_EVERY_MS).unref();
  }

  function tellUnknown(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (unknown > 0) onUnknown(unknown);
    unknown = 0;
  }

  async function take(jobId: string, request: IncomingMessage, response: ServerResponse) {
    const body = await bodyOf(request);
    if (body === 'broken off') return;
    if (body === 'too large') return refuse(response, 413);
    try {
      const heard = await told(jobId, nameIn(body));
      if (heard === 'taken') response.writeHead(204).end();
      else response.writeHead(429, { 'retry-after': String(RETRY_AFTER_S) }).end();
    } catch (error) {
      onFault(error);
      response.writeHead(503).end();
    }
  }

  return {
    has: (path) => addresses.has(path),
    async answer(path, request, response) {
      if (request.method !== 'POST') {
        response.setHeader('allow', 'POST');
        return refuse(response, 405);
      }
      const jobId = addresses.jobIn(path);
      if (jobId !== null) return take(jobId, request, response);
      countUnknown();
      refuse(response, 404);
    },
    stop: tellUnknown,
  };
}

/** Without reading what else is sent. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}

function bodyOf(request: IncomingMessage): Promise<Buffer | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) resolve('too large');
    const parts: Buffer[] = [];
    let sizeBytes = 0;
    request.on('data', (part: Buffer) => {
      sizeBytes += part.length;
      if (sizeBytes > MOST_BODY_BYTES) {
        request.pause();
        resolve('too large');
      } else {
        parts.push(part);
      }
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('close', () => resolve('broken off'));
    request.once('error', () => resolve('broken off'));
  });
}

function nameIn(body: Buffer): string | null {
  let name: unknown;
  try {
    name = JSON.parse(body.toString('utf8'))?.data?.id;
  } catch {
    return null;
  }
  return typeof name === 'string' && /^[^\p{Cc}\p{Cs}]{1,300}$/u.test(name) ? name : null;
}
