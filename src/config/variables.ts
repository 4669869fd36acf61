/** The names this bot reads, and the near name for a misspelt one. */
import { distance } from 'fastest-levenshtein';

const scopes = ['BOT', 'SERVER', 'CHANNEL', 'MEMBER'] as const;
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
  'VIDEO_MODELS',
  'VIDEO_MODELS_FILE',
  'ADMIN_USER_IDS',
  'DATA_DIR',
  'LOG_LEVEL',
  'OPS_HOST',
  'OPS_PORT',
  'PUBLIC_URL',
  'POLLS_PER_SECOND',
  'POLL_STYLE',
  'MAX_RUNNING_VIDEOS',
  'QUEUE_MAX_MINUTES',
  'GENERATE_MAX_MINUTES',
  'MIN_FREE_DISK_MB',
  ...limitNames,
];

/** Ours by their beginning: an unknown one is always a mistake, for a limit would not hold. */
const ours =
  /^(LIMIT_(BOT|SERVER|CHANNEL|MEMBER|USER|GUILD|ROLE|DAY|DAILY|MONTH)|VIDEO_MODEL|POLLS_PER)/;
const NEAR = 2;

export interface Misspelt {
  readonly name: string;
  readonly near: string | null;
}

/** Variables that look like ours and are not. */
export function misspelt(given: Iterable<string>): Misspelt[] {
  return [...given]
    .filter((name) => !names.includes(name))
    .map((name) => ({ name, near: nearest(name) }))
    .filter(({ name, near }) => near !== null || ours.test(name));
}

function nearest(name: string): string | null {
  const upper = name.toUpperCase();
  const [near] = names
    .map((known) => ({ known, far: distance(upper, known) }))
    .filter(({ far }) => far <= NEAR)
    .toSorted((a, b) => a.far - b.far);
  return near?.known ?? null;
}
