/** Discord refuses the bot's token: a process that ends at once must leave no paid call behind. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

describe('a token that Discord does not take', { concurrency: 2 }, () => {
  for (const [how, refuse] of [
    ['with 401', { DISCORD_TOKEN: 'MTIz.wrong.token' }],
    ['with close code 4004', {}],
  ] as const) {
    test(`${how}: three starts, and none of the jobs that wait is submitted`, async () => {
      await using world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
      const { google, discord } = world;
      const bot = await world.startBot({ MAX_RUNNING_VIDEOS: '1' });
      const running = await somebodyAsks(world, `a cat, being made, refused ${how}`);
      await running.message.becomes(says(/Being made/));
      const prompts = Array.from({ length: 3 }, (_, i) => `a cat, refused ${how}, ${i}`);
      const waiting = await Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
      await Promise.all(waiting.map(({ message }) => message.becomes(says(/Waiting/))));
      await bot.kill();
      google.next('submit', { delayMs: 400 }, { times: Number.POSITIVE_INFINITY });
      if (how === 'with close code 4004') discord.gateway.refuseIdentifyWith(4004);
      // There is room for all of them now, and each is due.
      for (let start = 0; start < 3; start++) {
        const { code } = await world.launchBot(refuse).ended;
        assert.equal(code, 1);
      }
      assert.equal(google.paid.length, 1);
      discord.gateway.refuseIdentifyWith(undefined);
      google.calm();
      google.videosTake(30);
      google.operations[0]?.finish();
      await world.startBot();
      for (const ask of [running, ...waiting]) {
        await ask.message.becomes(hasVideo, 20_000);
        holds(world, ask, { paid: 1, videos: 1 });
      }
    });
  }

  test('reset while paid calls are under way: their answers are on disk before the end', async () => {
    await using world = await startWorld();
    const { google, discord } = world;
    const bot = await world.startBot();
    google.next('submit', { delayMs: 1_200 }, { times: 3 });
    const prompts = ['a cat', 'a dog', 'a fox'].map((who) => `${who}, and the token is reset`);
    const asks = await Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
    await eventually(() => google.paid.length === 3, 'the paid calls');
    const botToken = discord.resetToken();
    const { code } = await bot.ended;
    assert.equal(code, 1);
    assert.match(bot.output, /token/i);
    await world.startBot({ DISCORD_TOKEN: botToken });
    await Promise.all(asks.map(({ message }) => message.becomes(hasVideo)));
    for (const ask of asks) holds(world, ask, { paid: 1, videos: 1 });
  });
});
