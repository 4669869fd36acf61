/** Base64 that comes in pieces: whatever the cuts, alphabet and line breaks, the same bytes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Base64Decoder } from '../../src/litellm/base64.ts';

function decoded(text: string, cuts: readonly number[]): Buffer {
  const decoder = new Base64Decoder();
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  const parts = ends.map((to) => {
    const piece = bytes.subarray(from, to);
    from = to;
    // What is given is valid until the next call.
    return Buffer.from(decoder.push(piece));
  });
  return Buffer.concat([...parts, Buffer.from(decoder.end())]);
}

const cuts = fc.array(fc.nat(), { maxLength: 20 });

describe('base64 in pieces', () => {
  for (const alphabet of ['base64', 'base64url'] as const) {
    it(`gives the bytes that were encoded as ${alphabet}, wherever it is cut`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (bytes, where) => {
          const text = Buffer.from(bytes).toString(alphabet);
          assert.deepEqual(decoded(text, where), Buffer.from(bytes));
        }),
      );
    });
  }

  it('leaves out line breaks and whatever else is no character of it, as Node does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 76 }),
        cuts,
        (bytes, width, where) => {
          const text = Buffer.from(bytes).toString('base64');
          const lines = text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
          assert.deepEqual(decoded(lines, where), Buffer.from(bytes));
        },
      ),
    );
  });

  it('begins anew after its end', () => {
    const decoder = new Base64Decoder();
    decoder.push(Buffer.from('aGV'));
    decoder.end();
    const bytes = Buffer.from(decoder.push(Buffer.from('aGk=')));
    assert.equal(`${bytes}${Buffer.from(decoder.end())}`, 'hi');
  });
});
