/** Every state with everything that a step can find, and what is made of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Change } from '../../src/jobs/change.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import { afterDeliver, afterDownload } from '../../src/jobs/outcomes/deliver.ts';
import { afterLateLook } from '../../src/jobs/outcomes/lateLook.ts';
import { afterCancel, afterLook } from '../../src/jobs/outcomes/look.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { aboutToSubmit, afterSubmit } from '../../src/jobs/outcomes/submit.ts';
import type { DeliverOutcome } from '../../src/jobs/ports/replies.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { ended, leadsTo } from '../../src/jobs/states.ts';
import type { DownloadOutcome } from '../../src/jobs/steps/download.ts';
import type { LookOutcome } from '../../src/jobs/steps/look.ts';
import type { SubmitOutcome } from '../../src/jobs/steps/submit.ts';
import { NOON, PRICE, sampleJob, sampleOperation, sampleReply, sampleVideo } from './samples.ts';

const noAnswer = {
  kind: 'no answer',
  trouble: 'service away',
  retryAfterMs: null,
  how: 'HTTP 503',
} as const;
const looks: { readonly [K in LookOutcome['kind']]: Extract<LookOutcome, { kind: K }> } = {
  running: { kind: 'running' },
  done: { kind: 'done', source: { kind: 'inline' }, usage: null, answeredBy: null },
  declined: { kind: 'declined', said: 'no', usage: null },
  failed: { kind: 'failed', said: null, code: '13', usage: null },
  cancelled: { kind: 'cancelled' },
  'not understood': { kind: 'not understood', usage: null },
  'no answer': noAnswer,
  gone: { kind: 'gone' },
};
const submits: { readonly [K in SubmitOutcome['kind']]: Extract<SubmitOutcome, { kind: K }> } = {
  accepted: { kind: 'accepted', operation: sampleOperation },
  refused: { kind: 'refused', reason: 'not accepted', said: null },
  wait: { kind: 'wait', trouble: 'rate limit', retryAfterMs: 5_000 },
  unknown: { kind: 'unknown', how: 'HTTP 502' },
};
const downloads: {
  readonly [K in DownloadOutcome['kind']]: Extract<DownloadOutcome, { kind: K }>;
} = {
  kept: { kind: 'kept', video: sampleVideo },
  broken: { kind: 'broken', why: 'cut' },
  'no answer': noAnswer,
  gone: { kind: 'gone' },
};
const deliveries: {
  readonly [K in DeliverOutcome['kind']]: Extract<DeliverOutcome, { kind: K }>;
} = {
  posted: { kind: 'posted', channelId: '1', messageId: '2' },
  'too large': { kind: 'too large', maxBytes: null },
  'rung over': { kind: 'rung over', how: 'refused' },
  'file gone': { kind: 'file gone' },
  removed: { kind: 'removed' },
  unsure: { kind: 'unsure', how: 'timeout' },
  later: { kind: 'later', retryAfterMs: 2_000 },
};

function contextAt(now: number, chance = 0.5): Context {
  return {
    now,
    wall: now,
    chance: () => chance,
    rules: defaultRules,
    nextLookAt: () => now + 2_000,
    likelyMs: () => 45_000,
    pricesOf: () => null,
    successorFor: () => null,
  };
}
const early = contextAt(NOON + 5_000);

/** What holds of every change, whatever was found. */
function assertSound(job: Job, change: Change, context: Context): void {
  const { to, money } = change;
  assert.ok(to.state === job.state || leadsTo[job.state].includes(to.state), to.state);
  if (!ended.includes(to.state) && 'dueAt' in to) {
    assert.ok(Number.isFinite(to.dueAt), `${to.state} is due at ${to.dueAt}`);
    assert.ok(to.dueAt !== null && to.dueAt >= context.now - 60_000, `${to.state}: in the past`);
  }
  if (!('charge' in to) || 'charge' in job) return;
  // Money and words go together, and money is moved exactly when it becomes known.
  const words = {
    ...{ 'give back': 'not charged', maybe: 'may have been charged' },
    ...{ settle: 'charged', correct: 'charged' },
  };
  assert.ok(money !== undefined, `${job.state} → ${to.state} moves no money`);
  assert.equal(to.charge.kind, words[money.kind]);
}

