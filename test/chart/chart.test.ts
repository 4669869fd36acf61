/** The picture as it comes out: decoded, and looked at pixel by pixel. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { createChart } from '../../src/chart/chart.ts';
import { chartSvg } from '../../src/chart/svg.ts';
import type { SpendingChart } from '../../src/jobs/money/chart.ts';

const chart: SpendingChart = {
  title: 'Spent in the last 30 days',
  bars: Array.from({ length: 30 }, (_, day) => ({
    label: day % 5 === 4 ? `Nov ${day}` : null,
    chargedMicroUsd: day === 3 ? 0 : day * 100_000,
    maybeMicroUsd: day === 20 ? 560_000 : 0,
  })),
  charged: 'charged',
  maybe: 'may have been charged',
  limit: { microUsd: 3_000_000, label: 'limit $3.00 a day', labelFarAbove: 'limit far above' },
  empty: 'Nothing was spent.',
};
const wordless: SpendingChart = {
  ...chart,
  ...{ title: '', charged: '', maybe: '', empty: '', limit: null },
  bars: chart.bars.map((bar) => ({ ...bar, label: null })),
};
const never = new AbortController().signal;

type Rgb = readonly [number, number, number];
const colours = {
  background: [0x2b, 0x2d, 0x31],
  words: [0xf2, 0xf3, 0xf5],
  quiet: [0xb5, 0xba, 0xc1],
  charged: [0x5a, 0xa9, 0xff],
  maybe: [0xff, 0xb4, 0x54],
  limit: [0xff, 0x7a, 0x85],
} as const satisfies Record<string, Rgb>;

async function pixelsOf(png: Uint8Array | null) {
  assert.ok(png);
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const count = (
    [r, g, b]: Rgb,
    in_: { readonly from: number; readonly to: number } = { from: 0, to: info.height },
  ): number => {
    let found = 0;
    for (let i = in_.from * info.width * 3; i < in_.to * info.width * 3; i += 3) {
      if (data[i] === r && data[i + 1] === g && data[i + 2] === b) found += 1;
    }
    return found;
  };
  return { width: info.width, height: info.height, count };
}

describe('the picture of spending', () => {
  it('has bars, both parts of a stack, the limit, and words that can be seen', async () => {
    const draw = createChart();
    const [seen, without] = await Promise.all([
      draw(chart, never).then(pixelsOf),
      draw(wordless, never).then(pixelsOf),
    ]);
    assert.deepEqual([seen.width, seen.height], [1_000, 440]);
    for (const name of ['background', 'charged', 'maybe', 'limit'] as const) {
      assert.ok(seen.count(colours[name]) > 100, name);
    }
    // A font that is missing, or of another kind, leaves the words out without an error.
    const title = { from: 15, to: 50 };
    assert.ok(seen.count(colours.words, title) > 300, 'no title');
    assert.equal(without.count(colours.words, title), 0);
    const dates = { from: 395, to: 435 };
    assert.ok(seen.count(colours.quiet, dates) > 200, 'no dates');
    assert.equal(without.count(colours.quiet, dates), 0);
    assert.equal(without.count(colours.limit), 0);
    // What the axis says is made here: it stands there in both.
    assert.ok(without.count(colours.quiet) > 100, 'no sums on the axis');
  });

  it('draws one after the other, and gives null where it takes too long or is not wanted', async () => {
    assert.equal(await createChart(1)(chart, never), null);
    const draw = createChart();
    assert.equal(await draw(chart, AbortSignal.abort()), null);
    const [one, two] = await Promise.all([draw(chart, never), draw(chart, never)]);
    assert.ok(one !== null && two !== null);
    assert.deepEqual(one, two);
  });

  it('says what an axis should, from cents to thousands of dollars', () => {
    const axis = (highest: number) => {
      const bars = [{ label: null, chargedMicroUsd: highest, maybeMicroUsd: 0 }];
      const svg = chartSvg({ ...wordless, bars });
      return [...svg.matchAll(/text-anchor="end">([^<]*)</g)].map(([, words]) => words);
    };
    assert.deepEqual(axis(0), ['$0.00', '$0.50', '$1.00']);
    assert.deepEqual(axis(560_000), ['$0.00', '$0.20', '$0.40', '$0.60']);
    assert.deepEqual(axis(10_000_000), ['$0', '$2', '$4', '$6', '$8', '$10']);
    assert.deepEqual(axis(61_400_000), ['$0', '$20', '$40', '$60', '$80']);
    assert.deepEqual(axis(4_321_000_000), ['$0', '$1000', '$2000', '$3000', '$4000', '$5000']);
    assert.deepEqual(axis(3_000), ['$0.0000', '$0.0010', '$0.0020', '$0.0030']);
  });

  it('says of a limit far above the bars that it is, and presses no bar to the ground', () => {
    const far = chartSvg({ ...chart, limit: { ...chart.limit!, microUsd: 900_000_000 } });
    assert.match(far, />limit far above</);
    assert.doesNotMatch(far, /stroke-dasharray/);
    assert.match(far, />\$3</);
    const none = {
      ...chart,
      bars: chart.bars.map((bar) => ({ ...bar, chargedMicroUsd: 0, maybeMicroUsd: 0 })),
    };
    assert.match(chartSvg(none), />Nothing was spent\.</);
    assert.match(chartSvg(none), /stroke-dasharray/);
  });

  it('takes words for words, and not for a picture of their own', () => {
    const svg = chartSvg({ ...chart, title: '</text><image href="file:///etc/passwd"/>&"' });
    assert.doesNotMatch(svg, /<image/);
    assert.match(svg, /&#60;\/text&#62;&#60;image/);
  });
});
