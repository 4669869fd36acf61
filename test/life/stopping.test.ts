/** Failure table: stopped in the middle of everything, and started again. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import type { Bot, Ended } from './bot.ts';
import { startWorld, type World } from './world.ts';

const FOR_GOOD = Number.POSITIVE_INFINITY;

async function asked(world: World, count: number, what: string): Promise<Ask[]> {
  const prompts = Array.from({ length: count }, (_, i) => `a cat, ${what}, ${i}`);
  return Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
}

/** Until the end of the process. */
async function timed(ended: Promise<Ended>): Promise<Ended & { readonly tookMs: number }> {
  const startedAt = performance.now();
  return { ...(await ended), tookMs: performance.now() - startedAt };
}

const isPaidFor = ({ google }: World, { prompt }: Ask): boolean =>
  google.paid.some((call) => call.prompt === prompt);

/** Videos of each kind of work at once: 3 being posted, 3 being fetched, 20 being made, 5 being paid. */
async function underLoad(world: World): Promise<Ask[]> {
  const { google, discord } = world;
  const uploads = (['before', 'after', 'after'] as const).map((when) =>
    discord.fault({
      on: 'edit-reply',
      when,
      times: 1,
      answer: 'hang',
      where: ({ files }) => files.length > 0,
    }),
  );
  const posted = await asked(world, 3, 'on its way to the channel');
  await eventually(() => uploads.every(({ used }) => used === 1), 'the uploads');
  google.next('download', 'hang', { times: 3 });
  const fetched = await asked(world, 3, 'on its way to the disk');
  await eventually(() => google.downloads.length === 6, 'the downloads');
  google.videosTake(FOR_GOOD);
  const made = await asked(world, 20, 'being made');
  await Promise.all(made.map(({ message }) => message.becomes(says(/Being made/))));
  google.next('submit', { delayMs: 4_000 }, { times: 5 });
  const paid = await asked(world, 5, 'being paid');
  await eventually(() => paid.every((ask) => isPaidFor(world, ask)), 'the paid calls');
  return [...posted, ...fetched, ...made, ...paid];
}

/** Members who go on typing whatever happens to the bot. */
async function keepAsking(world: World, until: AbortSignal) {
  const asks: Promise<{ prompt: string; ask: Ask | null }>[] = [];
  for (let i = 0; !until.aborted; i++) {
    const prompt = `a cat, asked for meanwhile, ${i}`;
    const ask = somebodyAsks(world, prompt).catch(() => null);
    asks.push(ask.then((heard) => ({ prompt, ask: heard })));
    await sleep(40);
  }
  return Promise.all(asks);
}

async function allGetTheirs(world: World, asks: readonly Ask[]): Promise<void> {
  for (const ask of asks) {
    await ask.message.becomes(hasVideo, 30_000);
    holds(world, ask, { paid: 1, videos: 1 });
    assert.doesNotMatch(ask.message.content, /may have been charged/);
  }
}

const neverDoubted = (bot: Bot): void =>
  assert.ok(!bot.lines.some(({ state }) => state === 'unconfirmed'), bot.output);

describe('stopped', { concurrency: 4 }, () => {
  test('under load: paid calls are waited for, and each video is paid once and posted once', async () => {
    await using world = await startWorld({ env: { MAX_RUNNING_VIDEOS: '200' } });
    const { google, discord } = world;
    const bot = await world.startBot();
    const asks = await underLoad(world);
    const enough = new AbortController();
    const meanwhile = keepAsking(world, enough.signal);
    await sleep(200);
    const ended = await timed(bot.stop());
    enough.abort();
    assert.deepEqual([ended.code, ended.signal], [0, null], bot.output);
    assert.ok(ended.tookMs < 8_000, `${ended.tookMs} ms`);
    assert.ok(ended.tookMs > 3_000, 'the paid calls were under way');
    assert.equal(bot.lines.filter(({ level }) => level === 'fatal').length, 0, bot.output);

    google.calm();
    google.videosTake(50);
    for (const operation of google.operations) operation.finish();
    const next = await world.startBot({ MAX_RUNNING_VIDEOS: '200' });
    await allGetTheirs(world, asks);
    const others = await meanwhile;
    for (const { prompt, ask } of others) {
      if (ask !== null) await allGetTheirs(world, [ask]);
      else assert.equal(google.paid.filter((call) => call.prompt === prompt).length, 0, prompt);
    }
    neverDoubted(next);
    assert.equal(discord.violations.length, 0);
    assert.deepEqual(await next.stop(), { code: 0, signal: null });
  });

  for (const [first, second] of [
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
    ['SIGINT', 'SIGTERM'],
  ] as const) {
    test(`by ${first} and then ${second}: the paid call is waited for all the same`, async () => {
      await using world = await startWorld();
      const { google } = world;
      const bot = await world.startBot();
      google.next('submit', { delayMs: 1_500 });
      const [ask] = await asked(world, 1, `by ${first} and ${second}`);
      assert.ok(ask);
      await eventually(() => isPaidFor(world, ask), 'the paid call');
      bot.process.kill(first);
      await bot.says(({ msg }) => msg === 'stopping');
      bot.process.kill(second);
      assert.deepEqual(await bot.ended, { code: 0, signal: null });
      const next = await world.startBot();
      await allGetTheirs(world, [ask]);
      neverDoubted(next);
    });
  }
});

