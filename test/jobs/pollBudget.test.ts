import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LookQueue, PollBudget } from '../../src/jobs/looks/pollBudget.ts';

/** Asks at every one of these moments; the moments at which a look was allowed. */
function taken(budget: PollBudget, moments: readonly number[]): number[] {
  return moments.filter((now) => budget.take(now));
}

test('no second, wherever it begins, holds more looks than the budget and its burst', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 400 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 4 }),
      (gaps, pollsPerSecond, burst) => {
        let now = 0;
        const moments = gaps.map((gap) => (now += gap));
        const times = taken(new PollBudget(pollsPerSecond, burst), moments);
        for (const start of times) {
          const inside = times.filter((time) => time >= start && time < start + 1000).length;
          assert.ok(inside <= pollsPerSecond + burst - 1, `${inside} of ${pollsPerSecond}`);
        }
      },
    ),
  );
});

test('the whole budget can be used', () => {
  const moments = Array.from({ length: 10_000 }, (_, ms) => ms);
  assert.equal(taken(new PollBudget(20), moments).length, 200);
});

test('a budget below one a second is kept as well', () => {
  const moments = Array.from({ length: 10_000 }, (_, ms) => ms);
  assert.equal(taken(new PollBudget(0.5), moments).length, 5);
});

test('time without looks saves up no more than the burst', () => {
  const budget = new PollBudget(20, 3);
  assert.equal(taken(budget, Array(10).fill(0)).length, 3);
  assert.equal(taken(budget, Array(10).fill(3_600_000)).length, 3);
});

test('the wait it names is exactly the wait it needs', () => {
  const budget = new PollBudget(20);
  assert.equal(budget.waitMs(5), 0);
  assert.ok(budget.take(5));
  assert.equal(budget.waitMs(15), 40);
  assert.ok(!budget.take(54));
  assert.ok(budget.take(55));
});

test('a budget of nothing is refused at once', () => {
  for (const none of [0, -1, Number.NaN]) assert.throws(() => new PollBudget(none), RangeError);
});

const ample = () => new PollBudget(1e9);

test('a look is not handed out before it is due', () => {
  const queue = new LookQueue<string>();
  queue.put('a', 100, 100);
  assert.equal(queue.take(99, ample()), undefined);
  assert.equal(queue.waitMs(60, ample()), 40);
  assert.equal(queue.take(100, ample()), 'a');
  assert.equal(queue.waitMs(100, ample()), null);
});

test('of the looks that are due, the one that is ripe first goes first', () => {
  const queue = new LookQueue<string>();
  queue.put('due first', 10, 300);
  queue.put('ripe first', 20, 100);
  queue.put('not due', 500, 50);
  const budget = ample();
  assert.equal(queue.take(200, budget), 'ripe first');
  assert.equal(queue.take(201, budget), 'due first');
  assert.equal(queue.take(202, budget), undefined);
});

test('a look that the budget does not allow stays in its place', () => {
  const queue = new LookQueue<string>();
  queue.put('a', 0, 0);
  queue.put('b', 0, 1);
  const budget = new PollBudget(10);
  assert.equal(queue.take(0, budget), 'a');
  assert.equal(queue.take(50, budget), undefined);
  assert.equal(queue.waitMs(50, budget), 50);
  assert.equal(queue.take(100, budget), 'b');
});

test('an operation has one look at a time: put again moves it, dropped is gone', () => {
  const queue = new LookQueue<string>();
  queue.put('a', 10, 10);
  queue.put('a', 50, 50);
  queue.put('b', 10, 10);
  queue.drop('b');
  assert.equal(queue.size, 1);
  assert.equal(queue.take(20, ample()), undefined);
  assert.equal(queue.take(50, ample()), 'a');
  assert.equal(queue.take(60, ample()), undefined);
});

test('a queue behaves as a plain list would', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      id: fc.integer({ min: 0, max: 9 }),
      due: fc.integer({ min: 0, max: 200 }),
      ripe: fc.integer({ min: 0, max: 200 }),
    }),
    fc.record({ kind: fc.constant('drop' as const), id: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ kind: fc.constant('take' as const), after: fc.integer({ min: 0, max: 30 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new LookQueue<number>();
      let list: { id: number; due: number; ripe: number }[] = [];
      let now = 0;
      for (const one of steps) {
        if (one.kind !== 'take') list = list.filter(({ id }) => id !== one.id);
        if (one.kind === 'put') {
          list.push(one);
          queue.put(one.id, one.due, one.ripe);
        } else if (one.kind === 'drop') {
          queue.drop(one.id);
        } else {
          now += one.after;
          const best = list.filter(({ due }) => due <= now).sort((a, b) => a.ripe - b.ripe)[0];
          const got = queue.take(now, ample());
          const same = list.find(({ id }) => id === got);
          assert.equal(same?.ripe, best?.ripe);
          list = list.filter(({ id }) => id !== got);
        }
        assert.equal(queue.size, list.length);
      }
    }),
  );
});

test('nobody starves: an unlikely look gets its turn while riper ones keep coming', () => {
  const queue = new LookQueue<string>();
  const budget = new PollBudget(20);
  queue.put('unlikely', 0, 60_000);
  let nth = 0;
  let got: string | undefined;
  let now = 0;
  for (; now < 130_000 && got !== 'unlikely'; now += 50) {
    // Two new ones, ripe at once, for every look the budget allows.
    queue.put(`likely ${nth++}`, now, now);
    queue.put(`likely ${nth++}`, now, now);
    got = queue.take(now, budget);
  }
  assert.equal(got, 'unlikely');
});

test('ten thousand operations take a fraction of a millisecond a look', () => {
  const queue = new LookQueue<number>();
  for (let id = 0; id < 10_000; id++) queue.put(id, id % 977, (id * 7_919) % 10_007);
  const budget = ample();
  const begin = process.cpuUsage();
  for (let look = 0; look < 50_000; look++) {
    const id = queue.take(1_000 + look, budget);
    assert.ok(id !== undefined);
    queue.put(id, 1_000 + look, 1_000 + look + ((id * 7_919) % 10_007));
  }
  assert.equal(queue.size, 10_000);
  // 50,000 looks are 40 minutes of a budget of 20 a second.
  assert.ok(process.cpuUsage(begin).user / 50_000 < 200, 'µs a look');
});
