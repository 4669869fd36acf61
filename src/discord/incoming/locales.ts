/** A direct message does not say which language its author reads; what they used before does. */
import type { Actions } from '../../jobs/actions.ts';

export type LocaleOf = (userId: string) => Promise<string>;

/** Discord's locale of the member's newest video; empty where nothing is known, or all was deleted. */
export function createLocaleOf(actions: Pick<Actions, 'mine'>): LocaleOf {
  return async (userId) => {
    const { entries } = await actions.mine(userId, 0);
    const newest = entries.toSorted((a, b) => b.job.askedAt - a.job.askedAt);
    return newest.map(({ job }) => job.requester.locale).find((locale) => locale !== '') ?? '';
  };
}
