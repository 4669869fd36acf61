/** The books over any sequence of what can happen; a longer form of it is `npm run test:money`. */
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { planOf } from './commands.ts';
import { Life } from './life.ts';
import { livedInAFile, memoryStage } from './stages.ts';

describe('Money, whatever people, the service, admins, time and crashes do', () => {
  it('adds up, stays written and keeps to the limits in a SQLite file', async () => {
    await fc.assert(fc.asyncProperty(planOf(60), livedInAFile), { numRuns: 12 });
  });

  it('adds up, stays written and keeps to the limits in the store of the simulation', async () => {
    await fc.assert(
      fc.asyncProperty(planOf(60), (plan) => Life.live(memoryStage(), plan)),
      { numRuns: 50 },
    );
  });
});
