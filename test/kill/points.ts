/** From one run that nothing kills: the points to kill at. */
import type { LogLine } from '../life/bot.ts';

/** E.g. `store.apply#3:after`; see main.ts. */
export type Point = string;

export interface Points {
  /** Before and after every call. */
  readonly all: readonly Point[];
  /**
   * One of each moment. After one call and before the next, or at a call that only reads, a killed
   * process leaves the same behind: what has had its effect, and what is on its way.
   */
  readonly moments: readonly Point[];
}

export function pointsOf(lines: readonly LogLine[]): Points {
  const all: Point[] = [];
  const moments = new Map<string, Point>();
  let begun = 0;
  let ended = 0;
  let underWay: string | null = null;
  for (const { level, msg, kind, when } of lines) {
    if (level !== 'call') continue;
    const point = `${msg}:${String(when)}`;
    all.push(point);
    if (kind === 'effect' && when === 'after') ended += 1;
    const moment = `${begun} ${ended}`;
    if (kind === 'effect') moments.set(moment, moments.get(moment) ?? point);
    // How often is read depends on chance, so that moment is named after what is on its way.
    else if (underWay !== null) moments.set(moment, moments.get(moment) ?? `${underWay}:during`);
    if (kind === 'effect' && when === 'before') begun += 1;
    if (kind === 'effect') underWay = when === 'before' ? msg : null;
  }
  return { all, moments: [...moments.values()] };
}
