/** Days and months as the operator's clock on the wall has them; all sums begin and end with them. */

export interface Around {
  readonly sinceAt: number;
  readonly untilAt: number;
}

/** The calendar day in a zone; `month` from 1. */
interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days and months begin at 00:00 in the zone, an IANA name such as `Europe/Berlin`. */
export function periodAround(period: 'day' | 'month', at: number, timeZone = 'UTC'): Around {
  const { year, month, day } = dayOf(at, timeZone);
  return period === 'day'
    ? {
        sinceAt: beginOf(year, month, day, timeZone),
        untilAt: beginOf(year, month, day + 1, timeZone),
      }
    : {
        sinceAt: beginOf(year, month, 1, timeZone),
        untilAt: beginOf(year, month + 1, 1, timeZone),
      };
}

/** Whether it names a zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first moment of a day, which may be written past its month's end. Where clocks are set forward
 * at midnight there is no 00:00: then the day begins with its first hour that exists.
 */
function beginOf(year: number, month: number, day: number, timeZone: string): number {
  const meant = Date.UTC(year, month - 1, day);
  if (timeZone === 'UTC') return meant;
  // The offset of about that time, then of the moment found with it.
  const first = meant - offsetAt(meant, timeZone);
  const found = meant - offsetAt(first, timeZone);
  const wanted = new Date(meant).getUTCDate();
  if (dayOf(found, timeZone).day === wanted) return found;
  return found + HOUR_MS;
}

const HOUR_MS = 3_600_000;

function dayOf(at: number, timeZone: string): CalendarDay {
  const local = new Date(at + offsetAt(at, timeZone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
  };
}

/** What the wall shows there, less UTC, in ms. */
function offsetAt(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - Math.floor(at / 1_000) * 1_000;
}

/** Making one takes longer than asking it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = 'numeric' as const;
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', era: undefined },
    ...{ year: numeric, month: numeric, day: numeric },
    ...{ hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(timeZone, made);
  return made;
}
