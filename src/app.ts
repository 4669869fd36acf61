/**
 * The wiring: which part gets which. `openParts` opens what is outside, `createApp` puts the bot
 * together from parts; tests start it with something of their own around one of them.
 */
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { Alarms, createAdminView } from './adminView.ts';
import type { Config } from './config.ts';
import { createDiscord } from './discord/discord.ts';
import { DiscordProblem } from './discord/problem.ts';
import { createReplies } from './discord/replies.ts';
import { createRest, type DiscordRest } from './discord/rest.ts';
import { FolderProblem } from './disk/errors.ts';
import { openFolder } from './disk/folder.ts';
import { lockFolder } from './disk/lock.ts';
import { createVideoFiles } from './disk/videos.ts';
import { createActions } from './jobs/actions.ts';
import { steadyClock } from './jobs/clock.ts';
import { Models } from './jobs/models.ts';
import type { Clock, JobEvent, JobStore, Replies, VideoFiles, VideoService } from './jobs/ports.ts';
import { Runner } from './jobs/runner.ts';
import { askProxy, type ProxyReport } from './litellm/proxy.ts';
import { createVideoService } from './litellm/service.ts';
import { type Log, logDiscordEvent, logJobEvent } from './log.ts';
import { holdExclusively } from './sqlite/lock.ts';
import { DatabaseProblem } from './sqlite/problem.ts';
import { openStore } from './sqlite/store.ts';

/** A start that cannot succeed before the operator changed something: one sentence. */
export class StartProblem extends Error {}

export interface Parts {
  readonly log: Log;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly store: JobStore;
  readonly files: VideoFiles;
  readonly service: VideoService;
  readonly rest: DiscordRest;
  readonly replies: Replies;
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
  const http = {
    ...config.litellm,
    onAnswer: (seen: object) => log.debug(seen, 'proxy answered'),
  };
  const files = createVideoFiles({
    dir: folder,
    onFault: (how) => log.warn({ how }, 'a video file could not be read'),
  });
  const service = createVideoService(http);
  const rest = createRest({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
  });
  return {
    log,
    clock,
    chance: Math.random,
    store,
    files,
    service,
    rest,
    replies: createReplies({ rest, files, memory: store, now: clock.now }),
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

async function openData(config: Config, log: Log, clock: Clock) {
  try {
    const { path, warnings } = await openFolder(config.dataDir);
    for (const warning of warnings) log.warn(warning);
    const lock = lockFolder(path, holdExclusively, clock.wall());
    const store = await openStore({
      path: join(path, 'bot.db'),
      now: clock.now(),
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

export interface App {
  /** Resolves once commands are taken. Paid work goes on before that. @throws StartProblem */
  start(): Promise<void>;
  /** Takes nothing more and lets paid calls finish; nothing depends on it being called. */
  stop(): Promise<void>;
}

export function createApp(config: Config, parts: Parts): App {
  const { log, clock, chance, store, files, service, rest, replies, fatal } = parts;
  const { rules } = config;
  const alarms = new Alarms(clock);
  const observe = (event: JobEvent): void => {
    logJobEvent(log, event);
    alarms.hear(event);
  };
  const models = new Models(config.models, () => void discord.refreshCommands());
  const runner = new Runner({
    store,
    service,
    files,
    replies,
    models,
    rules,
    clock,
    chance,
    observe,
    fatal,
  });
  const limits = (): Config['limits'] => config.limits;
  const actions = createActions({
    store,
    files,
    writer: runner.writer,
    models,
    limits,
    rules,
    clock,
    wake: () => runner.wake(),
  });
  const discord = createDiscord({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
    rest,
    replies,
    actions,
    models: () => models.offered(),
    adminUserIds: config.adminUserIds,
    admin: createAdminView({
      version: packageJson.version,
      store,
      files,
      clock,
      models,
      limits: config.limits,
      alarms,
      proxy: parts.proxy,
    }),
    recall: store.recall,
    remember: store.remember,
    observe: (event) => logDiscordEvent(log, event),
    fatal: (problem) => fatal(new StartProblem(problem.message)),
    now: clock.wall,
    monotonic: clock.monotonic,
  });

  return {
    async start() {
      log.info({ version: packageJson.version, data: config.dataDir }, 'starting');
      await runner.start();
      void parts.proxy().then((report) => tellAboutProxy(log, config, report), fatal);
      try {
        await discord.start();
        await discord.refreshCommands();
      } catch (error) {
        if (error instanceof DiscordProblem) throw new StartProblem(error.message);
        throw error;
      }
      log.info({ invite: discord.inviteLink() }, 'ready');
    },
    async stop() {
      await Promise.all([discord.stop(), runner.stop()]);
      await parts.close();
    },
  };
}

function tellAboutProxy(log: Log, config: Config, report: ProxyReport): void {
  const { version, offered, problem } = report;
  if (problem !== null) {
    log.warn({ proxy: config.litellm.base }, problem);
    return;
  }
  const wanted = config.models.map((model) => model.id);
  log.info({ proxy: config.litellm.base, version, models: wanted }, 'the proxy answers');
  const missing = offered === null ? [] : wanted.filter((id) => !offered.includes(id));
  for (const id of missing) log.warn({ model: id }, 'the proxy does not offer this model');
}
