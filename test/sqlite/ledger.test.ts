import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MoneyMove } from '../../src/jobs/change.ts';
import type { Job, NextState, Reply, State } from '../../src/jobs/job.ts';
import { fits, type LimitCheck, type Scope, type Spent } from '../../src/jobs/money/spending.ts';
import { leadsTo } from '../../src/jobs/states.ts';
import {
  applied,
  bringTo,
  NOON,
  PRICE,
  sampleChange,
  sampleNewJob,
  sampleReply,
  sampleRequest,
} from '../jobs/samples.ts';
import { Folder } from './folder.ts';
import { assertLedgerAgrees } from './sums.ts';

describe('The ledger', () => {
  it('tells what happened to the money of a job, in rows that add up', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    const lost = await bringTo(store, 'unconfirmed');
    const regained = await applied(store, lost, sampleChange('generating'));
    const money: MoneyMove = { kind: 'settle', microUsd: 5, basis: 'reported' };
    await applied(store, regained, sampleChange('downloading', {}, { money }));
    const rows = db
      .prepare(
        `SELECT kind, held_micro_usd, charged_micro_usd, maybe_micro_usd, basis, counts
         FROM ledger WHERE job_id = ? ORDER BY seq`,
      )
      .raw()
      .all(lost.id);
    assert.deepEqual(rows, [
      ['reserved', PRICE, 0, 0, null, 1],
      ['maybe', -PRICE, 0, PRICE, null, 0],
      ['settled', 0, 5, -PRICE, 'reported', 1],
    ]);
    assertLedgerAgrees(db);
  });

  it('cannot be changed, by whatever statement', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    await store.accept(sampleNewJob(), []);
    const copy = `SELECT seq, job_id, at, kind, 1, 0, 0, basis, counts FROM ledger`;
    for (const sql of [
      'UPDATE ledger SET held_micro_usd = 0',
      'DELETE FROM ledger',
      `REPLACE INTO ledger ${copy}`,
      `DELETE FROM jobs`,
    ]) {
      assert.throws(() => db.exec(sql), /never|FOREIGN KEY/, sql);
    }
    assertLedgerAgrees(db);
  });
});

const members = ['1', '2'];
const channels = ['10', '11'];
const servers = ['100', null];
/** What each limit of the property allows: small, so that it is met all the time. */
const most = { maxMicroUsd: 30, maxVideos: 5 };
const wholeBot: LimitCheck = {
  ...{ scope: 'bot', period: 'day', of: null, maxMicroUsd: 50, maxVideos: 9 },
  ...{ sinceAt: NOON, untilAt: NOON + 10 },
};

interface Modelled {
  job: Job;
  readonly price: number;
  held: number;
  charged: number;
  maybe: number;
  money: 'open' | 'maybe' | 'closed' | 'given back';
  counts: boolean;
}

interface Wanted {
  readonly kind: MoneyMove['kind'];
  /** Quarters of the price that a settlement charges. */
  readonly quarters: number;
  readonly countsForMember: boolean;
}

/** Never more than was reserved, so that no settlement may break a limit that held before. */
function moveOf({ kind, quarters, countsForMember }: Wanted, price: number): MoneyMove {
  switch (kind) {
    case 'settle':
      return { kind, microUsd: Math.floor((price * quarters) / 4), basis: 'reported' };
    case 'maybe':
      return { kind, microUsd: price, countsForMember };
    case 'correct':
      return { kind, microUsd: Math.floor((price * quarters) / 4) };
    case 'give back':
      return { kind };
    default:
      return kind satisfies never;
  }
}

type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
const command = fc.record({
  /** Jobs accepted at the same time before the change. */
  asks: fc.array(
    fc.record({
      member: fc.constantFrom(...members),
      channel: fc.constantFrom(...channels),
      server: fc.constantFrom(...servers),
      price: fc.nat(12),
      at: fc.integer({ min: NOON - 2, max: NOON + 11 }),
    }),
    { maxLength: 3 },
  ),
  which: fc.nat(),
  where: fc.nat(),
  stale: fc.boolean(),
  money: fc.option(
    fc.record({
      kind: fc.constantFrom(...(['settle', 'give back', 'maybe', 'correct'] as const)),
      quarters: fc.integer({ min: 0, max: 4 }),
      countsForMember: fc.boolean(),
    }),
  ),
});

