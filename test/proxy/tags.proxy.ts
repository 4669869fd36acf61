/** Whose a call was, as the proxy's spend log is told: with every call for a video, and alike with each. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually } from '../life/asking.ts';
import { modelOf, startProxyWorld, videoIn } from './bot.ts';

const calls = [
  ['the paid call', /\/v1beta\/interactions$|:predictLongRunning$/],
  ['a look', /\/v1beta\/(interactions\/|models\/.*\/operations\/)/],
  ['the download', /\/v1beta\/files\/.*:download/],
] as const;

for (const protocol of ['omni', 'veo'] as const) {
  it(`the calls for one video by ${modelOf[protocol]} are logged with its member and server`, async () => {
    await using world = await startProxyWorld('sk-right-for-this-test', {
      google: { takesMs: 400 },
    });
    await world.startBot();
    await videoIn(await world.ask(protocol, 'a fox with a price tag'));
    // It writes them down some time after the answer.
    const logged = await eventually(async () => {
      const lines = await world.proxy.logged();
      return calls.every(([, form]) => lines.some(({ url }) => form.test(url))) && lines;
    }, 'every kind of call in the log');
    for (const [what, form] of calls) {
      for (const { tags } of logged.filter(({ url }) => form.test(url))) {
        assert.match(tags.join(), /^veo-bot,server:[0-9a-f]{16},member:[0-9a-f]{16}$/, what);
      }
    }
    assert.equal(new Set(logged.map(({ tags }) => tags.join()).filter(Boolean)).size, 1);
  });
}
