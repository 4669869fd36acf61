import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoff, LONGEST_BACKOFF_MS } from '../../src/jobs/lanes/delays.ts';

const low = () => 0;
const high = () => 0.999_999;

test('the wait doubles with each failed attempt, and half of it is chance', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((n) => backoff(n, low)),
    [500, 1_000, 2_000, 4_000],
  );
  assert.deepEqual(
    [1, 2, 3, 4].map((n) => backoff(n, high)),
    [1_000, 2_000, 4_000, 8_000],
  );
});

test('no wait is longer than a minute, whatever the attempt or the other side asks for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      fc.option(fc.double()),
      (attempt, chance, retryAfterMs) => {
        const wait = backoff(attempt, () => chance, retryAfterMs ?? undefined);
        assert.ok(wait >= 500 && wait <= LONGEST_BACKOFF_MS, String(wait));
      },
    ),
  );
});

test('a Retry-After is never undercut, and jobs refused together come back apart', () => {
  assert.equal(backoff(1, low, 20_000), 20_000);
  assert.equal(
    backoff(1, () => 0.5, 20_000),
    22_500,
  );
});

test('a Retry-After shorter than the own wait does not make it shorter', () => {
  assert.equal(backoff(5, low, 100), backoff(5, low));
});

test('a Retry-After that is no length of time is as if it were absent', () => {
  for (const odd of [0, -5, Number.NaN]) assert.equal(backoff(3, low, odd), backoff(3, low));
});
