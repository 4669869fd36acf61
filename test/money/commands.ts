/** What can happen to the money of a bot: by people, the service, admins, time and crashes. */
import fc from 'fast-check';
import type { Usage } from '../../src/jobs/model.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';

export interface Ask {
  readonly member: string;
  readonly channel: string;
  readonly server: string | null;
  readonly model: string;
  readonly seconds: number;
  readonly ack: 'ours' | 'not ours' | 'unsure';
}

export type Command =
  | {
      readonly kind: 'ask';
      readonly asks: readonly Ask[];
      readonly crashes: 'no' | 'at once' | 'a turn later';
    }
  | { readonly kind: 'ask again'; readonly which: number }
  /** One of the ways on of a job. */
  | {
      readonly kind: 'go on';
      readonly which: number;
      readonly how: number;
      readonly usage: Usage | null;
    }
  | { readonly kind: 'cancel'; readonly which: number; readonly byAdmin: boolean }
  | { readonly kind: 'settle'; readonly which: number; readonly charged: boolean }
  | { readonly kind: 'forget'; readonly member: string }
  | { readonly kind: 'limit'; readonly limit: Limit; readonly isOff: boolean }
  /** So much passes, and the wall clock is set by so much besides. */
  | { readonly kind: 'time'; readonly passesMs: number; readonly jumpsMs: number }
  | { readonly kind: 'crash' }
  | { readonly kind: 'late'; readonly which: number; readonly how: 'stale' | 'twice' | 'in parts' }
  | { readonly kind: 'tamper' };

export interface Plan {
  readonly zone: string;
  readonly startAt: number;
  readonly commands: readonly Command[];
}

export const members = ['ann', 'bob'];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ask: fc.Arbitrary<Ask> = fc.record({
  member: fc.constantFrom(...members),
  channel: fc.constantFrom('red', 'blue'),
  server: fc.constantFrom('tea', null),
  model: fc.constantFrom('omni-1', 'omni-1', 'veo-1'),
  seconds: fc.constantFrom(4, 8),
  ack: fc.constantFrom('ours', 'ours', 'ours', 'ours', 'not ours', 'unsure'),
});

/** Little, a lot, and more than can be believed. */
const usage: fc.Arbitrary<Usage | null> = fc.option(
  fc.record({
    inputTokens: fc.nat(2_000),
    textTokens: fc.nat(5_000),
    videoTokens: fc.oneof(fc.constant(0), fc.nat(70_000), fc.nat(2_000_000)),
  }),
);

/** Small, so that they are met all the time. */
const limit: fc.Arbitrary<Limit> = fc
  .record({
    whose: fc.constantFrom<Pick<Limit, 'scope' | 'of'>>(
      { scope: 'bot' },
      { scope: 'bot' },
      { scope: 'server' },
      { scope: 'channel' },
      { scope: 'member' },
      { scope: 'member' },
      { scope: 'member', of: 'ann' },
      { scope: 'stranger' },
      { scope: 'channel', of: 'red' },
    ),
    period: fc.constantFrom('day' as const, 'day' as const, 'month' as const, 'at once' as const),
    maxMicroUsd: fc.nat(6_000_000),
    maxVideos: fc.nat(6),
  })
  .map(({ whose, period, maxMicroUsd, maxVideos }) => ({
    ...{ ...whose, period, maxVideos },
    maxMicroUsd: period === 'at once' ? null : maxMicroUsd,
  }));

const which = fc.nat(40);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      asks: fc.array(ask, { minLength: 1, maxLength: 3 }),
      crashes: fc.constantFrom('no', 'no', 'no', 'no', 'at once', 'a turn later'),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('go on' as const), which, how: fc.nat(40), usage }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ask again' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), which, byAdmin: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('settle' as const), which, charged: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('forget' as const),
      member: fc.constantFrom(...members),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      limit,
      isOff: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      // Over a midnight here and not there, a day and an hour more or less, a month.
      passesMs: fc.constantFrom(...[0.1, 1, 2, 5, 9, 23, 25, 48, 33 * 24].map((n) => n * HOUR_MS)),
      jumpsMs: fc.constantFrom(0, 0, 0, 2 * DAY_MS, -3 * HOUR_MS, -2 * DAY_MS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('late' as const),
      which,
      how: fc.constantFrom('stale' as const, 'twice' as const, 'in parts' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tamper' as const) }) },
);

export function planOf(length: number): fc.Arbitrary<Plan> {
  const first: Command = {
    ...{ kind: 'limit', isOff: false },
    limit: { scope: 'bot', period: 'day', maxMicroUsd: 6_000_000, maxVideos: 6 },
  };
  return fc.record({
    zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu'),
    // Before a day of 23 hours, of 25, without a midnight; the end of a year; and any.
    startAt: fc.constantFrom(
      Date.UTC(2026, 2, 28, 21),
      Date.UTC(2026, 9, 24, 21),
      Date.UTC(2026, 8, 6, 2),
      Date.UTC(2026, 11, 31, 17),
      Date.UTC(2026, 10, 10, 12),
    ),
    commands: fc
      .array(command, { minLength: length / 2, maxLength: length, size: 'max' })
      .map((commands) => [first, ...commands]),
  });
}
