/**
 * A process that writes until it is killed, and says what it has written as soon as a promise
 * resolves: one line of JSON each, `[id, revision, state]`.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/sqlite/store.ts';
import { applied, bringTo, NOON, sampleChange, sampleId } from '../jobs/samples.ts';

const [path = '', prefix = ''] = process.argv.slice(2);
const store = await openStore({ path });
const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);

for (let i = 0; ; i += 1) {
  const id = prefix + sampleId();
  let job = await bringTo(store, 'generating', { id });
  say([id, job.revision, job.state]);
  const settle = { kind: 'settle', microUsd: i, basis: 'reported' } as const;
  job = (await applied(
    store,
    job,
    sampleChange('downloading', {}, { money: settle, at: NOON + i }),
  )) as typeof job;
  say([id, job.revision, job.state]);
}
