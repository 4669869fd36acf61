/** What a button under a list of jobs says: which page of which jobs. */

import type { Listed } from '../../jobs/ports/store.ts';
import { states } from '../../jobs/states.ts';

const ANY = 'any';

export const jobsPageForm = new RegExp(
  `^\\d{1,4}-(?:${[...states, ANY].join('|')})-(?:\\d{1,20}|${ANY})-(?:\\d{1,20}|${ANY})$`,
);

/** `3-failed-1000000000000000001-any`: page, state, member, server. */
export function jobsPageId(page: number, { state, userId, guildId }: Listed): string {
  return [page, state ?? ANY, userId ?? ANY, guildId ?? ANY].join('-');
}

/** @param id in the form above */
export function readJobsPage(id: string): { readonly page: number; readonly which: Listed } {
  const [page = '0', state, userId, guildId] = id.split('-');
  const orNull = (part: string | undefined) => (part === undefined || part === ANY ? null : part);
  return {
    page: Number(page),
    which: {
      state: states.find((one) => one === state) ?? null,
      userId: orNull(userId),
      guildId: orNull(guildId),
    },
  };
}
