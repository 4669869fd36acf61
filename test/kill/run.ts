/**
 * `npm run test:kill`: every moment of every scenario, and a table. `-- --every` kills at each
 * point also where several are one moment; other words choose scenarios by a part of their name.
 */
import type { World } from '../life/world.ts';
import { play, record, startWorldFor } from './play.ts';
import { type Points, pointsOf } from './points.ts';
import { type Scenario, scenarios } from './scenarios.ts';

const AT_ONCE = 3;
/** Points that share a world, one after another. */
const PORTION = 10;

interface Sum {
  readonly points: Points;
  readonly runs: readonly string[];
  done: number;
  ok: number;
  /** A point of chance: in that run, nothing was read while that call was on its way. */
  readonly notReached: string[];
}

const every = process.argv.includes('--every');
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const chosen = scenarios.filter(({ name }) => wanted.every((word) => name.includes(word)));
const width = Math.max(...chosen.map(({ name }) => name.length));
const sums = new Map<Scenario, Sum>();
const begunAt = performance.now();

console.log(row('scenario', 'points', 'kills', 'ok', 'not reached'));
await inParallel(
  chosen.map((scenario) => async (world) => {
    const points = pointsOf(await record(world, scenario));
    const runs = every ? points.all : points.moments;
    sums.set(scenario, { points, runs, done: 0, ok: 0, notReached: [] });
  }),
  chosen,
);
const portions = [...sums].flatMap(([scenario, { runs }]) =>
  Array.from({ length: Math.ceil(runs.length / PORTION) }, (_, index) => ({
    scenario,
    points: runs.slice(index * PORTION, (index + 1) * PORTION),
  })),
);
await inParallel(
  portions.map(({ scenario, points }) => async (world) => {
    for (const point of points) await killAt(world, scenario, point);
  }),
  portions.map(({ scenario }) => scenario),
);

const all = [...sums.values()];
const total = (count: (sum: Sum) => number): number =>
  all.reduce((sum, one) => sum + count(one), 0);
const kills = total(({ runs }) => runs.length);
const ok = total((sum) => sum.ok);
const notReached = total((sum) => sum.notReached.length);
console.log(
  row(
    'total',
    total(({ points }) => points.all.length),
    kills,
    ok,
    notReached,
  ),
);
console.log(`${kills - ok} faults, ${Math.round((performance.now() - begunAt) / 1000)} s`);
// Timers of the stand-ins' people, who may still wait for an answer of a killed process.
process.exit(ok === kills ? 0 : 1);

async function killAt(world: World, scenario: Scenario, point: string): Promise<void> {
  const sum = sums.get(scenario);
  if (sum === undefined) return;
  const { killed, faults, story } = await play(world, scenario, point);
  sum.done += 1;
  if (!killed) sum.notReached.push(point);
  if (faults.length === 0) sum.ok += 1;
  else console.log(`✖ ${scenario.name}, ${point}\n  ${faults.join('\n  ')}\n${story}`);
  if (sum.done < sum.runs.length) return;
  const { points, runs } = sum;
  const { notReached } = sum;
  console.log(row(scenario.name, points.all.length, runs.length, sum.ok, notReached.length));
  if (notReached.length > 0) console.log(`  not reached: ${notReached.join(', ')}`);
}

/** Each piece of work in a world of its own scenario. */
async function inParallel(
  work: readonly ((world: World) => Promise<void>)[],
  of: readonly Scenario[],
): Promise<void> {
  const left = [...work.entries()];
  async function worker(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, run] = next;
      const scenario = of[index];
      if (scenario === undefined) continue;
      await using world = await startWorldFor(scenario);
      await run(world);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

function row(name: string, ...columns: (string | number)[]): string {
  return `${name.padEnd(width)}${columns.map((column) => String(column).padStart(13)).join('')}`;
}
