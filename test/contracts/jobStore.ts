/** What every JobStore must do, whatever holds its rows. Long, because one port has one suite. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { MoneyMove } from '../../src/jobs/change.ts';
import type { Job, State } from '../../src/jobs/job.ts';
import type { LimitCheck, Scope } from '../../src/jobs/money/spending.ts';
import type { PicturePlace } from '../../src/jobs/pictures.ts';
import type { JobStore, Shown } from '../../src/jobs/ports/store.ts';
import { leadsTo, states } from '../../src/jobs/states.ts';
import {
  applied,
  bringTo,
  NOON,
  PRICE,
  sampleChange,
  sampleNewJob,
  samplePicture,
  sampleReply,
  sampleRequest,
  sampleStates,
} from '../jobs/samples.ts';

export interface OpenedStore {
  readonly store: JobStore;
  /** Closes it and opens the same rows anew, as a restart does. */
  reopen(): Promise<JobStore>;
  /** Closes it and removes what it wrote. */
  remove(): Promise<void>;
}

const member = '1000000000000000001';
const DAY_MS = 24 * 3_600_000;

/** A picture made of the job as it is in hand. */
function shownOf(job: Job, more: Pick<Shown, 'key' | 'last'> & Partial<Shown>): Shown {
  return { revision: job.revision, token: job.reply.token, ...more };
}

