/**
 * Fetches a video that stands as base64 inside the operation's own answer: read once, decoded as it
 * comes, never held.
 *
 * Which string is the video is known only at the end (the order of steps is not fixed, and pictures
 * sent are echoed back). So each one that may be it is written over the one before, which is almost
 * always right; else the answer is read a second time for the one string meant.
 */
import type { VideoSource } from '../jobs/job.ts';
import type { Incoming } from '../jobs/ports/files.ts';
import { NotReached } from '../jobs/ports/service.ts';
import type { Answer } from './answered.ts';
import { Base64Decoder } from './base64.ts';
import { type LongStrings, markedIndex } from './longStrings.ts';
import type { ProtocolSpoken } from './protocol.ts';
import { readJson } from './reading.ts';
import type { Turns } from './turns.ts';

/**
 * Null when the video is in `into`; a source when the answer names another one now. What failed
 * leaves nothing in `into`: it can't be gone on with, and would take up room.
 *
 * @param ask looks at the operation; a good answer or an exception
 */
export async function fetchInline(
  ask: () => Promise<Answer>,
  protocol: ProtocolSpoken,
  into: Incoming,
  turns: Turns,
): Promise<VideoSource | null> {
  try {
    return await fetched(ask, protocol, into, turns);
  } catch (error) {
    // What went wrong counts, not that emptying the file failed too.
    await into.restart().catch(() => {});
    throw error;
  }
}

async function fetched(
  ask: () => Promise<Answer>,
  protocol: ProtocolSpoken,
  into: Incoming,
  turns: Turns,
): Promise<VideoSource | null> {
  let wanted: number | null = null;
  for (let times = 0; times < 2; times++) {
    const writer = new Writer(protocol.inlineKeys, wanted, into);
    const drain = async () => await writer.drain();
    const json = await readJson(await ask(), { sink: writer, drain, turns });
    const { look, inline } = protocol.read(json);
    if (look.kind !== 'done') throw new NotReached(`answer without the video: ${look.kind}`, true);
    if (look.source.kind === 'file' || inline === null) return look.source;
    const index = markedIndex(inline);
    if (index === null) {
      await into.restart();
      await into.write(Buffer.from(inline, 'base64'));
      return null;
    }
    if (writer.written === index) return null;
    wanted = index;
  }
  throw new NotReached('answer changes from look to look', true);
}

/** Writes what may be the video; a new one begins the file anew. */
class Writer implements LongStrings {
  readonly #keys: ReadonlySet<string>;
  readonly #wanted: number | null;
  readonly #into: Incoming;
  readonly #decoder = new Base64Decoder();
  readonly #todo: (Uint8Array | 'begin' | 'end')[] = [];
  #writing = false;
  /** The long string that is in the file. */
  written: number | null = null;

  constructor(keys: ReadonlySet<string>, wanted: number | null, into: Incoming) {
    this.#keys = keys;
    this.#wanted = wanted;
    this.#into = into;
  }

  begin(index: number, key: string | null): void {
    this.#writing =
      this.#wanted === null ? key !== null && this.#keys.has(key) : index === this.#wanted;
    if (!this.#writing) return;
    this.#todo.push('begin');
    this.written = index;
  }

  piece(bytes: Uint8Array): void {
    if (this.#writing) this.#todo.push(bytes);
  }

  end(): void {
    if (this.#writing) this.#todo.push('end');
    this.#writing = false;
  }

  /** To be awaited before the reader goes on: the pieces are part of what it reads. */
  async drain(): Promise<void> {
    for (const one of this.#todo.splice(0)) {
      if (one === 'begin') await this.#into.restart();
      else await this.#write(one === 'end' ? this.#decoder.end() : this.#decoder.push(one));
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (bytes.length > 0) await this.#into.write(bytes);
  }
}
