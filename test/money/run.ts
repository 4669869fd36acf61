/** `npm run test:money -- --lives N --seed S`: many lives of the money, or the same ones again. */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { planOf } from './commands.ts';
import { Life } from './life.ts';
import { livedInAFile, memoryStage } from './stages.ts';

const { values } = parseArgs({
  options: {
    lives: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    length: { type: 'string', default: '200' },
  },
});
const plans = planOf(Number(values.length));
const how = { numRuns: Number(values.lives), seed: Number(values.seed) };
const startedAt = performance.now();

await fc.assert(fc.asyncProperty(plans, livedInAFile), how);
console.log(`${how.numRuns} lives in a SQLite file: all is well`);
await fc.assert(
  fc.asyncProperty(plans, (plan) => Life.live(memoryStage(), plan)),
  how,
);
console.log(`${how.numRuns} lives in the store of the simulation: all is well`);
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
console.log(`${seconds} s; the same again: npm run test:money -- --seed ${how.seed}`);
