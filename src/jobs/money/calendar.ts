/**
 * Where days and months begin: at midnight of one time zone. Nothing else works it out, so that a
 * limit, a sum, a picture and a file mean the same day.
 */

import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import type { Period } from './spending.ts';

/** Wall times in ms; the second is not part of it. */
export interface Between {
  readonly sinceAt: number;
  readonly untilAt: number;
}

/** The zone of before, and until when it was set. */
interface Before {
  readonly calendar: Calendar;
  readonly changedAt: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** No clock anywhere is further ahead of UTC, or behind it; with an hour to spare. */
const MOST_AHEAD_MS = 15 * HOUR_MS;
const MOST_BEHIND_MS = 13 * HOUR_MS;
const MEMORY = 'time zones';
const MOST_REMEMBERED = 20;

export class Calendar {
  /** IANA's name. */
  readonly zone: string;
  readonly #local: Intl.DateTimeFormat;
  readonly #before: Before | null;
  /** The last answers: they are asked for at every request, and hold for a day or a month. */
  readonly #around = new Map<Period, Between>();
  readonly #turning = new Map<Period, Between>();

  /** @throws RangeError where there is no such zone */
  constructor(zone: string, before: Before | null = null) {
    this.zone = zone;
    this.#before = before;
    this.#local = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    });
  }

  /** The day or month of this zone that holds a moment. A day can have 23 or 25 hours. */
  around(period: Period, at: number): Between {
    const last = this.#around.get(period);
    if (last !== undefined && last.sinceAt <= at && at < last.untilAt) return last;
    const found = this.#find(period, at);
    this.#around.set(period, found);
    return found;
  }

  /**
   * What counts together against a limit at a moment: the same, except where the zone was changed in
   * it. Then it goes from where it began before to the next midnight of this zone, so that what was
   * spent in it is neither forgotten nor counted in two of them.
   */
  counted(period: Period, at: number): Between {
    if (this.#before === null) return this.around(period, at);
    const turning = this.#turningOf(period, this.#before);
    if (at < turning.sinceAt) return this.#before.calendar.counted(period, at);
    return at < turning.untilAt ? turning : this.around(period, at);
  }

  /** When a date of this zone begins; the date may be the 32nd, which is the next month's first. */
  beginning(year: number, month: number, date: number): number {
    return this.#beginning(Date.UTC(year, month - 1, date));
  }

  /** `2026-11-05`, what the calendar on the wall shows there. */
  dateOf(at: number): string {
    return new Date(this.#dateOf(at)).toISOString().slice(0, 10);
  }

  #turningOf(period: Period, { calendar, changedAt }: Before): Between {
    const known = this.#turning.get(period) ?? {
      sinceAt: calendar.counted(period, changedAt).sinceAt,
      untilAt: this.around(period, changedAt).untilAt,
    };
    this.#turning.set(period, known);
    return known;
  }

  #find(period: Period, at: number): Between {
    const date = new Date(this.#dateOf(at));
    const first = (step: number) => {
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      return this.#beginning(
        period === 'day'
          ? Date.UTC(year, month, date.getUTCDate() + step)
          : Date.UTC(year, month + step, 1),
      );
    };
    const [sinceAt, untilAt] = [first(0), first(1)];
    // Clocks set back over midnight show a date twice: the day before ends with the first midnight.
    if (at >= untilAt) return { sinceAt: untilAt, untilAt: first(2) };
    return at < sinceAt ? { sinceAt: first(-1), untilAt: sinceAt } : { sinceAt, untilAt };
  }

  /**
   * The first moment that has this date or a later one: where clocks are set forward at midnight
   * there is no 00:00, and once there was a date that an island left out.
   *
   * @param date its midnight, were it UTC's
   */
  #beginning(date: number): number {
    let [before, after] = [date - MOST_AHEAD_MS, date + MOST_BEHIND_MS];
    while (after - before > MINUTE_MS) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
      if (this.#dateOf(middle) < date) before = middle;
      else after = middle;
    }
    return after;
  }

  /** The date there, as its midnight were it UTC's. */
  #dateOf(at: number): number {
    const parts = this.#local.formatToParts(at);
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day'));
  }
}

/**
 * The calendar of a zone, with the zones that were set before it. Until one is set it is UTC.
 *
 * @param now wall time in ms
 */
export async function calendarOver(
  zone: string,
  now: number,
  store: Pick<JobStore, 'recall' | 'remember'>,
): Promise<Calendar> {
  const kept = await store.recall(MEMORY);
  const known: readonly Remembered[] =
    kept === null ? [{ zone: 'UTC', setAt: 0 }] : JSON.parse(kept);
  const isSame = known.at(-1)?.zone === zone;
  const zones = isSame ? known : [...known, { zone, setAt: now }].slice(-MOST_REMEMBERED);
  if (!isSame) {
    try {
      await store.remember(MEMORY, JSON.stringify(zones));
    } catch (error) {
      // A full disk is waited for once the bot runs; the next start notes the change.
      if (!(error instanceof StorageFull)) throw error;
    }
  }
  const [oldest, ...later] = zones;
  return later.reduce(
    // A clock that was wrong when a zone was set must not put it off.
    (calendar, { zone, setAt }) =>
      new Calendar(zone, { calendar, changedAt: Math.min(setAt, now) }),
    new Calendar(oldest?.zone ?? zone),
  );
}

interface Remembered {
  readonly zone: string;
  /** Wall time in ms. */
  readonly setAt: number;
}