describe('the paid call', () => {
  for (const [found, outcome] of Object.entries(submits)) {
    for (const cancelAsked of [false, 'by requester', 'by admin'] as const) {
      for (const canCancel of [false, true]) {
        const case_ = `${found}${cancelAsked === false ? '' : `, cancel asked ${cancelAsked}`}${canCancel ? '' : ', cannot cancel'}`;
        test(`ends or goes on in one way: ${case_}`, () => {
          const base = sampleJob('submitting');
          const job = { ...base, cancelAsked, request: { ...base.request, canCancel } };
          const change = afterSubmit(job, outcome, early);
          assertSound(job, change, early);
          const expected = {
            accepted: cancelAsked ? (canCancel ? 'cancelling' : 'cancelled') : 'generating',
            refused: 'failed',
            wait: cancelAsked ? 'cancelled' : 'queued',
            unknown: 'unconfirmed',
          }[found];
          assert.equal(change.to.state, expected);
        });
      }
    }
  }

  test('whose answer was lost is never sent again', () => {
    const { to, money } = afterSubmit(sampleJob('submitting'), submits.unknown, early);
    assert.equal(to.state, 'unconfirmed');
    assert.deepEqual(money, { kind: 'maybe', microUsd: PRICE, countsForMember: false });
    assert.deepEqual(leadsTo.unconfirmed, ['generating']);
  });

  test('that provably never left waits and keeps its deadline', () => {
    const job = sampleJob('submitting', { attempts: 3 });
    const { to, attempts, money } = afterSubmit(job, submits.wait, early);
    assert.equal(to.state === 'queued' && to.deadlineAt, job.deadlineAt);
    assert.equal(to.state === 'queued' && to.trouble, 'rate limit');
    assert.equal(attempts, 4);
    assert.equal(money, undefined);
  });

  test('is tried after ever longer waits, up to a minute, while it never leaves', () => {
    const wait = { ...submits.wait, retryAfterMs: null };
    let attempts = 0;
    const waitsMs = Array.from({ length: 9 }, () => {
      const started = aboutToSubmit(sampleJob('queued', { attempts }), early);
      const job = sampleJob('submitting', { attempts: started.attempts });
      const { to, attempts: next } = afterSubmit(job, wait, early);
      attempts = next;
      return to.state === 'queued' ? to.dueAt - early.now : 0;
    });
    assert.equal(attempts, 9);
    for (const [at, waitMs] of waitsMs.entries()) {
      const base = Math.min(1_000 * 2 ** at, 60_000);
      assert.ok(waitMs >= base / 2 && waitMs <= base, `${waitMs} ms before try ${at + 2}`);
    }
  });
});

