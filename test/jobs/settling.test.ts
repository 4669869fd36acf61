/** What a service says it used, from its JSON to the ledger: believed only where it can be true. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Change } from '../../src/jobs/change.ts';
import type { JobIn } from '../../src/jobs/job.ts';
import { afterLateLook } from '../../src/jobs/outcomes/lateLook.ts';
import { afterLook } from '../../src/jobs/outcomes/look.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import type { Look } from '../../src/jobs/ports/service.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { omni } from '../../src/litellm/omni.ts';
import { NOON, PRICE, sampleJob, sampleRequest } from './samples.ts';

const context: Context = {
  now: NOON + 50_000,
  wall: NOON + 50_000,
  chance: () => 0.5,
  rules: defaultRules,
  nextLookAt: () => NOON + 60_000,
  likelyMs: () => 45_000,
  pricesOf: () => null,
  successorFor: () => null,
};
const perMillionTokens = { input: 1_500_000, text: 9_000_000, video: 12_000_000 };
const request = sampleRequest({
  prices: { perSecondMicroUsd: { '720p': 100_000 }, perMillionTokens },
});
const video = {
  type: 'model_output',
  content: [{ type: 'video', mime_type: 'video/mp4', uri: 'https://g/v1beta/files/abc' }],
};

function found(status: string, usage: unknown): Look {
  const steps = status === 'completed' ? [video] : [];
  return omni.read({ status, usage, steps }).look;
}

function settled(change: Change): readonly unknown[] {
  const { money } = change;
  return money?.kind === 'settle' ? [money.microUsd, money.basis] : [money?.kind];
}

const running = sampleJob('generating', { request });
const overdue = sampleJob('failed', {
  ...{ request, reason: 'overdue', dueAt: NOON },
  charge: { kind: 'may have been charged', microUsd: PRICE },
});
const videoTokens = (tokens: unknown) => ({
  total_output_tokens: tokens,
  output_tokens_by_modality: [{ modality: 'video', tokens }],
});

describe('a video whose service reports', () => {
  const estimates: [what: string, usage: unknown][] = [
    ['nothing', undefined],
    ['an absurd sum', { total_input_tokens: 1e30, total_output_tokens: 5 }],
    ['an absurd number of video tokens', videoTokens(1e15)],
    ['more than a number can hold', videoTokens(Number.MAX_VALUE)],
    ['a negative number', videoTokens(-46_336)],
    ['a fraction', videoTokens(0.5)],
    ['words', videoTokens('many')],
    ['only what went in', { total_input_tokens: 19 }],
    ['a total without video tokens', { total_input_tokens: 19, total_output_tokens: 46_336 }],
    ['nothing that came out', { total_tokens: 18_127, total_output_tokens: 0 }],
  ];
  for (const [what, usage] of estimates) {
    test(`${what} is charged at its estimate`, () => {
      const change = afterLook(running, found('completed', usage), context);
      assert.deepEqual(settled(change), [PRICE, 'estimate']);
      assert.equal(change.to.state, 'downloading');
    });
  }

  test('its video tokens is charged by them', () => {
    const change = afterLook(running, found('completed', videoTokens(46_336)), context);
    assert.deepEqual(settled(change), [46_336 * 12, 'reported']);
  });

  test('whatever it likes: whole micro-dollars, in proportion, and the words say the same', () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.bigInt().map(String),
      fc.constantFrom(null, '', 'NaN', '1e400', [], {}),
    );
    const usage = fc.record(
      {
        total_input_tokens: number,
        total_output_tokens: number,
        total_thought_tokens: number,
        output_tokens_by_modality: fc.array(
          fc.record({ modality: fc.constantFrom('video', 'text', 'VIDEO', 7), tokens: number }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(usage, fc.jsonValue()), fc.boolean(), (said, isLate) => {
        const look = found('completed', said);
        const change = isLate
          ? afterLateLook(overdue, look, context)
          : afterLook(running, look, context);
        const { money, to } = change;
        assert.ok(money?.kind === 'settle');
        assert.ok(Number.isSafeInteger(money.microUsd) && money.microUsd > 0);
        assert.ok(money.microUsd <= 10 * PRICE + 1_000_000);
        const { charge } = to as JobIn<'downloading'>;
        assert.deepEqual(charge, { kind: 'charged', microUsd: money.microUsd });
      }),
    );
  });
});

describe('a failure', () => {
  test('that reports video tokens is charged, and an admin is told', () => {
    const change = afterLook(running, found('failed', videoTokens(46_336)), context);
    assert.deepEqual(settled(change), [46_336 * 12, 'reported']);
    assert.equal(change.to.state === 'failed' && change.to.charge.kind, 'charged');
    assert.equal(change.alarm, 'failed and charged');
    const late = afterLateLook(overdue, found('failed', videoTokens(46_336)), context);
    assert.deepEqual(settled(late), [46_336 * 12, 'reported']);
  });

  for (const usage of [undefined, { total_input_tokens: 19 }, videoTokens(0)]) {
    test(`that reports ${JSON.stringify(usage) ?? 'nothing'} is not charged`, () => {
      const change = afterLook(running, found('failed', usage), context);
      assert.deepEqual(settled(change), ['give back']);
      assert.deepEqual(change.to.state === 'failed' && change.to.charge, { kind: 'not charged' });
    });
  }
});
