/** Where the proxy is: every usual form of its address, and addresses that lead nowhere. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

test('every usual form of the address leads to the proxy, with the key in the one header', async () => {
  await using world = await startWorld({ google: { proxyKey: 'sk-right' } });
  const { google } = world;
  for (const base of [`${google.url}/ `, `${google.url}/gemini/v1beta/`]) {
    const bot = await world.startBot({ LITELLM_BASE_URL: base, LITELLM_API_KEY: 'sk-right' });
    const ask = await somebodyAsks(world, `a cat at ${base.trim()}`);
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
    await bot.stop();
  }
  for (const { headers, path } of google.requests.filter(({ kind }) => kind === 'submit')) {
    assert.match(path, /^\/gemini\/v1beta\//);
    assert.equal(headers['x-goog-api-key'], 'sk-right');
    assert.equal(headers.authorization, undefined);
  }
});

test('an address without http is refused at the start, with the form that is expected', async () => {
  await using world = await startWorld();
  const bot = world.launchBot({ LITELLM_BASE_URL: 'p:4000' });
  assert.equal((await bot.ended).code, 1);
  assert.match(bot.output, /LITELLM_BASE_URL .*http/);
  assert.deepEqual(world.discord.journal, []);
});

test('a wrong key: not charged, said to be set up wrongly, not tried again and again', async () => {
  await using world = await startWorld({
    google: { proxyKey: 'sk-right', refusesKeysAs: 'unknown' },
  });
  const eve = world.discord.createMember({ name: 'Eve', in: world.server });
  const bot = await world.startBot({ LITELLM_API_KEY: 'sk-wrong', ADMIN_USER_IDS: eve.id });
  const ask = await somebodyAsks(world, 'a cat behind a wrong key');
  await ask.message.becomes(says(/🛠️ The bot is set up wrongly for this.*Not charged/));
  const waits = await somebodyAsks(world, 'a cat behind the same wrong key');
  await waits.message.becomes(says(/🛠️ The bot is set up wrongly.*(Nothing|Not) charged/));
  const submits = world.google.requests.filter(({ kind }) => kind === 'submit');
  assert.equal(submits.length, 1);
  assert.ok(!bot.output.includes('sk-wrong'));
  // The admin knows, once, and what to look at.
  const where = { in: world.channel, shownAll: true };
  const answer = await (await eve.types('/veo-admin status', {}, where)).reply();
  const status = answer.content.replaceAll('\\', '');
  assert.match(status, /🔌 the proxy cannot be used: .*LITELLM_API_KEY/);
  assert.match(status, /⚠️ job \w{8}: set up wrongly: ".*" <t:/);
  assert.doesNotMatch(status, /sk-wrong/);
  holds(world, ask, { paid: 0, videos: 0 });
});

describe('an address that leads nowhere', { concurrency: 2 }, () => {
  for (const [how, base] of [
    ['a name that does not exist', () => 'http://proxy.invalid:4000'],
    ['a proxy that does not speak TLS', (url: string) => url.replace('http:', 'https:')],
  ] as const) {
    test(`${how}: nothing charged, and it starts by itself once the address is right`, async () => {
      await using world = await startWorld();
      const wrong = await world.startBot({ LITELLM_BASE_URL: base(world.google.url) });
      const ask = await somebodyAsks(world, `a cat and ${how}`);
      await ask.message.becomes(says(/cannot be reached\. Nothing charged/));
      await wrong.stop();
      await world.startBot();
      await ask.message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }
});
