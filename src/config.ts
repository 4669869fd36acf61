/**
 * Environment → frozen Config, every mistake at once, in words and without a secret. The only
 * file that reads the environment (`main.ts` hands it over).
 */
import { z } from 'zod';
import { limitNames, misspelt } from './config/variables.ts';
import type { Model } from './jobs/model.ts';
import { defaultRules, type Rules } from './jobs/rules.ts';
import type { Limit, Period, Scope } from './jobs/spending.ts';
import { keyMistake, proxyBase } from './litellm/base.ts';
import { loadCatalogue } from './litellm/catalogue.ts';

export interface Config {
  readonly discord: { readonly token: string; readonly apiUrl: string | null };
  readonly litellm: { readonly base: string; readonly key: string };
  /** The first is the default. */
  readonly models: readonly Model[];
  readonly adminUserIds: readonly string[];
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Null: no ops server. */
  readonly ops: { readonly host: string; readonly port: number } | null;
  readonly publicUrl: string | null;
  readonly limits: readonly Limit[];
  readonly rules: Rules;
}

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigProblem extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ConfigProblem';
    this.mistakes = mistakes;
  }
}

/** What a fresh bot may spend a day until its operator sets a limit of his own. */
const UNSET_BOT_DAY_MICRO_USD = 10_000_000;
const MICRO = 1_000_000;
const minute = 60_000;

const trimmed = z.string().trim();

function oneOf<const T extends readonly string[]>(values: T) {
  return trimmed
    .toLowerCase()
    .pipe(z.enum(values, { error: `must be one of ${values.join(', ')}` }));
}

function number(what: string, min: number, max: number) {
  const message = `must be ${what} from ${min} to ${max}`;
  return trimmed
    .regex(/^\d+(\.\d+)?$/, { error: message })
    .transform(Number)
    .pipe(z.number().min(min, { error: message }).max(max, { error: message }));
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return number('a whole number', min, max).refine(Number.isInteger, { error: message });
}

