/**
 * The wiring: which part gets which. `openParts` opens what is outside, `createApp` puts the bot
 * together from parts; tests start it with something of their own around one of them.
 */
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { Alarms, createAdminView } from './adminView.ts';
import type { Config } from './config.ts';
import { createDiscord } from './discord/discord.ts';
import { createPictureLinks } from './discord/pictureLinks.ts';
import { DiscordProblem } from './discord/problem.ts';
import { createReplies } from './discord/replies.ts';
import { createRest, type DiscordRest } from './discord/rest.ts';
import { FolderProblem } from './disk/errors.ts';
import { openFolder } from './disk/folder.ts';
import { lockFolder } from './disk/lock.ts';
import { createPictureFiles } from './disk/pictures/pictures.ts';
import { createVideoFiles } from './disk/videos.ts';
import { createActions } from './jobs/actions.ts';
import { steadyClock } from './jobs/clock.ts';
import { createForgetting } from './jobs/forgetting.ts';
import { createHints } from './jobs/hints.ts';
import { Models } from './jobs/models.ts';
import { Pause } from './jobs/pause.ts';
import type {
  Clock,
  JobEvent,
  JobStore,
  PictureFiles,
  PictureLinks,
  Replies,
  VideoFiles,
  VideoService,
} from './jobs/ports.ts';
import { Runner } from './jobs/runner.ts';
import { Settings } from './jobs/settings.ts';
import { createSteering } from './jobs/steering.ts';
import { Sweeper } from './jobs/sweeper.ts';
import type { HttpOptions } from './litellm/http.ts';
import { askProxy, type ProxyReport } from './litellm/proxy.ts';
import { createVideoService } from './litellm/service.ts';
import { type Log, logDiscordEvent, logJobEvent } from './log.ts';
import { Health } from './ops/health.ts';
import { HookAddresses, isPrivateWay, newHookSecret } from './ops/hookAddress.ts';
import { createHooks } from './ops/hooks.ts';
import { Metrics } from './ops/metrics.ts';
import { createOps, OpsProblem, type OpsServer } from './ops/server.ts';
import { DailyBackups } from './sqlite/dailyBackups.ts';
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
  readonly backups: Pick<DailyBackups, 'start' | 'stop'>;
  readonly files: VideoFiles;
  readonly pictures: PictureFiles;
  readonly links: PictureLinks;
  readonly service: VideoService;
  readonly rest: DiscordRest;
  readonly replies: Replies;
  /** Where the video service tells that it is done; null where it cannot reach us. */
  readonly hookAddresses: HookAddresses | null;
  readonly metrics: Metrics;
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
  const metrics = new Metrics({ store, clock, looksPerSecond: config.rules.looksPerSecond });
  const http = {
    ...config.litellm,
    now: clock.now,
    onAnswer(seen) {
      log.debug(seen, 'proxy answered');
      metrics.proxyCall(seen);
    },
    onSilence: ({ what }) => metrics.proxyCall({ what, status: null }),
  } satisfies HttpOptions & { now: Clock['now'] };
  const files = createVideoFiles({
    dir: folder,
    onFault: (id, how) => log.warn({ job: id, how }, 'a video file could not be read'),
  });
  const hookAddresses = await hookAddressesOf(config, store, log);
  const pictures = createPictureFiles({ dir: folder });
  const service = createVideoService({
    ...http,
    readPicture: pictures.read,
    webhook: (jobId) => hookAddresses?.of(jobId) ?? null,
  });
  const rest = createRest({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
    onAnswer: ({ method, status }) => metrics.discordCall({ what: method, status }),
  });
  return {
    log,
    clock,
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
    pictures,
    links: createPictureLinks({ apiUrl: config.discord.apiUrl ?? undefined }),
    service,
    rest,
    replies: createReplies({ rest, files, memory: store, now: clock.now }),
    hookAddresses,
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

/** Without a way in from outside everything works by looking. */
async function hookAddressesOf(
  { publicUrl, ops }: Config,
  store: Pick<JobStore, 'recall' | 'remember'>,
  log: Log,
): Promise<HookAddresses | null> {
  if (publicUrl === null) return null;
  if (ops === null || !isPrivateWay(publicUrl)) {
    const why = ops === null ? 'OPS_PORT is 0' : 'PUBLIC_URL does not begin with https://';
    log.warn(`the video service is not asked to tell when a video is done: ${why}`);
    return null;
  }
  const key = 'hook secret';
  const known = await store.recall(key);
  const secret = known ?? newHookSecret();
  if (known === null) await store.remember(key, secret);
  return new HookAddresses(publicUrl, secret);
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

/** Where Discord is away, paid work goes on all the same after so long. */
const CONNECT_FIRST_MS = 1_000;

export interface App {
  /** Resolves once commands are taken. Paid work goes on before that. @throws StartProblem */
  start(): Promise<void>;
  /** Starts nothing paid any more and waits until the answers of paid calls under way are on disk. */
  finishPaying(): Promise<void>;
  /** Takes nothing more and lets paid calls finish; nothing depends on it being called. */
  stop(): Promise<void>;
}

export function createApp(config: Config, parts: Parts): App {
  const { log, clock, chance, store, files, pictures, links } = parts;
  const { service, rest, replies, metrics, fatal } = parts;
  const { rules } = config;
  const alarms = new Alarms(clock);
  const observe = (event: JobEvent): void => {
    logJobEvent(log, event);
    alarms.hear(event);
    metrics.jobEvent(event);
  };
  const models = new Models(config.models, () => void discord.refreshCommands());
  const settings = new Settings(store);
  const pause = new Pause(store);
  const runner = new Runner({
    store,
    service,
    files,
    pictures,
    links,
    replies,
    models,
    rules,
    pause,
    clock,
    chance,
    observe,
    fatal,
  });
  const { writer } = runner;
  const forgetting = createForgetting({ store, files, pictures, writer, clock });
  const sweeper = new Sweeper({
    ...{ store, files, pictures, forgetting, rules, clock, observe, fatal },
  });
  const limits = (): Config['limits'] => config.limits;
  const wake = () => runner.wake();
  const actions = createActions({
    store,
    files,
    writer,
    forgetting,
    models,
    limits,
    rules,
    clock,
    wake,
  });
  const steering = createSteering({ store, writer, pause, clock, wake });
  const discord = createDiscord({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
    rest,
    replies,
    actions,
    steering,
    models: () => models.offered(),
    privacyUrl: config.privacyUrl,
    adminUserIds: config.adminUserIds,
    admin: createAdminView({
      version: packageJson.version,
      store,
      files,
      clock,
      models,
      pause,
      limits: config.limits,
      alarms,
      proxy: parts.proxy,
    }),
    recall: store.recall,
    remember: store.remember,
    observe(event) {
      logDiscordEvent(log, event);
      metrics.discordEvent(event);
      if (event.kind === 'gateway') health.noteGateway();
    },
    fatal: (problem) => fatal(new StartProblem(problem.message)),
    now: clock.wall,
    monotonic: clock.monotonic,
  });

  const health = new Health({
    store,
    clock,
    isConnected: () => discord.state().connected,
    turnedAt: () => runner.turnedAt(),
  });
  let takesCommands = false;
  const ops = config.ops === null ? null : opsOf(config.ops);

  function opsOf(at: { readonly host: string; readonly port: number }): OpsServer {
    const hints = createHints({ store, writer, clock, hurry: (job) => runner.hurry(job) });
    const { hookAddresses: addresses } = parts;
    return createOps({
      ...at,
      checks: () => health.checks(),
      ready: () => ({ gateway: discord.state().connected, commands: takesCommands }),
      metrics: () => metrics.page(),
      hooks:
        addresses &&
        createHooks({
          addresses,
          told: hints.told,
          onFault: (error) => log.error({ err: error }, 'what was told from outside is not taken'),
          onUnknown: (count) => log.info({ count }, 'calls to addresses that were never given out'),
        }),
    });
  }

  return {
    async start() {
      log.info({ version: packageJson.version, data: config.dataDir }, 'starting');
      if (ops !== null) metrics.start();
      await ops?.start().catch((error: unknown) => {
        if (error instanceof OpsProblem) throw new StartProblem(error.message);
        throw error;
      });
      await settings.load();
      await pause.load();
      await runner.recover();
      // Connecting takes a few round trips, which reading thousands of rows would hold up.
      const connected = discord.start();
      connected.catch(() => {});
      await Promise.race([
        connected.catch(() => {}),
        new Promise<void>((resolve) => clock.after(CONNECT_FIRST_MS, resolve)),
      ]);
      await runner.start();
      sweeper.start();
      parts.backups.start();
      void parts.proxy().then((report) => tellAboutProxy(log, config, report), fatal);
      try {
        await connected;
        await discord.refreshCommands();
        runner.startPaying();
      } catch (error) {
        if (error instanceof DiscordProblem) throw new StartProblem(error.message);
        throw error;
      }
      takesCommands = true;
      log.info({ invite: discord.inviteLink() }, 'ready');
    },
    finishPaying: () => runner.finishPaying(),
    async stop() {
      takesCommands = false;
      await ops?.stop();
      metrics.stop();
      await Promise.all([...[discord.stop(), runner.stop(), sweeper.stop(), parts.backups.stop()]]);
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
