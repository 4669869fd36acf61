/** `/veo-admin status` when it is needed most: it answers in time, whatever else does not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from './world.ts';

test('with a proxy that does not answer: the status comes in time and says so', async () => {
  await using world = await startWorld({ discord: { now: () => Date.now() - 90_000 } });
  const { discord, google, channel, server } = world;
  const admin = discord.createMember({ name: 'Eve', in: server, admin: true });
  await world.startBot({ ADMIN_USER_IDS: admin.id });
  const status = async () =>
    (await (await admin.types('/veo-admin status', {}, { in: channel })).reply()).content;
  assert.match(await status(), /proxy ok \(.*\d models\)/);
  google.next('any', 'hang', { times: Number.POSITIVE_INFINITY });
  const words = await status();
  assert.match(
    words,
    /the proxy cannot be used: it does not answer \(it last answered well <t:\d+:R>\)/,
  );
  assert.match(words, /clock is (89|9[01]) s ahead of Discord's/);
  google.calm();
});

test('says what admins set and paused in Discord, not what the configuration said at the start', async () => {
  await using world = await startWorld({ env: { LIMIT_BOT_DAY_USD: '9' } });
  const { discord, channel, server } = world;
  const admin = discord.createMember({ name: 'Eve', in: server, admin: true });
  const bot = await world.startBot({ ADMIN_USER_IDS: admin.id });
  const says = async (command: string, options = {}) =>
    (await (await admin.types(`/veo-admin ${command}`, options, { in: channel })).reply()).content;
  assert.match(await says('status'), /\*\*Today\*\* .*\$9\.00/);
  await says('limits set', { of: 'bot', period: 'day', usd: 7 });
  await says('pause', { scope: 'this server', reason: 'spam' });
  await says('pause', { scope: 'model', model: 'veo-3.1-generate-preview' });
  const holds = (status: string) => {
    assert.match(status, /\*\*Today\*\* .*\$7\.00/);
    assert.ok(status.includes(`server ${server.id}: new videos are paused by <@${admin.id}>`));
    assert.match(status, /⏸️ Veo 3\.1: new videos are paused/);
  };
  holds(await says('status'));
  await bot.kill();
  await world.startBot({ ADMIN_USER_IDS: admin.id });
  holds(await says('status'));
});
