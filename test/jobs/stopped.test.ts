import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterLook } from '../../src/jobs/outcomes/look.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { NOON, PRICE, sampleJob } from './samples.ts';

test('running work that was stopped may have been charged, and counts for who stopped it', () => {
  const found = { kind: 'cancelled' } as const;
  const { money, to } = afterLook(sampleJob('cancelling'), found, {
    now: NOON + 60_000,
    wall: NOON + 60_000,
    chance: () => 0.5,
    rules: defaultRules,
    nextLookAt: () => NOON + 70_000,
    likelyMs: () => 45_000,
    pricesOf: () => null,
    successorFor: () => null,
  });
  assert.equal(to.state, 'cancelled');
  assert.deepEqual(money, { kind: 'maybe', microUsd: PRICE, countsForMember: true });
  assert.deepEqual('charge' in to && to.charge, { kind: 'may have been charged', microUsd: PRICE });
});
