/** The simulated store's money: how each job's stands, and what counts against a limit. */

import type { MoneyMove } from '../../src/jobs/change.ts';
import type { Job, JobId } from '../../src/jobs/job.ts';
import type { MicroUsd } from '../../src/jobs/model.ts';
import type { AccountLine, LedgerLine } from '../../src/jobs/money/accounts.ts';
import type { LimitCheck, Scope, Spent } from '../../src/jobs/money/spending.ts';

export interface Standing {
  readonly kind: 'reserved' | 'settled' | 'given back' | 'maybe';
  readonly microUsd: MicroUsd;
  readonly basis: 'reported' | 'estimate' | null;
  /** Against the member, channel and server; the bot's limits count all. */
  readonly counts: boolean;
}

interface Owner {
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly askedAt: number;
}

export class Books {
  readonly #standings = new Map<JobId, Standing>();
  readonly #owners = new Map<JobId, Owner>();
  readonly #lines = new Map<JobId, LedgerLine[]>();

  of(id: JobId): Standing {
    const standing = this.#standings.get(id);
    if (standing === undefined) throw new Error(`no money of job ${id}`);
    return standing;
  }

  reserve(job: Pick<Job, 'id' | 'askedAt' | 'requester' | 'reply' | 'request'>): void {
    const microUsd = amount(job.request.priceMicroUsd);
    const { channelId, guildId } = job.reply;
    const { userId } = job.requester;
    this.#owners.set(job.id, { userId, channelId, guildId, askedAt: job.askedAt });
    this.write(job.id, { kind: 'reserved', microUsd, basis: null, counts: true }, job.askedAt);
  }

  ownerOf(id: JobId): Owner {
    const owner = this.#owners.get(id);
    if (owner === undefined) throw new Error(`no owner of job ${id}`);
    return owner;
  }

  ledgerOf(id: JobId): LedgerLine[] {
    return [...(this.#lines.get(id) ?? [])];
  }

  lineOf(job: Job): AccountLine {
    const { id, state, request } = job;
    const { userId, guildId, channelId, askedAt } = this.ownerOf(id);
    const standing = this.of(id);
    const reason = 'reason' in job ? job.reason : 'why' in job ? job.why : null;
    const { modelId, seconds, resolution, priceMicroUsd, prompt } = request;
    return {
      ...{ id, askedAt, userId, guildId, channelId, modelId, seconds, resolution, state, reason },
      ...{ priceMicroUsd, prompt, ...sumsOf(standing), basis: standing.basis },
      givenBack: standing.kind === 'given back',
    };
  }

  /** What the move makes of it, not yet written. */
  moved(id: JobId, move: MoneyMove): Standing {
    const before = this.of(id);
    const from = move.kind === 'correct' ? ['settled'] : ['reserved', 'maybe'];
    if (!from.includes(before.kind)) {
      throw new Error(`job ${id}: "${move.kind}", but its money is ${before.kind} already`);
    }
    switch (move.kind) {
      case 'settle':
        return {
          kind: 'settled',
          microUsd: amount(move.microUsd),
          basis: move.basis,
          counts: true,
        };
      case 'correct':
        return {
          kind: 'settled',
          microUsd: amount(move.microUsd),
          basis: 'estimate',
          counts: true,
        };
      case 'give back':
        return { kind: 'given back', microUsd: 0, basis: null, counts: true };
      case 'maybe':
        return {
          kind: 'maybe',
          microUsd: amount(move.microUsd),
          basis: null,
          counts: move.countsForMember,
        };
      default:
        return move satisfies never;
    }
  }

  write(id: JobId, standing: Standing, at: number): void {
    const before = this.#standings.get(id);
    const [was, is] = [before === undefined ? nothing : sumsOf(before), sumsOf(standing)];
    const line: LedgerLine = {
      ...{ at, kind: standing.kind, basis: standing.basis },
      reservedMicroUsd: is.reservedMicroUsd - was.reservedMicroUsd,
      chargedMicroUsd: is.chargedMicroUsd - was.chargedMicroUsd,
      maybeMicroUsd: is.maybeMicroUsd - was.maybeMicroUsd,
    };
    this.#lines.set(id, [...this.ledgerOf(id), line]);
    this.#standings.set(id, standing);
  }

  /** @param isOpen whether a job has not ended yet */
  spent(
    { scope, of, within, period, sinceAt, untilAt }: LimitCheck,
    isOpen: (id: JobId) => boolean = () => true,
  ): Spent {
    let [microUsd, videos] = [0, 0];
    for (const [id, owner] of this.#owners) {
      const standing = this.of(id);
      if (within !== undefined && owner.guildId !== within) continue;
      if (period === 'at once') {
        const isTheirs = scope === 'bot' || (of !== null && idOf(owner, scope) === of);
        if (isTheirs && isOpen(id)) videos += 1;
        continue;
      }
      if (standing.kind === 'given back') continue;
      if (owner.askedAt < sinceAt || owner.askedAt >= untilAt) continue;
      if (scope !== 'bot' && (!standing.counts || idOf(owner, scope) !== of || of === null)) {
        continue;
      }
      microUsd += standing.microUsd;
      videos += 1;
    }
    return { microUsd, videos };
  }
}

const nothing = { reservedMicroUsd: 0, chargedMicroUsd: 0, maybeMicroUsd: 0 };

function sumsOf({ kind, microUsd }: Standing): typeof nothing {
  switch (kind) {
    case 'reserved':
      return { ...nothing, reservedMicroUsd: microUsd };
    case 'settled':
      return { ...nothing, chargedMicroUsd: microUsd };
    case 'maybe':
      return { ...nothing, maybeMicroUsd: microUsd };
    case 'given back':
      return nothing;
    default:
      return kind satisfies never;
  }
}

function idOf(owner: Owner, scope: Exclude<Scope, 'bot'>): string | null {
  switch (scope) {
    case 'member':
      return owner.userId;
    case 'channel':
      return owner.channelId;
    case 'server':
      return owner.guildId;
    default:
      return scope satisfies never;
  }
}

export function amount(microUsd: MicroUsd): MicroUsd {
  if (!Number.isSafeInteger(microUsd) || microUsd < 0) {
    throw new Error(`not an amount in micro-dollars: ${microUsd}`);
  }
  return microUsd;
}
