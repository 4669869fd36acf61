/** What is outside of the bot's own work, opened by the settings: disk, database, proxy, Discord. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { createRest, type DiscordRest } from './discord/connection/rest.ts';
import { discordTime } from './discord/connection/time.ts';
import { createFreshLinks } from './discord/incoming/freshLinks.ts';
import { createPictureLinks } from './discord/incoming/pictureLinks.ts';
import { createReplies } from './discord/posting/replies.ts';
import { FolderProblem } from './disk/errors.ts';
import { openFolder } from './disk/folder.ts';
import { lockFolder } from './disk/lock.ts';
import { createPictureFiles } from './disk/pictures/pictures.ts';
import { createShrinker } from './disk/shrink/shrinker.ts';
import { createVideoFiles } from './disk/videos.ts';
import { steadyClock } from './jobs/clock.ts';
import { type Calendar, calendarOver } from './jobs/money/calendar.ts';
import type { Clock } from './jobs/ports/clock.ts';
import type { PictureFiles, PictureLinks, Shrinker, VideoFiles } from './jobs/ports/files.ts';
import type { Replies } from './jobs/ports/replies.ts';
import type { VideoService } from './jobs/ports/service.ts';
import type { JobStore } from './jobs/ports/store.ts';
import type { HttpOptions } from './litellm/http.ts';
import { askProxy, type ProxyReport } from './litellm/proxy.ts';
import { createProxyTags } from './litellm/proxyTags.ts';
import { createVideoService } from './litellm/service.ts';
import type { Log } from './log.ts';
import { HookAddresses, isPrivateWay } from './ops/hookAddress.ts';
import type { Metrics, MetricsParts } from './ops/metrics.ts';
import { newSecret } from './ops/signedPaths.ts';
import { SignedLinks } from './ops/videoLinks.ts';
import { DailyBackups } from './sqlite/dailyBackups.ts';
import { holdExclusively } from './sqlite/lock.ts';
import { DatabaseProblem } from './sqlite/problem.ts';
import { openStore } from './sqlite/store.ts';

/** A start that cannot succeed before the operator changed something: one sentence. */
export class StartProblem extends Error {}

export interface Parts {
  readonly log: Log;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly chance: () => number;
  readonly store: JobStore;
  readonly backups: Pick<DailyBackups, 'start' | 'stop' | 'newestAt'>;
  readonly files: VideoFiles;
  readonly shrinker: Shrinker;
  readonly pictures: PictureFiles;
  readonly links: PictureLinks;
  readonly service: VideoService;
  readonly rest: DiscordRest;
  readonly replies: Replies;
  /** By another clock than ours, in ms; null where nobody tells it now. */
  readonly otherTime: (signal: AbortSignal) => Promise<number | null>;
  /** Where the video service tells that it is done; null where it cannot reach us. */
  readonly hookAddresses: HookAddresses | null;
  /** Where kept videos can be had from outside; null where that cannot be. */
  readonly videoLinks: SignedLinks | null;
  /** Null where nobody can collect them. */
  readonly metrics: Metrics | null;
  /** What the proxy offers; free. */
  readonly proxy: () => Promise<ProxyReport>;
  /** An unknown exception, or something that only the operator can mend: the process has to end. */
  readonly fatal: (error: unknown) => void;
  readonly close: () => Promise<void>;
}

