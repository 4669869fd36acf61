/** Failure table: while the video is being made. A poll that fails says nothing about paid work. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Fault, FaultOptions, GoogleRequest, Operation } from '../sandbox/google/google.ts';
import { googleError, internal, noSuchRoute, unavailable } from '../sandbox/google/said.ts';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: Number.POSITIVE_INFINITY },
  env: { LIMIT_MEMBER_DAY_VIDEOS: '1', MAX_RUNNING_VIDEOS: '30' },
});
const { google } = world;
after(() => world.close());
let bot = await world.startBot();

const about =
  (prompt: string) =>
  ({ operation }: GoogleRequest): boolean =>
    google.operation(operation ?? '')?.prompt === prompt;

function operationFor(prompt: string): Promise<Operation> {
  return eventually(() => google.operations.find((o) => o.prompt === prompt), 'the operation');
}

describe('polls that fail', { concurrency: 20 }, () => {
  const hiccups: [what: string, fault: Fault, options?: FaultOptions][] = [
    ['503 from the service', unavailable()],
    ['500 from the service', internal()],
    ['a reset', 'reset-before'],
    ['an answer cut in the middle', 'cut'],
    ['half of the JSON', { cutJson: true }],
    ['a page', { html: '<h1>Maintenance</h1>', status: 200 }],
    ['a page with 502', { html: '<h1>Bad gateway</h1>', status: 502 }],
    ['an empty 200', { status: 200, body: '' }],
    ['a list where an object should be', { status: 200, body: [] }],
    ['a proxy that loses the service', 'reset-before', { at: 'google', times: 2 }],
    ['a route the proxy does not know', noSuchRoute()],
    ['400 that proves nothing', googleError(400, 'INVALID_ARGUMENT', 'Something is odd.')],
  ];
  for (const [what, fault, options = {}] of hiccups) {
    test(`${what} is waited out`, async () => {
      const prompt = `a cat and ${what}`;
      google.next('poll', fault, { ...options, where: about(prompt) });
      const ask = await somebodyAsks(world, prompt);
      await bot.says(
        (line) => line.event === 'no answer' && line.job === jobOf(ask.message),
        `that it met ${what}`,
      );
      (await operationFor(prompt)).finish();
      await ask.message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  test('a poll that is never answered holds up no other video', async () => {
    google.next('poll', 'hang', { where: about('a cat that waits') });
    const waits = await somebodyAsks(world, 'a cat that waits');
    const operation = await operationFor('a cat that waits');
    await eventually(() => google.polls(operation) > 0, 'the poll that hangs');
    const goesOn = await somebodyAsks(world, 'a cat that does not wait');
    (await operationFor('a cat that does not wait')).finish();
    await goesOn.message.becomes(hasVideo);
    holds(world, goesOn, { paid: 1, videos: 1 });
    assert.match(waits.message.content, /Being made/);
    operation.finish();
  });
});

describe('an end without a video', { concurrency: 8 }, () => {
  const omni = ['errors', 'step', 'error', 'nowhere'] as const;
  for (const place of omni) {
    test(`a failure that Omni tells in ${place} is not charged and can be tried again`, async () => {
      const prompt = `a cat that fails in ${place}`;
      const ask = await somebodyAsks(world, prompt);
      (await operationFor(prompt)).fail({ code: 13, message: '@everyone look', place });
      await ask.message.becomes(says(/could not make it\. Not charged\. Try again\./));
      const pressed = await ask.member.presses(ask.message, 'Run again');
      const again = await pressed.reply();
      await eventually(
        () => google.operations.filter((o) => o.prompt === prompt).length === 2,
        '2',
      );
      google.operations.findLast((o) => o.prompt === prompt)?.finish();
      await again.becomes(hasVideo);
      holds(world, ask, { paid: 2, videos: 1 });
    });
  }
  for (const code of [13, 3]) {
    test(`a failure of Veo's with code ${code} is not charged`, async () => {
      const prompt = `a cat that fails with ${code}`;
      const options = { model: 'veo-3.1-fast-generate-preview' };
      const ask = await somebodyAsks(world, prompt, { options });
      (await operationFor(prompt)).fail({ code });
      await ask.message.becomes(says(/could not make it\. Not charged\. Try again\./));
      holds(world, ask, { paid: 1, videos: 0 });
    });
  }
  for (const word of ['incomplete', 'requires_action']) {
    test(`an end with the word "${word}" ends the job too`, async () => {
      const prompt = `a cat that ends ${word}`;
      const ask = await somebodyAsks(world, prompt);
      (await operationFor(prompt)).end(word);
      await ask.message.becomes(says(/could not make it\. Not charged/));
      holds(world, ask, { paid: 1, videos: 0 });
    });
  }
  test('made and billed without a video in the answer: charged, said so, and never sent again', async () => {
    const prompt = 'a cat that is nowhere';
    const ask = await somebodyAsks(world, prompt);
    (await operationFor(prompt)).finish({ lost: true });
    await ask.message.becomes(says(/no video could be found in its answer\. Charged \$0\.\d\d\./));
    holds(world, ask, { paid: 1, videos: 0 });
  });
});

test('killed twice while it is being made: polling goes on, nothing is sent again', async () => {
  const prompt = 'a cat that outlives the bot';
  const ask = await somebodyAsks(world, prompt);
  const operation = await operationFor(prompt);
  await ask.message.becomes(says(/Being made/));
  for (let time = 1; time <= 2; time++) {
    await bot.kill();
    bot = await world.startBot();
  }
  const polls = google.polls(operation);
  operation.finish();
  await ask.message.becomes(hasVideo, 30_000);
  assert.ok(google.polls(operation) > polls);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a resumed job uses what was asked for, not the settings of today', async () => {
  const prompt = 'a cat of yesterday';
  const model = 'veo-3.1-fast-generate-preview';
  const ask = await somebodyAsks(world, prompt, { options: { model, duration: 4 } });
  const operation = await operationFor(prompt);
  await ask.message.becomes(says(/Being made/));
  const before = ask.message.content.split('\n')[1];
  await bot.kill();
  bot = await world.startBot({ VIDEO_MODELS: 'gemini-omni-1.1-flash', LITELLM_API_KEY: 'other' });
  operation.finish();
  await ask.message.becomes(hasVideo, 30_000);
  assert.match(before ?? '', /^Veo 3\.1 Fast · 4 s · 16:9 · 720p · \$0\.40$/);
  assert.match(ask.message.content, /Veo 3\.1 Fast · 4 s · 16:9 · 720p · \$0\.40 charged/);
  holds(world, ask, { paid: 1, videos: 1 });
});

/** The job's id stands in its buttons. */
function jobOf({ buttons }: { buttons: { customId: string | undefined }[] }): string | undefined {
  return buttons[0]?.customId?.split(':')[1];
}
