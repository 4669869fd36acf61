import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Expectation,
  expectation,
  expectationOf,
  type Sample,
} from '../../src/jobs/looks/learning.ts';
import { calm, keen, LEAST_GAP_MS, Looks, MOST_GAP_MS } from '../../src/jobs/looks/looks.ts';

const prior = { medianMs: 45_000, doubt: 0.5 };
const usual: Expectation = { medianMs: 45_000, sigma: 0.25, declinedShare: 0.001 };

const someExpectation = fc.record({
  medianMs: fc.double({ min: 500, max: 3_600_000, noNaN: true }),
  sigma: fc.double({ min: 0.03, max: 1.6, noNaN: true }),
  declinedShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
});

/** Every look at an operation that takes so long. */
function looksAt(looks: Looks, tookMs: number, expected: Expectation): number[] {
  const all: number[] = [];
  for (let last = 0; last < tookMs; ) {
    last = looks.next(last, last, expected);
    all.push(last);
  }
  return all;
}

/** Durations spread evenly over a log-normal, in a shuffled order that never changes. */
function durations(count: number, medianMs: number, sigma: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const u = (((i * 0.618_034) % 1) * (count - 1) + 0.5) / count;
    const v = (i * 0.754_878) % 1;
    return medianMs * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v));
  });
}

const seen = (tookMs: number, everyMs: number): Sample => ({
  notDoneMs: Math.floor(tookMs / everyMs) * everyMs,
  doneMs: (Math.floor(tookMs / everyMs) + 1) * everyMs,
});

function near(actual: number, wanted: number, share: number): void {
  assert.ok(
    Math.abs(actual / wanted - 1) <= share,
    `${actual} is not within ${share} of ${wanted}`,
  );
}

test('the next look lies ahead, 250 ms to a minute after the last, for whatever is expected', () => {
  const keenLooks = new Looks(keen);
  fc.assert(
    fc.property(someExpectation, fc.double({ min: 0, max: 1e9, noNaN: true }), (expected, last) => {
      const gap = keenLooks.next(last, last, expected) - last;
      assert.ok(gap >= LEAST_GAP_MS - 1e-3 && gap <= MOST_GAP_MS + 1e-3, String(gap));
    }),
    { numRuns: 300 },
  );
});

test('a look that fell due while the process was down is due now', () => {
  assert.equal(new Looks().next(500_000, 20_000, usual), 500_000);
  assert.equal(new Looks().next(500_000, 0, usual), 500_000);
});

test('after a restart the same row leads to the same look', () => {
  const before = new Looks();
  const last = looksAt(before, 40_000, usual).at(-1) ?? 0;
  assert.equal(new Looks().next(last, last, usual), before.next(last, last, usual));
});

test('looks are rare where the end is unlikely and close together where it is likely', () => {
  const looks = new Looks();
  assert.ok(looks.next(0, 0, usual) > 20_000);
  const gapAt = (ms: number) => looks.next(ms, ms, usual) - ms;
  assert.ok(gapAt(50_000) < 2_000);
  assert.ok(gapAt(30_000) > 2 * gapAt(50_000));
});

test('calm looks less often than keen', () => {
  for (const tookMs of [30_000, 45_000, 70_000, 300_000]) {
    const [often, seldom] = [keen, calm].map(
      (how) => looksAt(new Looks(how), tookMs, usual).length,
    );
    assert.ok(often !== undefined && seldom !== undefined && seldom < often);
  }
});

test('an operation far older than expected is looked at ever more calmly, and never given up', () => {
  const looks = new Looks();
  const gaps = [150, 300, 600, 1_200, 3_600, 86_400].map((age) => {
    const ms = age * 1000;
    return looks.next(ms, ms, usual) - ms;
  });
  assert.deepEqual(
    gaps,
    gaps.toSorted((a, b) => a - b),
  );
  near(gaps[2] ?? 0, 30_000, 0.01);
  assert.equal(gaps.at(-1), MOST_GAP_MS);
});

test('with nothing learned the first look is early and the last is not far behind', () => {
  const looks = new Looks();
  const expected = expectation([], prior);
  // The catalogue may be wrong by a factor of three in either direction.
  for (const tookMs of [15_000, 45_000, 135_000]) {
    const all = looksAt(looks, tookMs, expected);
    assert.ok((all[0] ?? 0) < 6_000);
    assert.ok((all.at(-1) ?? 0) - tookMs < 5_000, `${tookMs}: ${all.at(-1)}`);
    assert.ok(all.length < 60, `${all.length} looks`);
  }
});

test('where filters decline now and then, the first look comes 4 to 6 s after the submit', () => {
  const first = (declinedShare: number) => new Looks().next(0, 0, { ...usual, declinedShare });
  assert.ok(first(0.05) > 3_500 && first(0.05) < 6_000, String(first(0.05)));
  assert.ok(first(0.001) > 20_000);
});

