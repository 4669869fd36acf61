import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { customId, parseCustomId } from '../../src/discord/text/customIds.ts';
import { money } from '../../src/discord/text/money.ts';
import { ALT_TEXT_MAX, plainLine, quote } from '../../src/discord/text/quote.ts';
import { pingsWhenAllowed, seen } from './markdown.ts';
import { nasty } from './prompts.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);

test('no text that is quoted pings, links, formats or begins another kind of line', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const quoted = quote(text);
      assert.deepEqual(seen(quoted).effects, []);
      assert.deepEqual(seen(`> ${quoted}`).effects.length, 1, 'only our own quotation');
      assert.deepEqual(pingsWhenAllowed(quoted), []);
    }),
    { numRuns: 1_000 },
  );
});

test('a quotation is one line without anything that cannot be seen', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const { text: read } = seen(quote(text));
      assert.doesNotMatch(
        read,
        /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u2060\uFEFF\u00AD\u3164]/u,
      );
      assert.ok(read.isWellFormed());
      assert.equal(read, read.trim());
    }),
    { numRuns: 1_000 },
  );
});

test('a quotation is cut between whole characters, and never too long', () => {
  fc.assert(
    fc.property(nasty, fc.integer({ min: 1, max: 200 }), (text, most) => {
      const whole = seen(quote(text, 100_000)).text;
      const quoted = quote(text, most);
      const { text: read } = seen(quoted);
      assert.ok(split(read).length <= most);
      assert.ok(quoted.length <= most * 4 + 8);
      if (read === whole) return;
      assert.ok(read.endsWith('…'));
      const kept = split(read.slice(0, -1));
      assert.deepEqual(split(whole).slice(0, kept.length).join('').trimEnd(), kept.join(''));
    }),
    { numRuns: 1_000 },
  );
});

test('an alt text is within its limit, well formed and one line', () => {
  fc.assert(
    fc.property(nasty, fc.integer({ min: 1, max: 40 }), (text, times) => {
      const line = plainLine(text.repeat(times), ALT_TEXT_MAX);
      assert.ok(line.length <= ALT_TEXT_MAX);
      assert.ok(line.isWellFormed());
      assert.doesNotMatch(line, /[\r\n]/);
    }),
    { numRuns: 300 },
  );
});

test('an ordinary prompt stays as typed', () => {
  for (const prompt of [
    'a cat playing with a ball of yarn in a sunny garden',
    'Zoom in (slowly) on a 16:9 screen, then "cut"!',
    'ein Fuß im Schnee – größer als 50 %',
    'پیش‌نمایش یک گربه',
    '👩‍👩‍👧‍👦 at 🏴󠁧󠁢󠁥󠁮󠁧󠁿 with ❤️‍🔥 and 👍🏽',
    '2*3*4 = snake_case_name [sic] | #1 & <b>',
  ]) {
    assert.equal(seen(quote(prompt)).text, prompt);
  }
});

test('lines of a prompt are joined and a pile of marks on one letter is left out', () => {
  assert.equal(quote('first\n\n  second\tthird '), 'first second third');
  assert.equal(quote(`a${'\u0301'.repeat(60)}b`), 'b');
  assert.equal(quote('\u200B\u2060'), '');
});

test('a long prompt of family emoji ends with a whole family', () => {
  const { text } = seen(quote('👩‍👩‍👧‍👦'.repeat(400)));
  assert.match(text, /^(👩‍👩‍👧‍👦)+…$/u);
});

test('money is written in dollars and cents, and nothing paid reads as free', () => {
  assert.equal(money(560_000), '$0.56');
  assert.equal(money(0), '$0.00');
  assert.equal(money(1), '<$0.01');
  assert.equal(money(5_000), '$0.01');
  assert.equal(money(19_999_999), '$20.00');
  assert.equal(money(-100_000), '-$0.10');
});

test('a custom id is read back as written, and nothing else is read at all', () => {
  for (const kind of ['cancel', 'again', 'show'] as const) {
    assert.deepEqual(parseCustomId(customId(kind, '8f3kq2zd')), { kind, id: '8f3kq2zd' });
  }
  assert.deepEqual(parseCustomId('start:d_1-X'), { kind: 'start', id: 'd_1-X' });
  for (const other of [
    ...['', ':', 'cancel', 'cancel:', 'cancel:8f3k', 'cancel:8f3kq2zd ', 'cancel:8F3KQ2ZD'],
    ...['Cancel:8f3kq2zd', 'toString:8f3kq2zd', 'cancel:8f3kq2zd:1', `start:${'x'.repeat(95)}`],
  ]) {
    assert.equal(parseCustomId(other), null, other);
  }
});
