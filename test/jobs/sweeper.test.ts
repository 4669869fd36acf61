/** What is kept no longer goes: by its time, by a member's wish, or because no job knows it any more. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openFolder } from '../../src/disk/folder.ts';
import { createPictureFiles } from '../../src/disk/pictures/pictures.ts';
import { createVideoFiles } from '../../src/disk/videos.ts';
import { createReporting, reporterMark } from '../../src/jobs/admins/reporting.ts';
import type { Job, JobId, State } from '../../src/jobs/job.ts';
import { createForgetting } from '../../src/jobs/keeping/forgetting.ts';
import { Sweeper } from '../../src/jobs/keeping/sweeper.ts';
import type { Clock } from '../../src/jobs/ports/clock.ts';
import type { JobEvent } from '../../src/jobs/ports/observe.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { Writer } from '../../src/jobs/writer.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { storeOver } from '../../src/sqlite/store.ts';
import { temporaryFolder } from '../disk/temporary.ts';
import { bringTo, NOON, sampleId, sampleRequest, sampleVideo } from './samples.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ann = '1000000000000000001';
const bob = '1000000000000000002';

/** A clock that stands where it is set, with its timers called by hand. */
class HandClock implements Clock {
  at = NOON;
  readonly timers = new Map<() => void, number>();
  readonly now = () => this.at;
  readonly wall = () => this.at;
  readonly monotonic = () => this.at;
  readonly after = (ms: number, call: () => void) => {
    this.timers.set(call, this.at + ms);
    return () => void this.timers.delete(call);
  };
  pass(ms: number): void {
    this.at += ms;
    for (const [call, at] of this.timers) {
      if (at > this.at) continue;
      this.timers.delete(call);
      call();
    }
  }
}

async function dataFolder(t: TestContext, over: Partial<typeof defaultRules> = {}) {
  const { path: dir } = await openFolder(await temporaryFolder(t));
  const db = openDatabase(join(dir, 'bot.db'));
  const store = storeOver(db);
  t.after(() => store.close());
  const clock = new HandClock();
  const files = createVideoFiles({ dir });
  const removed: JobId[] = [];
  const ofPictures = createPictureFiles({ dir });
  const pictures = {
    untouchedSince: ofPictures.untouchedSince,
    async removePictures(id: JobId) {
      removed.push(id);
      await ofPictures.removePictures(id);
    },
  };
  const others: { time: () => number | null } = { time: () => clock.at };
  const events: JobEvent[] = [];
  const observe = (event: JobEvent) => void events.push(event);
  const writer = new Writer({ store, observe, changed: () => {} });
  const forgetting = createForgetting({ store, files, pictures, writer, clock });
  const rules = { ...defaultRules, ...over };
  const faults: unknown[] = [];
  const sweeper = new Sweeper({
    ...{ store, files, pictures, forgetting, rules, clock, observe },
    otherTime: async () => others.time(),
    fatal: (error) => faults.push(error),
  });

  /** A job with a file, in a state; its video is kept for 30 days unless said otherwise. */
  async function kept<S extends State>(
    state: S,
    by = ann,
    own: Parameters<typeof bringTo<S>>[3] = {},
  ): Promise<Extract<Job, { state: S }>> {
    const id = sampleId();
    const video = { ...sampleVideo, name: `${id}.mp4`, sizeBytes: 9 };
    await writeFile(join(dir, 'videos', video.name), 'its bytes');
    const withVideo = state === 'delivered' || state === 'undelivered' || state === 'delivering';
    const requester = { userId: by, locale: 'en-US' };
    const request = sampleRequest({ prompt: 'a cat' });
    return bringTo(store, state, { id, requester, request }, {
      ...(withVideo ? { video } : {}),
      ...own,
    } as Parameters<typeof bringTo<S>>[3]);
  }

  /** Starts, waits until everything is swept, and stops. */
  async function sweep(): Promise<void> {
    sweeper.start();
    await sweeper.wake();
    await sweeper.stop();
    assert.deepEqual(faults, []);
  }

  const videos = async () => (await readdir(join(dir, 'videos'))).toSorted();
  const prompt = async ({ id }: Job) => (await store.find(id))?.request.prompt;
  return {
    ...{ dir, db, store, clock, others, files, removed, events, forgetting, sweeper, faults },
    ...{ kept, sweep, videos, prompt },
  };
}

/** Its files look as if they had been written at that time. */
async function writtenAt(dir: string, at: number): Promise<void> {
  for (const within of ['incoming', 'videos', 'pictures']) {
    for (const name of await readdir(join(dir, within))) {
      await utimes(join(dir, within, name), new Date(at), new Date(at));
    }
  }
}

