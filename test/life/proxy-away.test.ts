/** Failure table: the proxy is away, or there and broken, and repaired late. Paid work is never failed by it. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Fault, GoogleRequest, Operation } from '../sandbox/google/google.ts';
import {
  budgetExceeded,
  googleError,
  keyRefused,
  keyThrottled,
  noSuchPage,
  noSuchRoute,
  quotaExceeded,
  unavailable,
  wrongGoogleKey,
} from '../sandbox/google/said.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: Number.POSITIVE_INFINITY },
  env: { MAX_RUNNING_VIDEOS: '50' },
});
const { google } = world;
after(() => world.close());
let bot = await world.startBot();

const about =
  (prompt: string) =>
  ({ operation }: GoogleRequest): boolean =>
    google.operation(operation ?? '')?.prompt === prompt;

function operationFor({ prompt }: Pick<Ask, 'prompt'>): Promise<Operation> {
  return eventually(() => google.operations.find((o) => o.prompt === prompt), 'the operation');
}

async function beingMade(prompt: string): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  return ask;
}

const broken: [what: string, fault: Fault][] = [
  ['refuses the key', keyRefused('unknown')],
  ['has lost its database', keyRefused('no-database')],
  ['takes the key for no route', keyRefused('route')],
  ['has a wrong Google key', wrongGoogleKey()],
  ['is over its budget', budgetExceeded()],
  ['throttles', keyThrottled()],
  ['hands on a quota', quotaExceeded('minute', 1)],
  ['has lost its route', noSuchRoute()],
  ['shows a page', noSuchPage()],
  ['answers 503', unavailable()],
  ['answers 403 without a word', { status: 403, body: {} }],
  ['says a model is gone', googleError(404, 'NOT_FOUND', 'models/x is not found')],
];

describe('a video being made behind a proxy', { concurrency: 20 }, () => {
  for (const [what, fault] of broken) {
    test(`that ${what} is waited for, and posted once it is repaired`, async () => {
      const ask = await beingMade(`a cat behind a proxy that ${what}`);
      // From here on every call about it fails, before and after it is done.
      google.next('poll', fault, { times: 2, where: about(ask.prompt) });
      google.next('download', fault, { times: 1, where: about(ask.prompt) });
      await ask.message.becomes(says(/🔌 Being made, but the video service/));
      (await operationFor(ask)).finish();
      await ask.message.becomes(hasVideo, 20_000);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }
});

test('a proxy that is away: waiting costs nothing, being made goes on, a restart changes nothing', async () => {
  const made = await beingMade('a cat that is being made');
  const operation = await operationFor(made);
  await google.down();
  const waits = await somebodyAsks(world, 'a cat that waits');
  await waits.message.becomes(says(/🔌 The video service cannot be reached\. Nothing charged/));
  await made.message.becomes(says(/🔌 Being made, but the video service cannot be asked/));
  await bot.kill();
  bot = await world.startBot();
  operation.finish();
  await google.up();
  await made.message.becomes(hasVideo, 20_000);
  (await operationFor(waits)).finish();
  await waits.message.becomes(hasVideo, 20_000);
  holds(world, made, { paid: 1, videos: 1 });
  holds(world, waits, { paid: 1, videos: 1 });
});

test('a job that waits can be cancelled, and nothing is charged', async () => {
  await google.down();
  const ask = await somebodyAsks(world, 'a cat that nobody waits for');
  await ask.message.becomes(says(/cannot be reached/));
  await ask.member.presses(ask.message, 'Cancel');
  await ask.message.becomes(says(/✋ Cancelled before it started\. Not charged\./));
  await google.up();
  const next = await beingMade('a cat that comes after');
  assert.deepEqual(next.message.attachments, []);
  holds(world, ask, { paid: 0, videos: 0 });
});
