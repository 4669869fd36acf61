/** The names this bot reads, and the near name for a misspelt one. */
import { distance } from 'fastest-levenshtein';

const scopes = ['BOT', 'SERVER', 'CHANNEL', 'MEMBER', 'STRANGER'] as const;
const periods = ['DAY', 'MONTH'] as const;

export type LimitName =
  `LIMIT_${(typeof scopes)[number]}_${(typeof periods)[number]}_${'USD' | 'VIDEOS'}`;

export const limitNames: readonly LimitName[] = scopes.flatMap((scope) =>
  periods.flatMap((period): LimitName[] => [
    `LIMIT_${scope}_${period}_USD`,
    `LIMIT_${scope}_${period}_VIDEOS`,
  ]),
);

export const names: readonly string[] = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'LITELLM_BASE_URL',
  'LITELLM_API_KEY',
  'PROXY_TAGS',
  'VIDEO_MODELS',
  'VIDEO_MODELS_FILE',
  'ADMIN_USER_IDS',
  'DATA_DIR',
  'LOG_LEVEL',
  'STOP_WITHIN_SECONDS',
  'OPS_HOST',
  'OPS_PORT',
  'PUBLIC_URL',
  'PRIVACY_URL',
  'LINK_HOURS',
  'FFMPEG_PATH',
  'KEEP_VIDEOS_DAYS',
  'KEEP_PROMPTS_DAYS',
  'BACKUPS_KEPT',
  'POLLS_PER_SECOND',
  'POLL_STYLE',
  'MAX_RUNNING_VIDEOS',
  'QUEUE_MAX_MINUTES',
  'GENERATE_MAX_MINUTES',
  'MIN_FREE_DISK_MB',
  'PICTURE_MAX_MB',
  'CHANGE_WITHIN_DAYS',
  'TIME_ZONE',
  'CONFIRM_ABOVE_USD',
  ...limitNames,
];

const limitForm = `LIMIT_{${scopes.join('|')}}_{${periods.join('|')}}_{USD|VIDEOS}`;

/** Ours by their beginning: an unknown one is always a mistake, for a limit would not hold. */
const limitLike =
  /^LIMIT_(BOT|SERVER|CHANNEL|MEMBER|STRANGER|USER|GUILD|ROLE|GLOBAL|TOTAL|DAY|DAILY|MONTH)|^LIMIT_.*_(USD|VIDEOS)$|^(BOT|SERVER|CHANNEL|MEMBER|STRANGER|USER|GUILD)_LIMIT_.*_(USD|VIDEOS)$/;
const ours = /^(VIDEO_MODEL|POLLS_PER)/;

/** What others call the same thing; a mistake only where ours is not set beside it. */
const elsewhere: Readonly<Record<string, string>> = {
  DISCORD_BOT_TOKEN: 'DISCORD_TOKEN',
  LITELLM_URL: 'LITELLM_BASE_URL',
  LITELLM_API_URL: 'LITELLM_BASE_URL',
  LITELLM_API_BASE: 'LITELLM_BASE_URL',
  LITELLM_PROXY_URL: 'LITELLM_BASE_URL',
  LITELLM_KEY: 'LITELLM_API_KEY',
  TIMEZONE: 'TIME_ZONE',
  BOT_TOKEN: 'DISCORD_TOKEN',
  ADMIN_IDS: 'ADMIN_USER_IDS',
  DISCORD_ADMIN_IDS: 'ADMIN_USER_IDS',
};

/** Words of other programs within a limit's name, and ours. */
const limitWords: readonly [word: RegExp, ours: string][] = [
  [/_(USER|PERSON)_/, '_MEMBER_'],
  [/_GUILD_/, '_SERVER_'],
  [/_(GLOBAL|TOTAL|ALL)_/, '_BOT_'],
  [/_DAILY_/, '_DAY_'],
  [/_MONTHLY_/, '_MONTH_'],
  [/_(DOLLARS?|COST)$/, '_USD'],
  [/_COUNT$/, '_VIDEOS'],
];

export interface Misspelt {
  readonly name: string;
  /** What was meant, or the form such a name has; null when there is nothing to suggest. */
  readonly hint: string | null;
}

/** Variables that look like ours and are not. */
export function misspelt(given: readonly string[]): Misspelt[] {
  return given
    .filter((name) => !names.includes(name))
    .flatMap((name): Misspelt[] => {
      const meant = elsewhere[name];
      if (meant !== undefined) {
        return given.includes(meant) ? [] : [{ name, hint: `did you mean ${meant}?` }];
      }
      const near = nearest(name);
      if (near !== null) return [{ name, hint: `did you mean ${near}?` }];
      if (limitLike.test(name)) return [{ name, hint: `a limit is named ${limitForm}.` }];
      return ours.test(name) ? [{ name, hint: null }] : [];
    });
}

function nearest(name: string): string | null {
  const upper = limitLike.test(name.toUpperCase())
    ? inOurWords(name.toUpperCase())
    : name.toUpperCase();
  const [near] = names
    .map((known) => ({ known, far: distance(upper, known) }))
    .filter(({ known, far }) => far <= stillNear(known) && sharesBeginning(upper, known))
    .toSorted((a, b) => a.far - b.far);
  return near?.known ?? null;
}

function inOurWords(name: string): string {
  return limitWords.reduce((text, [word, our]) => text.replace(word, our), name);
}

/** The environment is not ours alone: APP_PORT and DNS_HOST are somebody else's. */
function stillNear(known: string): number {
  return known.length < 10 ? 1 : 2;
}

function sharesBeginning(name: string, known: string): boolean {
  return name[0] === known[0];
}