describe('Money, over any sequence of requests and changes', () => {
  it('adds up everywhere, and no limit is ever exceeded', async () => {
    using folder = new Folder();
    const { db, store } = folder.open();
    // Durability is no matter here, and hundreds of runs are.
    db.pragma('synchronous = OFF');
    const empty = () =>
      db.exec(`DROP TRIGGER IF EXISTS ledger_no_delete; DELETE FROM ledger; DELETE FROM history;
        DELETE FROM durations; DELETE FROM jobs`);

    const run = async (commands: readonly Command[]) => {
      empty();
      const model: Modelled[] = [];
      let raised = 0;
      for (const { asks, which, where, stale, money } of commands) {
        // All are sent before any is answered.
        const accepting = asks.map((ask) => {
          const reply = sampleReply({ channelId: ask.channel, guildId: ask.server });
          const asked = sampleNewJob({
            ...{ askedAt: ask.at, reply, request: sampleRequest({ priceMicroUsd: ask.price }) },
            requester: { userId: ask.member, locale: 'de' },
          });
          const checks = checksOf(ask.member, reply);
          return { checks, price: ask.price, accepted: store.accept(asked, checks) };
        });
        for (const { checks, price, accepted } of accepting) {
          const answer = await accepted;
          const reached = checks.find((check) => !fits(check, modelSpent(model, check), price));
          if (reached !== undefined) {
            assert.deepEqual(answer, {
              kind: 'limit',
              reached: { check: reached, spent: modelSpent(model, reached), priceMicroUsd: price },
            });
            continue;
          }
          assert.ok(answer.kind === 'accepted');
          const nothing = { charged: 0, maybe: 0 };
          const { job } = answer;
          model.push({ job, price, held: price, ...nothing, money: 'open', counts: true });
        }

        const entry = model[which % Math.max(model.length, 1)];
        if (entry !== undefined) raised += await change(entry, where, stale, money);

        for (const check of [...members.flatMap((m) => checksOf(m, sampleReply())), wholeBot]) {
          assert.deepEqual(await store.spent(check), modelSpent(model, check));
        }
        const all = await store.spent(wholeBot);
        assert.ok(all.microUsd <= 50 + raised && all.videos <= 9);
      }
      assertLedgerAgrees(db);
      for (const { job } of model) assert.deepEqual(await store.find(job.id), job);
    };

    /** By how much it was corrected upwards: what was free since it was settled may be taken by then. */
    async function change(
      entry: Modelled,
      where: number,
      stale: boolean,
      wanted: Wanted | null,
    ): Promise<number> {
      const ways: readonly State[] = [entry.job.state, ...leadsTo[entry.job.state]];
      const to = ways[where % ways.length] ?? entry.job.state;
      const move = wanted === null ? undefined : moveOf(wanted, entry.price);
      const changed = sampleChange(to, {} as Partial<NextState>, move ? { money: move } : {});
      const job = stale ? { ...entry.job, revision: entry.job.revision + 1 } : entry.job;
      const from = move?.kind === 'correct' ? ['closed'] : ['open', 'maybe'];
      if (!stale && move && !from.includes(entry.money)) {
        await assert.rejects(store.apply(job, changed), /already/);
        return 0;
      }
      const after = await store.apply(job, changed);
      assert.equal(after === null, stale);
      if (after === null) return 0;
      entry.job = after;
      if (move === undefined) return 0;
      const raised = move.kind === 'correct' ? Math.max(0, move.microUsd - entry.charged) : 0;
      entry.held = 0;
      const isCharge = move.kind === 'settle' || move.kind === 'correct';
      entry.charged = isCharge ? move.microUsd : 0;
      entry.maybe = move.kind === 'maybe' ? move.microUsd : 0;
      entry.counts = move.kind !== 'maybe' || move.countsForMember;
      entry.money = isCharge ? 'closed' : move.kind === 'maybe' ? 'maybe' : 'given back';
      return raised;
    }

    const commands = fc.array(command, { minLength: 1, maxLength: 25 });
    await fc.assert(fc.asyncProperty(commands, run), { numRuns: 150 });
  });
});

function checksOf(member: string, reply: Pick<Reply, 'channelId' | 'guildId'>): LimitCheck[] {
  const period = { period: 'day' as const, sinceAt: NOON, untilAt: NOON + 10 };
  const check = (scope: Scope, of: string): LimitCheck => ({ scope, of, ...most, ...period });
  return [
    check('member', member),
    check('channel', reply.channelId),
    ...(reply.guildId === null ? [] : [check('server', reply.guildId)]),
    wholeBot,
  ];
}

function modelSpent(model: readonly Modelled[], check: LimitCheck): Spent {
  const theirs = model.filter(({ job, money, counts }) => {
    if (job.askedAt < check.sinceAt || job.askedAt >= check.untilAt) return false;
    if (money === 'given back') return false;
    if (check.scope === 'bot') return true;
    const { channelId, guildId } = job.reply;
    const owners = { member: job.requester.userId, channel: channelId, server: guildId };
    return counts && owners[check.scope] === check.of;
  });
  const sums = theirs.map(({ held, charged, maybe }) => held + charged + maybe);
  return { microUsd: sums.reduce((a, b) => a + b, 0), videos: theirs.length };
}
