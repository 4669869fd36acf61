import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prospects } from '../../src/jobs/basis.ts';
import { estimate } from '../../src/jobs/model.ts';
import { understand, visibleText } from '../../src/jobs/request.ts';
import { simulatedModels } from '../simulation/models.ts';
import { sampleJob, sampleVideo } from './samples.ts';

const [first] = simulatedModels;
assert.ok(first !== undefined);
const model = {
  ...first,
  seconds: [4, 6, 8],
  defaultSeconds: 6,
  aspectRatios: ['16:9', '9:16'],
  resolutions: ['720p', '1080p'],
  secondsByResolution: { '1080p': [8] },
  prices: { ...first.prices, perSecondMicroUsd: { '720p': 100_000, '1080p': 150_000 } },
};
const wishFor = (wish: object) => understand({ prompt: 'a cat', ...wish }, [model]);
const whyNot = (wish: object) => {
  const understood = wishFor(wish);
  return understood.ok ? null : understood.refusal.why;
};

test('whatever is left out is filled in, and the price stands before anything is paid', () => {
  const understood = wishFor({});
  assert.ok(understood.ok);
  const { seconds, aspectRatio, resolution, priceMicroUsd, modelId } = understood.request;
  assert.deepEqual([modelId, seconds, aspectRatio, resolution], [model.id, 6, '16:9', '720p']);
  assert.equal(priceMicroUsd, 600_000);
});

test('where the usual length does not go with the resolution, one that does is taken', () => {
  const understood = wishFor({ resolution: '1080p' });
  assert.equal(understood.ok && understood.request.seconds, 8);
});

test('every combination is taken exactly when the model makes it', () => {
  for (const seconds of [3, 4, 5, 6, 7, 8, 9, 10]) {
    for (const resolution of ['360p', '720p', '1080p', '4k']) {
      for (const aspectRatio of ['16:9', '9:16', '1:1']) {
        const fits = resolution === '1080p' ? [8] : [4, 6, 8];
        const isMade =
          model.resolutions.includes(resolution) &&
          model.aspectRatios.includes(aspectRatio) &&
          fits.includes(seconds);
        const why = whyNot({ seconds, resolution, aspectRatio });
        assert.equal(why === null, isMade, `${seconds} ${resolution} ${aspectRatio}: ${why}`);
      }
    }
  }
  assert.equal(whyNot({ seconds: 5 }), 'seconds');
  assert.equal(whyNot({ seconds: 4, resolution: '1080p' }), 'seconds for resolution');
  assert.equal(whyNot({ resolution: '4k' }), 'resolution');
  assert.equal(whyNot({ aspectRatio: '1:1' }), 'aspect ratio');
  assert.equal(whyNot({ modelId: 'no such' }), 'unknown model');
});

test('a prompt in which nothing can be seen is refused before any call', () => {
  const invisible = [
    ' ',
    '\n',
    '\t',
    '\u00a0',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u2800',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...invisible)), (characters) => {
      const prompt = characters.join('');
      assert.equal(visibleText(prompt), '');
      assert.equal(whyNot({ prompt }), 'empty prompt');
      assert.equal(whyNot({ prompt: `${prompt}x${prompt}` }), null);
    }),
  );
});

test('a prompt is counted in whole characters', () => {
  const most = model.promptMaxChars;
  assert.equal(whyNot({ prompt: '🐈'.repeat(most) }), null);
  assert.equal(whyNot({ prompt: '🐈'.repeat(most + 1) }), 'prompt too long');
});

test('without any model nothing is promised', () => {
  const understood = understand({ prompt: 'a cat' }, []);
  assert.deepEqual(understood, { ok: false, refusal: { why: 'no models' } });
});

test('an estimate is whole micro-dollars, never less than the price', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), fc.nat(60), (perSecond, seconds) => {
      const prices = { perSecondMicroUsd: { x: perSecond }, perMillionTokens: null };
      const microUsd = estimate(prices, seconds, 'x');
      assert.ok(Number.isSafeInteger(microUsd));
      assert.ok(microUsd >= perSecond * seconds);
      assert.ok(microUsd <= perSecond * seconds + 1);
    }),
  );
});

test('a draft that is taken can be made in full for the price that its button says', () => {
  for (const upscale of [null, { to: ['1080p'], maxSeconds: 15 }]) {
    const able = { ...model, can: { ...model.can, upscale } };
    for (const asked of [undefined, ...model.seconds]) {
      const seconds = asked === undefined ? {} : { seconds: asked };
      const wish = { prompt: 'a cat', resolution: '1080p', draft: true, ...seconds };
      const draft = understand(wish, [able]);
      if (!draft.ok) {
        assert.ok(upscale === null && draft.refusal.why === 'seconds for resolution');
        assert.deepEqual([draft.refusal.resolution, draft.refusal.fits], ['1080p', [8]]);
        continue;
      }
      const durationMs = draft.request.seconds * 1_000;
      const video = { ...sampleVideo, durationMs };
      const { full } = prospects(sampleJob('delivered', { request: draft.request, video }));
      assert.equal(full?.how, upscale === null ? 'anew' : 'upscale');
      if (full?.how !== 'anew') continue;
      const { resolution, priceMicroUsd } = full;
      const anew = understand({ prompt: 'a cat', resolution, seconds: full.seconds }, [able]);
      assert.ok(anew.ok);
      assert.equal(anew.request.priceMicroUsd, priceMicroUsd);
    }
  }
});
