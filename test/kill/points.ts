/** From one run that nothing kills: the points to kill at. */
import type { LogLine } from '../life/bot.ts';

/** E.g. `store.apply#3:after`. */
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
  const moments = new Map<string, { readonly point: Point; readonly kind: unknown }>();
  let begun = 0;
  let ended = 0;
  for (const { level, msg, kind, when } of lines) {
    if (level !== 'call') continue;
    if (kind === 'effect' && when === 'after') ended += 1;
    const point = `${msg}:${String(when)}`;
    const moment = `${begun} ${ended}`;
    // How often is read depends on chance; calls with an effect come in the same order each time.
    const known = moments.get(moment);
    if (known === undefined || (known.kind === 'read' && kind === 'effect')) {
      moments.set(moment, { point, kind });
    }
    all.push(point);
    if (kind === 'effect' && when === 'before') begun += 1;
  }
  return { all, moments: [...moments.values()].map(({ point }) => point) };
}
