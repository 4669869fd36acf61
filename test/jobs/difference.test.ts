/** What was made otherwise than asked for: found in the file, told, and booked at its real price. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differenceIn, priceOfMade } from '../../src/jobs/money/difference.ts';
import { kept } from '../../src/jobs/outcomes/kept.ts';
import { NOON, PRICE, sampleJob, sampleRequest, sampleVideo } from './samples.ts';

const prices = {
  perSecondMicroUsd: { '360p': 50_000, '720p': 100_000, '1080p': 150_000, '4k': 300_000 },
  perMillionTokens: null,
};
const asked = sampleRequest({ prices });
const is = (over: Partial<typeof sampleVideo>) => ({ ...sampleVideo, ...over });

describe('a file', () => {
  test('of the length and size asked for is that, with a few pictures more or less', () => {
    for (const durationMs of [7_300, 7_958, 8_000, 8_042, 8_700]) {
      assert.equal(differenceIn(asked, is({ durationMs })), null);
    }
    for (const size of [
      { width: 1_280, height: 720 },
      { width: 1_280, height: 704 },
      { width: 1_296, height: 736 },
    ]) {
      assert.equal(differenceIn(asked, is(size)), null);
    }
    for (const [resolution, width, height] of [
      ['360p', 640, 360],
      ['1080p', 1_920, 1_080],
      ['4k', 3_840, 2_160],
      ['sharp', 1_280, 720],
    ] as const) {
      const request = { ...asked, resolution };
      assert.equal(differenceIn(request, is({ width, height })), null);
    }
  });

  test('of another length, size or form says which', () => {
    const four = { ...asked, seconds: 4 };
    assert.deepEqual(differenceIn(four, sampleVideo), { seconds: 8, size: null });
    const [tall, sharp] = [is({ width: 720, height: 1_280 }), is({ width: 1_920, height: 1_080 })];
    assert.deepEqual(differenceIn(asked, tall), {
      ...{ seconds: null, size: { width: 720, height: 1_280 } },
    });
    assert.deepEqual(differenceIn(four, sharp), {
      ...{ seconds: 8, size: { width: 1_920, height: 1_080 } },
    });
  });

  test('of an extended clip may hold the whole of it or the new part alone', () => {
    const clip = { jobId: 'a', operation: 'v1', submittedAt: 0, modelId: 'm', modelName: 'M' };
    const basis = { ...clip, kind: 'extend' as const, seconds: 8, aspectRatio: '16:9' };
    const more = { ...asked, seconds: 7, basis: { ...basis, resolution: '720p' } };
    for (const durationMs of [7_000, 15_000]) {
      assert.equal(differenceIn(more, is({ durationMs })), null);
    }
    assert.equal(differenceIn(more, is({ durationMs: 11_000 }))?.seconds, 11);
  });

  test('is priced by what it really is', () => {
    const four = { ...asked, seconds: 4 };
    assert.equal(priceOfMade(four, sampleVideo, 400_000), 800_000);
    assert.equal(priceOfMade(asked, is({ durationMs: 4_000 }), 800_000), 400_000);
    assert.equal(priceOfMade(asked, is({ width: 1_920, height: 1_080 }), 800_000), 1_200_000);
    assert.equal(priceOfMade(asked, is({ width: 512, height: 288 }), 800_000), 800_000);
    assert.equal(priceOfMade({ ...four, resolution: '5k' }, sampleVideo, 400_000), 400_000);
    // What reading a clip cost stays on top.
    assert.equal(priceOfMade(four, sampleVideo, 420_000), 820_000);
  });
});

describe('a video that is here', () => {
  const paid = (charged: number, over: Partial<typeof asked> = {}) =>
    sampleJob('downloading', {
      request: { ...asked, ...over },
      charge: { kind: 'charged', microUsd: charged },
    });
  const booked = (job: ReturnType<typeof paid>, video = sampleVideo) => {
    const { money, alarm, to } = kept(job, video, { now: NOON });
    assert.ok(to.state === 'delivering' && to.charge.kind === 'charged');
    if (money !== undefined) assert.deepEqual(money, { ...money, microUsd: to.charge.microUsd });
    return [to.charge.microUsd, money?.kind ?? null, alarm ?? null];
  };
  const told = 'made otherwise than asked for';

  test('as asked for moves no money', () => {
    assert.deepEqual(booked(paid(PRICE)), [PRICE, null, null]);
  });

  test('of 8 s where 4 s were asked for is booked as 8 s, and an admin is told', () => {
    const four = { seconds: 4, priceMicroUsd: 400_000 };
    assert.deepEqual(booked(paid(400_000, four)), [800_000, 'correct', told]);
  });

  test('stays at what the service reported it used', () => {
    const four = { seconds: 4, priceMicroUsd: 400_000 };
    assert.deepEqual(booked(paid(811_000, four)), [811_000, null, told]);
  });

  test('out of all proportion is not believed', () => {
    const hours = { ...sampleVideo, durationMs: 3_600_000 };
    assert.deepEqual(booked(paid(PRICE), hours), [PRICE, null, told]);
  });
});