describe('a look', () => {
  for (const state of ['generating', 'cancelling'] as const) {
    for (const [found, outcome] of Object.entries(looks)) {
      test(`at a job ${state} that finds "${found}" keeps money and words together`, () => {
        const job = sampleJob(state);
        const change = afterLook(job, outcome, early);
        assertSound(job, change, early);
        const ends: Partial<Record<string, string>> = {
          done: 'downloading',
          declined: 'failed',
          failed: 'failed',
          'not understood': 'failed',
          cancelled: state === 'cancelling' ? 'cancelled' : 'failed',
        };
        assert.equal(change.to.state, ends[found] ?? state);
      });
    }
  }

  test('after the deadline is believed before the deadline is', () => {
    const job = sampleJob('generating');
    const late = contextAt(job.deadlineAt + 1);
    assert.equal(afterLook(job, looks.done, late).to.state, 'downloading');
    const { to, money } = afterLook(job, looks.running, late);
    assert.deepEqual(to.state === 'failed' && to.reason, 'overdue');
    assert.deepEqual(money, { kind: 'maybe', microUsd: PRICE, countsForMember: false });
  });

  test('that finds nothing out before the deadline never fails a paid job', () => {
    const job = sampleJob('generating');
    const troubles = ['service away', 'rate limit', 'service budget', 'set up wrongly'] as const;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom(...troubles),
        fc.option(fc.integer({ min: 0, max: 86_400_000 })),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (attempts, trouble, retryAfterMs, chance) => {
          const context = contextAt(NOON + 5_000, chance);
          const outcome = { ...noAnswer, trouble, retryAfterMs };
          const change = afterLook({ ...job, attempts }, outcome, context);
          assertSound(job, change, context);
          assert.equal(change.to.state, 'generating');
          assert.equal(change.attempts, attempts + 1);
          const { dueAt } = change.to as JobIn<'generating'>;
          assert.ok(dueAt > context.now && dueAt <= context.now + 60_000);
        },
      ),
    );
  });

  test('is told "gone" again and again, and over some time, before it is believed', () => {
    let job = sampleJob('generating');
    let at = NOON + 5_000;
    const { goneBelievedAfter, goneBelievedForMs } = defaultRules;
    let seen = 0;
    for (; ; seen++) {
      const { to } = afterLook(job, looks.gone, contextAt(at));
      if (to.state !== 'generating') {
        assert.equal(to.state === 'failed' && to.reason, 'gone at the service');
        break;
      }
      job = { ...job, ...to };
      at += 60_000;
    }
    assert.ok(seen + 1 >= goneBelievedAfter);
    assert.ok(at - (NOON + 5_000) >= goneBelievedForMs);
    const between = afterLook(job, looks.running, contextAt(at)).to;
    assert.equal(between.state === 'generating' && between.gone, null);
  });

  test('settles by the price of the model that answered', () => {
    const perMillionTokens = { input: 1_000_000, text: 2_000_000, video: 10_000_000 };
    const prices = { perSecondMicroUsd: { '720p': 100_000 }, perMillionTokens };
    const dearer = {
      perSecondMicroUsd: { '720p': 300_000 },
      perMillionTokens: { ...perMillionTokens, video: 20_000_000 },
    };
    const base = sampleJob('generating');
    const job = { ...base, request: { ...base.request, prices } };
    const usage = { inputTokens: 10, textTokens: 100, videoTokens: 50_000 };
    const context = { ...early, pricesOf: (id: string) => (id === 'other' ? dearer : null) };
    const costs = (answeredBy: string | null, reported: typeof usage | null = usage) => {
      const outcome = { ...looks.done, usage: reported, answeredBy };
      const { money, alarm, note } = afterLook(job, outcome, context);
      assert.equal(note.detail?.answeredBy, answeredBy?.slice(0, 100) ?? null);
      return money?.kind === 'settle' ? [money.microUsd, money.basis, alarm ?? null] : null;
    };
    assert.deepEqual(costs(null), [10 + 200 + 500_000, 'reported', null]);
    assert.deepEqual(costs(job.request.modelId), [10 + 200 + 500_000, 'reported', null]);
    const told = 'another model answered';
    assert.deepEqual(costs('other'), [10 + 200 + 1_000_000, 'reported', told]);
    assert.deepEqual(costs('unknown to us'), [10 + 200 + 500_000, 'reported', told]);
    assert.deepEqual(costs('x'.repeat(9_000)), [10 + 200 + 500_000, 'reported', told]);
    // Where it says nothing of its use, by the seconds of the model that answered.
    assert.deepEqual(costs('other', null), [8 * 300_000, 'estimate', told]);
    assert.deepEqual(costs('unknown to us', null), [PRICE, 'estimate', told]);
  });
});

