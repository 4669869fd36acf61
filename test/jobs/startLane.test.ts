import assert from 'node:assert/strict';
import { test } from 'node:test';
import { House } from '../../src/jobs/admins/house.ts';
import { Pause } from '../../src/jobs/admins/pause.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { createSteering } from '../../src/jobs/admins/steering.ts';
import { clipOf } from '../../src/jobs/basis.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import { StartLane } from '../../src/jobs/lanes/startLane.ts';
import { type Work, waitForDisk } from '../../src/jobs/lanes/work.ts';
import { Expectations } from '../../src/jobs/looks/expectations.ts';
import { Models } from '../../src/jobs/models.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { NotReached, Refused } from '../../src/jobs/ports/service.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { defaultRules, type Rules } from '../../src/jobs/rules.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { simulatedModels } from '../simulation/models.ts';
import { MemoryStore } from '../simulation/store.ts';
import { clockOf, VirtualTime } from '../simulation/time.ts';
import { bringTo, NOON, sampleRequest } from './samples.ts';

class FullAtTimes extends MemoryStore {
  isFull = false;

  override async apply(...args: Parameters<MemoryStore['apply']>) {
    if (this.isFull) throw new StorageFull('SQLITE_FULL');
    return super.apply(...args);
  }
}

type Used =
  | 'store'
  | 'clock'
  | 'models'
  | 'chance'
  | 'observe'
  | 'writer'
  | 'context'
  | 'rules'
  | 'pause'
  | 'house'
  | 'stopping'
  | 'record'
  | 'expectations'
  | 'fatal';
interface Faked {
  readonly files: Pick<Work['files'], 'freeBytes'>;
  readonly pictures: Pick<Work['pictures'], 'has'>;
  readonly service: Pick<Work['service'], 'submit'>;
}

/** A service that takes a second to accept a job, unless told otherwise. */
function startLaneOver(rules: Partial<Rules> = {}) {
  const time = new VirtualTime(NOON);
  const clock = clockOf(time);
  const store = new FullAtTimes();
  const models = new Models(simulatedModels);
  const pause = new Pause(new Settings(store));
  const decided = new Map<string, unknown>();
  const settings = {
    get: <T>(scope: string, key: string) => (decided.get(`${scope} ${key}`) ?? null) as T | null,
    servers: () => [],
  };
  const house = new House(settings, models);
  const sent: string[] = [];
  const alarms: string[] = [];
  const fatal: unknown[] = [];
  const stopping = new AbortController();
  const outside: { answer: (job: JobIn<'submitting'>) => void; freeBytes: number | null } = {
    answer: () => {},
    freeBytes: Number.MAX_SAFE_INTEGER,
  };
  const all = { ...defaultRules, ...rules };
  const chance = () => 0.5;
  const observe: Work['observe'] = (event) => {
    if (event.kind === 'alarm') alarms.push(event.what);
  };
  const changed = () => lane.lane.wake();
  const writer = new Writer({ store, observe, changed });
  const context = (): Context => ({
    ...{
      now: clock.now(),
      wall: clock.wall(),
      chance,
      rules: all,
      pricesOf: () => null,
      successorFor: () => null,
    },
    nextLookAt: () => clock.now() + 2_000,
    likelyMs: () => 45_000,
  });
  // The lane uses no more of its work than stands here.
  const work: Pick<Work, Used> & Faked = {
    ...{ store, clock, models, chance, observe, writer, context, rules: all, pause, house },
    stopping: stopping.signal,
    record: (job, make) =>
      writer.writeFound(
        job,
        make,
        (attempt) => waitForDisk(attempt, { clock, chance }, stopping.signal),
        'storage',
      ),
    expectations: new Expectations(store, clock.monotonic),
    fatal: (error) => void fatal.push(error),
    files: {
      freeBytes: async () => {
        if (outside.freeBytes === null) throw new StorageFull('EIO');
        return outside.freeBytes;
      },
    },
    pictures: { has: async () => true },
    service: {
      submit: async (job: JobIn<'submitting'>) => {
        sent.push(job.id);
        await time.wait(1_000);
        outside.answer(job);
        return { name: `operations/${job.id}`, submittedAt: clock.now() };
      },
    },
  };
  const lane = new StartLane(work as Work);
  /** Time goes on until what runs has ended. */
  const stop = async () => {
    let stopped = false;
    void lane.lane.stop().then(() => {
      stopped = true;
    });
    await time.until(() => stopped);
  };
  const queue = (over: Partial<JobIn<'queued'>> = {}, modelId = 'omni-1') =>
    bringTo(
      store,
      'queued',
      { request: sampleRequest({ modelId }) },
      { dueAt: NOON, deadlineAt: NOON + 3_600_000, ...over },
    );
  const find = async (job: Job): Promise<Job> => (await store.find(job.id)) ?? job;
  const stateOf = (job: Job) => store.jobs().find(({ id }) => id === job.id)?.state;
  return {
    time,
    store,
    models,
    lane,
    stop,
    sent,
    alarms,
    fatal,
    stopping,
    outside,
    pause,
    decided,
    clock,
    writer,
    queue,
    find,
    stateOf,
  };
}

