/** What a refused look says about work that is paid for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotReached, type RefusalCode, Refused } from '../../src/jobs/ports/service.ts';
import { withoutAnswer } from '../../src/jobs/steps/look.ts';

const codes: Readonly<Record<RefusalCode, 'gone' | 'no answer'>> = {
  gone: 'gone',
  'bad request': 'no answer',
  'rate limit': 'no answer',
  'service budget': 'no answer',
  key: 'no answer',
  setup: 'no answer',
  'model gone': 'no answer',
  'not yet': 'no answer',
  unclear: 'no answer',
};

test('only "no such operation" says that paid work is gone; every other refusal is no answer', () => {
  for (const [code, kind] of Object.entries(codes)) {
    assert.equal(withoutAnswer(new Refused(code as RefusalCode, 400)).kind, kind, code);
  }
  for (const left of [true, false]) {
    assert.equal(withoutAnswer(new NotReached('ECONNRESET', left)).kind, 'no answer');
  }
});

test('how long to wait is handed on', () => {
  const found = withoutAnswer(new Refused('rate limit', 429, { retryAfterMs: 7_000 }));
  assert.equal(found.kind === 'no answer' && found.retryAfterMs, 7_000);
});
