/** What admins are told unasked: once each in its time, the rest counted, the same over a restart. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Alerts, type Matter } from '../../src/jobs/admins/alerts.ts';
import { House } from '../../src/jobs/admins/house.ts';
import { Settings, serverScope } from '../../src/jobs/admins/settings.ts';
import type { Alert, TellResult } from '../../src/jobs/admins/telling.ts';
import type { Job, State } from '../../src/jobs/job.ts';
import { Models } from '../../src/jobs/models.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import type { JobEvent } from '../../src/jobs/ports/observe.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { temporaryFolder } from '../disk/temporary.ts';
import { MovedClock } from '../life/clock.ts';
import { Watch } from '../sandbox/discord/watch.ts';
import { applied, bringTo, PRICE, sampleChange, sampleJob, sampleReply, utc } from './samples.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SERVER = sampleReply().guildId ?? '';

interface Plan {
  readonly limits?: readonly Limit[];
  readonly store?: JobStore;
  readonly clock?: MovedClock;
  /** What telling comes to; default `told`. */
  readonly comesTo?: () => Promise<TellResult>;
}

async function listening(t: TestContext, plan: Plan = {}) {
  const store = plan.store ?? (await newStore(t));
  const clock = plan.clock ?? new MovedClock();
  const settings = new Settings(store);
  await settings.load();
  const house = new House(settings, new Models([], () => {}));
  const told: (Alert & { readonly key: string })[] = [];
  const watch = new Watch();
  const faults: unknown[] = [];
  const alerts = new Alerts({
    ...{ store, clock, calendar: utc, house },
    limits: () => plan.limits ?? [],
    async tell(alert, key) {
      const result = (await plan.comesTo?.()) ?? 'told';
      told.push({ ...alert, key });
      watch.notify();
      return result;
    },
    fatal: (error) => faults.push(error),
  });
  await alerts.load();
  alerts.start();
  t.after(() => alerts.stop());
  t.after(() => assert.deepEqual(faults, []));
  const changes = (job: Job, from: State | null) =>
    alerts.hear({ kind: 'change', job, from, note: { event: 'something' } });
  const alarm = (what: string, more: Partial<Extract<JobEvent, { kind: 'alarm' }>> = {}) =>
    alerts.hear({ kind: 'alarm', job: null, what, ...more });
  /** So many were told by now; what follows at once of them has happened. */
  const count = async (most: number) => {
    await watch.until(
      () => told.length >= most || undefined,
      2_000,
      () => `only ${told.length} were told`,
    );
    await still();
  };
  return { store, clock, settings, told, alerts, changes, alarm, count, kinds: () => kinds(told) };
}

async function newStore(t: TestContext): Promise<JobStore> {
  const store = await openStore({ path: join(await temporaryFolder(t), 'bot.db') });
  t.after(() => store.close());
  return store;
}

function kinds(told: readonly Alert[]): string[] {
  return told.map(({ matter }) => (matter.kind === 'alarm' ? matter.what : matter.kind));
}