test('a video goes once its time is over, with its pictures, and its row says so and stays', async (t) => {
  const at = await dataFolder(t);
  const delivered = await at.kept('delivered');
  const waiting = await at.kept('undelivered', ann, { keptUntilAt: NOON + 7 * DAY_MS });
  await at.sweep();
  assert.equal((await at.videos()).length, 2);
  at.clock.at = NOON + 7 * DAY_MS;
  await at.sweep();
  assert.deepEqual(await at.videos(), [delivered.video.name]);
  at.clock.at = NOON + 30 * DAY_MS;
  await at.sweep();
  assert.deepEqual(await at.videos(), []);
  assert.deepEqual(at.removed, [waiting.id, delivered.id]);
  for (const { id } of [waiting, delivered]) {
    const job = await at.store.find(id);
    assert.ok(job?.state === 'delivered' || job?.state === 'undelivered');
    assert.deepEqual([job.keptUntilAt, job.request.prompt], [null, 'a cat']);
    assert.equal((await at.store.history(id)).at(-1)?.event, 'video deleted');
  }
  const before = at.events.length;
  await at.sweep();
  assert.equal(at.events.length, before, 'once');
});

test('a sweep takes everything that is due, however much there is', async (t) => {
  const at = await dataFolder(t);
  at.db.pragma('synchronous = OFF');
  for (let i = 0; i < 120; i += 1) await at.kept('delivered');
  at.clock.at = NOON + 100 * DAY_MS;
  await at.sweep();
  assert.deepEqual(await at.videos(), []);
  assert.equal((await at.store.outOfDate(at.clock.at, 999)).length, 0);
});

test('the files of a job that has not ended are never touched, however old they are', async (t) => {
  const at = await dataFolder(t);
  const running = ['queued', 'generating', 'cancelling', 'downloading', 'delivering'] as const;
  for (const state of running) await at.kept(state);
  await at.kept('failed', ann, { reason: 'overdue', dueAt: NOON });
  await writtenAt(at.dir, 0);
  at.clock.at = NOON + 1_000 * DAY_MS;
  await at.store.askToForget(ann);
  await at.sweep();
  assert.equal((await at.videos()).length, running.length + 1);
  assert.deepEqual(at.removed, []);
});

test('files that no row knows go after a week, those of a row that cannot be read never', async (t) => {
  const at = await dataFolder(t);
  const broken = await at.kept('delivered');
  at.db.prepare(`UPDATE jobs SET own = '{' WHERE id = ?`).run(broken.id);
  for (const name of ['incoming/aaaaaaaa.part', 'videos/bbbbbbbb.mp4', 'videos/notes.txt']) {
    await writeFile(join(at.dir, name), 'x');
  }
  await writtenAt(at.dir, NOON - 7 * DAY_MS + 1);
  await at.sweep();
  assert.equal((await at.videos()).length, 3);
  await writtenAt(at.dir, NOON - 7 * DAY_MS - 1);
  await at.sweep();
  assert.deepEqual(await at.videos(), [broken.video.name, 'notes.txt'].toSorted());
  assert.deepEqual(await readdir(join(at.dir, 'incoming')), []);
  assert.deepEqual(at.removed.toSorted(), ['aaaaaaaa', 'bbbbbbbb']);
});

test('a file whose deletion was noted and then cut short goes with the next sweep', async (t) => {
  const at = await dataFolder(t);
  const job = await at.kept('delivered', ann, { keptUntilAt: null });
  await writtenAt(at.dir, NOON - 8 * DAY_MS);
  await at.sweep();
  assert.deepEqual(await at.videos(), []);
  assert.deepEqual(await at.store.find(job.id), job);
});

test('the file kept aside for an admin goes as late as a video does', async (t) => {
  const at = await dataFolder(t);
  const { id } = await at.kept('failed', ann, { reason: 'unreadable file' });
  const aside = join(at.dir, 'videos', `${id}.unreadable`);
  await writeFile(aside, 'no video');
  await writtenAt(at.dir, NOON - 8 * DAY_MS);
  await at.sweep();
  assert.ok(existsSync(aside));
  at.clock.at = NOON + 30 * DAY_MS + 2_000;
  await at.sweep();
  assert.ok(!existsSync(aside));
});

test('prompts go by their own time, not with the video and not before what waits was brought', async (t) => {
  const day = (count: number) => count * DAY_MS;
  const at = await dataFolder(t, { keepPromptsMs: day(2) });
  const [delivered, failed, waiting] = [
    await at.kept('delivered'),
    await at.kept('failed'),
    await at.kept('undelivered'),
  ];
  at.clock.at = NOON + day(2);
  await at.sweep();
  assert.equal(await at.prompt(delivered), 'a cat');
  at.clock.at += 1;
  await at.sweep();
  assert.deepEqual(await Promise.all([delivered, failed, waiting].map(at.prompt)), [
    '',
    '',
    'a cat',
  ]);
  assert.equal((await at.videos()).length, 3);
  at.clock.at = NOON + day(30);
  await at.sweep();
  assert.equal(await at.prompt(waiting), '');
});

