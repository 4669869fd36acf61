/** An answer over HTTP, whatever it says: its status and headers at once, its body as it comes. */
import type { Dispatcher } from 'undici';
import { NotReached } from '../jobs/ports/service.ts';
import { howBroken } from './broken.ts';

export interface Answer {
  readonly status: number;
  header(name: string): string | null;
  /** The body in pieces; NotReached when it breaks off. */
  bytes(): AsyncIterable<Uint8Array>;
  /** The body as text, at most so much of it; NotReached when it breaks off. */
  text(maxBytes: number): Promise<string>;
  /** For a body nobody wants. */
  drop(): void;
}

export class Answered implements Answer {
  readonly status: number;
  readonly #data: Dispatcher.ResponseData;
  readonly #signal: AbortSignal;

  constructor(data: Dispatcher.ResponseData, signal: AbortSignal) {
    this.status = data.statusCode;
    this.#data = data;
    this.#signal = signal;
    // A body nobody reads any more must not end the process when it breaks off.
    data.body.on('error', () => {});
  }

  header(name: string): string | null {
    const value = this.#data.headers[name];
    return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#data.body) yield chunk as Uint8Array;
    } catch (error) {
      throw new NotReached(howBroken(error, this.#signal), true);
    }
  }

  async text(maxBytes: number): Promise<string> {
    const parts: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of this.bytes()) {
      parts.push(chunk.subarray(0, maxBytes - sizeBytes));
      sizeBytes += chunk.length;
      if (sizeBytes >= maxBytes) break;
    }
    return Buffer.concat(parts).toString('utf8');
  }

  drop(): void {
    this.#data.body.destroy();
  }
}
