import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AccountLine } from '../../src/jobs/accounts.ts';
import { groupings, nothing, type Sums, spentOf, sumUp, topOf } from '../../src/jobs/sums.ts';

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