test('offers that nobody pressed go after 30 days, or as soon as prompts do', async (t) => {
  for (const [keepPromptsMs, goesAfterMs] of [
    [90 * DAY_MS, 30 * DAY_MS],
    [DAY_MS, DAY_MS],
  ] as const) {
    const at = await dataFolder(t, { keepPromptsMs });
    await at.store.keepDraft({ id: 'd1', userId: ann, wish: { prompt: 'a cat' }, at: NOON });
    at.clock.at = NOON + goesAfterMs;
    await at.sweep();
    assert.notEqual(await at.store.findDraft('d1'), null);
    at.clock.at += 1;
    await at.sweep();
    assert.equal(await at.store.findDraft('d1'), null);
  }
});

test('who wrote to the bot is forgotten 90 days after the last answer, or as soon as prompts are', async (t) => {
  for (const [keepPromptsMs, goesAfterMs] of [
    [400 * DAY_MS, 90 * DAY_MS],
    [DAY_MS, DAY_MS],
  ] as const) {
    const at = await dataFolder(t, { keepPromptsMs });
    await at.store.noteConversation({ channelId: '11', userId: ann, settledId: '12', at: NOON });
    at.clock.at = NOON + goesAfterMs;
    await at.sweep();
    assert.notEqual(await at.store.findConversation('11'), null);
    at.clock.at += 1;
    await at.sweep();
    assert.equal(await at.store.findConversation('11'), null);
  }
});

test('who reported a video is told from others for 90 days, or as long as prompts are kept', async (t) => {
  for (const [keepPromptsMs, goesAfterMs] of [
    [400 * DAY_MS, 90 * DAY_MS],
    [DAY_MS, DAY_MS],
  ] as const) {
    const at = await dataFolder(t, { keepPromptsMs });
    const { store, clock } = at;
    const { id } = await at.kept('delivered');
    const reporting = createReporting({ store, clock });
    assert.equal((await reporting.report(id, bob, 'here')).kind, 'reported');
    clock.at = NOON + goesAfterMs;
    await at.sweep();
    assert.equal(await reporting.isReported(id, bob), true);
    clock.at += 1;
    await at.sweep();
    assert.equal(await reporting.isReported(id, bob), false);
  }
});

test('a member who wants to be forgotten is not known as a reporter, nor as one who was reported', async (t) => {
  const at = await dataFolder(t);
  const [mine, theirs] = [await at.kept('delivered'), await at.kept('delivered', bob)];
  const reporting = createReporting(at);
  const cid = '1000000000000000003';
  for (const { id } of [mine, theirs]) {
    for (const by of [ann, cid]) await reporting.report(id, by, 'here');
  }
  await at.forgetting.forget(ann);
  const left = [mine, theirs].map(({ id }) => at.store.reportMarks(id));
  assert.deepEqual(await Promise.all(left), [[], [reporterMark(theirs.id, cid)]]);
});

test('a member who wants to be forgotten is, at once; what runs goes on and is forgotten at its end', async (t) => {
  const at = await dataFolder(t);
  const mine = [await at.kept('delivered'), await at.kept('undelivered'), await at.kept('failed')];
  const running = await at.kept('delivering');
  const theirs = await at.kept('delivered', bob);
  assert.deepEqual(await at.forgetting.forget(ann), { videos: 2, jobs: 3, running: 1 });
  assert.deepEqual(await Promise.all(mine.map(at.prompt)), ['', '', '']);
  const left = [running.video.name, theirs.video.name].toSorted();
  assert.deepEqual(await at.videos(), left);
  assert.deepEqual(await at.store.find(running.id), running);

  const { operation, charge, madeInMs, video } = running;
  await at.store.apply(running, {
    ...{ at: NOON, attempts: 0, note: { event: 'posted' } },
    to: {
      ...{
        state: 'delivered',
        operation,
        charge,
        madeInMs,
        video,
        smaller: null,
        keptUntilAt: NOON + DAY_MS,
      },
      posted: { channelId: '1', messageId: '2', rung: 'new message' },
    },
  });
  await at.sweep();
  assert.deepEqual(await at.videos(), [theirs.video.name]);
  assert.equal(await at.prompt(running), '');
  assert.deepEqual(await at.store.find(theirs.id), theirs);
  assert.deepEqual(await at.forgetting.forget(ann), { videos: 0, jobs: 0, running: 0 });
});

