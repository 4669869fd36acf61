/** A real proxy that refuses us, or dies in the middle. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ProxyWorld, startProxyWorld, videoAtGoogle, videoIn } from './bot.ts';

const MASTER_KEY = 'sk-right-for-this-test';

describe('a real proxy', () => {
  let world: ProxyWorld;
  before(async () => {
    world = await startProxyWorld(MASTER_KEY);
  });
  after(() => world.close());

  for (const wrongKey of ['sk-wrong-for-this-test', 'wrong-without-sk', undefined]) {
    const named = wrongKey === undefined ? 'no key at all' : `the key ${wrongKey}`;
    it(`that refuses ${named} costs nothing, and everybody reads what to do`, async () => {
      const bot = await world.startBot(wrongKey ?? 'anything');
      const line = await bot.says(
        (l) => l.level === 'warn' && /LITELLM_API_KEY/.test(l.msg),
        'what is wrong with the key',
      );
      assert.match(line.msg, /refuses our key.*Check LITELLM_API_KEY/);

      const message = await world.ask('omni', 'a fox in the snow');
      await message.becomes((m) => m.content.includes('set up wrongly'), 20_000);
      assert.match(message.content, /its admins have been told\..*(Not|Nothing) charged/);
      assert.equal(world.google.paid.length, 0);
      assert.doesNotMatch(message.content + bot.output, new RegExp(wrongKey ?? 'sk-'));
      await bot.stop();
    });
  }
});

describe('a real proxy that dies', () => {
  for (const protocol of ['omni', 'veo'] as const) {
    it(`while ${protocol} makes a video and comes back leads to one video, paid once`, async () => {
      await using world = await startProxyWorld(undefined, {
        google: { takesMs: Number.POSITIVE_INFINITY },
      });
      const bot = await world.startBot();
      const message = await world.ask(protocol, 'a fox in the snow');
      await message.becomes((m) => m.content.includes('Being made'));

      await world.proxy.kill();
      await bot.says((l) => l.msg === 'job' && l.event === 'no answer', 'that nobody answers');
      world.google.operations[0]?.finish();
      await world.startProxyAgain();

      assert.deepEqual(await videoIn(message), await videoAtGoogle(world));
      assert.equal(world.google.paid.length, 1);
    });
  }
});
