/**
 * Environment → frozen Config, every mistake at once, in words and without a secret. The only
 * file that reads the environment (`main.ts` hands it over).
 */
import { delimiter, isAbsolute } from 'node:path';
import { z } from 'zod';
import {
  baseAddress,
  list,
  number,
  oneOf,
  path,
  proxyAddress,
  proxyKey,
  secret,
  shownAddress,
  timeZone,
  trimmed,
  usd,
  userIds,
  webAddress,
  wholeNumber,
} from './config/kinds.ts';
import { limitsFrom } from './config/limits.ts';
import { type LimitName, limitNames, misspelt, names } from './config/variables.ts';
import type { Model } from './jobs/model.ts';
import type { Limit } from './jobs/money/spending.ts';
import { defaultRules, type Rules } from './jobs/rules.ts';
import { loadCatalogue } from './litellm/catalogue.ts';
import type { TagStyle } from './litellm/proxyTags.ts';

export interface Config {
  readonly discord: { readonly token: string; readonly apiUrl: string | null };
  readonly litellm: { readonly base: string; readonly key: string };
  /** How the proxy's own log is told whose a call is. */
  readonly proxyTags: TagStyle;
  /** The first is the default. */
  readonly models: readonly Model[];
  readonly adminUserIds: readonly string[];
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Between being told to stop and the end of the process, at most. */
  readonly stopWithinMs: number;
  /** Null: no ops server. */
  readonly ops: { readonly host: string; readonly port: number } | null;
  readonly publicUrl: string | null;
  /** Where ffmpeg is looked for; null: it is not wanted. */
  readonly ffmpeg: { readonly program: string; readonly searchIn: readonly string[] } | null;
  /** Where members read what is kept of them; null where the operator has no such page. */
  readonly privacyUrl: string | null;
  /** Daily copies of the database; 0: none are made. */
  readonly backupsKept: number;
  /** IANA's name: where days and months begin. */
  readonly timeZone: string;
  readonly limits: readonly Limit[];
  /** Above it a video is made only after a second press; null: none is wanted. */
  readonly confirmAboveMicroUsd: number | null;
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

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** However short videos are kept, one that waits for its member is not gone overnight. */
const KEEP_UNDELIVERED_AT_LEAST_MS = 7 * day;

const schema = z.object({
  DISCORD_TOKEN: secret(
    'the bot token, from https://discord.com/developers/applications, your application, Bot',
  ),
  DISCORD_API_URL: webAddress.optional(),
  LITELLM_BASE_URL: proxyAddress.default('http://localhost:4000'),
  LITELLM_API_KEY: proxyKey.default('anything'),
  PROXY_TAGS: oneOf(['hashed', 'plain', 'off'] as const).default('hashed'),
  VIDEO_MODELS: list.optional(),
  VIDEO_MODELS_FILE: trimmed.optional(),
  ADMIN_USER_IDS: userIds.default([]),
  DATA_DIR: path.default('./data'),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  // Docker gives 10 s between SIGTERM and SIGKILL.
  STOP_WITHIN_SECONDS: number('a number of seconds', 5, 600).default(8),
  OPS_HOST: trimmed.default('127.0.0.1'),
  OPS_PORT: wholeNumber('a port number', 0, 65_535).default(9464),
  PUBLIC_URL: baseAddress.optional(),
  PRIVACY_URL: shownAddress.optional(),
  LINK_HOURS: number('a number of hours', 0.1, 8_760).default(24),
  FFMPEG_PATH: path.default('ffmpeg'),
  KEEP_VIDEOS_DAYS: days().default(defaultRules.keepVideosMs / day),
  KEEP_PROMPTS_DAYS: days().default(defaultRules.keepPromptsMs / day),
  BACKUPS_KEPT: wholeNumber('a whole number of backups', 0, 1_000).default(7),
  POLLS_PER_SECOND: number('a number', 0.1, 100).default(defaultRules.looksPerSecond),
  POLL_STYLE: oneOf(['keen', 'calm'] as const).default(defaultRules.looks),
  MAX_RUNNING_VIDEOS: wholeNumber('a whole number', 1, 100_000).default(defaultRules.maxRunning),
  QUEUE_MAX_MINUTES: minutes(1, 10_080).default(defaultRules.queueForMs / minute),
  GENERATE_MAX_MINUTES: minutes(20, 2_640).default(defaultRules.generateForMs / minute),
  CHANGE_WITHIN_DAYS: number('a number of days', 0, 55).default(defaultRules.clipsKeptForMs / day),
  MIN_FREE_DISK_MB: wholeNumber('a whole number of megabytes', 0, 10_000_000).default(
    Math.round(defaultRules.minFreeBytes / 2 ** 20),
  ),
  PICTURE_MAX_MB: wholeNumber('a whole number of megabytes', 1, 100).default(
    Math.round(defaultRules.maxPictureBytes / 2 ** 20),
  ),
  TIME_ZONE: timeZone.default('UTC'),
  CONFIRM_ABOVE_USD: usd.optional(),
  ...limitSettings(),
});

function days() {
  return number('a number of days', 0, 36_500);
}

function minutes(min: number, max: number) {
  return number('a number of minutes', min, max);
}

function limitSettings() {
  const videos = wholeNumber('a whole number of videos', 0, 1_000_000);
  const settings = limitNames.map((name) => [
    name,
    (name.endsWith('_USD') ? usd : videos).optional(),
  ]);
  return Object.fromEntries(settings) as Record<LimitName, z.ZodOptional<typeof usd>>;
}

/** @throws ConfigProblem with every mistake at once */
export function readConfig(environment: Environment): Config {
  const given = asMeant(environment);
  const mistakes = misspelt(Object.keys(given)).map(
    ({ name, hint }) => `${name} is not a setting of this bot${hint === null ? '.' : `; ${hint}`}`,
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    mistakes.push(
      ...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
    );
  }
  const catalogue = loadCatalogue({
    ids: given.VIDEO_MODELS === undefined ? null : list.parse(given.VIDEO_MODELS),
    file: given.VIDEO_MODELS_FILE?.trim() ?? null,
  });
  if ('mistakes' in catalogue) mistakes.push(...catalogue.mistakes.map(aboutModels));
  if (!parsed.success || 'mistakes' in catalogue || mistakes.length > 0) {
    throw new ConfigProblem(mistakes);
  }
  const read = parsed.data;
  return deepFreeze({
    discord: { token: read.DISCORD_TOKEN, apiUrl: read.DISCORD_API_URL ?? null },
    litellm: { base: read.LITELLM_BASE_URL, key: read.LITELLM_API_KEY },
    proxyTags: read.PROXY_TAGS,
    models: catalogue.models,
    adminUserIds: read.ADMIN_USER_IDS,
    dataDir: read.DATA_DIR,
    logLevel: read.LOG_LEVEL,
    stopWithinMs: read.STOP_WITHIN_SECONDS * 1_000,
    ops: read.OPS_PORT === 0 ? null : { host: read.OPS_HOST, port: read.OPS_PORT },
    publicUrl: read.PUBLIC_URL ?? null,
    ffmpeg:
      read.FFMPEG_PATH.toLowerCase() === 'off'
        ? null
        : { program: read.FFMPEG_PATH, searchIn: searchedFolders(given.PATH) },
    privacyUrl: read.PRIVACY_URL ?? null,
    backupsKept: read.BACKUPS_KEPT,
    timeZone: read.TIME_ZONE,
    limits: limitsFrom(read),
    confirmAboveMicroUsd: read.CONFIRM_ABOVE_USD ?? null,
    rules: {
      ...defaultRules,
      looksPerSecond: read.POLLS_PER_SECOND,
      looks: read.POLL_STYLE,
      maxRunning: read.MAX_RUNNING_VIDEOS,
      queueForMs: read.QUEUE_MAX_MINUTES * minute,
      generateForMs: read.GENERATE_MAX_MINUTES * minute,
      clipsKeptForMs: read.CHANGE_WITHIN_DAYS * day,
      minFreeBytes: read.MIN_FREE_DISK_MB * 2 ** 20,
      keepVideosMs: read.KEEP_VIDEOS_DAYS * day,
      keepUndeliveredMs: Math.max(read.KEEP_VIDEOS_DAYS * day, KEEP_UNDELIVERED_AT_LEAST_MS),
      keepPromptsMs: read.KEEP_PROMPTS_DAYS * day,
      linksLiveMs: read.LINK_HOURS * hour,
      maxPictureBytes: read.PICTURE_MAX_MB * 2 ** 20,
    },
  });
}

/** The catalogue names the setting where it speaks of the file, and leaves out the full stop. */
function aboutModels(mistake: string): string {
  const named = mistake.startsWith('VIDEO_MODELS')
    ? mistake
    : `${mistake.startsWith('unknown model') ? 'VIDEO_MODELS' : 'VIDEO_MODELS_FILE'}: ${mistake}`;
  return /[.?]$/.test(named) ? named : `${named}.`;
}

function searchedFolders(path: string | undefined): string[] {
  return (path ?? '').split(delimiter).filter(isAbsolute);
}

/**
 * `NAME=` and `NAME=  ` in a file mean "not set", not zero. Quotes around a whole value are of a file:
 * `docker run --env-file` hands them on, where others take them off.
 */
function asMeant(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment)
      .map(([name, value = '']): [string, string] => [
        name,
        names.includes(name) ? value.trim().replace(/^(["'])(.*)\1$/s, '$2') : value,
      ])
      .filter(([, value]) => value.trim() !== ''),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
