/** What an admin changed is told in the channel of the others, once, also where the bot dies before it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, says } from './asking.ts';
import { startWorld } from './world.ts';

test('an act that was not told before the bot died is told by the next process, once', async () => {
  await using world = await startWorld();
  const { discord, channel, server } = world;
  const eve = discord.createMember({ name: 'Eve', in: server, admin: true });
  const room = server.createChannel({ name: 'admins' });
  const env = { ADMIN_USER_IDS: eve.id };
  const typed = async (words: string, options = {}) =>
    (await eve.types(`/veo-admin ${words}`, options, { in: channel, shownAll: true })).reply();
  let bot = await world.startBot(env);
  await (await typed('audit', { channel: room })).becomes(says(/is told what needs admins/));
  await room.nextMessage(says(/^📒 From now on/));
  for (const [when, words, what] of [
    ['before', 'pause', '⏸️ <@EVE> paused new videos in the whole bot.'],
    ['after', 'resume', '▶️ <@EVE> lets new videos be made again in the whole bot.'],
  ] as const) {
    const fault = discord.fault({ on: 'post-message', when, answer: 'hang' });
    assert.match((await typed(words)).content, /^(⏸️ New videos are paused|▶️ Videos are made)/);
    await eventually(() => fault.used > 0, 'a try');
    await bot.kill();
    fault.clear();
    bot = await world.startBot(env);
    const line = what.replace('EVE', eve.id);
    const told = () => room.messages.filter(({ content }) => content === line);
    await eventually(() => told().length > 0, line);
    await typed('changes');
    assert.equal(told().length, 1);
  }
  assert.match((await typed('changes')).content, /the pause of the whole bot, over · whole bot/);
  await bot.stop();
  assert.equal(room.messages.length, 3);
  assert.deepEqual(eve.dm.messages, []);
  assert.deepEqual(discord.violations, []);
});
