/** Buttons pressed twice, or once what they are about is unknown, forgotten or retired. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { customId, type Pressed } from '../../src/discord/text/customIds.ts';
import { en } from '../../src/discord/text/words/en.ts';
import { bringTo } from '../jobs/samples.ts';
import { able, type Pressing, pressing, wordsFor } from './pressing.ts';

const { answer } = en;
const pays = ['again', 'extend', 'upscale', 'full', 'start'] as const;

const byDm = { channelId: '77', messageId: '78', rung: 'direct message' } as const;

describe('two clicks at once', () => {
  let stage: Pressing;
  before(async () => {
    stage = await pressing();
    stage.standStill();
  });
  after(() => stage.stop());

  async function twice(kind: Pressed['kind']) {
    const { at, people, buttonFor, showing, countOf } = stage;
    const { id, job } = await buttonFor(kind);
    const message = await showing(at.channel, people.owner, id);
    const before = await countOf(people.owner);
    const both = await Promise.all([1, 2].map(() => people.owner.presses(message, 'It')));
    for (const press of both) await press.acknowledged;
    assert.deepEqual(at.sandbox.violations, []);
    return { job, made: (await countOf(people.owner)) - before };
  }

  for (const kind of pays) {
    it(`${kind}: are one video`, async () => {
      assert.equal((await twice(kind)).made, 1);
    });
  }

  for (const [kind, state] of [
    ['cancel', 'cancelled'],
    ['show', 'delivering'],
    ['smaller', 'shrinking'],
  ] as const) {
    it(`${kind}: do it, and cost nothing`, async () => {
      const { job, made } = await twice(kind);
      assert.equal(made, 0);
      await stage.at.changed((one) => one.id === job?.id && one.state === state);
    });
  }
});

describe('a button', () => {
  let stage: Pressing;
  before(async () => {
    stage = await pressing();
  });
  after(() => stage.stop());

  const draft = ['start', 'form'] as const;
  const video = [
    ...(['cancel', 'again', 'show', 'change', 'extend', 'upscale'] as const),
    ...(['full', 'delete', 'deletenow', 'smaller', 'link', 'video'] as const),
  ];
  for (const kind of [...draft, ...video]) {
    it(`${kind} of what is not known here answers in words`, async () => {
      const { at, people, showing } = stage;
      const id = customId(kind, kind === 'deletenow' ? 'zzzzzzzz-1' : 'zzzzzzzz');
      const press = await people.owner.presses(await showing(at.channel, people.other, id), 'It');
      const words = await wordsFor(press);
      assert.equal(
        words,
        kind === 'start' || kind === 'form' ? answer.noSuchDraft : answer.noSuchVideo,
      );
      assert.match(words, /Nothing charged/);
      assert.deepEqual(at.sandbox.violations, []);
    });
  }

  for (const [state, own, words] of [
    ['delivered', { posted: byDm }, /📬 Sent to you as a direct message/],
    ['failed', { reason: 'declined' }, /🚫 The model declined/],
    ['cancelled', { why: 'by requester' }, /✋ Cancelled/],
  ] as const) {
    for (const kind of ['show', 'cancel'] as const) {
      it(`${kind} on a message that shows what was brings it up to date: ${state}`, async () => {
        const { at, people, showing } = stage;
        const over = { requester: { userId: people.owner.id, locale: 'en-US' } };
        const job = await bringTo(at.store, state, { ...over, askedAt: Date.now() }, own);
        const message = await showing(at.channel, people.owner, customId(kind, job.id));
        const press = await people.owner.presses(message, 'It');
        await message.becomes(({ content }) => words.test(content));
        if (kind === 'show')
          assert.match(await wordsFor(press), /delivered already|no video to show/);
        assert.deepEqual(at.sandbox.violations, []);
      });
    }
  }

  for (const kind of ['again', 'extend', 'upscale', 'full'] as const) {
    it(`${kind} of a video whose words are forgotten makes nothing, and says so`, async () => {
      const { at, people, buttonFor, showing, countOf } = stage;
      const { id } = await buttonFor(kind);
      await at.actions.forget(people.owner.id);
      const message = await showing(at.channel, people.other, id);
      const before = await countOf(people.other);
      assert.equal(await wordsFor(await people.other.presses(message, 'It')), answer.noSuchVideo);
      assert.equal(await countOf(people.other), before);
    });
  }
});

describe('once its model is retired', () => {
  const newer = { ...able, id: 'omni-next', name: 'Omni next' };
  const retired = { ...able, successor: newer.id };

  for (const [kind, does] of [
    ['again', 'new video'],
    ['change', 'form'],
    ['form', 'form'],
    ['extend', /cannot extend this video.*Nothing charged/],
    ['upscale', /cannot upscale this video.*Nothing charged/],
    ['full', /cannot upscale this video.*Nothing charged/],
    ['start', /no model ".*" here any more\. Nothing charged\. Choose Omni next/],
  ] as const) {
    const what = typeof does === 'string' ? `leads to its successor: a ${does}` : 'says so';
    it(`${kind} ${what}`, async () => {
      await using stage = await pressing([newer, retired]);
      const { at, people, buttonFor, showing } = stage;
      const { id } = await buttonFor(kind, retired.id);
      const message = await showing(at.channel, people.owner, id);
      at.models.withdraw(retired.id);
      const press = await people.owner.presses(message, 'It');
      if (does === 'form') {
        const fields = JSON.stringify((await press.form()).components);
        assert.match(fields, /omni-next/);
        assert.ok(!fields.includes(retired.id));
      } else if (does === 'new video') {
        const own = await at.changed(({ reply }) => reply.interactionId === press.id);
        assert.equal(own.request.modelId, newer.id);
      } else assert.match(await wordsFor(press), does);
      assert.deepEqual(at.sandbox.violations, []);
    });
  }
});
