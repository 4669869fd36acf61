import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recover } from '../../src/jobs/recovery.ts';
import { states } from '../../src/jobs/states.ts';
import { NOON, PRICE, sampleJob } from './samples.ts';

const touched = ['received', 'submitting', 'shrinking', 'delivering'];

for (const state of states.filter((one) => !touched.includes(one))) {
  test(`a job found ${state} goes on as it stands`, () => {
    assert.equal(recover(sampleJob(state), NOON), null);
  });
}

test('a job found before its acknowledgement is asked about at once', () => {
  const change = recover(sampleJob('received', { dueAt: NOON + 30_000 }), NOON);
  assert.deepEqual(change?.to, { state: 'received', dueAt: NOON });
  assert.equal(change?.money, undefined);
});

test('a paid call found under way is never sent again: it may have been charged', () => {
  for (const cancelAsked of [false, 'by requester'] as const) {
    const change = recover(sampleJob('submitting', { cancelAsked }), NOON);
    assert.equal(change?.to.state, 'unconfirmed');
    assert.deepEqual(change?.money, { kind: 'maybe', microUsd: PRICE, countsForMember: false });
  }
});

test('a delivery found under way is repeated, with a look at what is there first', () => {
  const change = recover(sampleJob('delivering', { dueAt: NOON + 60_000 }), NOON);
  assert.equal(change?.attempts, 1);
  assert.equal(change?.to.state === 'delivering' && change.to.dueAt, NOON);
  assert.equal(change?.to.state === 'delivering' && change.to.rung, 'reply by token');
  assert.equal(recover(sampleJob('delivering', { attempts: 2 }), NOON), null);
});

test('a copy found in the making is made anew, but not for ever', () => {
  const change = recover(sampleJob('shrinking', { attempts: 2, dueAt: NOON + 60_000 }), NOON);
  assert.equal(change?.attempts, 3);
  assert.equal(change?.to.state === 'shrinking' && change.to.dueAt, NOON);
});
