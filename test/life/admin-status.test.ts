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
