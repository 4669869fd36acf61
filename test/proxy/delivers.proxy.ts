/** From `/veo` to the posted video, through a real proxy. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { modelOf, type ProxyWorld, startProxyWorld, videoAtGoogle, videoIn } from './bot.ts';

const MASTER_KEY = 'sk-right-for-this-test';

for (const masterKey of [undefined, MASTER_KEY]) {
  const kind = masterKey === undefined ? 'without a master key' : 'with a master key';
  describe(`a real proxy ${kind}`, () => {
    let world: ProxyWorld;
    before(async () => {
      world = await startProxyWorld(masterKey, { google: { takesMs: 200 } });
    });
    after(() => world.close());

    it('is found in order at the start, with its models', async () => {
      const bot = await world.startBot();
      const line = await bot.says((l) => l.msg === 'the proxy answers', 'that the proxy answers');
      assert.equal(line.level, 'info');
      assert.deepEqual(
        bot.lines.filter((l) => l.level === 'warn' || l.level === 'error'),
        [],
      );
    });

    for (const protocol of ['omni', 'veo'] as const) {
      it(`hands on what ${protocol} makes, byte for byte, for one paid call`, async () => {
        const paidBefore = world.google.paid.length;
        const message = await world.ask(protocol, `a fox in the snow, by ${protocol}`);
        const video = await videoIn(message);
        assert.deepEqual(video, await videoAtGoogle(world));
        const paid = world.google.paid.slice(paidBefore);
        assert.deepEqual(
          paid.map((call) => call.model),
          [modelOf[protocol]],
        );
        // Neither our key nor our headers reach Google.
        for (const request of world.google.requests.filter((r) => r.face === 'google')) {
          assert.equal(request.headers['x-goog-api-key'], undefined);
          assert.doesNotMatch(JSON.stringify(request), /sk-right-for-this-test/);
        }
      });
    }

    it('hands on a video that Google gives inside its answer', async () => {
      const message = await world.ask('omni', 'a fox in the snow, given inline');
      world.google.operations.at(-1)?.hold();
      await message.becomes((m) => m.content.includes('Being made') || m.attachments.length > 0);
      world.google.operations.at(-1)?.finish({ as: 'data' });
      assert.ok((await videoIn(message)).length > 0);
    });
  });
}
