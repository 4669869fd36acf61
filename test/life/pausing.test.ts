/** An admin pauses the bot: nothing is paid for, also not after a restart, until an admin resumes it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

test('a pause outlives the process, and what waited for its end is made then', async () => {
  await using world = await startWorld();
  const { discord, google, channel, server } = world;
  const admin = discord.createMember({ name: 'Eve', in: server, admin: true });
  const env = { ADMIN_USER_IDS: admin.id };
  const says_ = async (words: string, options: Record<string, string> = {}) =>
    (await (await admin.types(`/veo-admin ${words}`, options, { in: channel })).reply()).content;
  const first = await world.startBot(env);
  assert.match(await says_('pause', { reason: 'the bill' }), /^⏸️ New videos are paused/);
  const before = await somebodyAsks(world, 'a cat before the restart');
  await before.message.becomes(says(/⏸️ Paused by an admin\. Nothing charged; it starts by itself/));
  await first.kill();

  await world.startBot(env);
  const after = await somebodyAsks(world, 'a cat after the restart');
  await after.message.becomes(says(/⏸️ Paused by an admin\./));
  assert.match(await says_('status'), /⏸️ new videos are paused by <@\d+> <t:\d+:R>: the bill/);
  assert.equal(google.paid.length, 0);

  assert.match(await says_('resume'), /2 videos that waited start now/);
  for (const ask of [before, after]) {
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  }
  assert.doesNotMatch(await says_('status'), /paused/);
});
