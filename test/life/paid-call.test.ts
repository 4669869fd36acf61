/** Failure table: around the paid POST. Only what provably never left may be sent again. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Fault, FaultOptions } from '../sandbox/google/google.ts';
import { interactionsError, unavailable } from '../sandbox/google/said.ts';
import {
  type Ask,
  eventually,
  hasVideo,
  holds,
  newMember,
  paidFor,
  says,
  somebodyAsks,
} from './asking.ts';
import { startBetween } from './between.ts';
import { startWorld } from './world.ts';

// One video a day: "Run again" works for a member only when the first one was given back.
const world = await startWorld({ env: { LIMIT_MEMBER_DAY_VIDEOS: '1' } });
const { google } = world;
const between = await startBetween(google.url);
after(async () => {
  await world.close();
  await between.shut();
});
const bot = await world.startBot({ LITELLM_BASE_URL: between.url });

const mayHaveBeen = says(/answer to this request was lost\. It may have been charged \(\$0\.56\)/);

async function isNotSentAgain(ask: Ask, paid: number): Promise<void> {
  await ask.message.becomes(mayHaveBeen);
  assert.match(ask.message.content, /It is not sent again by itself\.$/);
  // Another video goes through the queue from start to end: the lost one had every chance.
  const other = await somebodyAsks(world, `after ${ask.prompt}`);
  await other.message.becomes(hasVideo);
  holds(world, ask, { paid, videos: 0 });
}

/** The member presses, and what the first one held of their allowance is free again. */
async function canBeRunAgain(ask: Ask, paid: number): Promise<void> {
  const pressed = await ask.member.presses(ask.message, 'Run again $0.56');
  await (await pressed.reply()).becomes(hasVideo);
  holds(world, ask, { paid: paid + 1, videos: 1 });
}

describe('the answer to the paid call is lost after the service took it', {
  concurrency: 10,
}, () => {
  const losses: [how: string, fault: Fault, options?: FaultOptions][] = [
    ['the connection is reset', 'reset-after'],
    ['the connection is closed without an answer', 'close-after'],
    ['the connection ends after the first bytes of the answer', 'cut'],
    ['something between answers 502', { status: 502, body: '<h1>Bad gateway</h1>', when: 'after' }],
    ['something between answers 504', { status: 504, body: '', when: 'after' }],
    ['the service answers 503', { ...unavailable(), when: 'after' }],
    ['something between answers 408', { status: 408, body: '', when: 'after' }],
    ['the proxy loses the service', 'reset-after', { at: 'google' }],
    ['the answer is a page', { html: '<h1>Hello</h1>', status: 200, when: 'after' }],
    ['the answer is cut JSON', { cutJson: true }],
  ];
  for (const [how, fault, options = {}] of losses) {
    test(`${how}: it may have been charged and is not sent again by itself`, async () => {
      const prompt = `a cat, and ${how}`;
      google.next('submit', fault, { ...options, where: ({ body }) => asksFor(body, prompt) });
      const ask = await somebodyAsks(world, prompt);
      await isNotSentAgain(ask, 1);
      await canBeRunAgain(ask, 1);
    });
  }
});

test('an answer that takes longer than something between allows is not sent again', async () => {
  const prompt = 'a cat that takes its time';
  const slow = { where: ({ body }: { body: unknown }) => asksFor(body, prompt) };
  google.next('submit', { delayMs: 2_000 }, slow);
  between.cutsPostsAfterMs = 400;
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(mayHaveBeen);
  between.cutsPostsAfterMs = null;
  await isNotSentAgain(ask, 1);
  await canBeRunAgain(ask, 1);
});

test('where nobody can know whether it was taken, it counts as if it was', async () => {
  const prompt = 'a cat that never arrived';
  google.next('submit', 'reset-before', { where: ({ body }) => asksFor(body, prompt) });
  await isNotSentAgain(await somebodyAsks(world, prompt), 0);
});

test('a request that the service refuses is not charged and not sent again', async () => {
  const prompt = 'a cat in a form nobody takes';
  const refusal = interactionsError("Invalid value at 'duration' @everyone");
  google.next('submit', refusal, { where: ({ body }) => asksFor(body, prompt) });
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/did not accept this request.*Not charged\./));
  assert.deepEqual(ask.message.pings, []);
  holds(world, ask, { paid: 0, videos: 0 });
  await canBeRunAgain(ask, 0);
});

describe('the paid call that provably never left', () => {
  test('a proxy that refuses connections: nothing charged, and it starts by itself', async () => {
    await between.shut();
    const ask = await somebodyAsks(world, 'a cat before a closed door');
    await ask.message.becomes(says(/cannot be reached\. Nothing charged; it starts by itself/));
    await between.open();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('a proxy that cannot reach the service: nothing charged, and it starts by itself', async () => {
    await google.down('google');
    const ask = await somebodyAsks(world, 'a cat behind the proxy');
    await ask.message.becomes(says(/cannot be reached\. Nothing charged; it starts by itself/));
    await google.up();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});

test('every press was one paid call and no more', () => {
  const submits = google.requests.filter(({ kind }) => kind === 'submit');
  const presses = new Map<string, number>();
  for (const { body } of submits) {
    const prompt = (body as { input: string }).input;
    presses.set(prompt, (presses.get(prompt) ?? 0) + 1);
  }
  for (const [prompt, times] of presses) {
    assert.ok(times <= 2, `"${prompt}" was sent ${times} times`);
    assert.ok(paidFor(world, prompt) <= times);
  }
  for (const { headers } of submits) assert.equal(headers['x-litellm-num-retries'], '0');
});

test('killed while the paid call is on its way: it may have been charged, and no look is made', async () => {
  const prompt = 'a cat and a kill';
  google.next('submit', 'hang-after', { where: ({ body }) => asksFor(body, prompt) });
  const ask = await somebodyAsks(world, prompt, { member: newMember(world, 'Cleo') });
  await eventually(() => paidFor(world, prompt) === 1, 'the paid call');
  await bot.kill();
  await world.startBot();
  await isNotSentAgain(ask, 1);
  await canBeRunAgain(ask, 1);
});

function asksFor(body: unknown, prompt: string): boolean {
  return (body as { input?: unknown }).input === prompt;
}
