import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createHints, type Hints } from '../../src/jobs/hints.ts';
import type { Job, JobIn } from '../../src/jobs/job.ts';
import { afterRecognise } from '../../src/jobs/outcomes/hint.ts';
import { afterLateLook } from '../../src/jobs/outcomes/lateLook.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import { afterSubmit } from '../../src/jobs/outcomes/submit.ts';
import type { Clock } from '../../src/jobs/ports/clock.ts';
import { recover } from '../../src/jobs/recovery.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import type { RecogniseOutcome } from '../../src/jobs/steps/recognise.ts';
import { Writer } from '../../src/jobs/writer.ts';
import type { SqliteStore } from '../../src/sqlite/store.ts';
import { Folder } from '../sqlite/folder.ts';
import { applied, bringTo, NOON, sampleChange, sampleJob, sampleOperation } from './samples.ts';

const NAME = sampleOperation.name;

describe('what is told of a job from outside', () => {
  let folder: Folder;
  let store: SqliteStore;
  let hints: Hints;
  let hurried: Job[];
  let monotonic = 0;
  beforeEach(() => {
    folder = new Folder();
    ({ store } = folder.open());
    [hurried, monotonic] = [[], 0];
    const clock: Clock = {
      ...{ now: () => NOON + 500, wall: () => NOON + 500, monotonic: () => monotonic },
      after: () => () => {},
    };
    const writer = new Writer({ store, observe: () => {}, changed: () => {} });
    hints = createHints({ store, writer, clock, hurry: (job) => hurried.push(job) });
  });
  afterEach(() => folder.remove());

  it('makes the next look due where the job runs, and writes nothing', async () => {
    for (const state of ['generating', 'cancelling'] as const) {
      const job = await bringTo(store, state);
      assert.equal(await hints.told(job.id, state === 'generating' ? NAME : null), 'taken');
      assert.deepEqual(hurried.at(-1), job);
      assert.deepEqual(await store.find(job.id), job);
    }
    const overdue = await bringTo(store, 'failed', {}, { reason: 'overdue', dueAt: NOON + 1e6 });
    await hints.told(overdue.id, NAME);
    assert.equal(hurried.length, 3);
  });

  it('is looked into once in some seconds, and asked for again', async () => {
    const job = await bringTo(store, 'generating');
    const other = await bringTo(
      store,
      'generating',
      {},
      { operation: { name: 'o', submittedAt: NOON } },
    );
    assert.equal(await hints.told(job.id, NAME), 'taken');
    assert.equal(await hints.told(job.id, NAME), 'later');
    assert.equal(await hints.told(other.id, 'o'), 'taken');
    monotonic += 2_999;
    assert.equal(await hints.told(job.id, null), 'later');
    monotonic += 1;
    assert.equal(await hints.told(job.id, NAME), 'taken');
    assert.equal(hurried.length, 3);
  });

  it('means nothing where it names another operation than the one that is known', async () => {
    const job = await bringTo(store, 'generating');
    for (const name of ['v1_other', NAME.slice(1), `${NAME} `, '']) await hints.told(job.id, name);
    assert.equal(hurried.length, 0);
    const operation = { name: 'models/m/operations/s8fo', submittedAt: NOON };
    const veo = await bringTo(store, 'generating', {}, { operation });
    await hints.told(veo.id, 's8fo');
    assert.equal(hurried.length, 1);
  });

  it('means nothing for a job that is not there, not sent, or long done', async () => {
    assert.equal(await hints.told('nothere1', NAME), 'taken');
    for (const state of [
      ...(['received', 'queued', 'downloading', 'delivering'] as const),
      ...(['delivered', 'undelivered', 'failed', 'cancelled'] as const),
    ]) {
      const job = await bringTo(store, state);
      for (const name of [NAME, null]) assert.equal(await hints.told(job.id, name), 'taken');
      assert.deepEqual(await store.find(job.id), job, state);
    }
    assert.equal(hurried.length, 0);
  });

  it('is kept in the row of a job whose answer is missing, and due there once it is lost', async () => {
    const submitting = await bringTo(store, 'submitting');
    await hints.told(submitting.id, null);
    assert.deepEqual(await store.find(submitting.id), submitting);
    await hints.told(submitting.id, NAME);
    const kept = await store.find(submitting.id);
    assert.ok(kept?.state === 'submitting');
    assert.equal(kept.told, NAME);
    const change = recover(kept, NOON + 900);
    assert.ok(change?.to.state === 'unconfirmed');
    assert.deepEqual([change.to.told, change.to.dueAt], [NAME, NOON + 900]);

    const lost = await bringTo(store, 'unconfirmed');
    await hints.told(lost.id, NAME);
    const heard = await store.find(lost.id);
    assert.ok(heard?.state === 'unconfirmed');
    assert.deepEqual([heard.told, heard.dueAt, heard.charge], [NAME, NOON + 500, lost.charge]);
    monotonic += 10_000;
    await hints.told(lost.id, NAME);
    assert.deepEqual(await store.find(lost.id), heard, 'the same again changes nothing');
  });

  it('that comes together with the paid call’s own answer makes a look due', async () => {
    const stale = await bringTo(store, 'submitting');
    const running = await applied(store, stale, sampleChange('generating'));
    const { clock, writer } = {
      clock: {
        ...{ now: () => NOON, wall: () => NOON, monotonic: () => 0 },
        after: () => () => {},
      },
      writer: new Writer({ store, observe: () => {}, changed: () => {} }),
    };
    let first = true;
    const find = async (id: string) => {
      if (!first) return store.find(id);
      first = false;
      return stale;
    };
    const late = createHints({
      ...{ store: { find }, writer, clock },
      hurry: (job) => hurried.push(job),
    });
    assert.equal(await late.told(stale.id, NAME), 'taken');
    assert.deepEqual(hurried, [running]);
  });
});

