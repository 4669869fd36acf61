/**
 * Reads JSON whose strings can be tens of megabytes without ever holding one: a long string is handed
 * on piece by piece and replaced by a mark. Whatever else is in the JSON comes out as from JSON.parse.
 *
 * Why: every look at an interaction repeats its whole input, pictures included, and can carry the
 * video itself as base64. Source: recorded exchange with the live API, 2026-10.
 */

export interface LongStrings {
  /** @param key the name it stands under; null in an array or as a name itself. */
  begin(index: number, key: string | null): void;
  /** The string's own bytes (UTF-8), escapes resolved; valid until the next piece. */
  piece(bytes: Uint8Array): void;
  end(): void;
}

export interface JsonLimits {
  /** A string with more bytes than this, as written, is a long one. */
  readonly longBytes: number;
  /** Most of the JSON that may be left once the long strings are out. */
  readonly keptBytes: number;
}

const usualLimits: JsonLimits = { longBytes: 32 * 1024, keptBytes: 4 * 1024 * 1024 };

/** The JSON is not whole, not JSON, or larger than its limit. */
export class UnreadableJson extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'UnreadableJson';
  }
}

const MARK = '\u0000long:';

/** What stands in the JSON for the long string `index`. */
export function markOf(index: number): string {
  return `${MARK}${index}`;
}

/** The index of the long string a mark stands for, or null. */
export function markedIndex(value: string): number | null {
  const index = value.startsWith(MARK) ? Number(value.slice(MARK.length)) : Number.NaN;
  return Number.isInteger(index) ? index : null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

export class LongStringReader {
  readonly #limits: JsonLimits;
  readonly #sink: LongStrings | null;
  readonly #kept = new Growing();
  /** Where we are: outside of strings, in one, or right behind a backslash in one. */
  #at: 'outside' | 'string' | 'escape' = 'outside';
  /** Where the present or last string begins in what is kept; it may still turn out long. */
  #stringFrom = 0;
  #long: Unescaper | null = null;
  #longs = 0;
  #key: string | null = null;

  constructor(sink: LongStrings | null = null, limits: JsonLimits = usualLimits) {
    this.#sink = sink;
    this.#limits = limits;
  }

  /** @throws UnreadableJson as soon as too much is left of it. */
  push(chunk: Uint8Array): void {
    const bytes = buffer(chunk);
    let from = 0;
    while (from < bytes.length) {
      from = this.#at === 'outside' ? this.#outside(bytes, from) : this.#inString(bytes, from);
    }
  }

  /** What JSON.parse would give, with marks for long strings. @throws UnreadableJson */
  end(): unknown {
    if (this.#at !== 'outside') throw new UnreadableJson('cut in a string');
    try {
      return JSON.parse(this.#kept.text(0));
    } catch {
      throw new UnreadableJson('not JSON');
    }
  }

  #outside(bytes: Buffer, from: number): number {
    const quote = bytes.indexOf(QUOTE, from);
    const end = quote < 0 ? bytes.length : quote;
    this.#noteKey(bytes, from, end);
    this.#keep(bytes.subarray(from, end));
    if (quote < 0) return end;
    this.#at = 'string';
    this.#stringFrom = this.#kept.length + 1;
    this.#keep(QUOTE_SIGN);
    return quote + 1;
  }

  /** The last sign before a string tells whether it stands under a name: the string before. */
  #noteKey(bytes: Buffer, from: number, end: number): void {
    for (let i = end - 1; i >= from; i--) {
      const sign = bytes[i];
      if (sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09) continue;
      this.#key = sign === COLON ? this.#lastString(bytes, from, i) : null;
      return;
    }
  }

  /** What is kept ends with that string's closing quote, up to blanks. */
  #lastString(bytes: Buffer, from: number, colon: number): string {
    const behind = this.#kept.text(this.#stringFrom) + bytes.toString('latin1', from, colon);
    return behind.slice(0, behind.lastIndexOf('"'));
  }

  #inString(bytes: Buffer, from: number): number {
    let at = this.#at === 'escape' ? from + 1 : from;
    this.#at = 'string';
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at);
      const end = quote < 0 ? bytes.length : quote;
      const backslash = bytes.subarray(at, end).indexOf(BACKSLASH);
      if (backslash < 0) {
        this.#add(bytes.subarray(from, end));
        if (quote < 0) return end;
        this.#endString();
        return quote + 1;
      }
      at += backslash + 2;
      if (at > bytes.length) {
        this.#at = 'escape';
        this.#add(bytes.subarray(from));
        return bytes.length;
      }
    }
  }

  #add(piece: Uint8Array): void {
    if (this.#long !== null) {
      this.#long.push(piece);
      return;
    }
    const before = this.#kept.length - this.#stringFrom;
    if (before + piece.length <= this.#limits.longBytes) {
      this.#keep(piece);
      return;
    }
    this.#sink?.begin(this.#longs, this.#key);
    this.#long = new Unescaper((bytes) => this.#sink?.piece(bytes));
    this.#long.push(this.#kept.cutFrom(this.#stringFrom));
    this.#long.push(piece);
    this.#keep(Buffer.from(JSON.stringify(markOf(this.#longs)).slice(1, -1)));
    this.#longs += 1;
  }

  #endString(): void {
    this.#at = 'outside';
    if (this.#long !== null) this.#sink?.end();
    this.#long = null;
    this.#keep(QUOTE_SIGN);
  }

  #keep(part: Uint8Array): void {
    this.#kept.add(part);
    if (this.#kept.length > this.#limits.keptBytes) throw new UnreadableJson('too large');
  }
}

