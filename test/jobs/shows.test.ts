import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import type { ShowOutcome } from '../../src/jobs/ports/replies.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { Shows } from '../../src/jobs/shows.ts';
import { MemoryStore } from '../simulation/store.ts';
import { clockOf, VirtualTime } from '../simulation/time.ts';
import { applied, bringTo, NOON, sampleChange } from './samples.ts';

/** The pictures of a store's jobs, drawn by somebody who takes 100 ms for each. */
function showsOver() {
  const time = new VirtualTime(NOON);
  const store = new MemoryStore();
  const drawn: string[] = [];
  const answers: ShowOutcome[] = [];
  const fatal: unknown[] = [];
  let isFull = false;
  const shows = new Shows({
    store: {
      find: (id) => store.find(id),
      unshown: () => store.unshown(),
      noteShown: async (...args) => {
        if (isFull) throw new StorageFull('SQLITE_FULL');
        return store.noteShown(...args);
      },
    },
    replies: {
      pictureKey: ({ state }) => state,
      show: async (job, signal) => {
        await Promise.race([
          time.wait(100),
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
        ]);
        if (signal.aborted) return { kind: 'later', retryAfterMs: null };
        drawn.push(`${job.state}${job.reply.tokenDead ? ' by bot' : ''}`);
        return answers.shift() ?? { kind: 'shown' };
      },
    },
    clock: clockOf(time),
    chance: () => 0.5,
    fatal: (error) => void fatal.push(error),
  });
  const settled = async () => {
    while (await time.step());
  };
  const fill = (full: boolean) => {
    isFull = full;
  };
  return { time, store, shows, drawn, answers, fatal, settled, fill };
}

test('draws a state once, and drops pictures in between', async () => {
  const { store, shows, drawn, settled } = showsOver();
  await shows.start();
  let job: Job = await bringTo(store, 'submitting');
  shows.touch(job);
  shows.touch(job);
  job = await applied(store, job, sampleChange('generating'));
  shows.touch(job);
  await settled();
  shows.touch(job);
  await settled();
  assert.deepEqual(drawn.slice(-1), ['generating']);
  assert.ok(drawn.length <= 2);
  await shows.stop();
});

test('a state that passes in a moment is not drawn at all', async () => {
  const { store, shows, drawn, settled } = showsOver();
  await shows.start();
  const job = await bringTo(store, 'queued');
  shows.touch(job);
  const next = await applied(store, job, sampleChange('submitting'));
  shows.touch(next);
  await settled();
  assert.deepEqual(drawn, ['submitting']);
  await shows.stop();
});

test('a dead token is told once, and the next way is tried at once', async () => {
  const { store, shows, drawn, answers, settled } = showsOver();
  answers.push({ kind: 'token dead' });
  await shows.start();
  const job = await bringTo(store, 'generating');
  shows.touch(job);
  await settled();
  assert.deepEqual(drawn, ['generating', 'generating by bot']);
  assert.equal((await store.find(job.id))?.reply.tokenDead, true);
  await shows.stop();
});

test('an answer "later" is waited out and drawn as the row then stands', async () => {
  const { time, store, shows, drawn, answers, settled } = showsOver();
  answers.push({ kind: 'later', retryAfterMs: 5_000 });
  await shows.start();
  const job = await bringTo(store, 'generating');
  shows.touch(job);
  await time.until(() => drawn.length === 1);
  shows.touch(await applied(store, job, sampleChange('downloading')));
  await settled();
  assert.deepEqual(drawn, ['generating', 'downloading']);
  assert.ok(time.now - NOON >= 5_000);
  await shows.stop();
});

test('keeps still about a job while its video is posted, and tells whether an edit may cross it', async () => {
  const { time, store, shows, drawn, settled } = showsOver();
  await shows.start();
  const job = await bringTo(store, 'generating');
  shows.touch(job);
  await time.step();
  assert.equal(await shows.hush(job.id), false);
  shows.touch(job);
  await settled();
  assert.deepEqual(drawn, []);
  shows.unhush(job.id);
  assert.equal(await shows.hush(job.id), true);
  shows.unhush(job.id);
  shows.touch(job);
  await settled();
  assert.deepEqual(drawn, ['generating']);
  await shows.stop();
});

test('the last picture is noted as the last, also after a restart, and not drawn again', async () => {
  const { store, shows, drawn, settled } = showsOver();
  const job = await bringTo(store, 'cancelled');
  await shows.start();
  await settled();
  assert.deepEqual(drawn, ['cancelled']);
  assert.deepEqual(await store.unshown(), []);
  await shows.stop();
  await shows.start();
  await settled();
  assert.deepEqual(drawn, ['cancelled']);
  assert.equal((await store.find(job.id))?.revision, job.revision);
  await shows.stop();
});

test('the same picture is drawn again in another message', async () => {
  const { store, shows, drawn, settled } = showsOver();
  await shows.start();
  const job = await bringTo(store, 'undelivered');
  shows.touch(job);
  await settled();
  const reply = { ...job.reply, interactionId: '2', token: 'fresh', messageId: '77' };
  const delivering = await applied(store, job, sampleChange('delivering', {}, { reply }));
  shows.touch(await applied(store, delivering, sampleChange('undelivered')));
  await settled();
  assert.deepEqual(drawn, ['undelivered', 'undelivered']);
  await shows.stop();
});

test('a full disk ends nothing: the picture is noted once there is room', async () => {
  const { time, store, shows, drawn, fatal, settled, fill } = showsOver();
  await shows.start();
  fill(true);
  shows.touch(await bringTo(store, 'cancelled'));
  await time.until(() => drawn.length === 2);
  fill(false);
  await settled();
  assert.deepEqual(fatal, []);
  assert.deepEqual(await store.unshown(), []);
  await shows.stop();
});

test('a picture that nobody takes is given up at last', async () => {
  const { store, shows, drawn, answers, settled } = showsOver();
  for (let i = 0; i < 100; i++) answers.push({ kind: 'later', retryAfterMs: null });
  await shows.start();
  shows.touch(await bringTo(store, 'cancelled'));
  await settled();
  assert.ok(drawn.length > 10 && drawn.length < 100, String(drawn.length));
  assert.deepEqual(await store.unshown(), []);
  await shows.stop();
});
