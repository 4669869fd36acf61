/** Months and days as people type them, as the times between which they lie. */
import { periodAround } from './spending.ts';

export interface Between {
  readonly sinceAt: number;
  readonly untilAt: number;
}

const DAY_MS = 86_400_000;

/** `2026-11`; null where that is no month. */
export function monthNamed(text: string): Between | null {
  const found = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text);
  if (found === null) return null;
  return periodAround('month', Date.UTC(Number(found[1]), Number(found[2]) - 1, 15, 12));
}

/** `2026-11-05`; null where there is no such day. */
export function dayNamed(text: string): Between | null {
  const found = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return null;
  const [year, month, date] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const noon = Date.UTC(year, month - 1, date, 12);
  if (new Date(noon).toISOString().slice(0, 10) !== text) return null;
  return periodAround('day', noon);
}

/** `2026-11`, of the month that holds this time. */
export function monthName(at: number): string {
  const { sinceAt, untilAt } = periodAround('month', at);
  return new Date((sinceAt + untilAt) / 2).toISOString().slice(0, 7);
}

/** The last so many months' names, this one first. */
export function lastMonths(now: number, count: number): string[] {
  const names: string[] = [];
  for (let at = now; names.length < count; at = periodAround('month', at).sinceAt - DAY_MS) {
    names.push(monthName(at));
  }
  return names;
}
