import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { applied, bringTo, sampleChange, sampleNewJob, sampleRequest } from '../jobs/samples.ts';
import { Folder } from './folder.ts';
import { assertLedgerAgrees } from './sums.ts';

const writer = fileURLToPath(new URL('writer.ts', import.meta.url));

describe('A write whose promise has resolved', () => {
  it('is there after kill -9, with its money and history, again and again', async () => {
    using folder = new Folder();
    const written = new Map<string, [revision: number, state: string]>();
    for (const prefix of ['a', 'b', 'c']) {
      const child = spawn(process.execPath, [writer, folder.database, prefix], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exited = once(child, 'exit');
      let lines = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        const [id, revision, state] = JSON.parse(line) as [string, number, string];
        written.set(id, [revision, state]);
        lines += 1;
        if (lines === 25) child.kill('SIGKILL');
      }
      assert.deepEqual((await exited)[1], 'SIGKILL');
    }
    const { db, store } = folder.open();
    assert.ok(written.size >= 30);
    for (const [id, [revision, state]] of written) {
      const job = await store.find(id);
      assert.ok(job !== null && job.revision >= revision, `${id} was lost`);
      if (job.revision === revision) assert.equal(job.state, state);
      assert.equal((await store.history(id)).length, job.revision + 1);
    }
    assertLedgerAgrees(db);
  });

  it('is refused as a full disk when there is no room, and leaves the row as it was', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    const job = await bringTo(store, 'submitting');
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages}`);
    const request = sampleRequest({ prompt: 'x'.repeat(100_000) });
    await assert.rejects(store.accept(sampleNewJob({ request }), []), StorageFull);
    const name = 'operations/'.padEnd(100_000, 'x');
    const change = sampleChange('generating', { operation: { name, submittedAt: 0 } });
    await assert.rejects(store.apply(job, change), StorageFull);
    assert.deepEqual(await store.find(job.id), job);
    db.pragma('max_page_count = 1000000');
    await applied(store, job, change);
    assertLedgerAgrees(db);
  });
});
