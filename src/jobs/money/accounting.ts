/** What admins are told of the money: sums with their limits, and the accounts line by line. */

import type { MicroUsd } from '../model.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/store.ts';
import { type AccountLine, type AccountsAsked, accountLines } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import type { Limit } from './spending.ts';
import { type Sums, sumUp } from './sums.ts';

export interface SpendingReport extends Sums {
  /** Wall time in ms. */
  readonly now: number;
  /** Whose days they are. */
  readonly timeZone: string;
  /** Whose; null: the whole bot's. */
  readonly guildId: string | null;
  /** The limits in money of the whole bot or of this server; null: none. */
  readonly dayLimitMicroUsd: MicroUsd | null;
  readonly monthLimitMicroUsd: MicroUsd | null;
}

export interface Accounting {
  /** Where its days and months begin. */
  readonly calendar: Calendar;
  /** Today, this month and the last 30 days. Reads all of them: up to a second or two where they are many. */
  report(guildId: string | null): Promise<SpendingReport>;
  /** The longest ago first; the database is free for others between its pages. */
  lines(asked: AccountsAsked): AsyncIterable<AccountLine>;
}

export interface AccountingParts {
  readonly store: Pick<JobStore, 'accounts'>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly calendar: Calendar;
  readonly limits: () => readonly Limit[];
}

/** In the picture. */
const DAYS = 30;

export function createAccounting(parts: AccountingParts): Accounting {
  const { store, clock, calendar, limits } = parts;
  return {
    calendar,
    async report(guildId) {
      const now = clock.wall();
      const days = lastDays(now, calendar);
      const { sinceAt: monthAt, untilAt } = calendar.around('month', now);
      const sinceAt = Math.min(monthAt, days[0] ?? now);
      const lines = accountLines(store, { sinceAt, untilAt, guildId });
      const sums = await sumUp(lines, { days, monthAt });
      const scope = guildId === null ? 'bot' : 'server';
      const limit = (period: Limit['period']) =>
        limits().find(
          (one) =>
            one.scope === scope &&
            one.period === period &&
            one.within === undefined &&
            (one.of === undefined || one.of === guildId),
        )?.maxMicroUsd ?? null;
      return {
        ...{ ...sums, now, guildId, timeZone: calendar.zone },
        ...{ dayLimitMicroUsd: limit('day'), monthLimitMicroUsd: limit('month') },
      };
    },
    lines: (asked) => accountLines(store, asked),
  };
}

/** Their beginnings, today's last. A day can have 23 or 25 hours. */
function lastDays(now: number, calendar: Calendar): number[] {
  const days = [calendar.around('day', now).sinceAt];
  while (days.length < DAYS) days.unshift(calendar.around('day', (days[0] ?? now) - 1).sinceAt);
  return days;
}