describe('what a look makes of it', () => {
  const context = (now = NOON + 5_000): Context => ({
    ...{ now, wall: now, chance: () => 0.5, rules: defaultRules },
    ...{ nextLookAt: () => now, likelyMs: () => 0, pricesOf: () => null, successorFor: () => null },
  });
  const told = (attempts = 0): JobIn<'unconfirmed'> =>
    sampleJob('unconfirmed', { told: NAME, dueAt: NOON, attempts });

  it('the job runs on, with its money still open until the look that follows', () => {
    const operation = { name: NAME, submittedAt: NOON + 200 };
    const change = afterRecognise(told(), { kind: 'ours', operation }, context());
    assert.ok(change.to.state === 'generating');
    assert.deepEqual([change.to.operation, change.to.dueAt], [operation, NOON + 5_000]);
    assert.equal(change.money, undefined);
  });

  it('everything is as before where it is not the job’s', () => {
    const { to, money } = afterRecognise(told(), { kind: 'not ours' }, context());
    assert.deepEqual(to, { ...sampleChange('unconfirmed').to, told: null, dueAt: null });
    assert.equal(money, undefined);
  });

  it('it is asked about again while there is no answer, as long as the video may live', () => {
    const away: RecogniseOutcome = {
      kind: 'no answer',
      trouble: 'service away',
      how: 'HTTP 503',
      retryAfterMs: 7_000,
    };
    const again = afterRecognise(told(50), away, context());
    assert.ok(again.to.state === 'unconfirmed' && again.to.dueAt !== null);
    assert.ok(again.to.dueAt >= NOON + 12_000);
    assert.deepEqual([again.to.told, again.attempts], [NAME, 51]);
    const late = afterRecognise(told(), away, context(NOON + 200 + defaultRules.fileLivesMs));
    assert.ok(late.to.state === 'unconfirmed' && late.to.told === null);
  });

  it('"no such operation" is believed after a few times', () => {
    const early = afterRecognise(told(3), { kind: 'gone' }, context());
    assert.ok(early.to.state === 'unconfirmed' && early.to.told === NAME);
    const last = afterRecognise(told(4), { kind: 'gone' }, context());
    assert.ok(last.to.state === 'unconfirmed' && last.to.told === null && last.to.dueAt === null);
  });

  it('a refusal of a paid call of which was told is not taken for proof that nothing was paid', () => {
    const job = sampleJob('submitting', { told: NAME });
    for (const outcome of [
      { kind: 'wait', trouble: 'rate limit', retryAfterMs: null },
      { kind: 'refused', reason: 'not accepted', said: null },
      { kind: 'unknown', how: 'timeout' },
    ] as const) {
      const { to, money } = afterSubmit(job, outcome, context());
      assert.ok(to.state === 'unconfirmed' && to.told === NAME, outcome.kind);
      assert.equal(money?.kind, 'maybe');
    }
    const operation = { name: NAME, submittedAt: NOON };
    const accepted = afterSubmit(job, { kind: 'accepted', operation }, context());
    assert.equal(accepted.to.state, 'generating');
  });

  it('an overdue job keeps its late look where a hint brought one forward that found nothing', () => {
    const job = sampleJob('failed', { reason: 'overdue', dueAt: NOON + 60_000 });
    const early = afterLateLook(job, { kind: 'running' }, context());
    assert.ok(early.to.state === 'failed' && early.to.dueAt === NOON + 60_000);
  });
});
