/** `npm run simulate -- --lives N --seed S`: many lives, or one of them again with its trace. */
import { parseArgs } from 'node:util';
import { live } from './life.ts';

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    trace: { type: 'boolean', default: false },
  },
});
const lives = Number(values.lives);
const firstSeed = Number(values.seed);
const startedAt = performance.now();
const ends = new Map<string, number>();
const sums = { lives: 0, jobs: 0, crashes: 0, stops: 0, stale: 0, endedByDisk: 0, events: 0 };

for (let seed = firstSeed; seed < firstSeed + lives; seed++) {
  const life = await live(seed);
  sums.lives += 1;
  sums.jobs += life.ends.length;
  sums.crashes += life.counts.crashes;
  sums.stops += life.counts.stops;
  sums.stale += life.counts.stale;
  sums.endedByDisk += life.counts.endedByDisk;
  sums.events += life.events;
  for (const end of life.ends) ends.set(end, (ends.get(end) ?? 0) + 1);
  if (life.breach !== null) {
    const again = await live(seed, { trace: true });
    for (const line of again.trace) console.log(line);
    console.log(`\nseed ${seed}: ${again.breach}`);
    if (again.breach !== life.breach) console.log(`not the same again: ${life.breach}`);
    console.log(`again: npm run simulate -- --seed ${seed} --lives 1`);
    process.exitCode = 1;
    break;
  }
  if (values.trace) {
    for (const line of (await live(seed, { trace: true })).trace) console.log(line);
  }
}

console.table(sums);
console.table(Object.fromEntries([...ends].sort((a, b) => b[1] - a[1])));
console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
