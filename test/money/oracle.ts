/**
 * What the money of jobs must be, worked out in the simplest way there is: a list of jobs, and sums
 * over all of it. Days are those that a clock on the wall shows, by another way than the product's.
 */
import type { Charge, JobId } from '../../src/jobs/job.ts';
import type { Limit, LimitCheck, Period, Scope, Spent } from '../../src/jobs/money/spending.ts';

export type Money =
  | { readonly kind: 'held' }
  | { readonly kind: 'charged'; readonly microUsd: number }
  /** `counts`: also for its member, channel and server, not only for the bot. */
  | { readonly kind: 'maybe'; readonly counts: boolean }
  | { readonly kind: 'given back' };

export interface Asked {
  readonly id: JobId;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  readonly askedAt: number;
  readonly priceMicroUsd: number;
}

interface Entry extends Asked {
  money: Money;
  isOpen: boolean;
}

export class Oracle {
  readonly limits = new Map<string, Limit>();
  readonly #entries = new Map<JobId, Entry>();
  readonly #wall: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#wall = new Intl.DateTimeFormat('sv-SE', { timeZone });
  }

  setLimit(limit: Limit): void {
    this.limits.set(nameOf(limit), limit);
  }

  dropLimit(limit: Limit): void {
    this.limits.delete(nameOf(limit));
  }

  accepted(asked: Asked): void {
    this.#entries.set(asked.id, { ...asked, money: { kind: 'held' }, isOpen: true });
  }

  became(id: JobId, money: Money | null, isOpen: boolean): void {
    const entry = this.#of(id);
    entry.money = money ?? entry.money;
    entry.isOpen = isOpen;
  }

  moneyOf(id: JobId): Money {
    return this.#of(id).money;
  }

  isOpen(id: JobId): boolean {
    return this.#of(id).isOpen;
  }

  /** Known for good: nothing moves it any more. */
  isClosed(id: JobId): boolean {
    const { kind } = this.moneyOf(id);
    return kind === 'charged' || kind === 'given back';
  }

  /** Held, charged and maybe, as the books must have them. */
  sumsOf(id: JobId): readonly [held: number, charged: number, maybe: number] {
    const { money, priceMicroUsd } = this.#of(id);
    switch (money.kind) {
      case 'held':
        return [priceMicroUsd, 0, 0];
      case 'charged':
        return [0, money.microUsd, 0];
      case 'maybe':
        return [0, 0, priceMicroUsd];
      case 'given back':
        return [0, 0, 0];
      default:
        return money satisfies never;
    }
  }

  /** The only thing its member may be told of it, once it is known. */
  chargeOf(id: JobId): Charge {
    const { money, priceMicroUsd } = this.#of(id);
    switch (money.kind) {
      case 'charged':
        return { kind: 'charged', microUsd: money.microUsd };
      case 'maybe':
        return { kind: 'may have been charged', microUsd: priceMicroUsd };
      case 'held':
      case 'given back':
        return { kind: 'not charged' };
      default:
        return money satisfies never;
    }
  }

  /** What counts against a limit at a time. */
  spent(scope: Scope, of: string | null, period: Limit['period'], at: number): Spent {
    const theirs = [...this.#entries.values()].filter((entry) => isOf(entry, scope, of));
    if (period === 'at once') {
      return { microUsd: 0, videos: theirs.filter(({ isOpen }) => isOpen).length };
    }
    const counting = theirs.filter(
      ({ money, askedAt }) =>
        money.kind !== 'given back' &&
        (scope === 'bot' || money.kind !== 'maybe' || money.counts) &&
        this.#nameOf(period, askedAt) === this.#nameOf(period, at),
    );
    return {
      microUsd: counting.reduce((sum, { id }) => sum + total(this.sumsOf(id)), 0),
      videos: counting.length,
    };
  }

  /** The limits that one more video would break, each with what is used of it. */
  broken(asked: Omit<Asked, 'id'>): (Pick<LimitCheck, 'scope' | 'of' | 'period'> & Spent)[] {
    return this.holdingFor(asked).flatMap(({ scope, of, limit }) => {
      const { period, maxMicroUsd, maxVideos } = limit;
      const spent = this.spent(scope, of, period, asked.askedAt);
      const isBroken =
        (maxMicroUsd !== null && spent.microUsd + asked.priceMicroUsd > maxMicroUsd) ||
        (maxVideos !== null && spent.videos + 1 > maxVideos);
      return isBroken ? [{ scope, of, period, ...spent }] : [];
    });
  }

  /** The limit of one in place of that of each, and of a stranger beside that. */
  holdingFor({ userId, channelId, guildId }: Pick<Asked, 'userId' | 'channelId' | 'guildId'>) {
    const whose = { member: userId, channel: channelId, server: guildId, bot: null } as const;
    return (['day', 'month', 'at once'] as const).flatMap((period) => {
      const holding = (['member', 'channel', 'server', 'bot'] as const).flatMap((scope) => {
        const of = whose[scope];
        if (of === null && scope !== 'bot') return [];
        const limit =
          this.limits.get(`${scope} ${of} ${period}`) ?? this.limits.get(`${scope}  ${period}`);
        return limit === undefined ? [] : [{ scope, of, limit }];
      });
      const stranger = this.limits.get(`stranger  ${period}`);
      const isTheirs = guildId === null && !this.limits.has(`member ${userId} ${period}`);
      if (stranger === undefined || !isTheirs) return holding;
      return [...holding, { scope: 'member' as const, of: userId, limit: stranger }];
    });
  }

  #of(id: JobId): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new Error(`the oracle knows no job ${id}`);
    return entry;
  }

  /** `2026-11-10`, or `2026-11`. */
  #nameOf(period: Period, at: number): string {
    return this.#wall.format(at).slice(0, period === 'day' ? 10 : 7);
  }
}

function nameOf({ scope, of, period }: Limit): string {
  return `${scope} ${of ?? ''} ${period}`;
}

function isOf({ userId, channelId, guildId }: Asked, scope: Scope, of: string | null): boolean {
  const whose = { member: userId, channel: channelId, server: guildId, bot: of };
  return whose[scope] === of && (of !== null || scope === 'bot');
}

function total(sums: readonly number[]): number {
  return sums.reduce((sum, part) => sum + part, 0);
}

/** Without a server it is a direct message. */
export function placeOf(guildId: string | null): 'server' | 'dm' {
  return guildId === null ? 'dm' : 'server';
}
