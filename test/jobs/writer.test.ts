/** What a step found is written over the row as it stands by then, and once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import type { JobEvent } from '../../src/jobs/ports/observe.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { Folder } from '../sqlite/folder.ts';
import { applied, bringTo, sampleChange } from './samples.ts';

function writing(folder: Folder) {
  const { store } = folder.open();
  const seen: JobEvent['kind'][] = [];
  const changed: Job[] = [];
  const writer = new Writer({
    store,
    observe: ({ kind }) => seen.push(kind),
    changed: (job) => changed.push(job),
  });
  return { store, writer, seen, changed };
}

test('what a step found is not lost when somebody else was faster: it is applied to their row', async () => {
  using folder = new Folder();
  const { store, writer, seen, changed } = writing(folder);
  const before = await bringTo(store, 'generating');
  await applied(store, before, sampleChange('cancelling'));
  const met: string[] = [];
  const stored = await writer.write(before, (current) => {
    met.push(current.state);
    return sampleChange('downloading');
  });
  assert.deepEqual(met, ['generating', 'cancelling']);
  assert.equal(stored?.state, 'downloading');
  assert.deepEqual(seen, ['stale', 'change']);
  assert.equal(changed.length, 1);
});

test('what means nothing to the row as it stands is written nowhere', async () => {
  using folder = new Folder();
  const { store, writer } = writing(folder);
  const before = await bringTo(store, 'queued');
  const theirs = await applied(store, before, sampleChange('submitting'));
  const stored = await writer.write(before, (current) =>
    current.state === 'queued' ? sampleChange('submitting') : null,
  );
  assert.equal(stored, null);
  assert.deepEqual(await store.find(before.id), theirs);
});