describe('the late look at an overdue job', () => {
  const overdue = sampleJob('failed', {
    ...{ reason: 'overdue', dueAt: NOON + 1_000 },
    charge: { kind: 'may have been charged', microUsd: PRICE },
  });

  for (const [found, outcome] of Object.entries(looks)) {
    test(`that finds "${found}" is the last or has a next one`, () => {
      const change = afterLateLook(overdue, outcome, early);
      assertSound(overdue, change, early);
      if (found === 'done') assert.equal(change.to.state, 'downloading');
      else assert.equal(change.to.state, 'failed');
      if (found === 'not understood') assert.equal(change.alarm, 'paid and not understood');
    });
  }

  test('keeps no more of what the service says than an earlier one', () => {
    const said = `${'x'.repeat(1_999)}🐈${'y'.repeat(9_000)}`;
    const declined = { kind: 'declined' as const, said, usage: null };
    const late = afterLateLook(overdue, declined, early).to;
    const inTime = afterLook(sampleJob('generating'), declined, early).to;
    assert.ok(late.state === 'failed' && inTime.state === 'failed');
    assert.equal(late.said, inTime.said);
    assert.equal(late.said?.length, 2_000);
    assert.ok(late.said?.isWellFormed());
  });

  const usage = { inputTokens: 0, textTokens: 0, videoTokens: 46_336 };
  for (const found of [
    { kind: 'failed', said: null, code: '13', usage },
    { kind: 'failed', said: null, code: '13', usage: null },
    { kind: 'not understood', usage },
    { kind: 'not understood', usage: null },
    { kind: 'declined', said: '', usage: null },
  ] as const) {
    const used = found.usage === null ? '' : ', and says what it used';
    test(`that finds "${found.kind}"${used} books, says and tells what an earlier one does`, () => {
      const late = afterLateLook(overdue, found, early);
      const inTime = afterLook(sampleJob('generating'), found, early);
      assert.ok(late.to.state === 'failed' && inTime.to.state === 'failed');
      assert.deepEqual(
        [late.money, late.to.charge, late.to.reason, late.alarm],
        [inTime.money, inTime.to.charge, inTime.to.reason, inTime.alarm],
      );
    });
  }

  test('comes to an end at the latest when the file is gone', () => {
    const at = sampleOperation.submittedAt + defaultRules.fileLivesMs;
    for (const outcome of Object.values(looks)) {
      const { to } = afterLateLook(overdue, outcome, contextAt(at));
      if (to.state === 'failed') assert.equal(to.dueAt, null);
    }
  });
});

describe('what was charged and brings no video', () => {
  const gone = { seen: 9, sinceAt: NOON - 86_400_000 };
  const downloading = sampleJob('downloading', { gone, unreadable: 9 });
  const late = contextAt(downloading.deadlineAt);
  const failed = sampleJob('failed', { reason: 'overdue', dueAt: NOON + 1_000 });
  const found: readonly (readonly [string, Change])[] = [
    ...Object.entries(looks).flatMap(([name, outcome]) => [
      [`look: ${name}`, afterLook(sampleJob('generating'), outcome, early)] as const,
      [
        `look while cancelling: ${name}`,
        afterLook(sampleJob('cancelling'), outcome, early),
      ] as const,
      [`late look: ${name}`, afterLateLook(failed, outcome, early)] as const,
    ]),
    ...Object.entries(downloads).flatMap(([name, outcome]) => [
      [`download: ${name}`, afterDownload(downloading, outcome, early)] as const,
      [`download, too late: ${name}`, afterDownload(downloading, outcome, late)] as const,
    ]),
    ...Object.entries(deliveries).map(
      ([name, outcome]) =>
        [`delivery: ${name}`, afterDeliver(sampleJob('delivering'), outcome, early)] as const,
    ),
  ];
  const ends = found.filter(([, { to }]) => to.state === 'failed' && to.charge.kind === 'charged');

  test('is met in every way it can be', () => {
    const reasons = new Set(ends.map(([, { to }]) => to.state === 'failed' && to.reason));
    assert.deepEqual([...reasons].toSorted(), ['file lost', 'not understood', 'unreadable file']);
  });

  for (const [name, { alarm }] of ends) {
    test(`is told to the admins: ${name}`, () => assert.ok(alarm !== undefined));
  }
});

describe('telling the service to stop', () => {
  test('is tried a few times, then only what becomes of it is waited for', () => {
    let job = sampleJob('cancelling');
    let tries = 0;
    while (!job.cancelSent) {
      const change = afterCancel(job, { kind: 'not told', how: 'HTTP 503' }, early);
      assertSound(job, change, early);
      job = { ...job, ...(change.to as JobIn<'cancelling'>), attempts: change.attempts };
      tries += 1;
      assert.ok(tries < 20);
    }
    assert.ok(tries > 1);
    const told = afterCancel(sampleJob('cancelling'), { kind: 'told' }, early);
    assert.equal(told.to.state === 'cancelling' && told.to.cancelSent, true);
  });
});