test('declined videos teach that videos get declined, and nothing about how long one takes', () => {
  const made = durations(60, 45_000, 0.25).map((ms) => seen(ms, 2_000));
  const refused = Array.from({ length: 6 }, () => ({
    notDoneMs: 0,
    doneMs: 4_500,
    declined: true,
  }));
  const without = expectation(made, prior);
  const with6 = expectation([...refused, ...made], prior);
  near(with6.medianMs, without.medianMs, 1e-9);
  assert.ok(with6.declinedShare > 0.03 && without.declinedShare < 0.006);
});

test('median and spread are learned from intervals, close ones and wide ones', () => {
  for (const everyMs of [500, 2_000, 10_000, 20_000]) {
    const samples = durations(150, 30_000, 0.25).map((ms) => seen(ms, everyMs));
    const learned = expectation(samples, { medianMs: 90_000, doubt: 0.5 });
    near(learned.medianMs, 30_000, 0.08);
    near(learned.sigma, 0.25, 0.25);
  }
});

test('fifty videos are enough to forget a catalogue that is wrong by a factor of three', () => {
  const samples = durations(50, 45_000, 0.25).map((ms) => seen(ms, 3_000));
  for (const medianMs of [15_000, 135_000]) {
    near(expectation(samples, { medianMs, doubt: 0.5 }).medianMs, 45_000, 0.1);
  }
});

test('ends seen hours late, because the bot was away, change next to nothing', () => {
  const samples = durations(60, 45_000, 0.25).map((ms) => seen(ms, 2_000));
  const late = Array.from({ length: 8 }, () => ({ notDoneMs: 20_000, doneMs: 4 * 3_600_000 }));
  const before = expectation(samples, prior);
  const after = expectation([...samples, ...late], prior);
  near(after.medianMs, before.medianMs, 0.05);
  near(after.sigma, before.sigma, 0.15);
});

test('a few videos that truly took ten times as long change little', () => {
  const samples = durations(60, 45_000, 0.25).map((ms) => seen(ms, 2_000));
  const mixed = samples.flatMap((sample, i) =>
    i % 20 === 7 ? [sample, seen(450_000, 5_000)] : [sample],
  );
  near(expectation(mixed, prior).medianMs, 45_000, 0.08);
  assert.ok(expectation(mixed, prior).sigma < 0.35);
});

test('a service that becomes four times faster or slower is followed within a dozen videos', () => {
  const before = durations(200, 45_000, 0.25).map((ms) => seen(ms, 2_000));
  const slower = durations(12, 180_000, 0.25).map((ms) => seen(ms, 2_000));
  near(expectation([...before, ...slower], prior).medianMs, 180_000, 0.15);
  // The first look of the old schedule comes after the end: all it says is "less than 28 s".
  const faster = Array.from({ length: 12 }, () => ({ notDoneMs: 0, doneMs: 28_000 }));
  assert.ok(expectation([...before, ...faster], prior).medianMs < 24_000);
});

test('impossible samples are passed over', () => {
  const odd: Sample[] = [
    { notDoneMs: 50_000, doneMs: 40_000 },
    { notDoneMs: 0, doneMs: 0 },
    { notDoneMs: Number.NaN, doneMs: Number.NaN },
  ];
  assert.deepEqual(expectation(odd, prior), expectation([], prior));
});

test('an expectation is always a usable one', () => {
  const sample = fc
    .tuple(
      fc.double({ min: 0, max: 1e8, noNaN: true }),
      fc.double({ min: 0, max: 1e8, noNaN: true }),
      fc.boolean(),
    )
    .map(([a, b, declined]) => ({ notDoneMs: Math.min(a, b), doneMs: Math.max(a, b), declined }));
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
      const { medianMs, sigma, declinedShare } = expectation(samples, prior);
      assert.ok(medianMs > 0 && Number.isFinite(medianMs), `${medianMs}`);
      assert.ok(sigma > 0.02 && sigma < 2, `${sigma}`);
      assert.ok(declinedShare > 0 && declinedShare < 1);
    }),
    { numRuns: 200 },
  );
});

test('a kind of video that was never made is expected as the other videos of its model', () => {
  const short = { resolution: '720p', seconds: 4 };
  const long = { resolution: '1080p', seconds: 15 };
  const samples = durations(80, 30_000, 0.25).map((ms) => ({ ...short, ...seen(ms, 2_000) }));
  const own = expectationOf(short, samples, 90_000);
  const other = expectationOf(long, samples, 90_000);
  near(other.medianMs, 30_000, 0.1);
  assert.ok(other.sigma > own.sigma + 0.1);
  near(expectationOf(long, [], 90_000).medianMs, 90_000, 1e-9);
});

test('the look with the better chance is ripe first', () => {
  const looks = new Looks();
  near(looks.ripe(0, usual), 40_400, 0.03);
  // Two submitted at once, one looked at 5 s ago: the other goes first.
  assert.ok(looks.ripe(40_000, usual) < looks.ripe(45_000, usual));
  // Never more than a minute behind its due time, whatever the chance.
  const stuck = 3_600_000;
  assert.ok(looks.ripe(stuck, usual) <= looks.next(stuck, stuck, usual) + MOST_GAP_MS);
});
