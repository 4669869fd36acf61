/** Where days and months begin, in zones with every oddity there is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Between, Calendar, calendarOver } from '../../src/jobs/money/calendar.ts';
import { dayNamed, lastMonths, monthName, monthNamed } from '../../src/jobs/money/dates.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { MemoryStore } from '../simulation/store.ts';
import { NOON } from './samples.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const zones = [
  ...['UTC', 'Europe/Berlin', 'Europe/London', 'Europe/Lisbon', 'Europe/Kyiv', 'Europe/Istanbul'],
  ...['Atlantic/Azores', 'America/New_York', 'America/Los_Angeles', 'America/St_Johns'],
  ...['America/Goose_Bay', 'America/Sao_Paulo', 'America/Santiago', 'America/Asuncion'],
  ...['America/Havana', 'America/Nuuk', 'America/Scoresbysund', 'Africa/Cairo'],
  ...['Africa/Casablanca', 'Asia/Beirut', 'Asia/Tehran', 'Asia/Kolkata', 'Asia/Kathmandu'],
  ...['Asia/Gaza', 'Asia/Amman', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Pacific/Apia'],
  ...['Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Marquesas', 'Antarctica/Troll'],
];
const calendars = zones.map((zone) => new Calendar(zone));
const anyZone = fc.constantFrom(...calendars);
const anyMoment = fc.integer({ min: Date.UTC(2000, 1), max: Date.UTC(2045, 0) });
const anyPeriod = fc.constantFrom('day' as const, 'month' as const);

/** The date that a clock on a wall there shows, by another way than ours. */
const walls = new Map<string, Intl.DateTimeFormat>();
function onTheWall(timeZone: string, at: number): string {
  const wall = walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
  walls.set(timeZone, wall);
  return wall.format(at);
}

function hoursOf({ sinceAt, untilAt }: Between): number {
  return (untilAt - sinceAt) / HOUR_MS;
}

const day = (zone: string, name: string): Between => {
  const found = dayNamed(name, new Calendar(zone));
  assert.ok(found !== null, `${name} in ${zone}`);
  return found;
};