test('starts what is due longest first, and no more than may run', async () => {
  const { time, lane, stop, sent, queue, stateOf } = startLaneOver({ maxRunning: 2 });
  const late = await queue({ dueAt: NOON - 1 });
  const early = await queue({ dueAt: NOON - 5 });
  const latest = await queue({ dueAt: NOON });
  lane.lane.start();
  await time.until(() => stateOf(late) === 'generating' && stateOf(early) === 'generating');
  assert.deepEqual(sent, [early.id, late.id]);
  assert.equal(stateOf(latest), 'queued');
  await stop();
});

test('after a refusal of the key holds all others unpaid, then lets one try first', async () => {
  const { time, lane, stop, sent, alarms, outside, queue, find, stateOf } = startLaneOver({
    maxRunning: 1,
  });
  outside.answer = () => {
    throw new Refused('key', 401);
  };
  const first = await queue({ dueAt: NOON - 9 });
  const others = [await queue(), await queue(), await queue()];
  lane.lane.start();
  await time.until(() => stateOf(first) === 'failed');
  await time.until(() => time.now > NOON + 60_000);
  assert.deepEqual(sent, [first.id]);
  assert.deepEqual(alarms, ['set up wrongly']);
  const held = await Promise.all(others.map(find));
  for (const job of held) assert.equal(job.state === 'queued' && job.trouble, 'set up wrongly');
  outside.answer = () => {};
  await time.until(() => sent.length === 2);
  assert.ok(time.now >= NOON + defaultRules.holdForMs);
  await stop();
});

for (const [how, freeBytes] of [
  ['without room on the disk', defaultRules.minFreeBytes - 1],
  ['on a disk that cannot even be asked', null],
] as const) {
  test(`starts nothing ${how}, and says so`, async () => {
    const { time, lane, stop, sent, outside, fatal, queue, find, stateOf } = startLaneOver();
    outside.freeBytes = freeBytes;
    const job = await queue();
    lane.lane.start();
    await time.until(() => time.now > NOON + 45_000);
    assert.deepEqual([sent, fatal], [[], []]);
    const waiting = await find(job);
    assert.equal(waiting.state === 'queued' && waiting.trouble, 'storage');
    assert.equal(waiting.attempts, 0);
    outside.freeBytes = defaultRules.minFreeBytes;
    await time.until(() => stateOf(job) === 'generating');
    await stop();
  });
}

test('pays for nothing while it is paused, and for all that waited once that ends', async () => {
  const { time, store, lane, stop, sent, pause, clock, writer, queue, find } = startLaneOver();
  const wake = () => lane.lane.wake();
  const steering = createSteering({
    store,
    writer,
    pause,
    house: { pausedFor: () => null },
    clock,
    wake,
  });
  await steering.pause('7', 'a *bill*');
  const waiting = [await queue(), await queue()];
  lane.lane.start();
  await time.until(() => store.jobs().every((job) => 'trouble' in job && job.trouble === 'paused'));
  await time.until(() => clock.now() >= NOON + 1_800_000);
  assert.deepEqual(sent, []);
  for (const job of waiting) assert.equal((await find(job)).attempts, 0);
  assert.deepEqual(await steering.resume('8'), {
    kind: 'resumed',
    since: { by: '7', at: NOON, reason: 'a *bill*' },
    waiting: 2,
  });
  await time.until(() => store.jobs().every(({ state }) => state === 'generating'));
  assert.equal(sent.length, 2);
  const { event, detail } = (await store.history(sent[0] ?? '')).find(
    (line) => line.event === 'resumed',
  ) ?? { event: null, detail: null };
  assert.deepEqual([event, detail], ['resumed', { by: '8' }]);
  await stop();
});

test('what could not start in time, or whose model is gone, ends unpaid', async () => {
  const { time, store, models, lane, stop, sent, queue, stateOf } = startLaneOver();
  const late = await queue({ deadlineAt: NOON });
  const gone = await queue({}, 'omni-2');
  models.withdraw('omni-2');
  lane.lane.start();
  await time.until(() => stateOf(late) === 'cancelled' && stateOf(gone) === 'failed');
  assert.deepEqual(sent, []);
  for (const { id } of [late, gone]) assert.equal(store.books.of(id).kind, 'given back');
  await stop();
});

