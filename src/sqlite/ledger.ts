/** The money of jobs: rows that never change, and beside them the sums in the job's own columns. */
import type Database from 'better-sqlite3';
import type { MoneyMove } from '../jobs/change.ts';
import type { JobId } from '../jobs/job.ts';
import type { MicroUsd } from '../jobs/model.ts';

/** How a job's money stands. Open, so that a move is possible: reserved and maybe. */
export interface MoneyRow {
  readonly id: JobId;
  readonly money: string;
  readonly held_micro_usd: MicroUsd;
  readonly charged_micro_usd: MicroUsd;
  readonly maybe_micro_usd: MicroUsd;
}

export const moneyColumns = 'money, held_micro_usd, charged_micro_usd, maybe_micro_usd';

interface Standing {
  readonly kind: 'reserved' | 'settled' | 'given back' | 'maybe';
  readonly held: MicroUsd;
  readonly charged: MicroUsd;
  readonly maybe: MicroUsd;
  readonly basis: 'reported' | 'estimate' | null;
  readonly counts: boolean;
}

export interface Ledger {
  /** Only inside a transaction. The job's own columns are written with its row. */
  reserve(id: JobId, at: number, microUsd: MicroUsd): void;
  /** Only inside a transaction. Throws where nothing is open, or nothing settled to correct: a programming error. */
  move(row: MoneyRow, at: number, move: MoneyMove): void;
}

export function ledgerOf(db: Database.Database): Ledger {
  const insert = db.prepare(
    `INSERT INTO ledger
       (job_id, at, kind, held_micro_usd, charged_micro_usd, maybe_micro_usd, basis, counts)
     VALUES (@id, @at, @kind, @held, @charged, @maybe, @basis, @counts)`,
  );
  const update = db.prepare(
    `UPDATE jobs SET money = @kind, counts = @counts, held_micro_usd = @held,
       charged_micro_usd = @charged, maybe_micro_usd = @maybe
     WHERE id = @id`,
  );

  return {
    reserve(id, at, microUsd) {
      insert.run({
        ...{ id, at, kind: 'reserved', held: amount(microUsd), charged: 0, maybe: 0 },
        ...{ basis: null, counts: 1 },
      });
    },

    move(row, at, move) {
      const from = move.kind === 'correct' ? ['settled'] : ['reserved', 'maybe'];
      if (!from.includes(row.money)) {
        throw new Error(`job ${row.id}: "${move.kind}", but its money is ${row.money} already`);
      }
      const to = standingAfter(move);
      const counts = to.counts ? 1 : 0;
      insert.run({
        ...{ id: row.id, at, kind: to.kind, basis: to.basis, counts },
        held: to.held - row.held_micro_usd,
        charged: to.charged - row.charged_micro_usd,
        maybe: to.maybe - row.maybe_micro_usd,
      });
      update.run({
        ...{ id: row.id, kind: to.kind, counts },
        ...{ held: to.held, charged: to.charged, maybe: to.maybe },
      });
    },
  };
}

/** Every move closes what was open: the reservation, or an earlier maybe that is now known better; a correction, what was settled. */
function standingAfter(move: MoneyMove): Standing {
  const nothing = { held: 0, charged: 0, maybe: 0, basis: null, counts: true };
  switch (move.kind) {
    case 'settle':
      return { ...nothing, kind: 'settled', charged: amount(move.microUsd), basis: move.basis };
    case 'correct':
      return { ...nothing, kind: 'settled', charged: amount(move.microUsd), basis: 'estimate' };
    case 'give back':
      return { ...nothing, kind: 'given back' };
    case 'maybe':
      return {
        ...nothing,
        kind: 'maybe',
        maybe: amount(move.microUsd),
        counts: move.countsForMember,
      };
    default:
      return move satisfies never;
  }
}

/** Money is whole micro-dollars; anything else is a programming error. */
export function amount(microUsd: MicroUsd): MicroUsd {
  if (!Number.isSafeInteger(microUsd) || microUsd < 0) {
    throw new Error(`not an amount in micro-dollars: ${microUsd}`);
  }
  return microUsd;
}
