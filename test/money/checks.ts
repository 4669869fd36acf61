/** What must hold of the money after everything that happens. */
import assert from 'node:assert/strict';
import type { JobId } from '../../src/jobs/job.ts';
import { accountLines, type LedgerLine } from '../../src/jobs/money/accounts.ts';
import type { Calendar } from '../../src/jobs/money/calendar.ts';
import { spentBy } from '../../src/jobs/money/limits.ts';
import type { Bot } from './bot.ts';
import { members } from './commands.ts';
import { type Oracle, placeOf } from './oracle.ts';

export class Checks {
  readonly #oracle: Oracle;
  readonly #calendar: Calendar;
  readonly #ledger = new Map<JobId, readonly LedgerLine[]>();

  constructor(oracle: Oracle, calendar: Calendar) {
    this.#oracle = oracle;
    this.#calendar = calendar;
  }

  /** What was written stays, and adds up to what the oracle has. */
  async after(bot: Bot, ids: readonly JobId[], wall: number): Promise<void> {
    const { store } = bot;
    for (const id of ids) {
      const lines = await store.ledger(id);
      const before = this.#ledger.get(id) ?? [];
      assert.deepEqual(lines.slice(0, before.length), before, 'a row of the ledger changed');
      this.#ledger.set(id, lines);
      const sums = [0, 0, 0];
      for (const { reservedMicroUsd, chargedMicroUsd, maybeMicroUsd } of lines) {
        for (const [i, part] of [reservedMicroUsd, chargedMicroUsd, maybeMicroUsd].entries()) {
          assert.ok(Number.isSafeInteger(part));
          sums[i] = (sums[i] ?? 0) + part;
        }
      }
      assert.deepEqual(sums, this.#oracle.sumsOf(id), `the ledger of job ${id}`);
      const job = await store.find(id);
      if (job !== null && 'charge' in job) {
        assert.deepEqual(job.charge, this.#oracle.chargeOf(id), `what is told in ${job.state}`);
      }
    }
    assert.deepEqual(await store.mismatched(9), []);
    for (const member of members) await this.#limitsOf(member, bot, wall);
  }

  /** What is counted against each limit that holds, and what it is compared with. */
  async #limitsOf(userId: string, { store, book }: Bot, at: number): Promise<void> {
    for (const [channelId, guildId] of [
      ['red', 'tea'],
      ['blue', null],
    ] as const) {
      const reply = { channelId, guildId, place: placeOf(guildId) };
      const clock = { wall: () => at };
      const parts = { store, clock, calendar: this.#calendar };
      const found = await spentBy({ requester: { userId }, reply }, book, parts);
      const holding = this.#oracle.holdingFor({ userId, ...reply });
      assert.deepEqual(
        found
          .map(({ check, spent }) => [
            check.scope,
            check.period,
            check.maxMicroUsd,
            check.maxVideos,
            spent,
          ])
          .toSorted(byText),
        holding
          .map(({ scope, of, limit }) => [
            ...[scope, limit.period, limit.maxMicroUsd, limit.maxVideos],
            this.#oracle.spent(scope, of, limit.period, at),
          ])
          .toSorted(byText),
      );
    }
  }

  /** In the end: the accounts line by line, as admins and files have them. */
  async inTheEnd({ store }: Bot, ids: readonly JobId[]): Promise<void> {
    const all = { sinceAt: 0, untilAt: Number.MAX_SAFE_INTEGER, guildId: null };
    const lines = await Array.fromAsync(accountLines(store, all));
    assert.equal(lines.length, ids.length);
    for (const line of lines) {
      const { id, reservedMicroUsd, chargedMicroUsd, maybeMicroUsd } = line;
      assert.deepEqual(
        [reservedMicroUsd, chargedMicroUsd, maybeMicroUsd],
        this.#oracle.sumsOf(id),
        `the account of job ${id}`,
      );
      assert.equal(line.givenBack, this.#oracle.moneyOf(id).kind === 'given back');
    }
  }
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
