import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import { Lane, type LaneParts } from '../../src/jobs/lanes/lane.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { clockOf, VirtualTime } from '../simulation/time.ts';
import { NOON, sampleJob } from './samples.ts';

/** A lane over a list of due jobs, in virtual time. */
function laneOver(due: Job[], over: Partial<LaneParts> = {}) {
  const time = new VirtualTime(NOON);
  const clock = clockOf(time);
  const fatal: unknown[] = [];
  const done: string[] = [];
  let running = 0;
  let most = 0;
  let looked = 0;
  const lane = new Lane({
    clock,
    width: () => 2,
    take: async (limit, busy) => {
      looked += 1;
      const jobs = due.filter(({ id }) => !busy.has(id)).slice(0, limit);
      return { jobs, nextAt: null };
    },
    run: async ({ id }) => {
      running += 1;
      most = Math.max(most, running);
      await time.wait(1_000);
      running -= 1;
      due.splice(
        due.findIndex((job) => job.id === id),
        1,
      );
      done.push(id);
    },
    fatal: (error) => void fatal.push(error),
    ...over,
  });
  return { lane, time, fatal, done, most: () => most, looked: () => looked };
}

test('runs every due job once, and never more at a time than its width', async () => {
  const jobs = Array.from({ length: 7 }, () => sampleJob('queued'));
  const ids = jobs.map(({ id }) => id);
  const { lane, time, done, most } = laneOver(jobs);
  lane.start();
  lane.start();
  await time.until(() => done.length === 7);
  assert.deepEqual(done, ids);
  assert.equal(most(), 2);
  assert.equal(time.now, NOON + 4_000);
  await lane.stop();
});

test('remembers a wake that comes while it looks', async () => {
  const jobs: Job[] = [];
  let wakeLate = () => {};
  const { lane, time, done } = laneOver(jobs, {
    width: async () => {
      wakeLate();
      return 2;
    },
  });
  wakeLate = () => {
    wakeLate = () => {};
    // Falls due when the lane has decided already to find nothing.
    queueMicrotask(() =>
      queueMicrotask(() => {
        jobs.push(sampleJob('queued'));
        lane.wake();
      }),
    );
  };
  lane.start();
  await time.until(() => done.length === 1);
  assert.ok(time.now < NOON + 2_000);
  await lane.stop();
});

test('looks by itself at the next due time, and now and then in any case', async () => {
  const times: number[] = [];
  const first = laneOver([], {
    take: async () => {
      times.push(first.time.now - NOON);
      return { jobs: [], nextAt: times.length === 1 ? NOON + 7_000 : null };
    },
  });
  first.lane.start();
  await first.time.until(() => times.length === 4);
  assert.deepEqual(times, [0, 7_000, 37_000, 67_000]);
  await first.lane.stop();
});

test('ends the process on an exception of a step, not on a full disk while it stops', async () => {
  const jobs = [sampleJob('queued')];
  const broken = laneOver(jobs, {
    run: async () => {
      jobs.pop();
      throw new Error('a fault of ours');
    },
  });
  broken.lane.start();
  await broken.time.until(() => broken.fatal.length === 1);
  await broken.lane.stop();

  let fail = () => {};
  const full = laneOver([sampleJob('queued')], {
    run: () =>
      new Promise((_, reject) => {
        fail = () => reject(new StorageFull('SQLITE_FULL'));
      }),
  });
  full.lane.start();
  await full.time.until(() => full.lane.busy === 1);
  const stopped = full.lane.stop();
  fail();
  await stopped;
  assert.deepEqual(full.fatal, []);
});

test('stops only when what runs has ended, and takes nothing more', async () => {
  const jobs = [sampleJob('queued'), sampleJob('queued'), sampleJob('queued')];
  const { lane, time, done, looked } = laneOver(jobs);
  lane.start();
  await time.until(() => lane.busy === 2);
  let stopped = false;
  void lane.stop().then(() => {
    stopped = true;
  });
  await time.until(() => stopped);
  assert.equal(done.length, 2);
  const before = looked();
  await time.step();
  assert.equal(looked(), before);
  await lane.stop();
});
