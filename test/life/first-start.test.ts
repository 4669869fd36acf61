/** The first start: a login that is refused ends in one sentence; each command exists once. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, hasVideo, holds, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

/** The intents that Discord gives only to those who ask for them in its portal. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

describe('a login that is refused', { concurrency: 2 }, () => {
  for (const [code, words] of [
    [4014, /intents/],
    [4004, /DISCORD_TOKEN/],
  ] as const) {
    test(`with ${code}: one sentence, a code, one identify`, async () => {
      await using world = await startWorld();
      world.discord.gateway.refuseIdentifyWith(code);
      const bot = world.launchBot();
      assert.equal((await bot.ended).code, 1);
      const plain = bot.lines.filter(({ level }) => level === 'plain');
      assert.equal(plain.length, 1, bot.output);
      assert.match(plain[0]?.msg ?? '', words);
      assert.doesNotMatch(bot.output, /\n\s+at /);
      assert.equal(world.discord.gateway.identifies.length, 1);
      assert.equal(world.google.paid.length, 0);
    });
  }

  test('with 401 on the first call: one sentence, a code, no identify, no token shown', async () => {
    await using world = await startWorld();
    const { discord } = world;
    const oldToken = discord.botToken;
    discord.resetToken();
    const bot = world.launchBot();
    assert.equal((await bot.ended).code, 1);
    assert.match(bot.output, /Discord refuses the bot token: set DISCORD_TOKEN/);
    assert.ok(!bot.output.includes(oldToken));
    assert.equal(discord.gateway.identifies.length, 0);
  });
});

test('commands of an earlier build go, each exists once, and an unchanged set is not sent again', async () => {
  await using world = await startWorld();
  const { discord, server, google } = world;
  discord.leaveCommands([{ name: 'veo', description: 'Old' }], server);
  discord.leaveCommands([{ name: 'old', description: 'Old' }]);
  const first = await world.startBot();
  await eventually(() => discord.commands(server).length === 0, "the server's own ones gone");
  const names = discord.commands().map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes('veo') && !names.includes('old'));
  assert.equal((discord.gateway.identifies[0]?.intents ?? 0) & PRIVILEGED, 0);
  await first.stop();
  const writes = () =>
    discord.journal.filter(({ method, path }) => method !== 'GET' && path.includes('/commands'))
      .length;
  const before = writes();
  await world.startBot();
  assert.equal(writes(), before);
  const ask = await somebodyAsks(world, 'a cat of the first day');
  await ask.message.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
  assert.equal(google.paid.length, 1);
});
