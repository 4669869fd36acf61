/** The limits that hold until an admin changes them, from their settings. */
import type { Limit, Period } from '../jobs/money/spending.ts';
import type { LimitName } from './variables.ts';

/** Whole videos, or micro-dollars where the name ends in `_USD`. */
export type LimitSettings = Readonly<Partial<Record<LimitName, number | undefined>>>;

const scopes = ['bot', 'server', 'channel', 'member', 'stranger'] as const;
const periods = ['day', 'month'] as const satisfies readonly Period[];

/** What a fresh bot may spend a day until its operator sets a ceiling for the bot. */
const UNSET_BOT_DAY_MICRO_USD = 10_000_000;
/** And each stranger, so that nobody uses that up who came by without a server. */
const UNSET_STRANGER_DAY_MICRO_USD = 1_000_000;

export function limitsFrom(settings: LimitSettings): Limit[] {
  const isSet = (scope: 'BOT' | 'STRANGER') =>
    settings[`LIMIT_${scope}_DAY_USD`] !== undefined ||
    settings[`LIMIT_${scope}_MONTH_USD`] !== undefined;
  const read: LimitSettings = {
    ...settings,
    ...(!isSet('BOT') && { LIMIT_BOT_DAY_USD: UNSET_BOT_DAY_MICRO_USD }),
    ...(!isSet('STRANGER') && { LIMIT_STRANGER_DAY_USD: UNSET_STRANGER_DAY_MICRO_USD }),
  };
  return scopes
    .flatMap((scope) =>
      periods.map((period): Limit => {
        const name = `LIMIT_${upper(scope)}_${upper(period)}` as const;
        return {
          scope,
          period,
          maxMicroUsd: read[`${name}_USD`] ?? null,
          maxVideos: read[`${name}_VIDEOS`] ?? null,
        };
      }),
    )
    .filter(({ maxMicroUsd, maxVideos }) => maxMicroUsd !== null || maxVideos !== null);
}

function upper<T extends string>(word: T): Uppercase<T> {
  return word.toUpperCase() as Uppercase<T>;
}
