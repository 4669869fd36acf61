/** What `npm run doctor` says of the days of limits. */

import type { Finding } from './finding.ts';
import type { Calendar } from './money/calendar.ts';

/** @param now wall time in ms */
export function checkCalendar(calendar: Pick<Calendar, 'zone' | 'around'>, now: number): Finding {
  const { zone } = calendar;
  const shown = (at: number): string => {
    const inUtc = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return zone === 'UTC' ? inUtc : `${local(at, zone)} (${inUtc})`;
  };
  const [day, month] = [calendar.around('day', now), calendar.around('month', now)];
  const hint = zone === 'UTC' ? '; TIME_ZONE sets another' : '';
  return {
    what: 'time zone',
    verdict: 'ok',
    says: `${zone}${hint}. Limits a day are full again at ${shown(day.untilAt)}, those a month at ${shown(month.untilAt)}.`,
  };
}

/** `2026-11-26 00:00` */
function local(at: number, timeZone: string): string {
  return new Date(at).toLocaleString('sv-SE', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  });
}