test('a wish that a dying process had only written down is fulfilled by the next one', async (t) => {
  const at = await dataFolder(t);
  const job = await at.kept('delivered');
  await at.store.askToForget(ann);
  await at.sweep();
  assert.deepEqual([await at.prompt(job), await at.videos()], ['', []]);
});

test('a video that somebody has shown at that moment is left to them', async (t) => {
  const at = await dataFolder(t);
  const job = await at.kept('undelivered');
  at.clock.at = NOON + 60 * DAY_MS;
  const { operation, charge, madeInMs, video } = job;
  const shown = await at.store.apply(job, {
    ...{ at: NOON, attempts: 0, note: { event: 'show result' } },
    to: {
      ...{ state: 'delivering', operation, charge, madeInMs, video, smaller: null },
      ...{ rung: 'reply by token', dueAt: NOON },
    },
  });
  // What a sweep had read before.
  assert.equal(await at.forgetting.letGo(job), false);
  assert.deepEqual(await at.store.find(job.id), shown);
  assert.deepEqual(await at.videos(), [video.name]);
});

test('it sweeps at the start and then every hour, and not after it was stopped', async (t) => {
  const at = await dataFolder(t);
  const swept = async (job: Job) => (await at.store.find(job.id))?.revision !== job.revision;
  at.sweeper.start();
  at.sweeper.start();
  assert.equal(at.clock.timers.size, 1);
  const job = await at.kept('delivered', ann, { keptUntilAt: NOON + HOUR_MS });
  await at.sweeper.wake();
  assert.equal(await swept(job), false);
  at.clock.pass(HOUR_MS);
  const deadline = Date.now() + 10_000;
  while (!(await swept(job)) && Date.now() < deadline) await new Promise(setImmediate);
  assert.equal(await swept(job), true);
  await at.sweeper.stop();
  assert.equal(at.clock.timers.size, 0);
  await at.sweeper.stop();
  await at.sweeper.wake();
  assert.equal(at.clock.timers.size, 0);
  assert.deepEqual(at.faults, []);
});

test('pictures that no row knows, or one without its words, go after a week; those of a row stay', async (t) => {
  const at = await dataFolder(t);
  const kept = await at.kept('failed');
  const picture = (id: JobId) => join(at.dir, 'pictures', `${id}-0.jpg`);
  const request = JSON.stringify({
    ...kept.request,
    pictures: [{ role: 'reference', at: { kind: 'kept', name: `${kept.id}-0.jpg` } }],
  });
  at.db.prepare('UPDATE jobs SET request = ? WHERE id = ?').run(request, kept.id);
  const without = await at.kept('failed');
  const part = join(at.dir, 'incoming', 'cccccccc-1.jpg.part');
  for (const path of [picture(kept.id), picture(without.id), picture('aaaaaaaa'), part]) {
    await writeFile(path, 'x');
  }
  await writtenAt(at.dir, NOON - 7 * DAY_MS + 1);
  await at.sweep();
  assert.equal((await readdir(join(at.dir, 'pictures'))).length, 3);
  await writtenAt(at.dir, NOON - 7 * DAY_MS - 1);
  await at.sweep();
  assert.deepEqual(await readdir(join(at.dir, 'pictures')), [`${kept.id}-0.jpg`]);
  assert.ok(!existsSync(part));
});

test('nothing goes by a clock that Discord says is wrong, or while nobody tells the time', async (t) => {
  const at = await dataFolder(t);
  const job = await at.kept('delivered');
  at.others.time = () => NOON;
  at.clock.at = NOON + 31 * DAY_MS;
  await at.sweep();
  assert.deepEqual(await at.videos(), [job.video.name]);
  const alarms = at.events.filter(({ kind }) => kind === 'alarm');
  const [alarm] = alarms;
  assert.ok(alarm?.kind === 'alarm' && alarm.what === 'clock wrong, so nothing old is deleted');
  assert.equal(alarm.detail?.hours, 31 * 24);
  at.others.time = () => null;
  at.sweeper.start();
  await at.sweeper.wake();
  assert.deepEqual(await at.videos(), [job.video.name]);
  // It is not an hour until the time is asked for again.
  at.others.time = () => at.clock.at;
  at.clock.pass(5 * 60_000);
  const deadline = Date.now() + 10_000;
  while ((await at.videos()).length > 0 && Date.now() < deadline) await new Promise(setImmediate);
  await at.sweeper.stop();
  assert.deepEqual(await at.videos(), []);
});

test('a member who wants to be forgotten is, whatever the clock says', async (t) => {
  const at = await dataFolder(t);
  const job = await at.kept('delivered');
  at.others.time = () => null;
  await at.store.askToForget(ann);
  await at.sweep();
  assert.deepEqual([await at.prompt(job), await at.videos()], ['', []]);
});