test('makes nothing of a clip whose member had it forgotten meanwhile, and pays for nothing', async () => {
  const { time, lane, stop, sent, store, find, stateOf } = startLaneOver();
  const made = await bringTo(store, 'delivered', { id: 'theclip1' });
  const basis = { ...(clipOf(made) ?? assert.fail()), kind: 'edit' as const };
  const due = { dueAt: NOON, deadlineAt: NOON + 3_600_000 };
  const change = (modelId: string) =>
    bringTo(store, 'queued', { request: sampleRequest({ basis, modelId }) }, due);
  const before = await change('omni-1');
  lane.lane.start();
  await time.until(() => stateOf(before) === 'generating');
  const after = await change('omni-1');
  await store.forgetWords([made.id]);
  lane.lane.wake();
  await time.until(() => stateOf(after) === 'failed');
  const ended = await find(after);
  assert.equal(ended.state === 'failed' && ended.reason, 'clip gone');
  assert.deepEqual(ended.state === 'failed' && ended.charge, { kind: 'not charged' });
  assert.equal(store.books.of(after.id).kind, 'given back');
  assert.deepEqual(sent, [before.id]);
  await stop();
});

test('a model that is gone is withdrawn once, for all that wait', async () => {
  const { time, models, lane, stop, sent, alarms, outside, queue, stateOf } = startLaneOver({
    maxRunning: 1,
  });
  outside.answer = () => {
    throw new Refused('model gone', 404);
  };
  const jobs = [await queue({ dueAt: NOON - 9 }), await queue(), await queue()];
  lane.lane.start();
  await time.until(() => jobs.every((job) => stateOf(job) === 'failed'));
  assert.equal(sent.length, 1);
  assert.deepEqual(alarms, ['model withdrawn']);
  assert.equal(models.isWithdrawn('omni-1'), true);
  await stop();
});

test('what provably never left is sent again; what may have left is not', async () => {
  const { time, lane, stop, sent, outside, queue, stateOf } = startLaneOver();
  outside.answer = () => {
    if (sent.length === 1) throw new NotReached('ECONNREFUSED', false);
    throw new NotReached('timeout', true);
  };
  const job = await queue();
  lane.lane.start();
  await time.until(() => stateOf(job) === 'unconfirmed');
  await time.until(() => time.now > NOON + 300_000);
  assert.deepEqual(sent, [job.id, job.id]);
  await stop();
});

test('a full disk after the paid call loses neither the process nor the name of the operation', async () => {
  const { time, store, lane, stop, alarms, fatal, outside, queue, find, stateOf } = startLaneOver();
  outside.answer = () => {
    store.isFull = true;
  };
  const job = await queue();
  lane.lane.start();
  await time.until(() => time.now > NOON + 120_000);
  assert.equal(stateOf(job), 'submitting');
  assert.ok(alarms.includes('paid operation not written down'));
  assert.deepEqual(fatal, []);
  store.isFull = false;
  await time.until(() => stateOf(job) === 'generating');
  const running = await find(job);
  assert.equal(running.state === 'generating' && running.operation.name, `operations/${job.id}`);
  await stop();
});

test('stopping lets a paid call finish and begins no further one', async () => {
  const { time, lane, stop, sent, stopping, queue, stateOf } = startLaneOver({ maxRunning: 1 });
  const first = await queue({ dueAt: NOON - 9 });
  const second = await queue();
  lane.lane.start();
  await time.until(() => sent.length === 1);
  stopping.abort();
  await stop();
  assert.equal(stateOf(first), 'generating');
  assert.equal(stateOf(second), 'queued');
  assert.deepEqual(sent, [first.id]);
});

test('starts nothing of a model or server that is paused, and lets others pass', async () => {
  const { time, store, lane, stop, sent, decided, queue, find } = startLaneOver();
  const paused = { by: '7', at: NOON, reason: null };
  decided.set('bot paused models', { 'veo-1': paused });
  const waiting = await queue({}, 'veo-1');
  const other = await queue();
  lane.lane.start();
  await time.until(() => store.jobs().some(({ state }) => state === 'generating'));
  assert.deepEqual(sent, [other.id]);
  const job = await find(waiting);
  assert.equal(job.state === 'queued' && job.trouble, 'paused');
  const { guildId } = waiting.reply;
  decided.clear();
  decided.set(`server ${guildId} paused`, paused);
  const here = await queue();
  lane.lane.wake();
  await time.until(() => store.jobs().find(({ id }) => id === here.id)?.revision !== here.revision);
  assert.deepEqual(sent, [other.id]);
  await stop();
});

test('cancels what waits of somebody who was blocked, and pays for none of it', async () => {
  const { time, lane, stop, sent, decided, queue, find } = startLaneOver();
  const job = await queue();
  decided.set('bot blocked members', [job.requester.userId]);
  lane.lane.start();
  await stop();
  await time.until(() => true);
  const ended = await find(job);
  assert.ok(ended.state === 'cancelled' && ended.charge.kind === 'not charged');
  assert.deepEqual(sent, []);
});