/** @throws StartProblem before anybody outside was contacted */
export async function openParts(
  config: Config,
  { log, fatal }: Pick<Parts, 'log' | 'fatal'>,
): Promise<Parts> {
  const clock = steadyClock();
  const { folder, lock, store } = await openData(config, log, clock);
  const calendar = await calendarOver(config.timeZone, clock.wall(), store);
  const metrics = await metricsOf(config, { store, clock, calendar });
  const http = {
    ...config.litellm,
    now: clock.now,
    onAnswer(seen) {
      log.debug(seen, 'proxy answered');
      metrics?.proxyCall(seen);
    },
    onSilence: ({ what }) => metrics?.proxyCall({ what, status: null }),
  } satisfies HttpOptions & { now: Clock['now'] };
  const files = createVideoFiles({
    dir: folder,
    onFault: (id, how) => log.warn({ job: id, how }, 'a video file could not be read'),
  });
  const wayIn = wayInOf(config, log);
  const hookAddresses =
    wayIn === null ? null : new HookAddresses(wayIn, await secretOf('hook secret', store));
  const videoLinks =
    wayIn === null ? null : new SignedLinks(wayIn, await secretOf('link secret', store));
  const pictures = createPictureFiles({ dir: folder });
  const service = createVideoService({
    ...http,
    readPicture: pictures.read,
    tags: await tagsOf(config, store),
    webhook: (jobId) => hookAddresses?.of(jobId) ?? null,
  });
  const rest = createRest({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
    onAnswer: ({ method, status }) => metrics?.discordCall({ what: method, status }),
  });
  return {
    log,
    clock,
    calendar,
    chance: Math.random,
    store,
    backups: new DailyBackups({
      folder: join(folder, 'backups'),
      kept: config.backupsKept,
      backup: store.backup,
      clock,
      onFault: (error) => log.error({ err: error }, 'the daily backup could not be made'),
    }),
    files,
    shrinker: createShrinker({
      dir: folder,
      where: config.ffmpeg,
      onFound(found) {
        if (found.kind === 'found') log.info({ version: found.ffmpeg.version }, 'ffmpeg is here');
        else log.info({ found: found.kind }, 'large videos are not made smaller: no ffmpeg');
      },
    }),
    pictures,
    links: createPictureLinks({
      apiUrl: config.discord.apiUrl ?? undefined,
      refresh: createFreshLinks(rest),
    }),
    service,
    rest,
    replies: createReplies({ rest, files, memory: store, now: clock.now }),
    otherTime: (signal) => discordTime(rest, signal),
    hookAddresses,
    videoLinks,
    metrics,
    proxy: () => askProxy(http, AbortSignal.timeout(15_000)),
    fatal,
    async close() {
      rest.close();
      await service.close();
      await store.close();
      lock.release();
    },
  };
}

/** The secret is made once and stays: with another one, the proxy's log would begin anew. */
async function tagsOf(
  { proxyTags }: Config,
  store: Pick<JobStore, 'recall' | 'remember'>,
): Promise<ReturnType<typeof createProxyTags>> {
  const key = 'tag secret';
  const known = await store.recall(key);
  const secret = known ?? randomBytes(32).toString('base64url');
  if (known === null) await store.remember(key, secret);
  return createProxyTags(proxyTags, secret);
}

/** Where nobody can collect them, not even their package is loaded: it takes 11 MB. */
async function metricsOf(
  { ops, rules }: Config,
  parts: Pick<MetricsParts, 'store' | 'clock' | 'calendar'>,
): Promise<Metrics | null> {
  if (ops === null) return null;
  const { Metrics } = await import('./ops/metrics.ts');
  return new Metrics({ ...parts, looksPerSecond: rules.looksPerSecond });
}

/** Without a way in from outside everything works by looking, and nothing is given out. */
function wayInOf({ publicUrl, ops }: Config, log: Log): string | null {
  if (publicUrl === null) return null;
  if (ops !== null && isPrivateWay(publicUrl)) return publicUrl;
  const why = ops === null ? 'OPS_PORT is 0' : 'PUBLIC_URL does not begin with https://';
  log.warn(
    `the video service is not asked to tell when a video is done, nor are there links: ${why}`,
  );
  return null;
}

/** Kept where it outlives the process: with another one old addresses are dead. */
async function secretOf(
  key: string,
  store: Pick<JobStore, 'recall' | 'remember'>,
): Promise<string> {
  const known = await store.recall(key);
  const secret = known ?? newSecret();
  if (known === null) await store.remember(key, secret);
  return secret;
}

async function openData(config: Config, log: Log, clock: Clock) {
  try {
    const { path, warnings } = await openFolder(config.dataDir);
    for (const warning of warnings) log.warn(warning);
    const lock = lockFolder(path, holdExclusively, clock.wall());
    const store = await openStore({
      path: join(path, 'bot.db'),
      onUnreadable: (problem) => log.error({ how: problem.message }, 'a job cannot be read'),
    });
    return { folder: path, lock, store };
  } catch (error) {
    if (error instanceof FolderProblem || error instanceof DatabaseProblem) {
      throw new StartProblem(error.message, { cause: error });
    }
    throw error;
  }
}
