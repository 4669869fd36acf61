/** What every JobStore must do when something is to be forgotten; a part of its suite of its own. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Job, JobId, State } from '../../src/jobs/job.ts';
import type { LimitCheck } from '../../src/jobs/money/spending.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { stateOf, states } from '../../src/jobs/states.ts';
import { applied, bringTo, NOON, PRICE, sampleReply, sampleRequest } from '../jobs/samples.ts';
import type { OpenedStore } from './jobStore.ts';

const ann = '1000000000000000001';
const bob = '1000000000000000002';
const DAY_MS = 24 * 3_600_000;
const secret = 'a cat that nobody may know of';
const LATER = NOON + 400 * DAY_MS;

const over = ['delivered', 'undelivered', 'unconfirmed', 'failed', 'cancelled'] as const;

/** Everything that a store hands out about a job, as text. */
async function everything(store: JobStore, id: JobId): Promise<string> {
  return JSON.stringify([await store.find(id), await store.history(id)]);
}

export function forgettingContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`${name} as a job store that forgets`, () => {
    let opened: OpenedStore;
    let store: JobStore;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    function asked(state: State, by = ann, askedAt = NOON): Promise<Job> {
      return bringTo(store, state, {
        ...{ requester: { userId: by, locale: 'de' }, askedAt },
        request: sampleRequest({ prompt: secret }),
        reply: sampleReply({ token: 'a-secret-token' }),
      });
    }

    /** As the sweeper does it when its time is over. */
    function videoDeleted(job: Job): Promise<Job> {
      assert.ok(job.state === 'delivered' || job.state === 'undelivered');
      const to = { ...stateOf(job), keptUntilAt: null };
      return applied(store, job, { ...{ at: LATER, attempts: 0, to }, note: { event: 'gone' } });
    }

    it('says of kept videos when their time is over, and of deleted ones never again', async () => {
      const job = await asked('delivered');
      assert.ok(job.state === 'delivered' && job.keptUntilAt !== null);
      assert.deepEqual(await store.due(['delivered'], job.keptUntilAt - 1, 9), []);
      assert.deepEqual(await store.due(['delivered'], job.keptUntilAt, 9), [job]);
      const gone = await videoDeleted(job);
      assert.deepEqual(await store.find(job.id), gone);
      assert.deepEqual(await store.due(['delivered', 'undelivered'], LATER, 9), []);
    });

    it('counts an undelivered one as waiting only while its video is kept', async () => {
      const gone = await videoDeleted(await asked('undelivered', ann, NOON + 1));
      const kept = await asked('undelivered', ann, NOON);
      const newest = await asked('delivered', ann, NOON + 2);
      assert.deepEqual(await store.undeliveredOf(ann), [kept]);
      assert.deepEqual(await store.jobsOf(ann, 0, 9), [kept, newest, gone]);
    });

    for (const state of over) {
      it(`takes the words out of a ${state} job and leaves its money, times and history`, async () => {
        const job = await asked(state);
        const before = await store.history(job.id);
        const check: LimitCheck = {
          ...{ scope: 'member', of: ann, period: 'day', maxMicroUsd: null, maxVideos: null },
          ...{ sinceAt: NOON - DAY_MS, untilAt: NOON + DAY_MS },
        };
        const spent = await store.spent(check);
        assert.equal(await store.forgetWords([job.id]), 1);
        assert.equal(await store.forgetWords([job.id]), 0, 'once');
        store = await opened.reopen();
        const after = await store.find(job.id);
        assert.deepEqual(after, {
          ...job,
          ...(job.state === 'failed' ? { said: null } : {}),
          requester: { userId: ann, locale: '' },
          request: { ...job.request, prompt: '', pictures: [] },
          reply: { ...job.reply, token: '', tokenDead: true },
        });
        const told = await everything(store, job.id);
        for (const word of [secret, 'a-secret-token', 'It was declined', '"de"']) {
          assert.ok(!told.includes(word), word);
        }
        assert.deepEqual(await store.history(job.id), before);
        assert.deepEqual(await store.spent(check), spent);
      });
    }

    it('never takes the words of what has not ended, or is still looked at', async () => {
      const running = states.filter((state) => !(over as readonly State[]).includes(state));
      const jobs = await Promise.all(running.map((state) => asked(state)));
      const lateLook = await bringTo(store, 'failed', {}, { reason: 'overdue', dueAt: NOON });
      const told = await bringTo(store, 'unconfirmed', {}, { told: 'v1_x', dueAt: NOON });
      for (const job of [...jobs, lateLook, told]) {
        assert.equal(await store.forgetWords([job.id]), 0, job.state);
        assert.deepEqual(await store.find(job.id), job);
      }
      assert.deepEqual(await store.outOfDate(LATER, 99), []);
    });

    it('names those whose words are out of date, the oldest first and so many at a time', async () => {
      const young = await asked('failed', ann, NOON + 10);
      const [third, first, second] = [
        await asked('cancelled', bob, NOON + 3),
        await asked('delivered', ann, NOON + 1),
        await asked('unconfirmed', ann, NOON + 2),
      ];
      await asked('undelivered', ann, NOON);
      const ids = [first, second, third].map(({ id }) => id);
      assert.deepEqual(await store.outOfDate(NOON + 10, 99), ids);
      assert.deepEqual(await store.outOfDate(NOON + 10, 2), ids.slice(0, 2));
      assert.equal(await store.forgetWords(ids), 3);
      assert.deepEqual(await store.outOfDate(NOON + 11, 99), [young.id]);
    });

    it('lets the words of an undelivered one be until its video is gone', async () => {
      const job = await asked('undelivered');
      assert.deepEqual(await store.outOfDate(LATER, 9), []);
      await videoDeleted(job);
      assert.deepEqual(await store.outOfDate(LATER, 9), [job.id]);
    });

    it('remembers the wish of a member over a restart, until what ran has ended too', async () => {
      const ended = await asked('delivered');
      const running = await asked('downloading', ann, NOON + 1);
      const theirs = await asked('delivered', bob);
      assert.equal(await store.askToForget(ann), 2);
      store = await opened.reopen();
      assert.deepEqual(await store.unwanted(null, 9), [ended]);
      assert.deepEqual(await store.unwanted(ann, 9), [ended]);
      assert.deepEqual(await store.unwanted(bob, 9), []);
      await store.forgetWords([ended.id]);
      assert.deepEqual(await store.unwanted(null, 9), []);
      const failed = await bringFurther(store, running);
      assert.deepEqual(await store.unwanted(null, 9), [failed]);
      await store.forgetWords([failed.id]);
      assert.equal(await store.askToForget(ann), 0, 'nothing is left to forget');
      assert.deepEqual(await store.find(theirs.id), theirs);
    });

    it('hands out the unwanted ones so many at a time, the oldest first', async () => {
      const second = await asked('delivered', ann, NOON + 2);
      const first = await asked('cancelled', ann, NOON + 1);
      await store.askToForget(ann);
      assert.deepEqual(await store.unwanted(null, 1), [first]);
      assert.deepEqual(await store.unwanted(ann, 9), [first, second]);
    });

    it('keeps what is asked for after the wish', async () => {
      await store.askToForget(ann);
      const later = await asked('delivered');
      assert.deepEqual(await store.unwanted(null, 9), []);
      assert.deepEqual(await store.find(later.id), later);
    });

    it('drops drafts that are old, and all those of a member who wants to be forgotten', async () => {
      const wish = { prompt: secret };
      await store.keepDraft({ id: 'old', userId: bob, wish, at: NOON - 1 });
      await store.keepDraft({ id: 'young', userId: bob, wish, at: NOON });
      await store.keepDraft({ id: 'anns', userId: ann, wish, at: NOON });
      await store.dropDrafts(NOON);
      await store.askToForget(ann);
      store = await opened.reopen();
      const left = await Promise.all(['old', 'young', 'anns'].map((id) => store.findDraft(id)));
      assert.deepEqual(
        left.map((draft) => draft?.id),
        [undefined, 'young', undefined],
      );
    });

    it('shows a forgotten job like any other, and takes the note of what was shown', async () => {
      const job = await asked('delivered');
      await store.forgetWords([job.id]);
      await store.noteShown(job.id, {
        ...{ key: 'k', last: true, revision: job.revision },
        ...{ token: job.reply.token, messageId: '15' },
      });
      const after = await store.find(job.id);
      assert.equal(after?.shown, 'k');
      assert.equal(after?.reply.token, '');
      assert.deepEqual(await store.unshown(), []);
      assert.equal((await store.overview({ dayAt: NOON, monthAt: NOON })).day.videos, 1);
      assert.equal(
        PRICE,
        (await store.overview({ dayAt: NOON, monthAt: NOON })).day.chargedMicroUsd,
      );
    });
  });
}

/** From downloading to an end. */
function bringFurther(store: JobStore, job: Job): Promise<Job> {
  assert.ok(job.state === 'downloading');
  const { charge, operation } = job;
  return applied(store, job, {
    ...{ at: NOON + 9, attempts: 0, note: { event: 'failed' } },
    to: {
      ...{ state: 'failed', reason: 'file lost', said: null, charge, operation },
      ...{ successor: null, dueAt: null },
    },
  });
}