/** The next turn of the event loop, several times: nothing that was under way still is. */
async function still(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const lost = (over: Partial<Extract<Job, { state: 'unconfirmed' }>> = {}) =>
  sampleJob('unconfirmed', over);

test('a hundred lost answers in a row are one message, and one more when an hour is over', async (t) => {
  const at = await listening(t);
  const jobs = Array.from({ length: 100 }, () => lost());
  for (const job of jobs) at.changes(job, 'submitting');
  await at.count(1);
  assert.equal(at.told.length, 1);
  assert.deepEqual(at.told[0]?.matter, { kind: 'answer lost', microUsd: PRICE });
  const first = at.told[0]?.times ?? 0;
  at.clock.pass(HOUR_MS - 60_000);
  await still();
  assert.equal(at.told.length, 1);
  at.clock.pass(60_000);
  await at.count(2);
  assert.equal(first + (at.told[1]?.times ?? 0), 100);
  assert.equal(at.told[1]?.jobId, jobs.at(-1)?.id);
  assert.notEqual(at.told[1]?.toldBeforeAt, null);
  assert.notEqual(at.told[0]?.key, at.told[1]?.key);
  at.clock.pass(DAY_MS);
  await still();
  assert.equal(at.told.length, 2);
});

test('a restart repeats nothing, and tells what was counted before it', async (t) => {
  const at = await listening(t);
  at.changes(lost(), 'submitting');
  await at.count(1);
  at.changes(lost(), 'submitting');
  at.changes(lost(), 'submitting');
  await at.alerts.stop();
  const next = await listening(t, at);
  await still();
  assert.equal(next.told.length, 0);
  next.changes(lost(), 'submitting');
  next.clock.pass(HOUR_MS);
  await next.count(1);
  assert.equal(next.told[0]?.times, 3);
});

test('what could not be told is tried again, also by the next process, under the same key', async (t) => {
  const at = await listening(t, { comesTo: async () => 'later' });
  at.alarm('paid and not understood', { job: sampleJob('failed') });
  await at.count(1);
  at.clock.pass(5 * 60_000);
  await at.count(2);
  await at.alerts.stop();
  const next = await listening(t, at);
  next.clock.pass(5 * 60_000);
  await next.count(1);
  assert.equal(new Set([...at.told, ...next.told].map(({ key }) => key)).size, 1);
  next.clock.pass(DAY_MS);
  await still();
  assert.equal(next.told.length, 1);
});

test('where nobody can be told it is not tried over and over', async (t) => {
  const at = await listening(t, { comesTo: async () => 'nobody' });
  at.alarm('paid and not understood');
  await at.count(1);
  at.clock.pass(30 * 60_000);
  at.alarm('paid and not understood');
  await still();
  assert.equal(at.told.length, 1);
  // With the next, what nobody has heard of is told too, and not as told before.
  const next = await listening(t, { store: at.store, clock: at.clock });
  next.clock.pass(HOUR_MS);
  await next.count(1);
  assert.deepEqual([next.told[0]?.times, next.told[0]?.toldBeforeAt], [2, null]);
  next.alarm('paid and not understood');
  next.clock.pass(HOUR_MS);
  await next.count(2);
  assert.equal(next.told[1]?.times, 1);
  assert.notEqual(next.told[1]?.toldBeforeAt, null);
});

test('nobody waits for Discord: what comes meanwhile is counted', async (t) => {
  const { promise, resolve } = Promise.withResolvers<TellResult>();
  const at = await listening(t, { comesTo: () => promise });
  for (let n = 0; n < 50; n++) at.alarm('operation gone', { job: sampleJob('failed') });
  await still();
  assert.equal(at.told.length, 0);
  resolve('told');
  await at.count(1);
  at.clock.pass(HOUR_MS);
  await at.count(2);
  assert.deepEqual(
    at.told.map(({ times }) => times),
    [1, 49],
  );
});

test('a refused key is told when it begins, once a day while it lasts, and anew after it was over', async (t) => {
  const at = await listening(t);
  const job = sampleJob('failed');
  at.alarm('set up wrongly', { job });
  await at.count(1);
  for (let n = 0; n < 20; n++) {
    at.alarm('set up wrongly', { job });
    at.clock.pass(HOUR_MS);
    await still();
  }
  at.clock.pass(5 * HOUR_MS);
  await still();
  assert.equal(at.told.length, 1);
  at.alarm('set up wrongly', { job });
  await at.count(2);
  at.changes(sampleJob('generating'), 'submitting');
  at.clock.pass(2 * HOUR_MS);
  await still();
  assert.equal(at.told.length, 2);
  at.alarm('set up wrongly', { job });
  await at.count(3);
  // Mended and broken again at once: once an hour.
  at.changes(sampleJob('generating'), 'submitting');
  at.alarm('set up wrongly', { job });
  await still();
  assert.equal(at.told.length, 3);
  at.clock.pass(HOUR_MS);
  await at.count(4);
  assert.ok(at.told.every(({ jobId }) => jobId === null));
});

test('a full disk is told once for all that wait for it, and not when it is over', async (t) => {
  const at = await listening(t);
  const waiting = Array.from({ length: 5 }, () => sampleJob('queued', { trouble: 'storage' }));
  for (let looks = 0; looks < 20; looks++) {
    for (const job of waiting) at.changes(job, 'queued');
    at.clock.pass(30_000);
  }
  at.alerts.hearStorageFull();
  at.alarm('storage');
  await at.count(1);
  at.changes(sampleJob('submitting'), 'queued');
  at.clock.pass(2 * HOUR_MS);
  await still();
  assert.deepEqual(at.kinds(), ['storage']);
  at.changes(sampleJob('downloading', { trouble: 'storage' }), 'downloading');
  await at.count(2);
  at.changes(sampleJob('delivering'), 'downloading');
  at.clock.pass(2 * HOUR_MS);
  at.alarm('storage');
  await at.count(3);
});

test('a withdrawn model is told once with its successor, also where a restart finds it out again', async (t) => {
  const at = await listening(t);
  const withdrawn = (model: string) =>
    at.alarm('model withdrawn', { detail: { model, successor: 'omni-2' } });
  withdrawn('omni-1');
  await at.count(1);
  for (let n = 0; n < 6; n++) {
    at.clock.pass(DAY_MS);
    withdrawn('omni-1');
  }
  await still();
  withdrawn('veo-3');
  await at.count(2);
  const models = at.told.map(({ matter }) => matter.kind === 'model withdrawn' && matter.model);
  assert.deepEqual(models, ['omni-1', 'veo-3']);
  at.clock.pass(DAY_MS);
  withdrawn('omni-1');
  await at.count(3);
  assert.equal(at.told[2]?.times, 7);
});

test('another copy is told once a day', async (t) => {
  const at = await listening(t);
  for (let n = 0; n < 10; n++) at.alerts.hearAnotherCopy();
  await at.count(1);
  at.clock.pass(2 * DAY_MS);
  await still();
  assert.equal(at.told.length, 1);
  at.alerts.hearAnotherCopy();
  await at.count(2);
  assert.equal(at.told[1]?.times, 10);
});

test('a video that cannot be posted is told, but not one that its member removed', async (t) => {
  const at = await listening(t);
  const undelivered = (reason: 'too large' | 'unreachable' | 'removed by requester') =>
    at.changes(sampleJob('undelivered', { reason }), 'delivering');
  undelivered('removed by requester');
  undelivered('unreachable');
  undelivered('too large');
  at.changes(sampleJob('undelivered', { reason: 'unreachable' }), 'undelivered');
  await at.count(2);
  at.clock.pass(HOUR_MS);
  await still();
  assert.deepEqual(
    at.told.map(({ matter }) => matter.kind === 'undelivered' && matter.reason),
    ['unreachable', 'too large'],
  );
});

const ofBot = (over: Partial<Limit>): Limit => ({
  ...{ scope: 'bot', period: 'day', maxMicroUsd: null, maxVideos: null },
  ...over,
});
const ceilingsOf = (told: readonly Alert[]) =>
  told
    .map(({ matter }) => matter)
    .filter((matter): matter is Extract<Matter, { kind: 'ceiling' }> => matter.kind === 'ceiling');

async function ask(at: Awaited<ReturnType<typeof listening>>): Promise<void> {
  const job = await bringTo(at.store, 'queued', { askedAt: at.clock.wall() });
  at.changes(job, null);
  at.clock.pass(1_000);
  await still();
}

test('the ceiling of the day is told at four fifths and where the next one is refused, once each', async (t) => {
  const at = await listening(t, { limits: [ofBot({ maxMicroUsd: PRICE * 10 })] });
  for (let asked = 1; asked <= 7; asked++) await ask(at);
  assert.equal(at.told.length, 0);
  await ask(at);
  await at.count(1);
  await ask(at);
  assert.equal(at.told.length, 1);
  await ask(at);
  await at.count(2);
  await ask(at);
  assert.deepEqual(
    ceilingsOf(at.told).map(({ isUsedUp, used, of }) => [isUsedUp, used, of]),
    [
      [false, PRICE * 8, 'money'],
      [true, PRICE * 10, 'money'],
    ],
  );
  const next = await listening(t, { ...at, limits: [ofBot({ maxMicroUsd: PRICE * 10 })] });
  await ask(next);
  assert.equal(next.told.length, 0);
});

test('a ceiling that was reached is not told as nearly reached once something was given back', async (t) => {
  const at = await listening(t, { limits: [ofBot({ maxVideos: 5 })] });
  const jobs: Job[] = [];
  for (let asked = 1; asked <= 4; asked++) {
    jobs.push(await bringTo(at.store, 'queued', { askedAt: at.clock.wall() }));
  }
  await ask(at);
  await at.count(1);
  const [first] = jobs;
  assert.ok(first !== undefined);
  const money = { kind: 'give back' } as const;
  const cancelled = await applied(at.store, first, sampleChange('cancelled', {}, { money }));
  at.changes(cancelled, 'queued');
  at.clock.pass(1_000);
  await still();
  assert.deepEqual(
    ceilingsOf(at.told).map(({ isUsedUp }) => isUsedUp),
    [true],
  );
});

test('a ceiling in videos, of a month, and one that was raised are told too; limits of others are not', async (t) => {
  const limits: Limit[] = [
    ofBot({ period: 'month', maxVideos: 2 }),
    { ...ofBot({ maxVideos: 1 }), scope: 'member' },
    { ...ofBot({ maxVideos: 1 }), within: SERVER },
    ofBot({ maxMicroUsd: 0 }),
  ];
  const at = await listening(t, { limits });
  await ask(at);
  assert.equal(at.told.length, 0);
  await ask(at);
  await at.count(1);
  limits[0] = ofBot({ period: 'month', maxVideos: 3 });
  await ask(at);
  await at.count(2);
  assert.deepEqual(
    ceilingsOf(at.told).map(({ period, of, max }) => [period, of, max]),
    [
      ['month', 'videos', 2],
      ['month', 'videos', 3],
    ],
  );
});

test('the admins of a server are told of its videos in their channel, and of nothing else', async (t) => {
  const at = await listening(t);
  const scopes = () => at.told.map(({ scope }) => scope);
  at.changes(lost(), 'submitting');
  await at.count(1);
  assert.deepEqual(scopes(), ['bot']);
  await at.settings.set(serverScope(SERVER), 'audit', '55', '9', 0);
  at.clock.pass(HOUR_MS);
  at.changes(lost(), 'submitting');
  at.changes(lost({ reply: sampleReply({ guildId: '77' }) }), 'submitting');
  at.alarm('set up wrongly', { job: sampleJob('failed') });
  at.alarm('paid and not understood', { job: sampleJob('failed') });
  await at.count(6);
  const ofServer = at.told.filter(({ scope }) => scope !== 'bot');
  assert.deepEqual(kinds(ofServer), ['answer lost', 'paid and not understood']);
  assert.ok(ofServer.every(({ scope, times }) => scope === serverScope(SERVER) && times === 1));
  // One channel for both hears it once.
  await at.settings.set('bot', 'audit', '55', '9', 0);
  at.alarm('video file gone', { job: sampleJob('failed') });
  await at.count(7);
  assert.equal(at.told.length, 7);
});

test('a disk that takes nothing ends no process and is told all the same', async (t) => {
  const store = await newStore(t);
  const full = { ...store, remember: () => Promise.reject(new StorageFull('SQLITE_FULL')) };
  const at = await listening(t, { store: full });
  at.alarm('paid operation not written down', { job: sampleJob('submitting') });
  await at.count(1);
  assert.deepEqual(at.kinds(), ['paid operation not written down']);
});