function webAddress(protocols: readonly string[]) {
  return trimmed
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      error: `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    })
    .transform((text) => text.replace(/\/+$/, ''));
}

const base = trimmed.transform((text, context) => {
  const read = proxyBase(text);
  if (read.ok) return read.base;
  context.addIssue({ code: 'custom', message: read.mistake });
  return z.NEVER;
});

const key = trimmed.superRefine((text, context) => {
  const mistake = keyMistake(text);
  if (mistake !== null) context.addIssue({ code: 'custom', message: mistake });
});

const list = trimmed.transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const userIds = list.refine((ids) => ids.every((id) => /^\d{17,20}$/.test(id)), {
  error:
    'must be Discord user ids (17 to 20 digits, comma-separated); in Discord: Settings, Advanced, Developer Mode, then right-click a person, Copy User ID',
});

const usd = number('a sum in US dollars such as 2.50', 0, 1_000_000).transform((dollars) =>
  Math.round(dollars * MICRO),
);

const schema = z.object({
  DISCORD_TOKEN: z
    .string({
      error:
        'is missing: the bot token, from https://discord.com/developers/applications under Bot',
    })
    .trim()
    .regex(/^\S+$/, { error: 'holds blanks; copy the token alone' }),
  DISCORD_API_URL: webAddress(['http:', 'https:']).optional(),
  LITELLM_BASE_URL: base.default('http://localhost:4000'),
  LITELLM_API_KEY: key.default('anything'),
  VIDEO_MODELS: list.optional(),
  VIDEO_MODELS_FILE: trimmed.optional(),
  ADMIN_USER_IDS: userIds.default([]),
  DATA_DIR: trimmed.default('./data'),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  OPS_HOST: trimmed.default('127.0.0.1'),
  OPS_PORT: wholeNumber(0, 65_535).default(9464),
  PUBLIC_URL: webAddress(['https:', 'http:']).optional(),
  POLLS_PER_SECOND: number('a number', 0.1, 100).default(defaultRules.looksPerSecond),
  POLL_STYLE: oneOf(['keen', 'calm'] as const).default(defaultRules.looks),
  MAX_RUNNING_VIDEOS: wholeNumber(1, 100_000).default(defaultRules.maxRunning),
  QUEUE_MAX_MINUTES: number('minutes', 1, 10_080).default(defaultRules.queueForMs / minute),
  GENERATE_MAX_MINUTES: number('minutes', 20, 2_640).default(defaultRules.generateForMs / minute),
  MIN_FREE_DISK_MB: wholeNumber(0, 10_000_000).default(
    Math.round(defaultRules.minFreeBytes / 2 ** 20),
  ),
  ...Object.fromEntries(
    limitNames.map((name) => [
      name,
      (name.endsWith('_USD') ? usd : wholeNumber(0, 1_000_000)).optional(),
    ]),
  ),
});

/** @throws ConfigProblem with every mistake at once */
export function readConfig(environment: Environment): Config {
  const given = withoutEmpty(environment);
  const mistakes = misspelt(Object.keys(given)).map(({ name, near }) =>
    near === null
      ? `${name} is not a setting of this bot.`
      : `${name} is not a setting of this bot; did you mean ${near}?`,
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    mistakes.push(
      ...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    );
  }
  const catalogue = loadCatalogue({
    ids: given.VIDEO_MODELS === undefined ? null : list.parse(given.VIDEO_MODELS),
    file: given.VIDEO_MODELS_FILE ?? null,
  });
  if ('mistakes' in catalogue) mistakes.push(...catalogue.mistakes);
  if (!parsed.success || 'mistakes' in catalogue || mistakes.length > 0) {
    throw new ConfigProblem(mistakes);
  }
  const read = parsed.data;
  return deepFreeze({
    discord: { token: read.DISCORD_TOKEN, apiUrl: read.DISCORD_API_URL ?? null },
    litellm: { base: read.LITELLM_BASE_URL, key: read.LITELLM_API_KEY },
    models: catalogue.models,
    adminUserIds: read.ADMIN_USER_IDS,
    dataDir: read.DATA_DIR,
    logLevel: read.LOG_LEVEL,
    ops: read.OPS_PORT === 0 ? null : { host: read.OPS_HOST, port: read.OPS_PORT },
    publicUrl: read.PUBLIC_URL ?? null,
    limits: limitsFrom(read as Readonly<Record<string, unknown>>),
    rules: {
      ...defaultRules,
      looksPerSecond: read.POLLS_PER_SECOND,
      looks: read.POLL_STYLE,
      maxRunning: read.MAX_RUNNING_VIDEOS,
      queueForMs: read.QUEUE_MAX_MINUTES * minute,
      generateForMs: read.GENERATE_MAX_MINUTES * minute,
      minFreeBytes: read.MIN_FREE_DISK_MB * 2 ** 20,
    },
  });
}

function limitsFrom(read: Readonly<Record<string, unknown>>): Limit[] {
  const limits: Limit[] = [];
  for (const scope of ['bot', 'server', 'channel', 'member'] satisfies Scope[]) {
    for (const period of ['day', 'month'] satisfies Period[]) {
      const name = `LIMIT_${scope.toUpperCase()}_${period.toUpperCase()}`;
      const sum = read[`${name}_USD`];
      const videos = read[`${name}_VIDEOS`];
      if (sum === undefined && videos === undefined) continue;
      limits.push({
        scope,
        period,
        maxMicroUsd: typeof sum === 'number' ? sum : null,
        maxVideos: typeof videos === 'number' ? videos : null,
      });
    }
  }
  const ceiling = limits.some((limit) => limit.scope === 'bot' && limit.maxMicroUsd !== null);
  if (!ceiling) {
    const others = limits.filter((limit) => !(limit.scope === 'bot' && limit.period === 'day'));
    const videos = limits.find((limit) => limit.scope === 'bot' && limit.period === 'day');
    const day: Limit = {
      scope: 'bot',
      period: 'day',
      maxMicroUsd: UNSET_BOT_DAY_MICRO_USD,
      maxVideos: videos?.maxVideos ?? null,
    };
    return [day, ...others];
  }
  return limits;
}

/** `NAME=` and `NAME=  ` in a file mean "not set", not zero. */
function withoutEmpty(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== '',
    ),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