describe('a calendar', () => {
  it('has exactly one day and one month for every moment, one after the other without a gap', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, anyPeriod, (calendar, at, period) => {
        const { sinceAt, untilAt } = calendar.around(period, at);
        assert.ok(sinceAt <= at && at < untilAt);
        for (const within of [sinceAt, untilAt - 1, at]) {
          // A calendar that was asked nothing yet has nothing at hand.
          assert.deepEqual(new Calendar(calendar.zone).around(period, within), {
            sinceAt,
            untilAt,
          });
        }
        assert.equal(calendar.around(period, untilAt).sinceAt, untilAt);
        assert.equal(calendar.around(period, sinceAt - 1).untilAt, sinceAt);
      }),
    );
  });

  it('begins a day at the first moment of its date, and a month on a first', () => {
    fc.assert(
      fc.property(anyZone, anyMoment, (calendar, at) => {
        const { zone } = calendar;
        const { sinceAt, untilAt } = calendar.around('day', at);
        const date = onTheWall(zone, sinceAt);
        assert.equal(calendar.dateOf(sinceAt), date);
        assert.ok(onTheWall(zone, sinceAt - 1) < date);
        assert.ok(onTheWall(zone, untilAt) > date);
        const month = calendar.around('month', at);
        assert.equal(onTheWall(zone, month.sinceAt), `${monthName(month.sinceAt, calendar)}-01`);
        assert.deepEqual(monthNamed(date.slice(0, 7), calendar), calendar.around('month', sinceAt));
        assert.deepEqual(dayNamed(date, calendar), { sinceAt, untilAt });
      }),
    );
  });

  it('says of every moment the date on the wall, and so does its day, where no date comes twice', () => {
    const steady = calendars.filter(({ zone }) => !/St_Johns|Goose_Bay/.test(zone));
    fc.assert(
      fc.property(fc.constantFrom(...steady), anyMoment, (calendar, at) => {
        const { sinceAt } = calendar.around('day', at);
        assert.equal(calendar.dateOf(at), onTheWall(calendar.zone, at));
        assert.equal(calendar.dateOf(sinceAt), calendar.dateOf(at));
      }),
    );
  });

  it('knows days of 23 and 25 hours, of half an hour more, and months that are an hour off', () => {
    assert.equal(hoursOf(day('Europe/Berlin', '2026-03-29')), 23);
    assert.equal(hoursOf(day('Europe/Berlin', '2026-10-25')), 25);
    assert.equal(hoursOf(day('Europe/Berlin', '2026-11-10')), 24);
    assert.equal(hoursOf(day('Australia/Lord_Howe', '2026-04-05')), 24.5);
    assert.equal(hoursOf(day('Australia/Lord_Howe', '2026-10-04')), 23.5);
    const march = monthNamed('2026-03', new Calendar('Europe/Berlin'));
    assert.deepEqual(march, {
      sinceAt: Date.UTC(2026, 1, 28, 23),
      untilAt: Date.UTC(2026, 2, 31, 22),
    });
    assert.equal(day('Asia/Kolkata', '2026-11-10').sinceAt, Date.UTC(2026, 10, 9, 18, 30));
    assert.equal(day('Asia/Kathmandu', '2026-11-10').sinceAt, Date.UTC(2026, 10, 9, 18, 15));
  });

  it('begins a day at 01:00 where there is no midnight', () => {
    assert.deepEqual(day('America/Santiago', '2026-09-06'), {
      sinceAt: Date.UTC(2026, 8, 6, 4),
      untilAt: Date.UTC(2026, 8, 7, 3),
    });
    assert.equal(hoursOf(day('Africa/Cairo', '2026-04-24')), 23);
    assert.equal(day('Africa/Cairo', '2026-04-24').sinceAt, Date.UTC(2026, 3, 23, 22));
    assert.equal(hoursOf(day('Africa/Cairo', '2026-10-29')), 25);
  });

  it('has no day for the date that Samoa left out', () => {
    const samoa = new Calendar('Pacific/Apia');
    assert.equal(dayNamed('2011-12-30', samoa), null);
    const [before, after] = [day('Pacific/Apia', '2011-12-29'), day('Pacific/Apia', '2011-12-31')];
    assert.equal(before.untilAt, after.sinceAt);
    assert.deepEqual([hoursOf(before), hoursOf(after)], [24, 24]);
  });

  it('ends a day once where clocks that go back show midnight twice', () => {
    const calendar = new Calendar('America/St_Johns');
    // 00:01 became 23:01 of the day before.
    const midnightAt = Date.UTC(2010, 10, 7, 2, 30);
    const saturday = calendar.around('day', midnightAt - 1);
    for (const afterwards of [1, 30, 61, 120].map((minutes) => midnightAt + minutes * MINUTE_MS)) {
      const { sinceAt } = calendar.around('day', afterwards);
      assert.equal(sinceAt, saturday.untilAt, String((afterwards - midnightAt) / MINUTE_MS));
    }
  });

  it('goes by its own zone in whatever zone the machine is', () => {
    const before = process.env.TZ;
    try {
      for (const machine of ['Pacific/Kiritimati', 'America/Adak', 'UTC']) {
        process.env.TZ = machine;
        for (const at of [NOON, NOON + 11 * HOUR_MS, NOON - 11 * HOUR_MS]) {
          const sinceAt = Date.UTC(2026, 10, 10);
          const found = new Calendar('UTC').around('day', at);
          assert.deepEqual(found, { sinceAt, untilAt: sinceAt + DAY_MS }, machine);
        }
        const tokyo = new Calendar('Asia/Tokyo').around('day', NOON);
        assert.equal(tokyo.sinceAt, Date.UTC(2026, 10, 9, 15), machine);
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  it('names the last months of its zone', () => {
    const lastHour = Date.UTC(2026, 2, 31, 22, 30);
    const months = (zone: string) => lastMonths(lastHour, 3, new Calendar(zone));
    assert.deepEqual(months('UTC'), ['2026-03', '2026-02', '2026-01']);
    assert.deepEqual(months('Europe/Berlin'), ['2026-04', '2026-03', '2026-02']);
    assert.deepEqual(months('Pacific/Marquesas'), ['2026-03', '2026-02', '2026-01']);
  });
});

describe('a calendar whose zone was changed', () => {
  const restarts = fc.array(fc.tuple(fc.constantFrom(...zones), fc.nat(3 * DAY_MS)), {
    ...{ minLength: 1, maxLength: 5 },
  });

  it('counts every moment in one day and one month, and none ends twice within an old one', async () => {
    await fc.assert(
      fc.asyncProperty(restarts, anyPeriod, async (starts, period) => {
        const store = new MemoryStore();
        let now = NOON;
        let before = await calendarOver('UTC', now, store);
        for (const [zone, laterMs] of starts) {
          now += laterMs;
          const calendar = await calendarOver(zone, now, store);
          const [was, is] = [before.counted(period, now), calendar.counted(period, now)];
          // Nothing spent in what went on is forgotten, and nothing of earlier counts again.
          assert.equal(is.sinceAt, was.sinceAt);
          assert.equal(is.untilAt, calendar.around(period, now).untilAt);
          before = calendar;
        }
        for (let at = now + 3 * DAY_MS; at > NOON - 3 * DAY_MS; ) {
          const { sinceAt, untilAt } = before.counted(period, at);
          assert.ok(sinceAt <= at && at < untilAt);
          assert.deepEqual(before.counted(period, sinceAt), { sinceAt, untilAt });
          assert.equal(before.counted(period, untilAt).sinceAt, untilAt);
          at = sinceAt - 1;
        }
      }),
      { numRuns: 50 },
    );
  });

  it('goes on from where the day began before to the next midnight of the new zone', async () => {
    const store = new MemoryStore();
    await calendarOver('UTC', NOON, store);
    const newYork = await calendarOver('America/New_York', Date.UTC(2026, 10, 10, 2), store);
    const turning = { sinceAt: Date.UTC(2026, 10, 10), untilAt: Date.UTC(2026, 10, 10, 5) };
    assert.deepEqual(newYork.counted('day', Date.UTC(2026, 10, 10, 2)), turning);
    assert.equal(newYork.counted('day', turning.untilAt).untilAt, Date.UTC(2026, 10, 11, 5));
    // Sums and files go by the zone that is set.
    assert.equal(
      newYork.around('day', Date.UTC(2026, 10, 10, 2)).sinceAt,
      Date.UTC(2026, 10, 9, 5),
    );
    const again = await calendarOver('America/New_York', Date.UTC(2026, 10, 10, 4), store);
    assert.deepEqual(again.counted('day', Date.UTC(2026, 10, 10, 3)), turning);
  });

  it('is not put off by a clock that was a year ahead when it was changed', async () => {
    const store = new MemoryStore();
    await calendarOver('Asia/Tokyo', NOON + 365 * DAY_MS, store);
    const calendar = await calendarOver('Asia/Tokyo', NOON, store);
    const { untilAt } = calendar.counted('day', NOON);
    assert.equal(untilAt, Date.UTC(2026, 10, 10, 15));
    assert.deepEqual(calendar.counted('day', untilAt), calendar.around('day', untilAt));
  });

  it('holds on a full disk too, so that the start can wait for room', async () => {
    const store = new MemoryStore();
    const full = {
      recall: (key: string) => store.recall(key),
      remember: () => Promise.reject(new StorageFull('SQLITE_FULL')),
    };
    const calendar = await calendarOver('Asia/Tokyo', NOON, full);
    const kept = await calendarOver('Asia/Tokyo', NOON, store);
    assert.deepEqual(calendar.counted('day', NOON), kept.counted('day', NOON));
  });
});
