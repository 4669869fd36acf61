/** Cancel while the paid work runs: the service is told at once and until it has heard it. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { quotaExceeded } from '../sandbox/google/said.ts';
import { type Ask, eventually, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google } = world;
const admin = world.discord.createMember({ name: 'Eve', in: world.server });
after(() => world.close());
const bot = await world.startBot({ ADMIN_USER_IDS: admin.id });

async function running(prompt: string): Promise<[Ask, Operation]> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  return [ask, await eventually(find, 'the operation')];
}

const calls = (kind: 'poll' | 'cancel', operation: Operation) =>
  google.requests.filter(
    (one) => one.face === 'proxy' && one.kind === kind && one.operation === operation.id,
  );

describe('Cancel', { concurrency: 4 }, () => {
  test('pressed while a look is under way is passed on at once, not when the look has come back', async () => {
    const prompt = 'a cat in the middle of a look';
    const isIts = ({ operation }: { operation: string | undefined }): boolean =>
      google.operation(operation ?? '')?.prompt === prompt;
    google.next('poll', { delayMs: 4_000 }, { where: isIts });
    const [ask, operation] = await running(prompt);
    await eventually(() => calls('poll', operation).length > 0, 'the look');
    await ask.member.presses(ask.message, 'Cancel');
    await eventually(() => calls('cancel', operation).length > 0, 'that it is told', 3_500);
    await ask.message.becomes(says(/Cancelled/));
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('that the service is too busy to hear is said again until it has heard it', async () => {
    const [ask, operation] = await running('a cat and a busy service');
    google.next('cancel', quotaExceeded('minute', 1), {
      times: 2,
      where: (request) => request.operation === operation.id,
    });
    await ask.member.presses(ask.message, 'Cancel');
    await ask.message.becomes(says(/Cancelled/), 15_000);
    assert.equal(calls('cancel', operation).length, 3);
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('by an admin is said to be theirs, in the message and in the history', async () => {
    const [ask] = await running('a cat that an admin does not want');
    await admin.presses(ask.message, 'Cancel');
    await ask.message.becomes(says(/Cancelled by an admin\. It may have been charged/));
    await bot.says(({ state, why }) => state === 'cancelled' && why === 'by admin');
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('by an admin during the paid call is theirs too', async () => {
    const prompt = 'a cat that an admin stops early';
    google.next(
      'submit',
      { delayMs: 1_200 },
      { where: ({ body }) => (body as { input?: unknown }).input === prompt },
    );
    const ask = await somebodyAsks(world, prompt);
    await ask.message.becomes(says(/Starting/));
    await admin.presses(ask.message, 'Cancel');
    await ask.message.becomes(says(/Cancelled by an admin\. It may have been charged/));
    holds(world, ask, { paid: 1, videos: 0 });
  });
});
