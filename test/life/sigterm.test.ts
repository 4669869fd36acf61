/** Failure table: SIGTERM. Nothing new is taken, paid calls finish, the process ends in time. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, test } from 'node:test';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

describe('SIGTERM', { concurrency: 2 }, () => {
  test('while the paid call is on its way and a video is posted: both are finished later, once', async () => {
    await using world = await startWorld({ google: { takesMs: 100 } });
    const { google, discord } = world;
    const bot = await world.startBot();
    discord.fault({
      on: 'edit-reply',
      when: 'after',
      times: 1,
      answer: 'hang',
      where: ({ files }) => files.length > 0,
    });
    const posted = await somebodyAsks(world, 'a cat on its way to the channel');
    await posted.message.becomes(hasVideo);
    google.next('submit', { delayMs: 700 });
    const paid = await somebodyAsks(world, 'a cat on its way to the service');
    await eventually(() => google.paid.length === 2, 'the paid call');
    assert.deepEqual(await bot.stop(), { code: 0, signal: null });
    const next = await world.startBot();
    await paid.message.becomes(hasVideo);
    await next.says((line) => line.state === 'delivered', 'that it delivered');
    holds(world, posted, { paid: 1, videos: 1 });
    holds(world, paid, { paid: 1, videos: 1 });
    assert.deepEqual(await next.stop(), { code: 0, signal: null });
  });

  test('while the paid call gets no answer: the process ends within 8 s, and it is not sent again', async () => {
    await using world = await startWorld();
    const { google } = world;
    const bot = await world.startBot();
    google.next('submit', 'hang-after');
    const ask = await somebodyAsks(world, 'a cat and a call without end');
    await eventually(() => google.paid.length === 1, 'the paid call');
    const startedAt = performance.now();
    const ended = await bot.stop();
    assert.ok(performance.now() - startedAt < 9_500);
    assert.equal(ended.signal, null);
    const next = await world.startBot();
    await ask.message.becomes(says(/may have been charged \(\$0\.56\)\. It is not sent again/));
    holds(world, ask, { paid: 1, videos: 0 });
    await next.stop();
  });

  test('while the proxy takes connections and says nothing: ends in time, and what waits starts later', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await using world = await startWorld();
    try {
      const bot = await world.startBot({ LITELLM_BASE_URL: `https://127.0.0.1:${port}` });
      const prompts = Array.from({ length: 4 }, (_, i) => `a cat before a black hole, ${i}`);
      const asks = await Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
      await Promise.all(asks.map(({ message }) => message.becomes(says(/Starting/))));
      const startedAt = performance.now();
      assert.deepEqual(await bot.stop(), { code: 0, signal: null });
      assert.ok(performance.now() - startedAt < 8_000);
      await world.startBot();
      // Nothing had left: not "may have been charged", but begun as if for the first time.
      await Promise.all(asks.map(({ message }) => message.becomes(hasVideo, 20_000)));
      for (const ask of asks) holds(world, ask, { paid: 1, videos: 1 });
    } finally {
      silent.close();
    }
  });
});
