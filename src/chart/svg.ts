/** A picture of what was spent, day by day, as SVG. Pure; its words come with it. */

import type { Bar, SpendingChart } from '../jobs/money/chart.ts';

const WIDTH = 1_000;
const HEIGHT = 440;
const plot = { left: 96, right: 40, top: 92, bottom: 52 } as const;
const FONT = 'DejaVu Sans';
const FONT_SIZE = 19;

/** On a background of its own, so that it reads alike in a dark and a light Discord. */
const colours = {
  background: '#2b2d31',
  words: '#f2f3f5',
  quiet: '#b5bac1',
  grid: '#43454c',
  charged: '#5aa9ff',
  maybe: '#ffb454',
  limit: '#ff7a85',
} as const;

/** A limit so far above what was spent would press all bars to the ground. */
const MOST_TIMES_HIGHER = 4;
const MOST_LINES = 5;

export function chartSvg(chart: SpendingChart): string {
  const highest = Math.max(0, ...chart.bars.map((b) => b.chargedMicroUsd + b.maybeMicroUsd));
  const limit = chart.limit?.microUsd ?? null;
  const isShown = limit !== null && (highest === 0 || limit <= highest * MOST_TIMES_HIGHER);
  const scale = scaleFor(Math.max(highest, isShown ? limit : 0));
  const y = (microUsd: number): number =>
    HEIGHT - plot.bottom - (microUsd / scale.top) * (HEIGHT - plot.top - plot.bottom);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FONT}" font-size="${FONT_SIZE}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="14" fill="${colours.background}"/>`,
    text({ x: 28, y: 40 }, chart.title, { size: 23, fill: colours.words }),
    legend(chart, isShown),
    ...gridOf(scale, y),
    ...chart.bars.flatMap((bar, index) => barOf(bar, index, chart.bars.length, y)),
    ...(isShown ? [dashed(y(limit))] : []),
    ...(highest === 0
      ? [text({ x: WIDTH / 2, y: HEIGHT / 2 - 24 }, chart.empty, { anchor: 'middle' })]
      : []),
    '</svg>',
  ].join('\n');
}

interface Scale {
  /** Micro-dollars at the upper edge, and from line to line. */
  readonly top: number;
  readonly step: number;
}

/** Lines at round sums: 1, 2 or 5 with zeros. */
function scaleFor(highest: number): Scale {
  if (highest <= 0) return { top: 1_000_000, step: 500_000 };
  const rough = highest / MOST_LINES;
  const zeros = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((n) => n * zeros >= rough) ?? 10) * zeros;
  return { step, top: Math.ceil(highest / step - 1e-9) * step };
}

function gridOf({ top, step }: Scale, y: (microUsd: number) => number): string[] {
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  return lines.flatMap((at) => [
    `<line x1="${plot.left}" x2="${WIDTH - plot.right}" y1="${round(y(at))}" y2="${round(y(at))}" stroke="${colours.grid}" stroke-width="${at === 0 ? 2 : 1}"/>`,
    text({ x: plot.left - 12, y: y(at) + 7 }, dollars(at, step), { anchor: 'end' }),
  ]);
}

function barOf(bar: Bar, index: number, of: number, y: (microUsd: number) => number): string[] {
  const slot = (WIDTH - plot.left - plot.right) / Math.max(1, of);
  const [x, width] = [plot.left + slot * (index + 0.14), slot * 0.72];
  const stack = [
    { from: 0, to: bar.chargedMicroUsd, fill: colours.charged },
    {
      from: bar.chargedMicroUsd,
      to: bar.chargedMicroUsd + bar.maybeMicroUsd,
      fill: colours.maybe,
    },
  ];
  const parts = stack
    .filter(({ from, to }) => to > from)
    .map(
      ({ from, to, fill }) =>
        // A day with a little is not a day with nothing.
        `<rect x="${round(x)}" width="${round(width)}" y="${round(Math.min(y(to), y(from) - 2))}" height="${round(Math.max(2, y(from) - y(to)))}" fill="${fill}"/>`,
    );
  if (bar.label === null) return parts;
  return [
    ...parts,
    text({ x: x + width / 2, y: HEIGHT - plot.bottom + 30 }, bar.label, { anchor: 'middle' }),
  ];
}

function dashed(y: number): string {
  const line = (colour: string, width: number) =>
    `<line x1="${plot.left}" x2="${WIDTH - plot.right}" y1="${round(y)}" y2="${round(y)}" stroke="${colour}" stroke-width="${width}" stroke-dasharray="14 8"/>`;
  // Also seen where it crosses a bar.
  return line(colours.background, 7) + line(colours.limit, 3);
}

/** In a row below the title. The width of the words is guessed: the font's letters differ little. */
function legend({ charged, maybe, limit }: SpendingChart, limitIsShown: boolean): string {
  const entries = [
    { label: charged, mark: square(colours.charged) },
    { label: maybe, mark: square(colours.maybe) },
    ...(limit === null
      ? []
      : [
          limitIsShown
            ? { label: limit.label, mark: stroke(colours.limit) }
            : { label: limit.labelFarAbove, mark: '' },
        ]),
  ];
  let x = 28;
  return entries
    .map(({ label, mark }) => {
      const group = `<g transform="translate(${round(x)} 54)">${mark}${text({ x: mark === '' ? 0 : 30, y: 15 }, label)}</g>`;
      x += (mark === '' ? 0 : 30) + label.length * FONT_SIZE * 0.6 + 26;
      return group;
    })
    .join('\n');
}

function square(fill: string): string {
  return `<rect width="18" height="18" rx="3" fill="${fill}"/>`;
}

function stroke(colour: string): string {
  return `<line x1="0" x2="24" y1="9" y2="9" stroke="${colour}" stroke-width="3" stroke-dasharray="10 4"/>`;
}

function text(
  at: { readonly x: number; readonly y: number },
  words: string,
  how: {
    readonly size?: number;
    readonly fill?: string;
    readonly anchor?: 'middle' | 'end';
  } = {},
): string {
  const { size = FONT_SIZE, fill = colours.quiet, anchor = 'start' } = how;
  return `<text x="${round(at.x)}" y="${round(at.y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

/** With cents only where the lines are closer than a dollar. */
function dollars(microUsd: number, step: number): string {
  const usd = microUsd / 1_000_000;
  if (step >= 1_000_000) return `$${Math.round(usd)}`;
  return `$${usd.toFixed(step >= 10_000 ? 2 : 4)}`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