describe('stopped while a paid call takes long', { concurrency: 4 }, () => {
  test('longer than the usual 8 s, and it may wait so long: its video is there after the start', async () => {
    await using world = await startWorld({ env: { STOP_WITHIN_SECONDS: '20' } });
    const { google } = world;
    const bot = await world.startBot();
    google.next('submit', { delayMs: 9_000 });
    const [ask] = await asked(world, 1, 'and a slow service');
    assert.ok(ask);
    await eventually(() => isPaidFor(world, ask), 'the paid call');
    const ended = await timed(bot.stop());
    assert.deepEqual([ended.code, ended.signal], [0, null], bot.output);
    assert.ok(ended.tookMs > 8_000, `${ended.tookMs} ms`);
    const next = await world.startBot();
    await allGetTheirs(world, [ask]);
    neverDoubted(next);
  });

  test('longer than it may wait: the last line names the job, and only that one is in doubt', async () => {
    await using world = await startWorld({ env: { STOP_WITHIN_SECONDS: '5' } });
    const { google } = world;
    const bot = await world.startBot();
    google.next('submit', 'hang-after');
    const [lost] = await asked(world, 1, 'and no answer');
    assert.ok(lost);
    await eventually(() => isPaidFor(world, lost), 'the paid call');
    google.next('submit', { delayMs: 1_000 });
    const [heard] = await asked(world, 1, 'and a late answer');
    assert.ok(heard);
    await eventually(() => isPaidFor(world, heard), 'the other paid call');
    const ended = await timed(bot.stop());
    assert.deepEqual([ended.code, ended.signal], [1, null], bot.output);
    assert.ok(ended.tookMs < 6_000, `${ended.tookMs} ms`);
    const submitted = bot.lines.filter(({ state }) => state === 'submitting');
    assert.deepEqual(bot.lines.at(-1)?.jobs, [submitted[0]?.job], bot.output);
    await world.startBot();
    await lost.message.becomes(says(/may have been charged/));
    holds(world, lost, { paid: 1, videos: 0 });
    await allGetTheirs(world, [heard]);
  });
});

describe('stopped during its start', { concurrency: 4 }, () => {
  for (const [when, isThen] of [
    ['as soon as it has said a word', () => true],
    ['once it connects', (line: { msg: string; what?: unknown }) => line.what === 'connecting'],
  ] as const) {
    test(`${when}: it ends at once, in order, and without a word about a fault`, async () => {
      await using world = await startWorld();
      const bot = world.launchBot();
      await bot.says(isThen, 'a first word');
      const ended = await timed(bot.stop());
      assert.deepEqual([ended.code, ended.signal], [0, null], bot.output);
      assert.ok(ended.tookMs < 4_000, `${ended.tookMs} ms`);
      assert.ok(!bot.lines.some(({ level }) => level === 'fatal' || level === 'plain'), bot.output);
    });
  }

  test('before it has said anything: nothing is left behind that the next start trips over', async () => {
    await using world = await startWorld();
    for (const afterMs of [30, 90, 150, 250, 350]) {
      const bot = world.launchBot();
      await sleep(afterMs);
      const { code, signal } = await bot.stop();
      assert.ok(code === 0 || signal === 'SIGTERM', `${code} ${signal} ${bot.output}`);
    }
    await world.startBot();
    const [ask] = await asked(world, 1, 'after broken starts');
    assert.ok(ask);
    await allGetTheirs(world, [ask]);
  });

  for (const [how, plant] of [
    ['refuses connections', async ({ discord }: World) => discord.stop()],
    [
      'says nothing',
      async ({ discord }: World) =>
        void discord.fault({ on: 'any', when: 'before', answer: 'hang' }),
    ],
  ] as const) {
    test(`while Discord ${how}: in order, soon, and it never says that it is ready`, async () => {
      await using world = await startWorld();
      await plant(world);
      const bot = world.launchBot();
      await bot.says((line) => line.what === 'connecting', 'that it connects');
      // What is paid for goes on meanwhile, so it has begun to work.
      await bot.says(({ msg }) => msg === 'the proxy answers', 'that the proxy is there');
      const ended = await timed(bot.stop());
      assert.deepEqual([ended.code, ended.signal], [0, null], bot.output);
      assert.ok(ended.tookMs < 4_000, `${ended.tookMs} ms`);
      assert.ok(!bot.lines.some(({ msg }) => msg === 'ready'), bot.output);
      assert.ok(!bot.lines.some(({ level }) => level === 'fatal'), bot.output);
    });
  }
});

describe('stopped while Discord is away', { concurrency: 4 }, () => {
  test('and it was there: paid work goes on later', async () => {
    await using world = await startWorld({ google: { takesMs: FOR_GOOD } });
    const { discord, google } = world;
    const bot = await world.startBot();
    const asks = await asked(world, 2, 'and Discord went away');
    await Promise.all(asks.map(({ message }) => message.becomes(says(/Being made/))));
    const away = discord.fault({ on: 'any', when: 'before', answer: 'hang' });
    discord.gateway.close(4000, 'gone');
    for (const operation of google.operations) operation.finish();
    await bot.says(({ state }) => state === 'delivering', 'that it wants to deliver');
    const ended = await timed(bot.stop());
    assert.deepEqual([ended.code, ended.signal], [0, null], bot.output);
    assert.ok(ended.tookMs < 4_000, `${ended.tookMs} ms`);
    away.clear();
    await world.startBot();
    await allGetTheirs(world, asks);
  });
});

describe('a terminal that is closed', () => {
  test('stops the bot in order: the paid call under way is waited for', async () => {
    await using world = await startWorld({ google: { takesMs: 100 } });
    const bot = await world.startBot();
    world.google.next('submit', { delayMs: 500 });
    const ask = await somebodyAsks(world, 'a cat and a lost connection');
    await eventually(() => world.google.paid.length === 1, 'the paid call');
    bot.process.kill('SIGHUP');
    assert.deepEqual(await bot.ended, { code: 0, signal: null });
    await world.startBot();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});
