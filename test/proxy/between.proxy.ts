/** What goes wrong between a real proxy and Google, or with a call under way when the proxy dies. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Bot } from '../life/bot.ts';
import { type ProxyWorld, startProxyWorld, videoAtGoogle, videoIn } from './bot.ts';

describe('through a real proxy', () => {
  let world: ProxyWorld;
  let bot: Bot;
  before(async () => {
    world = await startProxyWorld(undefined, { google: { takesMs: 200 } });
    bot = await world.startBot();
  });
  after(() => world.close());
  afterEach(() => world.google.calm());

  function paid(prompt: string): number {
    return world.google.paid.filter((call) => call.prompt === prompt).length;
  }

  for (const protocol of ['omni', 'veo'] as const) {
    it(`a submit of ${protocol} waits unpaid while Google cannot be reached, and goes through after`, async () => {
      const prompt = `a fox in the snow, later, by ${protocol}`;
      await world.google.down('google');
      const message = await world.ask(protocol, prompt);
      await message.becomes((m) => /cannot be reached.*Nothing charged/.test(m.content));
      await world.google.up();
      assert.deepEqual(await videoIn(message), await videoAtGoogle(world));
      assert.equal(paid(prompt), 1);
    });

    for (const fault of ['reset-after', 'close-after'] as const) {
      it(`a submit of ${protocol} whose connection to Google ends (${fault}) is never sent again`, async () => {
        const prompt = `a fox in the snow, lost by ${protocol}, ${fault}`;
        world.google.next('submit', fault, { at: 'google' });
        const message = await world.ask(protocol, prompt);
        await message.becomes((m) => /may have been charged/.test(m.content), 20_000);
        assert.equal(paid(prompt), 1);
      });
    }

    for (const corrupt of ['half', 'html', 'empty'] as const) {
      it(`a file of ${protocol} that comes wrong (${corrupt}) is fetched again`, async () => {
        world.google.next('download', { corrupt }, { at: 'google' });
        const message = await world.ask(protocol, `a fox in the snow, ${corrupt}, by ${protocol}`);
        assert.deepEqual(await videoIn(message), await videoAtGoogle(world));
      });
    }

    it(`a refusal by ${protocol} reaches the member in its own words, not charged as a video`, async () => {
      world.google.decides(() => ({ refuse: 'I would rather not show foxes.' }));
      const message = await world.ask(protocol, `a fox in the snow, refused by ${protocol}`);
      await message.becomes((m) => m.content.includes('The model declined'), 20_000);
      assert.match(message.content, /rather not show foxes/);
      world.google.decides(() => 'video');
    });

    it(`a request that Google does not take is told by ${protocol}, not charged`, async () => {
      const error = { code: 400, message: 'This is not possible.', status: 'INVALID_ARGUMENT' };
      world.google.next('submit', { status: 400, body: { error } }, { at: 'google' });
      const prompt = `a fox in the snow, not taken by ${protocol}`;
      const message = await world.ask(protocol, prompt);
      await message.becomes((m) => /did not accept.*Not charged/.test(m.content), 20_000);
      assert.equal(paid(prompt), 0);
    });
  }

  it('a video is cancelled where its service can', async () => {
    world.google.videosTake(Number.POSITIVE_INFINITY);
    const message = await world.ask('omni', 'a fox in the snow, cancelled');
    await message.becomes((m) => m.content.includes('Being made'));
    await world.ann.presses(message, 'Cancel');
    await message.becomes((m) => /Cancelled/.test(m.content), 20_000);
    assert.equal(world.google.operations.at(-1)?.status, 'cancelled');
    world.google.videosTake(200);
  });

  it('nothing of all this was an error of the bot itself', () => {
    assert.deepEqual(
      bot.lines.filter((line) => line.level === 'fatal' || line.level === 'plain'),
      [],
    );
  });
});

describe('a real proxy that is killed', () => {
  it('with a submit in it leads to "may have been charged", and to no second submit', async () => {
    const accepted = Promise.withResolvers<void>();
    const takesMs = (): number => {
      accepted.resolve();
      return 200;
    };
    await using world = await startProxyWorld(undefined, { google: { takesMs } });
    const bot = await world.startBot();
    world.google.next('submit', 'hang-after', { at: 'google' });
    const message = await world.ask('omni', 'a fox in the snow');
    await accepted.promise;
    await world.proxy.kill();
    await message.becomes((m) => m.content.includes('may have been charged'));
    await world.startProxyAgain();
    await bot.stop();
    await world.startBot();
    const next = await world.ask('veo', 'another fox');
    await videoIn(next);
    assert.deepEqual(
      world.google.paid.map((call) => call.prompt),
      ['a fox in the snow', 'another fox'],
    );
  });

  it('with a download in it leads to one video, paid once', async () => {
    await using world = await startProxyWorld();
    await world.startBot();
    world.google.next('download', 'hang', { at: 'google' });
    const message = await world.ask('veo', 'a fox in the snow');
    await message.becomes((m) => m.content.includes('on its way'));
    await world.proxy.kill();
    await message.becomes((m) => m.content.includes('cannot be fetched yet'));
    await world.startProxyAgain();
    assert.deepEqual(await videoIn(message), await videoAtGoogle(world));
    assert.equal(world.google.paid.length, 1);
  });
});