export function jobStoreContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`${name} as a job store`, () => {
    let opened: OpenedStore;
    let store: JobStore;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    const check = (over: Partial<LimitCheck> = {}): LimitCheck => ({
      ...{ scope: 'member', period: 'day', of: member, maxMicroUsd: null, maxVideos: null },
      ...{ sinceAt: NOON - DAY_MS, untilAt: NOON + DAY_MS },
      ...over,
    });
    const owners: Readonly<Record<Scope, string | null>> = {
      member,
      channel: sampleReply().channelId,
      server: sampleReply().guildId,
      bot: null,
    };
    const spentBy = (scope: Scope, over: Partial<LimitCheck> = {}) =>
      store.spent(check({ scope, of: owners[scope], ...over }));

    describe('accept', () => {
      it('writes the job as it was asked, and finds it after a restart', async () => {
        const asked = sampleNewJob({
          runAgainOf: 'earlier1',
          reply: sampleReply({ guildId: null }),
        });
        const accepted = await store.accept(asked, []);
        assert.equal(accepted.kind, 'accepted');
        const expected = { ...asked, revision: 0, changedAt: NOON, attempts: 0, shown: null };
        assert.deepEqual(accepted.kind === 'accepted' && accepted.job, expected);
        store = await opened.reopen();
        assert.deepEqual(await store.find(asked.id), expected);
        assert.equal(await store.find('nothere1'), null);
      });

      it('makes one job of one origin, however often and in whatever state it comes back', async () => {
        const first = await bringTo(store, 'generating', { origin: 'interaction:1' });
        const again = await store.accept(sampleNewJob({ origin: 'interaction:1' }), [
          check({ maxVideos: 0 }),
        ]);
        assert.deepEqual(again, { kind: 'known', job: first });
        assert.deepEqual(await store.madeOf('interaction:1'), first);
        assert.equal(await store.madeOf('interaction:2'), null);
        assert.equal((await spentBy('bot')).videos, 1);
      });

      it('makes one job of two presses on "run again" while the first one is open', async () => {
        const runAgainOf = 'earlier1';
        const [one, two] = await Promise.all([
          store.accept(sampleNewJob({ runAgainOf }), []),
          store.accept(sampleNewJob({ runAgainOf }), []),
        ]);
        assert.equal(one.kind, 'accepted');
        assert.deepEqual(two, { kind: 'known', job: one.kind === 'accepted' && one.job });
        const other = { userId: '1000000000000000002', locale: 'de' };
        const theirs = await store.accept(sampleNewJob({ runAgainOf, requester: other }), []);
        assert.equal(theirs.kind, 'accepted');
      });

      it('takes another wish made of the same video while one is open', async () => {
        const runAgainOf = 'earlier1';
        const request = sampleRequest({ prompt: 'the same cat, by night' });
        const results = await Promise.all([
          store.accept(sampleNewJob({ runAgainOf }), []),
          store.accept(sampleNewJob({ runAgainOf, request }), []),
          store.accept(sampleNewJob({ runAgainOf, request }), []),
        ]);
        assert.deepEqual(
          results.map(({ kind }) => kind),
          ['accepted', 'accepted', 'known'],
        );
      });

      it('takes two wishes for one video with different pictures, and one with the same as one', async () => {
        const runAgainOf = 'earlier1';
        const link = (name: string, query = '?ex=1') => ({
          role: 'first frame' as const,
          at: {
            ...{ kind: 'at discord' as const, sizeBytes: null, width: null, height: null },
            url: `https://cdn.discordapp.com/attachments/1/2/${name}${query}`,
          },
        });
        const ask = (name: string, query?: string) => {
          const fitAspectTo = ['16:9', '9:16'];
          const request = sampleRequest({ pictures: [link(name, query)], fitAspectTo });
          return store.accept(sampleNewJob({ runAgainOf, request }), []);
        };
        const first = await ask('a.png');
        assert.ok(first.kind === 'accepted');
        assert.equal((await ask('c.png')).kind, 'accepted');
        assert.equal((await ask('c.png')).kind, 'known');
        // Once it is kept, it is the picture that it was.
        const { at } = samplePicture();
        const from = '/attachments/1/2/a.png';
        const kept = { role: 'first frame' as const, at: { ...at, from } as PicturePlace };
        const pictures = [kept];
        const gathering = await applied(store, first.job, sampleChange('gathering'));
        const request = { ...first.job.request, aspectRatio: '9:16', fitAspectTo: [], pictures };
        await applied(store, gathering, sampleChange('queued', {}, { request }));
        assert.equal((await ask('a.png', '?ex=2')).kind, 'known');
        assert.equal((await ask('b.png')).kind, 'accepted');
        assert.equal((await ask('b.png')).kind, 'known');
        const none = sampleRequest();
        const plain = await store.accept(sampleNewJob({ runAgainOf, request: none }), []);
        assert.equal(plain.kind, 'accepted');
        const again = sampleRequest({ aspectRatio: '9:16', pictures: [samplePicture()] });
        const pressed = await store.accept(sampleNewJob({ runAgainOf, request: again }), []);
        assert.equal(pressed.kind, 'known', 'the same file, whatever it was called');
      });

      it('takes another "run again" once the one before has ended, also if that is shown anew', async () => {
        const first = await bringTo(store, 'delivered', { runAgainOf: 'earlier1' });
        const second = await store.accept(sampleNewJob({ runAgainOf: 'earlier1' }), []);
        assert.equal(second.kind, 'accepted');
        await applied(store, first, sampleChange('delivering'));
      });

      it('says which limit is reached first, and writes nothing', async () => {
        await store.accept(sampleNewJob(), []);
        const asked = sampleNewJob();
        const fine = check({ scope: 'member', maxVideos: 2 });
        const money = check({ scope: 'server', of: owners.server, maxMicroUsd: 2 * PRICE - 1 });
        const count = check({ scope: 'bot', of: null, maxVideos: 1 });
        assert.deepEqual(await store.accept(asked, [fine, money, count]), {
          kind: 'limit',
          reached: {
            check: money,
            spent: { microUsd: PRICE, videos: 1 },
            priceMicroUsd: PRICE,
          },
        });
        assert.equal(await store.find(asked.id), null);
        assert.deepEqual(await store.history(asked.id), []);
        assert.deepEqual(await spentBy('bot'), { microUsd: PRICE, videos: 1 });
        const exact = check({ scope: 'server', of: owners.server, maxMicroUsd: 2 * PRICE });
        assert.equal((await store.accept(asked, [fine, exact])).kind, 'accepted');
      });

      it('lets no burst slip through a limit together', async () => {
        const burst = Array.from({ length: 20 }, () =>
          store.accept(sampleNewJob(), [check({ maxVideos: 3 })]),
        );
        const kinds = (await Promise.all(burst)).map((accepted) => accepted.kind);
        assert.equal(kinds.filter((kind) => kind === 'accepted').length, 3);
        assert.equal(kinds.filter((kind) => kind === 'limit').length, 17);
      });

      it('throws for a price that is no whole amount, and writes nothing', async () => {
        for (const priceMicroUsd of [0.5, -1, Number.NaN]) {
          const asked = sampleNewJob({ request: sampleRequest({ priceMicroUsd }) });
          await assert.rejects(store.accept(asked, []), /amount/);
          assert.equal(await store.find(asked.id), null);
        }
      });
    });

    describe('apply', () => {
      for (const state of states) {
        it(`keeps every field of state ${state} through a restart`, async () => {
          const job = await bringTo(store, state);
          const { id, revision } = job;
          const own = state === 'received' ? { dueAt: NOON } : sampleStates[state];
          assert.deepEqual({ ...job, ...own }, job);
          store = await opened.reopen();
          assert.deepEqual(await store.find(id), job);
          const moved = await applied(store, job, sampleChange(state, {}, { attempts: 3 }));
          assert.deepEqual(moved, {
            ...job,
            revision: revision + 1,
            attempts: 3,
            changedAt: NOON + 1_000,
          });
        });
      }

      it('throws on every change that does not lead there, and changes nothing', async () => {
        for (const from of states) {
          const job = await bringTo(store, from);
          for (const to of states.filter((s) => s !== from && !leadsTo[from].includes(s))) {
            await assert.rejects(store.apply(job, sampleChange(to)), /does not lead/);
          }
          assert.deepEqual(await store.find(job.id), job);
        }
      });

      it('gives null to whoever was slower, and writes nothing of theirs', async () => {
        const job = await bringTo(store, 'generating');
        const money: MoneyMove = { kind: 'settle', microUsd: PRICE, basis: 'estimate' };
        const [won, lost] = await Promise.all([
          store.apply(job, sampleChange('downloading', {}, { money })),
          store.apply(job, sampleChange('failed', {}, { money: { kind: 'give back' } })),
        ]);
        assert.equal(won?.state, 'downloading');
        assert.equal(lost, null);
        assert.deepEqual(await store.find(job.id), won);
        assert.equal((await store.history(job.id)).at(-1)?.state, 'downloading');
        assert.deepEqual(await spentBy('member'), { microUsd: PRICE, videos: 1 });
        assert.equal(await store.apply({ ...job, id: 'nothere1' }, sampleChange('failed')), null);
      });

      it('gives null to whoever has an older revision in hand, though the state is the same', async () => {
        const job = await bringTo(store, 'generating');
        const won = await store.apply(job, sampleChange('generating', { dueAt: NOON + 1 }));
        assert.equal(won?.revision, job.revision + 1);
        assert.equal(await store.apply(job, sampleChange('generating', { dueAt: NOON + 2 })), null);
        assert.deepEqual(await store.find(job.id), won);
      });

      it('keeps due times whole, never earlier than meant, and refuses none at all', async () => {
        const job = await bringTo(store, 'queued', {}, { dueAt: NOON + 0.25 });
        assert.equal(job.dueAt, NOON + 1);
        for (const dueAt of [Number.NaN, undefined as unknown as number]) {
          await assert.rejects(store.apply(job, sampleChange('queued', { dueAt })), /dueAt/);
        }
      });

      it('writes history and what was learned with the change, or not at all', async () => {
        const job = await bringTo(store, 'generating');
        const learned = {
          ...{ modelId: 'm', resolution: '720p', seconds: 8, notDoneMs: 40_000, doneMs: 41_000 },
          declined: false,
        };
        const note = { event: 'done', detail: { microUsd: 7, basis: 'reported', more: null } };
        const money: MoneyMove = { kind: 'settle', microUsd: 7, basis: 'reported' };
        const done = sampleChange('downloading', {}, { at: NOON + 5, learned, note, money });
        await applied(store, job, done);
        // The same again, as a step that was repeated would do.
        assert.equal(await store.apply(job, done), null);
        assert.deepEqual(await store.samples('m', 10), [{ ...learned, at: NOON + 5 }]);
        const lines = await store.history(job.id);
        assert.deepEqual(lines.at(-1), { ...note, at: NOON + 5, state: 'downloading' });
        const way = ['received', 'queued', 'submitting', 'generating', 'downloading'];
        assert.deepEqual(
          lines.map(({ state }) => state),
          way,
        );
      });
    });

    describe('money', () => {
      const settle: MoneyMove = { kind: 'settle', microUsd: 300_000, basis: 'reported' };
      const giveBack: MoneyMove = { kind: 'give back' };
      const maybe: MoneyMove = { kind: 'maybe', microUsd: PRICE, countsForMember: false };
      const scopes: readonly Scope[] = ['member', 'channel', 'server', 'bot'];

      it('is reserved for member, channel, server and bot when the job is accepted', async () => {
        await store.accept(sampleNewJob(), []);
        for (const scope of scopes) {
          assert.deepEqual(await spentBy(scope), { microUsd: PRICE, videos: 1 });
        }
        const nobody = { microUsd: 0, videos: 0 };
        assert.deepEqual(await spentBy('member', { of: '1' }), nobody);
        assert.deepEqual(await spentBy('server', { of: null }), nobody);
        assert.deepEqual(await spentBy('bot', { sinceAt: NOON + 1 }), nobody);
        assert.deepEqual(await spentBy('bot', { untilAt: NOON }), nobody);
        const touching = { sinceAt: NOON, untilAt: NOON + 1 };
        assert.deepEqual(await spentBy('bot', touching), { microUsd: PRICE, videos: 1 });
      });

      it('is what was charged once settled, and nothing once given back', async () => {
        const one = await bringTo(store, 'generating');
        await applied(store, one, sampleChange('downloading', {}, { money: settle }));
        assert.deepEqual(await spentBy('member'), { microUsd: 300_000, videos: 1 });
        const two = await bringTo(store, 'generating');
        await applied(store, two, sampleChange('failed', {}, { money: giveBack }));
        assert.deepEqual(await spentBy('member'), { microUsd: 300_000, videos: 1 });
      });

      it('that is a maybe burdens the bot, and the member only where it counts for them', async () => {
        const one = await bringTo(store, 'submitting');
        await applied(store, one, sampleChange('unconfirmed', {}, { money: maybe }));
        for (const scope of scopes) {
          const videos = scope === 'bot' ? 1 : 0;
          assert.deepEqual(await spentBy(scope), { microUsd: videos * PRICE, videos });
        }
        const two = await bringTo(store, 'submitting');
        const counts: MoneyMove = { ...maybe, countsForMember: true };
        await applied(store, two, sampleChange('unconfirmed', {}, { money: counts }));
        for (const scope of scopes) {
          const videos = scope === 'bot' ? 2 : 1;
          assert.deepEqual(await spentBy(scope), { microUsd: videos * PRICE, videos });
        }
      });

      it('that was a maybe is replaced by what is known later', async () => {
        const later = async (money: MoneyMove, to: 'downloading' | 'failed') => {
          const lost = await bringTo(store, 'unconfirmed');
          const regained = await applied(store, lost, sampleChange('generating'));
          await applied(store, regained, sampleChange(to, {}, { money }));
        };
        await later(settle, 'downloading');
        assert.deepEqual(await spentBy('bot'), { microUsd: 300_000, videos: 1 });
        assert.deepEqual(await spentBy('member'), { microUsd: 300_000, videos: 1 });
        await later(giveBack, 'failed');
        assert.deepEqual(await spentBy('bot'), { microUsd: 300_000, videos: 1 });
        await later({ ...maybe, microUsd: 5 }, 'failed');
        assert.deepEqual(await spentBy('bot'), { microUsd: 300_005, videos: 2 });
        assert.deepEqual(await spentBy('member'), { microUsd: 300_000, videos: 1 });
      });

      it('that is settled or given back moves no more: such a change is thrown and rolled back', async () => {
        for (const first of [settle, giveBack]) {
          const job = await bringTo(store, 'generating');
          const failed = await applied(store, job, sampleChange('failed', {}, { money: first }));
          for (const second of [settle, giveBack, maybe]) {
            const change = sampleChange('downloading', {}, { money: second });
            await assert.rejects(store.apply(failed, change), /already/);
          }
          assert.deepEqual(await store.find(job.id), failed);
          assert.equal((await store.history(job.id)).at(-1)?.state, 'failed');
        }
      });

      it('that is settled is corrected to what is known better, and nothing else is', async () => {
        const job = await bringTo(store, 'generating');
        const correct: MoneyMove = { kind: 'correct', microUsd: 600_000 };
        const open = sampleChange('downloading', {}, { money: correct });
        await assert.rejects(store.apply(job, open), /already/);
        const paid = sampleChange('downloading', {}, { money: settle });
        const fetched = await applied(store, job, paid);
        await applied(store, fetched, sampleChange('delivering', {}, { money: correct }));
        for (const scope of scopes) {
          assert.deepEqual(await spentBy(scope), { microUsd: 600_000, videos: 1 });
        }
        const sums = (await store.ledger(job.id)).map(({ kind, chargedMicroUsd, basis }) => [
          ...[kind, chargedMicroUsd, basis],
        ]);
        assert.deepEqual(sums, [
          ['reserved', 0, null],
          ['settled', 300_000, 'reported'],
          ['settled', 300_000, 'estimate'],
        ]);
        const other = await bringTo(store, 'generating');
        const back = sampleChange('failed', {}, { money: giveBack });
        const failed = await applied(store, other, back);
        await assert.rejects(store.apply(failed, open), /already/);
      });

      it('that is no whole amount is thrown and rolled back', async () => {
        const job = await bringTo(store, 'generating');
        const money: MoneyMove = { kind: 'settle', microUsd: 0.5, basis: 'estimate' };
        await assert.rejects(
          store.apply(job, sampleChange('downloading', {}, { money })),
          /amount/,
        );
        assert.deepEqual(await store.find(job.id), job);
      });

      it('stays with the place where the video was asked, even if the reply moves', async () => {
        const job = await bringTo(store, 'generating');
        const reply = sampleReply({ channelId: '77', guildId: '88' });
        await applied(store, job, sampleChange('generating', {}, { reply }));
        assert.equal((await spentBy('channel')).videos, 1);
        assert.equal((await spentBy('channel', { of: '77' })).videos, 0);
      });
    });

    describe('what is due', () => {
      it('comes in the asked states only, the longest due first, as many as asked for', async () => {
        const at = (dueAt: number) => ({ dueAt });
        const c = await bringTo(store, 'generating', {}, at(NOON + 30));
        const a = await bringTo(store, 'cancelling', {}, at(NOON + 10));
        const b = await bringTo(store, 'generating', {}, at(NOON + 20));
        await bringTo(store, 'queued', {}, at(NOON + 5));
        await bringTo(store, 'generating', {}, at(NOON + 31));
        const both: readonly State[] = ['generating', 'cancelling'];
        assert.deepEqual(await store.due(both, NOON + 30, 10), [a, b, c]);
        assert.deepEqual(await store.due(both, NOON + 30, 2), [a, b]);
        assert.deepEqual(await store.due(both, NOON + 9, 10), []);
        assert.deepEqual(await store.due([], NOON + 30, 10), []);
      });

      it('tells the next due time after a moment', async () => {
        await bringTo(store, 'generating', {}, { dueAt: NOON + 30 });
        await bringTo(store, 'cancelling', {}, { dueAt: NOON + 10 });
        const both: readonly State[] = ['generating', 'cancelling'];
        assert.equal(await store.nextDueAt(both, NOON), NOON + 10);
        assert.equal(await store.nextDueAt(both, NOON + 10), NOON + 30);
        assert.equal(await store.nextDueAt(both, NOON + 30), null);
        assert.equal(await store.nextDueAt(['queued'], NOON), null);
      });

      it('holds a failed job only for its late look', async () => {
        const job = await bringTo(store, 'failed', {}, { reason: 'overdue', dueAt: NOON + 10 });
        assert.deepEqual(await store.due(['failed'], NOON + 10, 5), [job]);
        await applied(store, job, sampleChange('failed', { dueAt: null }));
        assert.deepEqual(await store.due(['failed'], NOON + 10, 5), []);
        assert.equal(await store.nextDueAt(['failed'], 0), null);
      });
    });

    it('knows whose an operation is, also once the job has ended without it', async () => {
      const operation = { name: 'operations/é 1', submittedAt: NOON };
      const job = await bringTo(store, 'cancelling', {}, { operation });
      assert.equal(await store.ownerOf(operation.name), job.id);
      const cancelled = await applied(store, job, sampleChange('cancelled'));
      assert.equal('operation' in cancelled, false);
      store = await opened.reopen();
      assert.equal(await store.ownerOf(operation.name), job.id);
      assert.equal(await store.ownerOf('operations/other'), null);
    });

    it('holds an unconfirmed job only for a look at what was told of it', async () => {
      const job = await bringTo(store, 'unconfirmed');
      const told = sampleChange('unconfirmed', { told: 'operations/1', dueAt: NOON + 10 });
      const heard = await applied(store, job, told);
      assert.deepEqual(await store.due(['unconfirmed'], NOON + 10, 5), [heard]);
      await applied(store, heard, sampleChange('unconfirmed'));
      assert.deepEqual(await store.due(['unconfirmed'], NOON + 10, 5), []);
    });

    it('lists and counts jobs by state, the earliest asked first', async () => {
      const late = await bringTo(store, 'queued', { askedAt: NOON + 2 });
      const early = await bringTo(store, 'generating', { askedAt: NOON });
      await bringTo(store, 'delivered');
      assert.deepEqual(await store.inStates(['queued', 'generating']), [early, late]);
      assert.equal(await store.count(['queued', 'generating']), 2);
      assert.equal(await store.count(['submitting']), 0);
    });

    it('counts the queued jobs that were asked for earlier', async () => {
      const first = await bringTo(store, 'queued', { askedAt: NOON });
      const second = await bringTo(store, 'queued', { askedAt: NOON + 1 });
      const third = await bringTo(store, 'queued', { askedAt: NOON + 2 });
      await bringTo(store, 'generating', { askedAt: NOON });
      const ahead = await Promise.all([first, second, third].map((job) => store.aheadOf(job)));
      assert.deepEqual(ahead, [0, 1, 2]);
      const twin = await bringTo(store, 'queued', { askedAt: NOON + 1 });
      const pair = await Promise.all([second, twin].map((job) => store.aheadOf(job)));
      assert.deepEqual(pair.toSorted(), [1, 2]);
    });

    describe("a member's jobs", () => {
      const idsOf = async (skip: number, limit: number, userId = member) =>
        (await store.jobsOf(userId, skip, limit)).map(({ id }) => id);

      it('are those that wait for them, then the newest asked for, page by page', async () => {
        const at = (ms: number) => ({ askedAt: NOON + ms });
        const oldest = await bringTo(store, 'undelivered', at(1));
        const queued = await bringTo(store, 'queued', at(4));
        const declined = await bringTo(store, 'failed', at(2));
        const kept = await bringTo(store, 'undelivered', at(3), { reason: 'unreachable' });
        const made = await bringTo(store, 'delivered', at(5));
        await bringTo(store, 'undelivered', { requester: { userId: '7', locale: 'en-US' } });
        const all = [kept, oldest, made, queued, declined];
        assert.deepEqual(await store.jobsOf(member, 0, 10), all);
        assert.deepEqual(await store.jobsOf(member, 1, 3), all.slice(1, 4));
        assert.deepEqual(await store.jobsOf(member, 5, 3), []);
        assert.deepEqual(await store.undeliveredOf(member), [kept, oldest]);
        assert.deepEqual(await store.jobsOf('8', 0, 10), []);
        assert.deepEqual(await store.undeliveredOf('8'), []);
      });

      it('stand in the same order whenever they are asked for, also those asked at once', async () => {
        for (let i = 0; i < 4; i += 1) await bringTo(store, 'delivered', { askedAt: NOON });
        const all = await idsOf(0, 4);
        assert.deepEqual(all, all.toSorted().toReversed());
        assert.deepEqual([...(await idsOf(0, 2)), ...(await idsOf(2, 2))], all);
      });

      it('move on with their states, also through a restart', async () => {
        const old = await bringTo(store, 'undelivered', { askedAt: NOON });
        const fresh = await bringTo(store, 'delivered', { askedAt: NOON + 1 });
        assert.deepEqual(await idsOf(0, 2), [old.id, fresh.id]);
        const again = await applied(store, old, sampleChange('delivering'));
        assert.deepEqual(await idsOf(0, 2), [fresh.id, old.id]);
        assert.deepEqual(await store.undeliveredOf(member), []);
        await applied(store, again, sampleChange('undelivered'));
        store = await opened.reopen();
        assert.deepEqual(await idsOf(0, 2), [old.id, fresh.id]);
      });
    });

    describe('what is shown', () => {
      const unshownIds = async () => (await store.unshown()).map(({ id }) => id);

      it('is kept without a new revision, so that a change under way still fits', async () => {
        const job = await bringTo(store, 'generating');
        await store.noteShown(job.id, shownOf(job, { key: 'k1', last: false, messageId: '14' }));
        const reply = { ...job.reply, messageId: '14' };
        assert.deepEqual(await store.find(job.id), { ...job, shown: 'k1', reply });
        const after = await applied(
          store,
          job,
          sampleChange('generating', { gone: { seen: 1, sinceAt: NOON } }),
        );
        assert.equal(after.shown, 'k1');
        assert.deepEqual(after.reply, reply);
        await store.noteShown('nothere1', shownOf(job, { key: 'k', last: true }));
      });

      it('leaves a job unshown until it has ended and its last picture is out', async () => {
        const running = await bringTo(store, 'generating');
        const done = await bringTo(store, 'delivered');
        await store.noteShown(running.id, shownOf(running, { key: 'k', last: true }));
        await store.noteShown(done.id, shownOf(done, { key: 'k', last: false }));
        assert.deepEqual(await unshownIds(), [running.id, done.id]);
        await store.noteShown(done.id, shownOf(done, { key: 'k2', last: true }));
        assert.deepEqual(await unshownIds(), [running.id]);
        store = await opened.reopen();
        assert.deepEqual(await unshownIds(), [running.id]);
      });

      it('is to be shown anew when an ended job goes on or gets a fresh reply, not when its times move', async () => {
        const late = await bringTo(store, 'failed', {}, { dueAt: NOON });
        await store.noteShown(late.id, shownOf(late, { key: 'k', last: true }));
        const looked = await applied(store, late, sampleChange('failed', { dueAt: null }));
        assert.deepEqual(await unshownIds(), []);
        const reply = sampleReply({ token: 'fresh' });
        const asked = await applied(store, looked, sampleChange('failed', {}, { reply }));
        assert.deepEqual(await unshownIds(), [late.id]);
        await store.noteShown(late.id, shownOf(asked, { key: 'k', last: true }));
        const money: MoneyMove = { kind: 'give back' };
        await assert.rejects(store.apply(asked, sampleChange('downloading', {}, { money })));
        await applied(store, asked, sampleChange('downloading'));
        assert.deepEqual(await unshownIds(), [late.id]);
      });

      it('is not the last word when the job went on meanwhile, nor about a token that was replaced', async () => {
        const ended = await bringTo(store, 'undelivered');
        const reply = sampleReply({ token: 'fresh' });
        const again = await applied(store, ended, sampleChange('delivering', {}, { reply }));
        await applied(store, again, sampleChange('undelivered'));
        const late = shownOf(ended, { key: 'k', last: true });
        await store.noteShown(ended.id, { ...late, tokenDead: true, messageId: '77' });
        assert.deepEqual(await unshownIds(), [ended.id]);
        assert.deepEqual((await store.find(ended.id))?.reply, reply);
      });

      it('keeps what is known of the reply against an older one in hand', async () => {
        const stale = await bringTo(store, 'generating');
        await store.noteShown(
          stale.id,
          shownOf(stale, {
            key: 'k',
            last: false,
            tokenDead: true,
            messageId: '14',
          }),
        );
        const same = await applied(
          store,
          stale,
          sampleChange('generating', {}, { reply: stale.reply }),
        );
        assert.deepEqual(same.reply, { ...stale.reply, tokenDead: true, messageId: '14' });
        const fresh = sampleReply({ token: 'fresh', interactionId: '2' });
        const next = await applied(store, same, sampleChange('generating', {}, { reply: fresh }));
        assert.deepEqual(next.reply, { ...fresh, tokenDead: false, messageId: '14' });
        const moved = sampleReply({ token: 'third', channelId: '99', messageId: '15' });
        const last = await applied(store, next, sampleChange('generating', {}, { reply: moved }));
        assert.deepEqual(last.reply, moved);
        const unknown = sampleReply({ token: 'fourth', channelId: '100' });
        const end = await applied(store, last, sampleChange('generating', {}, { reply: unknown }));
        assert.equal(end.reply.messageId, null);
      });
    });

    it('gives the newest samples of a model, the newest last', async () => {
      for (let i = 0; i < 4; i += 1) {
        const job = await bringTo(store, 'generating');
        const learned = {
          ...{ modelId: i === 2 ? 'other' : 'm', resolution: '720p', seconds: 8 },
          ...{ notDoneMs: i, doneMs: i + 0.5, declined: i === 3 },
        };
        await applied(store, job, sampleChange('generating', {}, { learned, at: NOON + i }));
      }
      const newest = await store.samples('m', 2);
      assert.deepEqual(
        newest.map(({ notDoneMs, doneMs, declined, at }) => [notDoneMs, doneMs, declined, at]),
        [
          [1, 1.5, false, NOON + 1],
          [3, 3.5, true, NOON + 3],
        ],
      );
      assert.deepEqual(await store.samples('unknown', 2), []);
    });

    it('gives an overview of states, money, failures and what to look at', async () => {
      const empty = await store.overview({ dayAt: NOON, monthAt: NOON });
      assert.equal(empty.oldestUnfinished, null);
      assert.equal(empty.byState.queued, 0);

      const yesterday = NOON - DAY_MS;
      await bringTo(store, 'delivered', { askedAt: yesterday });
      await bringTo(store, 'failed', { askedAt: yesterday }, { reason: 'overdue' });
      await bringTo(store, 'failed', { askedAt: NOON + 1 });
      const settled = await bringTo(store, 'unconfirmed', { askedAt: NOON + 2 });
      const byHand = { money: { kind: 'give back' } as const };
      const own = { charge: { kind: 'not charged' } as const };
      await applied(store, settled, sampleChange('unconfirmed', own, byHand));
      const lost = await bringTo(store, 'unconfirmed', { askedAt: NOON + 2 });
      const large = await bringTo(store, 'undelivered', { askedAt: NOON + 3 });
      const waiting = await bringTo(store, 'queued', { askedAt: NOON + 4 });
      const overview = await store.overview({ dayAt: NOON, monthAt: NOON - 10 * DAY_MS });
      assert.deepEqual(overview.day, {
        ...{ chargedMicroUsd: PRICE, reservedMicroUsd: PRICE, maybeMicroUsd: PRICE },
        ...{ videos: 3, declined: 1, failed: 0 },
      });
      assert.deepEqual(overview.month, {
        ...{ chargedMicroUsd: 2 * PRICE, reservedMicroUsd: PRICE, maybeMicroUsd: PRICE },
        ...{ videos: 4, declined: 1, failed: 1 },
      });
      assert.deepEqual(overview.oldestUnfinished, { id: waiting.id, askedAt: NOON + 4 });
      assert.equal(overview.byState.failed, 2);
      assert.deepEqual(Object.keys(overview.byState), [...states]);
      // What was settled by hand or declined needs nobody.
      const [first, second, third] = overview.lookAt;
      assert.deepEqual([first, second], [lost, large]);
      assert.ok(third?.state === 'failed' && third.reason === 'overdue');
      assert.equal(overview.unsettled, 1);
      assert.equal(overview.byState.unconfirmed, 2);
    });

    it('has what is to be looked at by how much it needs somebody, however much is newer', async () => {
      const since = { dayAt: NOON, monthAt: NOON };
      const lost = await bringTo(store, 'unconfirmed', { askedAt: NOON });
      const stuck = await bringTo(store, 'undelivered', { askedAt: NOON + 1 });
      const removed = { reason: 'removed by requester' } as const;
      await bringTo(store, 'undelivered', { askedAt: NOON + 2 }, removed);
      const over = { reason: 'set up wrongly' } as const;
      for (let i = 3; i < 9; i += 1) await bringTo(store, 'failed', { askedAt: NOON + i }, over);
      const { lookAt } = await store.overview(since);
      assert.deepEqual(
        lookAt.map((job) => [job.state, job.askedAt - NOON]),
        [
          ['unconfirmed', 0],
          ['undelivered', 1],
          ['failed', 8],
          ['failed', 7],
          ['failed', 6],
          ['failed', 5],
          ['failed', 4],
        ],
      );
      assert.deepEqual(lookAt.slice(0, 2), [lost, stuck]);
      for (let i = 0; i < 9; i += 1) await bringTo(store, 'unconfirmed', { askedAt: NOON });
      assert.equal((await store.overview(since)).lookAt.length, 5 + 1 + 5);
    });

    it('finds its money to agree with the ledger, whatever happened to it', async () => {
      for (const state of states) await bringTo(store, state);
      assert.deepEqual(await store.mismatched(9), []);
    });

    it('keeps drafts and small facts through a restart', async () => {
      const now = Date.now();
      const draft = { id: 'd1', userId: member, wish: { prompt: 'a cat', seconds: 8 }, at: now };
      await store.keepDraft({ ...draft, wish: { prompt: 'before' } });
      await store.keepDraft(draft);
      await store.remember('commands', 'one');
      await store.remember('commands', 'two');
      store = await opened.reopen();
      assert.deepEqual(await store.findDraft('d1'), draft);
      assert.equal(await store.findDraft('d2'), null);
      assert.equal(await store.recall('commands'), 'two');
      assert.equal(await store.recall('nothing'), null);
    });

    it('keeps every change of a setting, and the last one is what holds, also after a restart', async () => {
      const set = { scope: 'bot', key: 'limits', by: 'admin-1', at: NOON } as const;
      const server = 'server 5' as const;
      await store.changeSetting({ ...set, value: '[1]' });
      await store.changeSetting({ ...set, scope: server, value: '{"only":"here"}' });
      await store.changeSetting({ ...set, value: '[2]', by: 'admin-2', at: NOON + 1 });
      await store.changeSetting({ ...set, key: 'words', value: '"gone again"' });
      await store.changeSetting({ ...set, key: 'words', value: null, at: NOON + 2 });
      store = await opened.reopen();
      assert.deepEqual(await store.settings(), [
        { ...set, scope: server, value: '{"only":"here"}' },
        { ...set, value: '[2]', by: 'admin-2', at: NOON + 1 },
      ]);
      assert.deepEqual(
        (await store.settingChanges(3)).map(({ key, value, by, before }) => [
          key,
          value,
          by,
          before,
        ]),
        [
          ['words', null, 'admin-1', '"gone again"'],
          ['words', '"gone again"', 'admin-1', null],
          ['limits', '[2]', 'admin-2', '[1]'],
        ],
      );
      const inServer = await store.settingChanges(9, server);
      assert.deepEqual(
        inServer.map(({ value }) => value),
        ['{"only":"here"}'],
      );
    });

    it('can be closed twice', async () => {
      await store.close();
      await store.close();
      store = await opened.reopen();
    });
  });
}
