/** What every JobStore must tell of the accounts: lines, pages, lists and the ledger of one job. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import {
  type AccountLine,
  type AccountsAsked,
  accountLines,
} from '../../src/jobs/money/accounts.ts';
import type { JobStore, Listed } from '../../src/jobs/ports/store.ts';
import { states } from '../../src/jobs/states.ts';
import {
  applied,
  bringTo,
  NOON,
  PRICE,
  sampleChange,
  sampleReply,
  sampleRequest,
} from '../jobs/samples.ts';
import type { OpenedStore } from './jobStore.ts';

const all: AccountsAsked = { sinceAt: 0, untilAt: NOON * 2, guildId: null };
const any: Listed = { state: null, userId: null, guildId: null };
const other = { userId: '1000000000000000002', locale: 'de' };
const elsewhere = sampleReply({ guildId: '99', channelId: '98' });

export function accountsContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`the accounts of ${name}`, () => {
    let opened: OpenedStore;
    let store: JobStore;
    beforeEach(async () => {
      opened = await openStore();
      store = opened.store;
    });
    afterEach(() => opened.remove());

    const idsOf = (jobs: readonly Pick<Job, 'id'>[]) => jobs.map(({ id }) => id);
    const linesOf = (asked = all) => Array.fromAsync(accountLines(store, asked));

    it('have a line for each job, with what was asked for and what it cost', async () => {
      const request = sampleRequest({ prompt: 'a fox', seconds: 6, modelId: 'm' });
      const reply = sampleReply({ guildId: null });
      const made = await bringTo(store, 'delivered', { request, reply, requester: other });
      const lines: Record<string, AccountLine | undefined> = {};
      for (const state of [
        'queued',
        'failed',
        'unconfirmed',
        'cancelled',
        'undelivered',
      ] as const) {
        const { id } = await bringTo(store, state);
        lines[state] = (await linesOf()).find((line) => line.id === id);
      }
      assert.deepEqual((await linesOf())[0], {
        ...{ id: made.id, askedAt: NOON, userId: other.userId, guildId: null },
        ...{ channelId: reply.channelId, modelId: 'm', seconds: 6, resolution: '720p' },
        ...{ state: 'delivered', reason: null, priceMicroUsd: PRICE, reservedMicroUsd: 0 },
        ...{ chargedMicroUsd: PRICE, maybeMicroUsd: 0, givenBack: false, basis: 'estimate' },
        prompt: 'a fox',
      });
      const money = Object.entries(lines).map(([state, line]) => [
        ...[state, line?.reservedMicroUsd, line?.chargedMicroUsd, line?.maybeMicroUsd],
        ...[line?.givenBack, line?.reason],
      ]);
      assert.deepEqual(money, [
        ['queued', PRICE, 0, 0, false, null],
        ['failed', 0, 0, 0, true, 'declined'],
        ['unconfirmed', 0, 0, PRICE, false, null],
        ['cancelled', 0, 0, 0, true, 'by requester'],
        ['undelivered', 0, PRICE, 0, false, 'too large'],
      ]);
    });

    it('are read page by page, each job once, also those asked for at the same moment', async () => {
      const jobs: Job[] = [];
      for (const ms of [3, 1, 1, 1, 2, 2]) {
        jobs.push(await bringTo(store, 'queued', { askedAt: NOON + ms }));
      }
      const inOrder = jobs
        .toSorted((a, b) => a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      for (const limit of [1, 2, 4, 9]) {
        const seen: string[] = [];
        let after: AccountLine | null = null;
        for (;;) {
          const page: AccountLine[] = await store.accounts(all, after, limit);
          assert.ok(page.length <= limit);
          seen.push(...idsOf(page));
          after = page.at(-1) ?? null;
          if (after === null) break;
        }
        assert.deepEqual(seen, inOrder);
      }
      assert.deepEqual(idsOf(await linesOf()), inOrder);
    });

    it('are those of a period, its end left out, and of one server', async () => {
      const before = await bringTo(store, 'queued', { askedAt: NOON - 1 });
      const first = await bringTo(store, 'queued', { askedAt: NOON, reply: elsewhere });
      const last = await bringTo(store, 'queued', { askedAt: NOON + 9 });
      await bringTo(store, 'queued', { askedAt: NOON + 10 });
      const period = { sinceAt: NOON, untilAt: NOON + 10, guildId: null };
      assert.deepEqual(idsOf(await linesOf(period)), [first.id, last.id]);
      assert.deepEqual(idsOf(await linesOf({ ...period, guildId: '99' })), [first.id]);
      assert.deepEqual(idsOf(await linesOf({ ...all, untilAt: NOON })), [before.id]);
      assert.deepEqual(await linesOf({ ...all, guildId: '1' }), []);
    });

    it('stay with the place where it was asked for, even if the reply moves', async () => {
      const job = await bringTo(store, 'undelivered');
      await applied(store, job, sampleChange('delivering', {}, { reply: elsewhere }));
      const guildId = sampleReply().guildId;
      assert.equal((await linesOf({ ...all, guildId: '99' })).length, 0);
      assert.equal((await linesOf())[0]?.guildId, guildId);
      assert.deepEqual(await store.listed({ ...any, guildId: '99' }, 0, 9), []);
      assert.equal((await store.listed({ ...any, guildId }, 0, 9)).length, 1);
    });

    it('add up to the ledger, line by line, after a restart too', async () => {
      for (const state of states) await bringTo(store, state);
      const lost = await bringTo(store, 'unconfirmed');
      const charge = { kind: 'charged', microUsd: 5 } as const;
      await applied(
        store,
        lost,
        sampleChange(
          'unconfirmed',
          { charge },
          { money: { kind: 'settle', microUsd: 5, basis: 'reported' }, at: NOON + 9_000 },
        ),
      );
      store = await opened.reopen();
      for (const line of await linesOf()) {
        const ledger = await store.ledger(line.id);
        const sum = (of: 'reservedMicroUsd' | 'chargedMicroUsd' | 'maybeMicroUsd') =>
          ledger.reduce((whole, row) => whole + row[of], 0);
        assert.equal(sum('reservedMicroUsd'), line.reservedMicroUsd);
        assert.equal(sum('chargedMicroUsd'), line.chargedMicroUsd);
        assert.equal(sum('maybeMicroUsd'), line.maybeMicroUsd);
        assert.equal(ledger.at(-1)?.kind === 'given back', line.givenBack);
        assert.equal(ledger.at(-1)?.basis, line.basis);
      }
      assert.deepEqual(await store.ledger(lost.id), [
        {
          ...{ at: NOON, kind: 'reserved', basis: null },
          ...{ reservedMicroUsd: PRICE, chargedMicroUsd: 0, maybeMicroUsd: 0 },
        },
        {
          ...{ at: NOON + 1_000, kind: 'maybe', basis: null },
          ...{ reservedMicroUsd: -PRICE, chargedMicroUsd: 0, maybeMicroUsd: PRICE },
        },
        {
          ...{ at: NOON + 9_000, kind: 'settled', basis: 'reported' },
          ...{ reservedMicroUsd: 0, chargedMicroUsd: 5, maybeMicroUsd: -PRICE },
        },
      ]);
      assert.deepEqual(await store.ledger('nothere1'), []);
    });

    it('lists the newest of a state, a member, a server, page by page', async () => {
      const at = (ms: number) => ({ askedAt: NOON + ms });
      const a = await bringTo(store, 'failed', at(1));
      const b = await bringTo(store, 'queued', { ...at(3), requester: other });
      const c = await bringTo(store, 'failed', { ...at(2), reply: elsewhere, requester: other });
      const d = await bringTo(store, 'delivered', at(4));
      assert.deepEqual(await store.listed(any, 0, 9), [d, b, c, a]);
      assert.deepEqual(await store.listed(any, 1, 2), [b, c]);
      assert.deepEqual(await store.listed({ ...any, state: 'failed' }, 0, 9), [c, a]);
      assert.deepEqual(await store.listed({ ...any, state: 'failed' }, 1, 9), [a]);
      assert.deepEqual(await store.listed({ ...any, userId: other.userId }, 0, 9), [b, c]);
      assert.deepEqual(await store.listed({ ...any, guildId: '99' }, 0, 9), [c]);
      const exactly: Listed = { state: 'failed', userId: other.userId, guildId: '99' };
      assert.deepEqual(await store.listed(exactly, 0, 9), [c]);
      assert.deepEqual(await store.listed({ ...exactly, state: 'queued' }, 0, 9), []);
    });
  });
}
