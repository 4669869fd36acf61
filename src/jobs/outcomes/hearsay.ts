/** What the service says of paid work, and when it is believed or told to an admin. */

import type { Gone } from '../job.ts';
import type { FetchTrouble, Trouble } from '../reasons.ts';
import type { Context } from './parts.ts';

export function seenGone(gone: Gone, context: Pick<Context, 'now'>): NonNullable<Gone> {
  return gone === null ? { seen: 1, sinceAt: context.now } : { ...gone, seen: gone.seen + 1 };
}

export function isBelieved(gone: NonNullable<Gone>, { now, rules }: Context): boolean {
  return gone.seen >= rules.goneBelievedAfter && now - gone.sinceAt >= rules.goneBelievedForMs;
}

/** What an admin has to mend is said when it begins, not at every look. */
export function alarmOf(trouble: Trouble, before: FetchTrouble | null): { alarm?: string } {
  const isTheirs = trouble === 'set up wrongly' || trouble === 'service budget';
  return isTheirs && trouble !== before ? { alarm: trouble } : {};
}
