/** From one run that nothing kills: the points to kill at. */
import type { LogLine } from '../life/bot.ts';

/** E.g. `store.apply#3:after`. */
export type Point = string;

/**
 * Before and after every call that has an effect. Of the calls that only read, one of each moment:
 * between the same two beginnings and ends of others, a process that dies at one read leaves behind
 * what it leaves at the next.
 */
export function pointsOf(lines: readonly LogLine[]): Point[] {
  const points: Point[] = [];
  let sawRead = false;
  for (const { level, msg, kind, when } of lines) {
    if (level !== 'call') continue;
    if (kind === 'effect') {
      points.push(`${msg}:${String(when)}`);
      sawRead = false;
    } else if (!sawRead) {
      points.push(`${msg}:${String(when)}`);
      sawRead = true;
    }
  }
  return points;
}
