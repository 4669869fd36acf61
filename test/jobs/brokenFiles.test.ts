/** A paid video whose file is not one: fetched again and again, but not for ever. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/jobs/change.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import { afterDeliver, afterDownload } from '../../src/jobs/outcomes/deliver.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import type { DownloadOutcome } from '../../src/jobs/steps/download.ts';
import { NOON, sampleJob } from './samples.ts';

function contextAt(now: number): Context {
  return {
    ...{ now, wall: now, chance: () => 0.5, rules: defaultRules },
    ...{
      nextLookAt: () => now,
      likelyMs: () => 45_000,
      pricesOf: () => null,
      successorFor: () => null,
    },
  };
}

const unreadable: DownloadOutcome = { kind: 'broken', why: 'unreadable' };
const tooLarge: DownloadOutcome = { kind: 'broken', why: 'too large' };
const cut: DownloadOutcome = { kind: 'broken', why: 'cut' };
const gone: DownloadOutcome = { kind: 'gone' };
const away: DownloadOutcome = {
  ...{ kind: 'no answer', trouble: 'service away', retryAfterMs: null, how: 'HTTP 503' },
};

const DEADLINE = NOON + 47 * 3_600_000;

/** What becomes of a download that finds these, one after the other; ends with the first end. */
function afterAll(outcomes: readonly DownloadOutcome[]): { job: Job; last: Change; tries: number } {
  let job: JobIn<'downloading'> = sampleJob('downloading', { deadlineAt: DEADLINE });
  let tries = 0;
  for (;;) {
    const outcome = outcomes[tries];
    assert.ok(outcome, 'there is an end');
    tries += 1;
    const last = afterDownload(job, outcome, contextAt(NOON + tries * 60_000));
    const next = { ...job, ...last.to, attempts: last.attempts } as Job;
    if (next.state !== 'downloading' || tries === outcomes.length)
      return { job: next, last, tries };
    job = next;
  }
}

for (const [what, outcome] of Object.entries({ unreadable, 'too large': tooLarge })) {
  test(`the third file in a row that is ${what} ends it, charged, and is told to an admin once`, () => {
    const { job, last, tries } = afterAll(Array.from({ length: 9 }, () => outcome));
    assert.equal(tries, 3);
    assert.ok(job.state === 'failed');
    assert.deepEqual(
      [job.reason, job.charge.kind, job.dueAt],
      ['unreadable file', 'charged', null],
    );
    assert.equal(last.money, undefined, 'it was settled before');
    assert.equal(last.alarm, 'a paid video cannot be read');
    assert.equal(last.note.detail?.found, what);
    assert.equal(afterAll([outcome, outcome]).last.alarm, undefined);
  });
}

test('what is no answer does not count, and what is another answer begins the count anew', () => {
  const between = [unreadable, away, away, unreadable, away, tooLarge];
  assert.deepEqual(afterAll(between).tries, 6);
  assert.equal(afterAll(between).job.state, 'failed');
  for (const other of [cut, gone]) {
    const { job } = afterAll([unreadable, unreadable, other, unreadable, unreadable]);
    assert.ok(job.state === 'downloading');
    assert.equal(job.unreadable, 2);
  }
});

test('a file that is cut short is fetched until its deadline, with the trouble shown', () => {
  const { job, last } = afterAll(Array.from({ length: 200 }, () => cut));
  assert.ok(job.state === 'downloading');
  assert.equal(job.trouble, 'file broken');
  assert.equal(last.alarm, undefined);
  const late = afterDownload(job, cut, contextAt(DEADLINE));
  assert.ok(late.to.state === 'failed');
  assert.equal(late.to.reason, 'file lost');
});

test('a video is kept as long as the rules say, and it stands in the row', () => {
  const context = contextAt(NOON);
  const delivered = afterDeliver(
    sampleJob('delivering'),
    { kind: 'posted', channelId: '1', messageId: '2' },
    context,
  ).to;
  assert.ok(delivered.state === 'delivered');
  assert.equal(delivered.keptUntilAt, NOON + defaultRules.keepVideosMs);
  for (const outcome of [{ kind: 'too large', maxBytes: null }, { kind: 'removed' }] as const) {
    const { to } = afterDeliver(sampleJob('delivering'), outcome, context);
    assert.ok(to.state === 'undelivered');
    assert.equal(to.keptUntilAt, NOON + defaultRules.keepUndeliveredMs);
  }
  const last = sampleJob('delivering', { rung: 'direct message' });
  const { to } = afterDeliver(last, { kind: 'rung over', how: 'closed' }, context);
  assert.ok(to.state === 'undelivered');
  assert.equal(to.keptUntilAt, NOON + defaultRules.keepUndeliveredMs);
});
