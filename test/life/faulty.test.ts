/** A fault of the bot's own ends it with code 1, whatever signals come; paid calls are waited for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, hasVideo, holds, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const preload = fileURLToPath(new URL('./plantFault.ts', import.meta.url));
const faulty = { NODE_OPTIONS: `--import=${preload}` };

describe('ends with code 1', { concurrency: 4 }, () => {
  for (const [when, signals] of [
    ['when it is stopped after a fault', ['SIGUSR2', 'SIGTERM']],
    ['when Ctrl+C comes twice after a fault', ['SIGUSR2', 'SIGINT', 'SIGINT']],
    ['when a fault comes while it stops', ['SIGTERM', 'SIGUSR2']],
    ['when a fault comes between two signals', ['SIGINT', 'SIGUSR2', 'SIGTERM']],
  ] as const) {
    test(`${when}, and not before the paid call is answered`, async () => {
      await using world = await startWorld();
      const { google } = world;
      const bot = await world.startBot(faulty);
      google.next('submit', { delayMs: 1_000 });
      const ask = await somebodyAsks(world, `a cat, ${signals.join(' ')}`);
      await eventually(() => google.paid.length === 1, 'the paid call');
      for (const [i, signal] of signals.entries()) {
        bot.process.kill(signal);
        await eventually(
          () => bot.lines.filter(({ msg }) => /^stopping|a fault of its own/.test(msg)).length > i,
          `a word about ${signal}`,
        );
      }
      assert.deepEqual(await bot.ended, { code: 1, signal: null }, bot.output);
      assert.equal(bot.lines.filter(({ level }) => level === 'fatal').length, 1, bot.output);
      const next = await world.startBot();
      await ask.message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
      assert.ok(!next.lines.some(({ state }) => state === 'unconfirmed'), next.output);
    });
  }

  test('when a fault comes in the last moment of a stop', async () => {
    await using world = await startWorld();
    const bot = await world.startBot({ ...faulty, FAULT_AT: 'close' });
    assert.deepEqual(await bot.stop(), { code: 1, signal: null }, bot.output);
    assert.equal(bot.lines.at(-1)?.level, 'fatal', bot.output);
  });
});
