import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Basis,
  type BasisKind,
  clipOf,
  draftResolution,
  isDearer,
  makeOf,
  prospects,
} from '../../src/jobs/basis.ts';
import { type Can, canNothing, type Prices } from '../../src/jobs/model.ts';
import { sampleJob, sampleOperation, sampleRequest, sampleVideo } from './samples.ts';

const can: Can = {
  edit: { maxSeconds: 15 },
  extend: { seconds: [3, 4, 5, 6, 7], defaultSeconds: 7, contextSeconds: 10, maxTotalSeconds: 40 },
  upscale: { to: ['4k', '1080p'], maxSeconds: 15 },
};
const prices: Prices = {
  perSecondMicroUsd: { '360p': 23_000, '720p': 70_000, '1080p': 105_000, '4k': 210_000 },
  perMillionTokens: { input: 1_500_000, text: 9_000_000, video: 12_000_000 },
};
const clip = {
  ...{ jobId: '8f3kq2zd', operation: 'v1_x', submittedAt: 0 },
  ...{ modelId: 'm', modelName: 'M', seconds: 8, aspectRatio: '16:9', resolution: '720p' },
};
const of = (kind: BasisKind, over: Partial<Basis> = {}): Basis => ({ ...clip, ...over, kind });

function made(basis: Basis, wish = {}, able = { can, prices }) {
  const found = makeOf(basis, wish, able);
  assert.ok(!('why' in found), JSON.stringify(found));
  return found;
}
function whyNot(basis: Basis, wish = {}, able = { can, prices }) {
  const found = makeOf(basis, wish, able);
  assert.ok('why' in found, JSON.stringify(found));
  return found;
}

describe('what is made of a clip', () => {
  test('costs what comes out, and what goes in at the price of input', () => {
    // 8 s in at 1.5 / 12 of what a second out costs.
    assert.equal(made(of('edit')).priceMicroUsd, 8 * 70_000 + 70_000);
    assert.equal(made(of('upscale')).priceMicroUsd, 8 * 105_000 + 70_000);
    assert.equal(made(of('extend')).priceMicroUsd, 7 * 70_000 + 70_000);
    // No more than its last 10 s is read.
    assert.equal(made(of('extend', { seconds: 20 })).priceMicroUsd, 7 * 70_000 + 87_500);
    const bySecond = { can, prices: { ...prices, perMillionTokens: null } };
    assert.equal(made(of('edit'), {}, bySecond).priceMicroUsd, 8 * 70_000);
  });

  test('keeps the length and form of the clip, but for what it adds or sharpens', () => {
    const tall = { aspectRatio: '9:16', resolution: '360p', seconds: 4 };
    const kept = ({ seconds, aspectRatio, resolution }: ReturnType<typeof made>) => [
      ...[seconds, aspectRatio, resolution],
    ];
    assert.deepEqual(kept(made(of('edit', tall))), [4, '9:16', '360p']);
    assert.deepEqual(kept(made(of('extend', tall))), [7, '9:16', '360p']);
    assert.deepEqual(kept(made(of('upscale', tall))), [4, '9:16', '1080p']);
    assert.deepEqual(kept(made(of('upscale', tall), { resolution: '4k' })), [4, '9:16', '4k']);
  });

  test('is refused where the model cannot, naming what', () => {
    for (const kind of ['edit', 'extend', 'upscale'] as const) {
      assert.equal(whyNot(of(kind), {}, { can: canNothing, prices }).why, 'cannot change');
    }
    assert.equal(whyNot(of('upscale', { resolution: '4k' })).why, 'cannot change');
    assert.equal(whyNot(of('edit', { resolution: '2k' })).why, 'cannot change');
    assert.equal(whyNot(of('edit', { seconds: 16 })).why, 'clip too long');
    assert.equal(whyNot(of('extend'), { seconds: 11 }).why, 'clip too long');
  });

  test('never grows beyond what the service makes in all', () => {
    assert.equal(made(of('extend', { seconds: 35 })).seconds, 5);
    const found = whyNot(of('extend', { seconds: 38 }));
    assert.deepEqual([found.why, 'maxSeconds' in found && found.maxSeconds], ['clip too long', 37]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (seconds) => {
        const found = makeOf(of('extend', { seconds }), {}, { can, prices });
        assert.ok('why' in found || found.seconds + seconds <= 40);
      }),
    );
  });
});

describe('the clip of a job', () => {
  const request = sampleRequest({ can, prices });

  test('is there once its video is', () => {
    assert.equal(clipOf(sampleJob('generating', { request })), null);
    assert.equal(clipOf(sampleJob('failed', { request })), null);
    const found = clipOf(sampleJob('delivered', { request, id: '8f3kq2zd' }));
    assert.deepEqual([found?.operation, found?.seconds], [sampleOperation.name, 8]);
  });

  test('of an extension is as long as all its parts, whether they come whole or not', () => {
    const longer = { ...request, seconds: 7, basis: of('extend') };
    for (const durationMs of [7_000, 15_000]) {
      const job = sampleJob('delivered', {
        request: longer,
        video: { ...sampleVideo, durationMs },
      });
      assert.equal(clipOf(job)?.seconds, 15);
    }
  });
});

describe('what a message offers', () => {
  test('is worked out from the job’s own row', () => {
    const { extend, upscale, full } = prospects(
      sampleJob('delivered', { request: sampleRequest({ can, prices }) }),
    );
    assert.deepEqual([extend?.seconds, upscale?.resolution, full], [7, '1080p', null]);
    const nothing = prospects(sampleJob('delivered', { request: sampleRequest({ prices }) }));
    assert.deepEqual(nothing, { extend: null, upscale: null, full: null });
  });

  test('of a draft is the video in full: of the same clip, or anew where that cannot be', () => {
    const draft = { full: '720p' };
    const low = { prices, draft, resolution: '360p' };
    const same = prospects(sampleJob('delivered', { request: sampleRequest({ ...low, can }) }));
    assert.deepEqual([same.full?.how, same.full?.resolution], ['upscale', '1080p']);
    assert.equal(same.upscale, null);
    const anew = prospects(sampleJob('delivered', { request: sampleRequest(low) }));
    assert.deepEqual([anew.full?.how, anew.full?.resolution], ['anew', '720p']);
    assert.equal(anew.full?.priceMicroUsd, 560_000);
  });
});

test('a draft is the cheapest there is, and none where nothing is cheaper', () => {
  const model = { resolutions: ['720p', '360p', '4k'], prices };
  assert.equal(draftResolution('720p', model), '360p');
  assert.equal(draftResolution('360p', model), null);
});

test('a price is dearer only where people see another one', () => {
  assert.equal(isDearer({ priceMicroUsd: 562_000 }, 560_000), false);
  assert.equal(isDearer({ priceMicroUsd: 566_000 }, 560_000), true);
  assert.equal(isDearer({ priceMicroUsd: 500_000 }, 560_000), false);
  assert.equal(isDearer({ priceMicroUsd: 1 }, undefined), false);
});
