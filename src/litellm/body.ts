/**
 * The body of a paid call. With pictures in it it can be tens of megabytes as text, so it is never
 * made whole: base64 is written piece by piece while it is sent.
 */
import { randomUUID } from 'node:crypto';

/** Stands in a body where a picture's base64 goes: the index of the request's picture. */
export class PictureData {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

export interface BodyInPieces {
  readonly sizeBytes: number;
  readonly pieces: () => Iterable<Uint8Array>;
}

/** Whole groups of three bytes, so that pieces of base64 fit together. */
const PIECE_BYTES = 48 * 1024;

export function bodyOf(json: unknown, pictures: readonly Uint8Array[]): string | BodyInPieces {
  if (pictures.length === 0) return JSON.stringify(json);
  // Not to be guessed: a prompt may hold anything else.
  const marks = pictures.map(() => randomUUID());
  const used: Uint8Array[] = [];
  const text = JSON.stringify(json, (_, value: unknown) => {
    if (!(value instanceof PictureData)) return value;
    const bytes = pictures[value.index];
    if (bytes === undefined) throw new RangeError(`no picture ${value.index}`);
    used.push(bytes);
    return marks[value.index];
  });
  const between = text.split(new RegExp(marks.join('|'))).map((part) => Buffer.from(part));
  return {
    sizeBytes: sum(between.map(({ length }) => length)) + sum(used.map(base64Length)),
    *pieces() {
      for (const [i, part] of between.entries()) {
        yield part;
        const bytes = used[i];
        if (bytes !== undefined) yield* base64(bytes);
      }
    },
  };
}

function* base64(bytes: Uint8Array): Iterable<Uint8Array> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < all.length; at += PIECE_BYTES) {
    yield Buffer.from(all.toString('base64', at, Math.min(at + PIECE_BYTES, all.length)), 'latin1');
  }
}

function base64Length({ length }: Uint8Array): number {
  return Math.ceil(length / 3) * 4;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
