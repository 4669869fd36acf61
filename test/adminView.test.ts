import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Alarms } from '../src/adminView.ts';

const HOUR_MS = 3_600_000;

function listening() {
  const clock = { at: 0, wall: () => 1_000_000 + clock.at, monotonic: () => clock.at };
  const alarms = new Alarms(clock);
  const hear = (what: string, detail?: Record<string, string>) =>
    alarms.hear({ kind: 'alarm', job: null, what, ...(detail === undefined ? {} : { detail }) });
  const heard = () => alarms.last.map(({ what, count }) => [what, count]);
  return { clock, alarms, hear, heard };
}

test('the same alarm again is one with a count, and stands first as the newest', () => {
  const { clock, alarms, hear, heard } = listening();
  for (let i = 0; i < 30; i++) hear('set up wrongly');
  hear('service budget');
  clock.at = 5_000;
  hear('set up wrongly');
  assert.deepEqual(heard(), [
    ['set up wrongly', 31],
    ['service budget', 1],
  ]);
  assert.equal(alarms.last[0]?.at, 1_005_000);
});

test('alarms about different models, codes or operations are different ones', () => {
  const { hear, heard } = listening();
  for (const detail of [{ model: 'a' }, { model: 'b' }, { code: '3' }, { operation: 'x' }]) {
    hear('withdrawn', { ...detail, how: 'HTTP 404' });
    hear('withdrawn', { ...detail, how: 'HTTP 410' });
  }
  assert.deepEqual(
    heard(),
    Array.from({ length: 4 }, () => ['withdrawn', 2]),
  );
});

test('after an hour of silence it is news again', () => {
  const { clock, hear, heard } = listening();
  hear('storage');
  clock.at += HOUR_MS - 1;
  hear('storage');
  clock.at += HOUR_MS;
  hear('storage');
  assert.deepEqual(heard(), [
    ['storage', 1],
    ['storage', 2],
  ]);
});

test('a flood of one alarm never pushes another one out', () => {
  const { hear, heard } = listening();
  hear('paid operation not written down', { operation: 'x' });
  for (let i = 0; i < 10_000; i++) hear('storage');
  assert.equal(heard().length, 2);
});