const QUOTE_SIGN = Buffer.from('"');

/** One block of memory for what is kept, instead of a million small ones. */
class Growing {
  #bytes = Buffer.alloc(8 * 1024);
  length = 0;

  add(part: Uint8Array): void {
    const needed = this.length + part.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.length);
      this.#bytes = larger;
    }
    this.#bytes.set(part, this.length);
    this.length = needed;
  }

  text(from: number): string {
    return this.#bytes.toString('utf8', from, this.length);
  }

  /** Takes the end out, as a copy. */
  cutFrom(from: number): Buffer {
    const cut = Buffer.from(this.#bytes.subarray(from, this.length));
    this.length = from;
    return cut;
  }
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Resolves the escapes of a JSON string that comes in pieces. */
class Unescaper {
  readonly #out: (bytes: Uint8Array) => void;
  /** An escape begun and not ended: `\`, `\u`, `\u00`… */
  #open = '';
  /** The first half of a character that takes two escapes; alone it is dropped. */
  #half = '';

  constructor(out: (bytes: Uint8Array) => void) {
    this.#out = out;
  }

  push(piece: Uint8Array): void {
    const bytes = buffer(piece);
    let from = 0;
    while (from < bytes.length) {
      if (this.#open !== '') {
        this.#open += String.fromCharCode(bytes[from] ?? 0);
        from += 1;
        this.#resolve();
        continue;
      }
      const backslash = bytes.indexOf(BACKSLASH, from);
      const end = backslash < 0 ? bytes.length : backslash;
      if (end > from) {
        this.#half = '';
        this.#out(bytes.subarray(from, end));
      }
      if (backslash >= 0) this.#open = '\\';
      from = end + 1;
    }
  }

  #resolve(): void {
    const letter = this.#open[1] ?? '';
    if (letter === 'u' && this.#open.length < 6) return;
    const sign =
      letter === 'u'
        ? String.fromCharCode(Number.parseInt(this.#open.slice(2), 16))
        : (simple[letter] ?? letter);
    this.#open = '';
    if (/[\ud800-\udbff]/.test(sign)) {
      this.#half = sign;
      return;
    }
    this.#out(Buffer.from(this.#half + sign, 'utf8'));
    this.#half = '';
  }
}