describe('fetching a video', () => {
  for (const [found, outcome] of Object.entries(downloads)) {
    test(`that finds "${found}" goes on or ends`, () => {
      const job = sampleJob('downloading');
      const change = afterDownload(job, outcome, early);
      assertSound(job, change, early);
      assert.equal(change.to.state, found === 'kept' ? 'delivering' : 'downloading');
      assert.equal(change.money, undefined);
    });
  }

  test('is given up only when the file cannot be there any more, and stays charged', () => {
    const job = sampleJob('downloading');
    for (const outcome of [downloads.broken, downloads['no answer'], downloads.gone]) {
      const { to } = afterDownload(job, outcome, contextAt(job.deadlineAt));
      assert.equal(to.state === 'failed' && to.reason, 'file lost');
      assert.deepEqual(to.state === 'failed' && to.charge, job.charge);
    }
    const { to } = afterDownload(job, downloads.kept, contextAt(job.deadlineAt));
    assert.equal(to.state, 'delivering');
  });
});

describe('posting a video', () => {
  for (const [found, outcome] of Object.entries(deliveries)) {
    test(`that finds "${found}" goes on, ends, or takes the next rung`, () => {
      const job = sampleJob('delivering');
      const change = afterDeliver(job, outcome, early);
      assertSound(job, change, early);
      const ends: Partial<Record<string, string>> = {
        posted: 'delivered',
        'too large': 'undelivered',
        removed: 'undelivered',
        'file gone': 'failed',
      };
      assert.equal(change.to.state, ends[found] ?? 'delivering');
    });
  }

  test('keeps the video where an earlier try may have arrived and nobody can look', () => {
    const over = { kind: 'rung over', how: '50027', tokenDead: true, mayBeThere: true } as const;
    const tried = sampleJob('delivering', { attempts: 1 });
    const { to, attempts } = afterDeliver(tried, over, early);
    assert.equal(to.state === 'undelivered' && to.reason, 'unreachable');
    assert.equal(attempts, 1, 'so that it is not sent again unasked');
    assert.equal(afterDeliver(sampleJob('delivering'), over, early).to.state, 'delivering');
  });

  test('keeps in the row that a token is dead, so that nothing else is asked with it', () => {
    const job = sampleJob('delivering');
    const dead = { kind: 'rung over', how: '50027', tokenDead: true } as const;
    assert.equal(afterDeliver(job, dead, early).reply?.tokenDead, true);
    assert.equal(afterDeliver(job, deliveries['rung over'], early).reply, undefined);
  });

  test('climbs every rung once, from the reply to the direct message, then keeps the video', () => {
    let job = sampleJob('delivering');
    const climbed: string[] = [];
    for (;;) {
      climbed.push(job.rung);
      const { to } = afterDeliver(job, deliveries['rung over'], early);
      if (to.state !== 'delivering') {
        assert.deepEqual(to.state === 'undelivered' && to.reason, 'unreachable');
        break;
      }
      job = { ...job, ...to };
    }
    const all = ['reply by token', 'reply by bot', 'new message', 'direct message'];
    assert.deepEqual(climbed, all);
  });

  test('waits without using up a try, and tries a rung so often and no oftener', () => {
    const { later, unsure } = deliveries;
    const waited = afterDeliver(sampleJob('delivering', { attempts: 7 }), later, early);
    assert.equal(waited.attempts, 7);
    let job = sampleJob('delivering', { reply: sampleReply() });
    let tries = 0;
    while (job.rung === 'reply by token') {
      const change = afterDeliver(job, unsure, early);
      assert.equal(change.to.state, 'delivering');
      job = { ...job, ...(change.to as JobIn<'delivering'>), attempts: change.attempts };
      tries += 1;
    }
    assert.equal(tries, defaultRules.triesPerRung);
  });

  test('does not send a second one to where nobody can look whether the first arrived', () => {
    for (const reply of [sampleReply({ place: 'elsewhere' }), sampleReply({ ephemeral: true })]) {
      const tokenDead = { kind: 'rung over', how: 'token dead', tokenDead: true } as const;
      const sure = afterDeliver(sampleJob('delivering', { reply }), tokenDead, early);
      assert.equal(sure.to.state === 'delivering' && sure.to.rung, 'direct message');
      const job = sampleJob('delivering', { reply, attempts: 1 });
      const { to } = afterDeliver(job, tokenDead, early);
      assert.equal(to.state === 'undelivered' && to.reason, 'unreachable');
    }
  });
});
