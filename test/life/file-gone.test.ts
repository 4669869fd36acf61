/** "Not found" about what is paid: one such answer proves nothing, many over ten minutes do. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { invalidInteraction, unavailable, unknownFile } from '../sandbox/google/said.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const MINUTE_MS = 60_000;
const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google } = world;
const bot = await startInProcess(world);
const { clock } = bot;
after(() => bot.stop().finally(() => world.close()));

async function running(prompt: string): Promise<[Ask, Operation]> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  return [ask, await eventually(find, 'the operation')];
}

const downloadsOf = (operation: Operation): number =>
  google.downloads.filter((one) => one.face === 'proxy' && one.operation === operation.id).length;

test('a download that meets 503 twice and one "not found" is fetched and posted', async () => {
  const [ask, operation] = await running('a cat whose file was not there once');
  const where = {
    where: (request: { operation: string | undefined }) => request.operation === operation.id,
  };
  google.next('download', unavailable(), { times: 2, ...where });
  google.next('download', unknownFile('abc'), where);
  google.next('file', unavailable(), where);
  operation.finish();
  await clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
  assert.ok(downloadsOf(operation) >= 4);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a file that is said to be gone is given up after ten minutes of it, not before', async () => {
  const [ask, operation] = await running('a cat whose file is gone');
  operation.finish();
  google.setFile(operation, 'expired');
  const goneAt = clock.now();
  await clock.passUntil(() => says(/its file was lost/)(ask.message), 5_000, 'the end');
  assert.ok(clock.now() - goneAt >= 10 * MINUTE_MS, `after ${clock.now() - goneAt} ms`);
  assert.match(ask.message.content, /Charged \$0\.\d\d\./);
  holds(world, ask, { paid: 1, videos: 0 });
});

test('an operation that is said to be gone is looked at late, and again while the proxy is away', async () => {
  const [ask, operation] = await running('a cat that was never gone');
  google.next('poll', invalidInteraction(operation.id), {
    times: Number.POSITIVE_INFINITY,
    where: (request) => request.operation === operation.id,
  });
  const goneAt = clock.now();
  await clock.passUntil(
    () => says(/does not know this video any more/)(ask.message),
    5_000,
    'that it is believed',
  );
  assert.ok(clock.now() - goneAt >= 10 * MINUTE_MS);
  assert.match(
    ask.message.content,
    /may have been charged.*If it is finished later, it is still posted/,
  );
  google.calm();
  operation.finish();
  await google.down();
  const submittedAt = operation.at;
  const lookAt = submittedAt + 46 * 60 * MINUTE_MS;
  await clock.passUntil(() => clock.now() > lookAt, 10 * MINUTE_MS, 'the late look');
  await clock.passUntil(() => clock.now() > lookAt + 25 * MINUTE_MS, 30_000, 'half an hour');
  assert.ok(!hasVideo(ask.message));
  await google.up();
  await clock.passUntil(() => hasVideo(ask.message), 30_000, 'the video');
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  holds(world, ask, { paid: 1, videos: 1 });
});
