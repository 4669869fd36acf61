import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { spendChart } from '../../src/discord/text/adminSpend.ts';
import { createAccounting, type SpendingReport } from '../../src/jobs/money/accounting.ts';
import type { AccountLine } from '../../src/jobs/money/accounts.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import { groupings, nothing, type Sums, spentOf, sumUp, topOf } from '../../src/jobs/money/sums.ts';
import { MemoryStore } from '../simulation/store.ts';
import { bringTo, PRICE } from './samples.ts';

const line: AccountLine = {
  ...{ id: 'a', askedAt: 0, userId: 'ann', guildId: 'home', channelId: 'films', modelId: 'omni' },
  ...{ seconds: 8, resolution: '720p', state: 'delivered', reason: null, priceMicroUsd: 5 },
  ...{ reservedMicroUsd: 0, chargedMicroUsd: 5, maybeMicroUsd: 0, givenBack: false },
  ...{ basis: 'estimate', prompt: '' },
};
const days = [100, 200, 300];
const asked = { days, monthAt: 150 };

function sums(lines: readonly AccountLine[]): Promise<Sums> {
  return sumUp(ordered(lines), asked);
}

async function* ordered(lines: readonly AccountLine[]) {
  yield* lines.toSorted((a, b) => a.askedAt - b.askedAt);
}

describe('the sums', () => {
  it('put each job into its day, and the last of them is today', async () => {
    const at = [50, 100, 199, 200, 299, 300, 999];
    const { days: bars, day, month } = await sums(at.map((askedAt) => ({ ...line, askedAt })));
    assert.deepEqual(
      bars.map(({ chargedMicroUsd }) => chargedMicroUsd),
      [10, 10, 10],
    );
    assert.equal(day.chargedMicroUsd, 10);
    assert.deepEqual([month.chargedMicroUsd, month.videos], [25, 5]);
  });

  it('count what was given back as no video, and tell declined from failed', async () => {
    const back = { ...line, askedAt: 300, chargedMicroUsd: 0, givenBack: true };
    const { day } = await sums([
      { ...back, state: 'failed', reason: 'declined' },
      { ...back, state: 'failed', reason: 'overdue', maybeMicroUsd: 7, givenBack: false },
      { ...back, state: 'queued', reservedMicroUsd: 3, givenBack: false },
      { ...back, state: 'cancelled', reason: 'by requester' },
    ]);
    assert.deepEqual(day, {
      ...{ chargedMicroUsd: 0, reservedMicroUsd: 3, maybeMicroUsd: 7 },
      ...{ videos: 2, declined: 1, failed: 1 },
    });
    assert.equal(spentOf(day), 10);
  });

  it('are the same in whole, by anybody, and as the first few with all others', async () => {
    const anyLine = fc
      .record({
        askedAt: fc.integer({ min: 150, max: 400 }),
        userId: fc.constantFrom('a', 'b', 'c', 'd'),
        guildId: fc.constantFrom('x', 'y', null),
        modelId: fc.constantFrom('m', 'n'),
        chargedMicroUsd: fc.nat(1_000),
        maybeMicroUsd: fc.nat(9),
      })
      .map((some): AccountLine => ({ ...line, ...some }));
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 40 }), fc.nat(4), async (lines, most) => {
        const { month, by } = await sums(lines);
        for (const group of groupings) {
          const { top, rest, others } = topOf(by.month[group], most);
          assert.equal(top.length + others, by.month[group].length);
          const parts = [...top.map(({ totals }) => totals), rest ?? nothing];
          assert.equal(
            parts.reduce((sum, part) => sum + spentOf(part), 0),
            spentOf(month),
          );
          assert.equal(
            parts.reduce((sum, part) => sum + part.videos, 0),
            month.videos,
          );
          const spent = by.month[group].map(({ totals }) => spentOf(totals));
          assert.deepEqual(
            spent,
            spent.toSorted((a, b) => b - a),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the report', () => {
  it('has the days and the month of the zone, also across the change to summer time', async () => {
    const store = new MemoryStore();
    const at = (text: string) => Date.parse(`${text}Z`);
    // In Berlin: the last hour of 28 March, the first and last of 29 March (23 hours), and 1 April.
    for (const text of [
      '2026-03-28T22:30',
      '2026-03-28T23:30',
      '2026-03-29T21:30',
      '2026-03-31T22:30',
    ]) {
      await bringTo(store, 'delivered', { askedAt: at(text) });
    }
    const now = at('2026-03-31T23:00');
    const report = (zone: string) => {
      const clock = { wall: () => now };
      const calendar = new Calendar(zone);
      return createAccounting({ store, clock, calendar, limits: () => [] }).report(null);
    };
    const berlin = await report('Europe/Berlin');
    const spent = (of: SpendingReport) =>
      of.days.map(({ chargedMicroUsd }) => chargedMicroUsd / PRICE).slice(-5);
    assert.deepEqual(spent(berlin), [1, 2, 0, 0, 1]);
    assert.deepEqual([berlin.day.videos, berlin.month.videos, berlin.days.length], [1, 1, 30]);
    const utcReport = await report('UTC');
    assert.deepEqual(spent(utcReport), [0, 2, 1, 0, 1]);
    assert.deepEqual([utcReport.day.videos, utcReport.month.videos], [1, 4]);
    const [first, last] = [berlin.days[0], berlin.days.at(-1)];
    assert.equal(spendChart(berlin).bars.at(-1)?.label, 'Apr 1');
    assert.equal(last?.sinceAt, at('2026-03-31T22:00'));
    assert.equal(first?.sinceAt, at('2026-03-02T23:00'));
  });
});
