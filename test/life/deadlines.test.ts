/** Failure table: the proxy away for an hour, and what never ends. Times in the row, not in memory. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { MovedClock } from './clock.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const world = await startWorld({
  google: { takesMs: Number.POSITIVE_INFINITY },
  env: { GENERATE_MAX_MINUTES: '120', QUEUE_MAX_MINUTES: '90', LIMIT_MEMBER_DAY_VIDEOS: '1' },
});
const { google } = world;
let freeBytes: number | null = null;
/** When a paid call was begun, whether or not it left. */
const triedAt: number[] = [];
const clock = new MovedClock();
const bot = await startInProcess(world, {
  clock,
  parts({ files, service }) {
    const submit = service.submit.bind(service);
    service.submit = (job, signal) => {
      triedAt.push(clock.now());
      return submit(job, signal);
    };
    return { files: { ...files, freeBytes: async () => freeBytes ?? (await files.freeBytes()) } };
  },
});
after(() => bot.stop().finally(() => world.close()));

async function running(prompt: string): Promise<[Ask, Operation]> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  return [ask, await eventually(find, 'the operation')];
}

test('a proxy away for an hour: asked at most about once a minute, then both go on', async () => {
  const [made, operation] = await running('a cat made before the hour');
  await google.down();
  const waits = await somebodyAsks(world, 'a cat asked for in the hour');
  const beganAt = clock.now();
  const endsAt = beganAt + HOUR_MS;
  await clock.passUntil(() => clock.now() >= beganAt + 10 * MINUTE_MS, 5_000, 'ten minutes');
  // By doubling from 1 s: some 7 in two minutes, then one in 30 to 60 s.
  const tries = triedAt.filter((at) => at >= beganAt).length;
  assert.ok(tries >= 8 && tries <= 40, `${tries} tries to start it in ten minutes`);
  await clock.passUntil(() => clock.now() >= endsAt, 30_000, 'the end of the hour');
  // Discord counts edits by real time, of which hardly any has passed.
  await waits.message.becomes(says(/cannot be reached\. Nothing charged; it starts by itself/));
  await made.message.becomes(says(/Being made, but the video service cannot be asked/));
  await google.up();
  operation.finish();
  await clock.passUntil(() => hasVideo(made.message), 5_000, 'the video');
  const second = await clock.passUntil(
    () => google.operations.find(({ prompt }) => prompt === waits.prompt),
    5_000,
    'the paid call',
  );
  second.finish();
  await clock.passUntil(() => hasVideo(waits.message), 1_000, 'the other video');
  holds(world, made, { paid: 1, videos: 1 });
  holds(world, waits, { paid: 1, videos: 1 });
});

test('what could not be started in its time is cancelled: not charged, and no allowance used', async () => {
  await google.down();
  const ask = await somebodyAsks(world, 'a cat that nobody could start');
  await clock.passUntil(() => says(/could not be started/)(ask.message), MINUTE_MS, 'the end');
  assert.match(ask.message.content, /⌛ It could not be started in time\. Not charged\. Try again/);
  await google.up();
  holds(world, ask, { paid: 0, videos: 0 });
  const pressed = await ask.member.presses(ask.message, 'Run again');
  const again = await pressed.reply();
  const operation = await clock.passUntil(
    () => google.operations.find(({ prompt }) => prompt === ask.prompt),
    1_000,
    'the paid call',
  );
  operation.finish();
  await clock.passUntil(() => hasVideo(again), 1_000, 'the video');
  holds(world, ask, { paid: 1, videos: 1 });
});

test('what never ends is overdue at its deadline, and posted if a late look finds it made', async () => {
  const [ask, operation] = await running('a cat that takes for ever');
  const deadlineAt = clock.now() + 2 * HOUR_MS;
  await clock.passUntil(() => says(/did not finish in time/)(ask.message), 60_000, 'the end');
  assert.ok(clock.now() >= deadlineAt - MINUTE_MS);
  assert.match(
    ask.message.content,
    /It may have been charged \(\$0\.56\)\. If it is finished later, it is still posted\./,
  );
  assert.ok(google.polls(operation) < 200, `${google.polls(operation)} polls in two hours`);
  const before = google.polls(operation);
  operation.finish();
  await clock.passUntil(() => hasVideo(ask.message), HOUR_MS, 'the video');
  assert.equal(google.polls(operation), before + 1);
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('what was not made by its late look either is left alone', async () => {
  const [ask, operation] = await running('a cat that never comes');
  await clock.passUntil(() => says(/did not finish in time/)(ask.message), 60_000, 'the end');
  await clock.passUntil(() => says(/An admin can look into it/)(ask.message), HOUR_MS, 'the look');
  const polls = google.polls(operation);
  const until = clock.now() + 72 * HOUR_MS;
  await clock.passUntil(() => clock.now() > until, 6 * HOUR_MS, 'three days');
  assert.ok(google.polls(operation) <= polls + 1);
  assert.match(ask.message.content, /It may have been charged \(\$0\.56\)/);
  holds(world, ask, { paid: 1, videos: 0 });
});

test('a job that waits for room on the disk starts by itself once there is some', async () => {
  freeBytes = 0;
  const ask = await somebodyAsks(world, 'a cat that waits for room');
  await ask.message.becomes(says(/💾 Paused: the bot is out of storage\. Nothing charged/));
  holds(world, ask, { paid: 0, videos: 0 });
  freeBytes = null;
  const operation = await clock.passUntil(
    () => google.operations.find(({ prompt }) => prompt === ask.prompt),
    5_000,
    'the paid call',
  );
  operation.finish();
  await clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
  holds(world, ask, { paid: 1, videos: 1 });
});
