/** Failure table: the operation is gone. Believed when the service itself says so again and again. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { GoogleRequest, Operation } from '../sandbox/google/google.ts';
import {
  invalidInteraction,
  noSuchRoute,
  unavailable,
  unknownOperation,
} from '../sandbox/google/said.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google } = world;
const eve = world.discord.createMember({ name: 'Eve', in: world.server });
const bot = await startInProcess(world, { env: { ADMIN_USER_IDS: eve.id } });
after(() => bot.stop().finally(() => world.close()));

const about =
  (prompt: string) =>
  ({ operation }: GoogleRequest): boolean =>
    google.operation(operation ?? '')?.prompt === prompt;

async function running(prompt: string, options = {}): Promise<[Ask, Operation]> {
  const ask = await somebodyAsks(world, prompt, { options });
  await ask.message.becomes(says(/Being made/));
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  return [ask, await eventually(find, 'the operation')];
}

for (const model of ['gemini-omni-1.2-flash', 'veo-3.1-fast-generate-preview']) {
  test(`gone at the service (${model}): what happened, what it cost, and whom to ask`, async () => {
    const [ask, operation] = await running(`a cat that vanished, ${model}`, { model });
    google.forget(operation);
    await bot.clock.passUntil(() => says(/does not know/)(ask.message), 1_000, 'the end');
    assert.match(
      ask.message.content,
      /⚠️ The video service does not know this video any more\. It may have been charged \(\$0\.\d\d\)\. (If it is finished later, it is still posted\. )?An admin can look into it: video [0-9a-z]{8}\.$/,
    );
    holds(world, ask, { paid: 1, videos: 0 });
  });
}

for (const [model, said] of [
  ['gemini-omni-1.2-flash', invalidInteraction('v1_abc')],
  ['veo-3.1-fast-generate-preview', unknownOperation('abc')],
] as const) {
  test(`said to be gone twice and then known again (${model}), it is posted`, async () => {
    const prompt = `a cat that came back, ${model}`;
    const [ask, operation] = await running(prompt, { model });
    google.next('poll', said, { times: 2, where: about(prompt) });
    await bot.clock.passUntil(() => google.polls(operation) > 3, 1_000, 'polls');
    operation.finish();
    await bot.clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
    holds(world, ask, { paid: 1, videos: 1 });
  });
}

test("the proxy's own 404 does not prove it, however often it comes", async () => {
  const prompt = 'a cat behind a proxy without routes';
  const [ask, operation] = await running(prompt);
  google.next('poll', noSuchRoute(), { times: Number.POSITIVE_INFINITY, where: about(prompt) });
  const before = google.polls(operation);
  await bot.clock.passUntil(() => google.polls(operation) > before + 20, 30_000, 'polls');
  assert.match(ask.message.content, /Being made, but the video service cannot be asked/);
  google.calm();
  operation.finish();
  await bot.clock.passUntil(() => hasVideo(ask.message), 10_000, 'the video');
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a file that has expired: charged, and said so', async () => {
  const prompt = 'a cat of the day before yesterday';
  google.next('download', unavailable(), { where: about(prompt) });
  const [ask, operation] = await running(prompt);
  operation.finish();
  google.setFile(operation, 'expired');
  const isOver = () => says(/file was lost before/)(ask.message);
  await bot.clock.passUntil(isOver, 5_000, 'the end');
  assert.match(ask.message.content, /lost before it could be posted\. Charged \$0\.\d\d\./);
  const told = () => eve.dm.messages.filter(says(/paid for, but its file could not be fetched/));
  await eventually(() => told()[0], 'word of it to the admin');
  assert.equal(told().length, 1);
  holds(world, ask, { paid: 1, videos: 0 });
});
