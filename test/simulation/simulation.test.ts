import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live } from './life.ts';
import { plants } from './plants.ts';

const LIVES = 150;
/** A planted fault shows itself within so many lives. */
const MOST_LIVES = 400;

test('in hundreds of lives with crashes and lost answers every promise holds', async () => {
  const ends = new Map<string, number>();
  let crashes = 0;
  for (let seed = 1; seed <= LIVES; seed++) {
    const life = await live(seed);
    assert.equal(life.breach, null, `npm run simulate -- --seed ${seed} --lives 1`);
    for (const end of life.ends) ends.set(end, (ends.get(end) ?? 0) + 1);
    crashes += life.counts.crashes;
  }
  // The lives are worth something: jobs end in every way, and processes die.
  const ways = ['cancelled', 'delivered', 'failed', 'unconfirmed', 'undelivered'];
  assert.deepEqual([...ends.keys()].sort(), ways);
  assert.ok(crashes > LIVES, `${crashes} crashes`);
});

test('the same seed is the same life, event by event', async () => {
  for (const seed of [3, 4, 5, 6, 7]) {
    const [one, two] = [await live(seed, { trace: true }), await live(seed, { trace: true })];
    assert.deepEqual(two, one);
    assert.deepEqual({ ...(await live(seed)), trace: one.trace }, one);
  }
});

for (const { what, found, plant } of plants) {
  test(`a life finds ${what}`, async (t) => {
    for (let seed = 1; seed <= MOST_LIVES; seed++) {
      const { breach } = await live(seed, { plant });
      if (breach === null) continue;
      t.diagnostic(`in life ${seed}: ${breach}`);
      assert.match(breach, found);
      return;
    }
    assert.fail(`not found in ${MOST_LIVES} lives`);
  });
}
