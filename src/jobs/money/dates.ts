/** Months and days as people type them, as the times between which they lie. */
import type { Between, Calendar } from './calendar.ts';

/** `2026-11`; null where that is no month. */
export function monthNamed(text: string, calendar: Calendar): Between | null {
  const found = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text);
  if (found === null) return null;
  const [year, month] = [Number(found[1]), Number(found[2])];
  return {
    sinceAt: calendar.beginning(year, month, 1),
    untilAt: calendar.beginning(year, month + 1, 1),
  };
}

/** `2026-11-05`; null where there is no such day. */
export function dayNamed(text: string, calendar: Calendar): Between | null {
  const found = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return null;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) !== text) return null;
  const sinceAt = calendar.beginning(year, month, date);
  const untilAt = calendar.beginning(year, month, date + 1);
  return sinceAt === untilAt ? null : { sinceAt, untilAt };
}

/** `2026-11`, of the month that holds this time. */
export function monthName(at: number, calendar: Calendar): string {
  return calendar.dateOf(at).slice(0, 7);
}

/** The last so many months' names, this one first. */
export function lastMonths(now: number, count: number, calendar: Calendar): string[] {
  const names: string[] = [];
  for (let at = now; names.length < count; at = calendar.around('month', at).sinceAt - 1) {
    names.push(monthName(at, calendar));
  }
  return names;
}
