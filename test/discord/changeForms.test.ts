/** The form of a video that is there: changed, extended, or made anew with other settings. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { bringTo, sampleReply, sampleRequest } from '../jobs/samples.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { omni, running } from './running.ts';

const can = {
  ...omni.can,
  edit: { maxSeconds: 10 },
  extend: { seconds: [7], defaultSeconds: 7, contextSeconds: 10, maxTotalSeconds: 40 },
};
const model = { ...omni, can };
const clip = {
  ...{ jobId: '8f3kq2zd', operation: 'v1_x', submittedAt: Date.now(), resolution: '720p' },
  ...{ modelId: omni.id, modelName: omni.name, seconds: 8, aspectRatio: '16:9' },
};

/** Ann's message of such a job, in her direct messages, with a button to change it. */
async function changing(state: 'delivered' | 'failed', over: Partial<VideoRequest> = {}) {
  const at = await running({ models: [model] });
  const common = {
    ...{ requester: { userId: at.ann.id, locale: 'en-US' }, askedAt: Date.now() },
    request: sampleRequest({ prompt: 'a hen', can, ...over }),
    reply: sampleReply({ place: 'dm', channelId: at.ann.dm.id, guildId: null }),
  };
  const operation = { name: 'v1_x', submittedAt: Date.now() };
  if (over.basis) await bringTo(at.store, 'delivered', { id: over.basis.jobId });
  const job =
    state === 'failed'
      ? await bringTo(at.store, 'failed', common, { reason: 'declined' })
      : await bringTo(at.store, 'delivered', common, { operation });
  at.ann.dm.says('hello');
  const message = await at.ann.dm.nextMessage();
  const button = { type: 2, style: 2, label: 'Change', custom_id: `change:${job.id}` };
  message.components = [{ type: 1, components: [button] }];
  const made = (prompt: string) => at.changed(({ request }) => request.prompt === prompt);
  return { at, job, message, made, [Symbol.asyncDispose]: at.stop };
}

describe('what is chosen for a new video', () => {
  for (const how of ['edit', 'extend'] as const) {
    it(`is not left out in silence where the very video is made use of: ${how}`, async () => {
      await using on = await changing('delivered');
      const { at, job, message } = on;
      const opened = await at.ann.presses(message, 'Change');
      await opened.form();
      const values = { prompt: 'by night', how: [how], length: ['4 9:16'] };
      const offer: Message = await (await at.ann.submits(opened, values)).reply();
      assert.ok(offer.ephemeral);
      assert.match(offer.content, /^The model, length.* are for a new video; .*\n> by night\n/);
      assert.deepEqual(await at.jobs(), []);
      await at.ann.presses(offer, 'Make it');
      const { basis } = (await on.made('by night')).request;
      assert.deepEqual([basis?.kind, basis?.jobId], [how, job.id]);
      assert.deepEqual(at.sandbox.violations, []);
    });
  }

  it('holds for a new one, and need not be said where nothing was chosen', async () => {
    await using on = await changing('delivered');
    const { at, message } = on;
    for (const [prompt, how, more] of [
      ['a tall hen', 'anew', { length: ['4 9:16'] }],
      ['a blue hen', 'edit', {}],
    ] as const) {
      const opened = await at.ann.presses(message, 'Change');
      await opened.form();
      await at.ann.submits(opened, { prompt, how: [how], ...more });
      const { basis, seconds } = (await on.made(prompt)).request;
      assert.deepEqual([basis?.kind, seconds], how === 'edit' ? ['edit', 8] : [undefined, 4]);
    }
  });
});

describe('Change under a change that was declined', () => {
  it('opens as that change of the same clip, to be said otherwise', async () => {
    await using on = await changing('failed', { basis: { ...clip, kind: 'extend' } });
    const { at, message } = on;
    const opened = await at.ann.presses(message, 'Change');
    assert.match(JSON.stringify(await opened.form()), /"value":"extend","default":true/);
    await at.ann.submits(opened, { prompt: 'it runs on' });
    assert.deepEqual((await on.made('it runs on')).request.basis, { ...clip, kind: 'extend' });
    at.ann.dm.says('make it night', [], message);
    const offer = await at.ann.dm.nextMessage(({ buttons }) => buttons.length > 0);
    assert.match(offer.content, /This changes that very video/);
  });

  it('is for a new one once the clip was forgotten, and what was offered is refused in words', async () => {
    await using on = await changing('failed', { basis: { ...clip, kind: 'edit' } });
    const { at, message } = on;
    at.ann.dm.says('make it night', [], message);
    const before = await at.ann.dm.nextMessage(({ buttons }) => buttons.length > 0);
    await at.store.forgetWords([clip.jobId]);
    const opened = await at.ann.presses(message, 'Change');
    const form = JSON.stringify(await opened.form());
    assert.doesNotMatch(form, /"value":"(edit|extend)"/);
    const words = await (await at.ann.presses(before, 'Make it')).reply();
    assert.match(words.content, /^The data of that video has been deleted here.*Nothing charged/);
    assert.ok(words.ephemeral);
    assert.deepEqual(await at.jobs(), []);
    assert.deepEqual(at.sandbox.violations, []);
  });
});
