import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Base64Decoder } from '../../src/litellm/base64.ts';
import {
  LongStringReader,
  type LongStrings,
  markOf,
  UnreadableJson,
} from '../../src/litellm/longStrings.ts';

const LONG = 40;
const limits = { longBytes: LONG, keptBytes: 1 << 20 };

class Sink implements LongStrings {
  readonly found: { key: string | null; text: string; ended: boolean }[] = [];
  #parts: Buffer[] = [];
  begin(index: number, key: string | null): void {
    assert.equal(index, this.found.length);
    this.found.push({ key, text: '', ended: false });
    this.#parts = [];
  }
  piece(bytes: Uint8Array): void {
    this.#parts.push(Buffer.from(bytes));
  }
  end(): void {
    const last = this.found.at(-1);
    assert.ok(last);
    last.text = Buffer.concat(this.#parts).toString('utf8');
    last.ended = true;
  }
}

function pieces(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const out: Buffer[] = [];
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[i % sizes.length] ?? 1);
    out.push(bytes.subarray(from, from + size));
    from += size;
  }
  return out;
}

function read(text: string, sizes: readonly number[], sink: LongStrings | null = null): unknown {
  const reader = new LongStringReader(sink, limits);
  for (const piece of pieces(Buffer.from(text), sizes)) reader.push(piece);
  return reader.end();
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const short = fc.string({ unit: 'binary', maxLength: 2 });
const shorts = fc.jsonValue({ stringUnit: 'binary' });

function isShort(value: unknown): boolean {
  if (typeof value === 'string') return Buffer.byteLength(JSON.stringify(value)) - 2 <= LONG;
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isShort(key) && isShort(inner));
}

test('JSON without long strings comes out as from JSON.parse, however it is cut', () => {
  fc.assert(
    fc.property(
      shorts.filter(isShort),
      sizes,
      fc.constantFrom(undefined, 1, '\t'),
      (value, cuts, indent) => {
        const text = JSON.stringify(value, null, indent);
        assert.deepEqual(read(text, cuts), JSON.parse(text));
      },
    ),
    { numRuns: 500 },
  );
});

test('each long string is handed on whole with its name, and a mark stands in its place', () => {
  const long = fc
    .array(fc.oneof(short, fc.constantFrom('\\', '"', '\n', '\u0001', '😀', 'é', '\\u', '/')), {
      minLength: 41,
      maxLength: 60,
    })
    .map((parts) => `${parts.join('')}${'x'.repeat(LONG + 1)}`);
  const ascii = fc.boolean();
  fc.assert(
    fc.property(short, long, short, long, sizes, ascii, (a, first, b, second, cuts, escaped) => {
      const value = { [`k${a}`]: b, data: first, list: [second, b, 1], data2: a };
      const plain = JSON.stringify(value, null, 1);
      const text = escaped
        ? plain.replace(
            /[\u0080-\uffff=/]/g,
            (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
          )
        : plain;
      const sink = new Sink();
      assert.deepEqual(read(text, cuts, sink), {
        ...value,
        data: markOf(0),
        list: [markOf(1), b, 1],
      });
      assert.deepEqual(sink.found, [
        { key: 'data', text: first.toWellFormed(), ended: true },
        { key: null, text: second.toWellFormed(), ended: true },
      ]);
    }),
    { numRuns: 300 },
  );
});

test('what is cut or no JSON is unreadable, never half an answer', () => {
  const text = JSON.stringify({ a: ['b', { c: 'd\\"' }], long: 'x'.repeat(100) });
  for (let end = 0; end < Buffer.byteLength(text); end++) {
    assert.throws(() => read(text.slice(0, end), [7]), UnreadableJson);
  }
  assert.throws(() => read('<!doctype html><p class="x">', [3]), UnreadableJson);
});

test('what is left without its long strings may not grow without end', () => {
  const reader = new LongStringReader(null, { longBytes: 10, keptBytes: 1_000 });
  assert.throws(() => {
    for (let i = 0; i < 1_000; i++) reader.push(Buffer.from('"ab",'));
  }, UnreadableJson);
});

test('base64 cut anywhere, of either alphabet and with line breaks, is decoded', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      sizes,
      fc.boolean(),
      fc.boolean(),
      (bytes, cuts, url, lines) => {
        const plain = Buffer.from(bytes).toString(url ? 'base64url' : 'base64');
        const text = lines ? plain.replace(/.{5}/g, '$&\r\n') : plain;
        const decoder = new Base64Decoder();
        const out = pieces(Buffer.from(text), cuts).map((piece) =>
          Buffer.from(decoder.push(piece)),
        );
        assert.deepEqual(Buffer.concat([...out, decoder.end()]), Buffer.from(bytes));
      },
    ),
  );
});
