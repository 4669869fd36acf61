import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  allowanceOf,
  checksFor,
  fits,
  type Limit,
  type LimitCheck,
} from '../../src/jobs/money/spending.ts';
import { NOON, sampleReply, utc } from './samples.ts';

const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const limits: readonly Limit[] = (['bot', 'server', 'channel', 'member'] as const).flatMap(
  (scope) =>
    (['day', 'month'] as const).map((period) => ({
      ...{ scope, period, maxMicroUsd: 1_000_000, maxVideos: 3 },
    })),
);

function check(over: Partial<LimitCheck>): LimitCheck {
  return {
    ...{ scope: 'member', period: 'day', of: '1', maxMicroUsd: null, maxVideos: null },
    ...{ sinceAt: 0, untilAt: 1, ...over },
  };
}

test('a video fits exactly as long as its price and its count stay within the limit', () => {
  fc.assert(
    fc.property(amount, amount, amount, fc.nat(50), fc.nat(50), (max, spent, price, had, most) => {
      const money = check({ maxMicroUsd: max });
      assert.equal(fits(money, { microUsd: spent, videos: had }, price), spent + price <= max);
      const count = check({ maxVideos: most });
      assert.equal(fits(count, { microUsd: spent, videos: had }, price), had < most);
      const both = check({ maxMicroUsd: max, maxVideos: most });
      assert.equal(
        fits(both, { microUsd: spent, videos: had }, price),
        spent + price <= max && had < most,
      );
      assert.equal(fits(check({}), { microUsd: spent, videos: had }, price), true);
    }),
  );
});

test('the limits that hold are asked from the nearest to the widest', () => {
  const reply = sampleReply();
  const checks = checksFor({ requester: { userId: 'u' }, reply }, NOON, {
    limits,
    exempt: [],
    calendar: utc,
  });
  assert.deepEqual(
    checks.map(({ scope, of }) => [scope, of]),
    [
      ...[1, 2].map(() => ['member', 'u']),
      ...[1, 2].map(() => ['channel', reply.channelId]),
      ...[1, 2].map(() => ['server', reply.guildId]),
      ...[1, 2].map(() => ['bot', null]),
    ],
  );
});

test('where there is no server no limit of a server holds', () => {
  const reply = sampleReply({ guildId: null });
  const checks = checksFor({ requester: { userId: 'u' }, reply }, NOON, {
    limits,
    exempt: [],
    calendar: utc,
  });
  assert.equal(checks.filter(({ scope }) => scope === 'server').length, 0);
  assert.equal(checks.filter(({ scope }) => scope === 'bot').length, 2);
});

test('what is left is never less than nothing', () => {
  const left = allowanceOf(
    { ...check({ maxMicroUsd: 5, maxVideos: 2 }), period: 'day' },
    { microUsd: 9, videos: 3 },
  );
  assert.equal(left.money?.leftMicroUsd, 0);
  assert.equal(left.videos?.left, 0);
  const none = allowanceOf({ ...check({}), period: 'day' }, { microUsd: 9, videos: 3 });
  assert.deepEqual([none.money, none.videos], [null, null]);
});
