/** Which copy is made of a video that is too large, whether one is, and what becomes of the job. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobIn } from '../../src/jobs/job.ts';
import { afterDeliver } from '../../src/jobs/outcomes/deliver.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { afterShrink } from '../../src/jobs/outcomes/shrink.ts';
import type { Shrinker } from '../../src/jobs/ports/files.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { lowered, planShrink } from '../../src/jobs/shrinking.ts';
import { shrink } from '../../src/jobs/steps/shrink.ts';
import { NOON, sampleJob, sampleVideo } from './samples.ts';

const MIB = 2 ** 20;
const video = { ...sampleVideo, sizeBytes: 14 * MIB, width: 1_920, height: 1_080 };
const context: Context = {
  ...{ now: NOON, wall: NOON, chance: () => 0.5 },
  rules: { ...defaultRules, linksLiveMs: 3_600_000 },
  ...{ nextLookAt: () => NOON, likelyMs: () => 0, pricesOf: () => null, successorFor: () => null },
};
const tooLarge = (maxBytes: number | null) => ({ kind: 'too large', maxBytes }) as const;
const never = new AbortController().signal;

describe('the plan of a smaller copy', () => {
  it('keeps every line of 8 s in 1080p for 10 MiB, and its sound', () => {
    const plan = planShrink(video, 10 * MIB, false);
    assert.ok(plan);
    assert.equal(plan.shorterSide, null);
    assert.equal(plan.audioBitsPerSecond, 128_000);
    const bytes = ((plan.videoBitsPerSecond + plan.audioBitsPerSecond) * 8) / 8;
    assert.ok(bytes > 9.1 * MIB && bytes < 9.3 * MIB);
  });

  it('has fewer lines where there are few bits for them', () => {
    const longer = { ...video, durationMs: 40_000 };
    assert.equal(planShrink(longer, 10 * MIB, false)?.shorterSide, 720);
    assert.equal(
      planShrink({ ...longer, height: 720, width: 1_280 }, 10 * MIB, false)?.shorterSide,
      null,
    );
    assert.equal(planShrink({ ...longer, durationMs: 200_000 }, 10 * MIB, true)?.shorterSide, 480);
  });

  it('is none where it would look bad, unless somebody asks, and none where nothing is left', () => {
    const long = { ...video, durationMs: 120_000 };
    assert.equal(planShrink(long, 10 * MIB, false), null);
    assert.ok(planShrink(long, 10 * MIB, true));
    assert.equal(planShrink({ ...video, durationMs: 900_000 }, 10 * MIB, true), null);
  });

  it('goes below what would just fit, after one that came out too large', () => {
    const plan = planShrink(video, 10 * MIB, false);
    assert.ok(plan);
    const rate = lowered(plan, 12 * MIB).videoBitsPerSecond;
    assert.ok(rate < (plan.videoBitsPerSecond * 10) / 12);
  });
});

describe('a video that is too large', () => {
  it('is made smaller, then posted by the rung where it was refused', () => {
    const refused = sampleJob('delivering', { video, rung: 'reply by bot', attempts: 3 });
    const { to, attempts } = afterDeliver(refused, tooLarge(10 * MIB), context, true);
    assert.ok(to.state === 'shrinking');
    assert.deepEqual(
      [to.maxBytes, to.asked, to.rung, attempts],
      [10 * MIB, false, 'reply by bot', 0],
    );
    const copy = { ...video, name: '00000001-small.mp4', sizeBytes: 9 * MIB };
    const after = afterShrink(
      { ...sampleJob('shrinking'), ...to },
      { kind: 'smaller', video: copy },
      context,
    );
    assert.ok(after.to.state === 'delivering');
    assert.deepEqual(
      [after.to.video, after.to.smaller?.video, after.to.rung],
      [video, copy, 'reply by bot'],
    );
    const delivering = { ...sampleJob('delivering'), ...after.to };
    const posted = afterDeliver(
      delivering,
      { kind: 'posted', channelId: '1', messageId: '2' },
      context,
    );
    assert.ok(posted.to.state === 'delivered');
    assert.deepEqual([posted.to.video, posted.to.smaller?.video], [video, copy]);
    // Another way goes on with the copy.
    const over = afterDeliver(delivering, { kind: 'rung over', how: 'x' }, context).to;
    assert.ok(over.state === 'delivering' && over.smaller?.video === copy);
  });

  it('is made smaller once more where the copy is refused too, and at last kept with words', () => {
    const smaller = {
      video: { ...video, sizeBytes: 10 * MIB - 1 },
      originalUntilAt: 0,
      hasLink: false,
    };
    const job = sampleJob('delivering', { video, smaller });
    const again = afterDeliver(job, tooLarge(8 * MIB), context, true).to;
    assert.equal(again.state === 'shrinking' && again.maxBytes, 8 * MIB);
    // Never a "smaller" one of the same size: that would never end.
    for (const maxBytes of [10 * MIB, null]) {
      const { to } = afterDeliver(job, tooLarge(maxBytes), context, true);
      assert.ok(to.state === 'undelivered' && to.reason === 'too large');
      assert.deepEqual(to.ways, { smallerBytes: null, link: true });
      assert.equal(to.keptUntilAt, NOON + defaultRules.keepUndeliveredMs);
    }
  });

  it('is not made ugly unasked, but can be', () => {
    const long = { ...video, durationMs: 120_000 };
    const { to } = afterDeliver(
      sampleJob('delivering', { video: long }),
      tooLarge(10 * MIB),
      context,
      true,
    );
    assert.ok(to.state === 'undelivered');
    assert.equal(to.ways.smallerBytes, 10 * MIB);
  });
});

describe('the making of a copy', () => {
  const at = (shrunk: () => Promise<Awaited<ReturnType<Shrinker['shrink']>>>) => ({
    isThere: async () => true,
    shrink: shrunk,
  });
  const job = (over: Partial<JobIn<'shrinking'>> = {}) =>
    sampleJob('shrinking', { video, maxBytes: 10 * MIB, ...over });

  it('that fails leaves the video kept, and says so', async () => {
    const outcome = await shrink(
      job(),
      at(async () => ({ kind: 'failed', how: 'code 1' })),
      never,
    );
    assert.ok(outcome.kind === 'not smaller');
    const { to, note } = afterShrink(job(), outcome, context);
    assert.ok(to.state === 'undelivered' && to.reason === 'too large');
    assert.deepEqual(to.ways, { smallerBytes: null, link: true });
    assert.deepEqual(note, { event: 'not made smaller', detail: { how: 'code 1' } });
  });

  it('waits for room on the disk, and is given up after five tries or starts', async () => {
    const full = at(() => Promise.reject(new StorageFull('ENOSPC')));
    const outcome = await shrink(job(), full, never);
    assert.ok(outcome.kind === 'later');
    const { to, attempts } = afterShrink(job({ attempts: 2 }), outcome, context);
    assert.ok(to.state === 'shrinking' && to.dueAt > NOON);
    assert.equal(attempts, 3);
    const last = await shrink(job({ attempts: 5 }), full, never);
    assert.equal(last.kind, 'not smaller');
  });
});
