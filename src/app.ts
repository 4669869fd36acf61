/**
 * The wiring: which part gets which. `parts.ts` opens what is outside, `createApp` puts the bot
 * together from parts; tests start it with something of their own around one of them.
 */
import packageJson from '../package.json' with { type: 'json' };
import { Alarms, createAdminView } from './adminView.ts';
import { createChart } from './chart/chart.ts';
import type { Config } from './config.ts';
import { ANOTHER_PROCESS } from './discord/answering/callback.ts';
import { DiscordProblem } from './discord/connection/problem.ts';
import { createDiscord } from './discord/discord.ts';
import type { DiscordEvent } from './discord/observe.ts';
import { createActions } from './jobs/actions.ts';
import { actIn } from './jobs/admins/acts.ts';
import { Alerts } from './jobs/admins/alerts.ts';
import { House } from './jobs/admins/house.ts';
import { Lines } from './jobs/admins/lines.ts';
import { Pause } from './jobs/admins/pause.ts';
import { createRedelivery } from './jobs/admins/redelivery.ts';
import { createReporting } from './jobs/admins/reporting.ts';
import { createRuling } from './jobs/admins/ruling.ts';
import { Settings } from './jobs/admins/settings.ts';
import { createSteering } from './jobs/admins/steering.ts';
import type { JobId } from './jobs/job.ts';
import { createForgetting } from './jobs/keeping/forgetting.ts';
import { Sweeper } from './jobs/keeping/sweeper.ts';
import { Models } from './jobs/models.ts';
import { createAccounting } from './jobs/money/accounting.ts';
import { checkAgreement } from './jobs/money/agreement.ts';
import { LimitBook, spentBy } from './jobs/money/limits.ts';
import type { JobEvent } from './jobs/ports/observe.ts';
import { Runner } from './jobs/runner.ts';
import type { ProxyReport } from './litellm/proxy.ts';
import { type Log, logDiscordEvent, logJobEvent } from './log.ts';
import { type Parts, StartProblem } from './parts.ts';
import { createWatched } from './watched.ts';

/** Where Discord is away, paid work goes on all the same after so long. */
const CONNECT_FIRST_MS = 1_000;

export interface App {
  /** Resolves once commands are taken, or stopped before. Paid work goes on before that. @throws StartProblem */
  start(): Promise<void>;
  /** Starts nothing paid any more and waits until the answers of paid calls under way are on disk. */
  finishPaying(): Promise<void>;
  /** Whose paid calls are under way. */
  payingFor(): readonly JobId[];
  /** Takes nothing more and lets paid calls finish; nothing depends on it being called. */
  stop(): Promise<void>;
}

export function createApp(config: Config, parts: Parts): App {
  const { log, clock, calendar, chance, store, files, pictures, links } = parts;
  const { service, rest, replies, metrics, fatal } = parts;
  const { videoLinks } = parts;
  const { linksLiveMs } = config.rules;
  const rules = { ...config.rules, linksLiveMs: videoLinks === null ? null : linksLiveMs };
  const alarms = new Alarms(clock);
  const observe = (event: JobEvent): void => {
    logJobEvent(log, event);
    alarms.hear(event);
    alerts.hear(event);
    const act = actIn(event);
    if (act !== null) discord.noteAct(act);
    metrics?.jobEvent(event);
  };
  const models = new Models(config.models, () => void discord.refreshCommands());
  const settings = new Settings(store, (change, before) =>
    discord.noteAct({ kind: 'setting', before, ...change }),
  );
  const house = new House(settings, models);
  const pause = new Pause(settings);
  const runner = new Runner({
    store,
    service,
    files,
    shrinker: parts.shrinker,
    pictures,
    links,
    replies,
    models,
    rules,
    pause,
    house,
    clock,
    chance,
    observe,
    fatal,
  });
  const { writer } = runner;
  const forgetting = createForgetting({ store, files, pictures, writer, clock });
  const sweeper = new Sweeper({
    ...{ store, files, pictures, forgetting, rules, clock, observe, fatal },
    otherTime: parts.otherTime,
  });
  const book = new LimitBook(
    config.limits,
    config.confirmAboveMicroUsd,
    settings,
    config.adminUserIds,
  );
  const limits = () => book.limits();
  const wake = () => runner.wake();
  const alerts = new Alerts({
    ...{ store, clock, calendar, house, limits, fatal },
    tell: (alert, key) => discord.tell(alert, key),
  });
  const lines = new Lines({
    ...{ store, clock, fatal },
    tell: (...told) => discord.tellLines(...told),
  });
  const actions = createActions({
    store,
    files,
    writer,
    forgetting,
    models,
    house,
    limits,
    exempt: () => book.exempt(),
    confirmAboveMicroUsd: () => book.confirmAboveMicroUsd(),
    calendar,
    rules,
    videoLinks,
    clock,
    wake,
  });
  const redelivery = createRedelivery({ store, files, writer, clock, wake });
  const accounting = createAccounting({ store, clock, calendar, limits });
  const ruling = createRuling({
    ...{ settings, house, store, writer, clock },
    modelsChanged: () => void discord.refreshCommands(),
  });
  const steering = createSteering({ store, writer, pause, house, clock, wake });
  const discord = createDiscord({
    token: config.discord.token,
    apiUrl: config.discord.apiUrl ?? undefined,
    rest,
    replies,
    actions,
    steering,
    limits: book,
    spent: (by) => spentBy(by, book, parts),
    accounting,
    redelivery,
    draw: createChart(),
    house,
    ruling,
    lines,
    reporting: createReporting({ store, clock }),
    privacyUrl: config.privacyUrl,
    hasLinks: rules.linksLiveMs !== null,
    adminUserIds: config.adminUserIds,
    admin: createAdminView({
      version: packageJson.version,
      store,
      files,
      clock,
      calendar,
      models,
      pause,
      house,
      limits,
      alarms,
      proxy: parts.proxy,
    }),
    conversations: store,
    recall: store.recall,
    remember: store.remember,
    observe(event) {
      logDiscordEvent(log, event);
      metrics?.discordEvent(event);
      tellOf(event);
      if (event.kind === 'gateway') watched.noteGateway();
    },
    fatal: (problem) => fatal(new StartProblem(problem.message)),
    now: clock.wall,
    monotonic: clock.monotonic,
  });

  /** What of Discord's own events is worth telling an admin. */
  function tellOf(event: DiscordEvent): void {
    if (event.kind === 'not answered' && event.how === ANOTHER_PROCESS) alerts.hearAnotherCopy();
    if (event.kind === 'not handled' && event.how.startsWith('StorageFull')) {
      alerts.hearStorageFull();
    }
  }

  let takesCommands = false;
  const watched = createWatched(config.ops, parts, {
    ...{ runner, pause, limits, minFreeBytes: rules.minFreeBytes },
    isConnected: () => discord.state().connected,
    takesCommands: () => takesCommands,
  });

  const stopping = new AbortController();
  const { signal } = stopping;
  let started: Promise<void> | null = null;
  let agreed: Promise<void> = Promise.resolve();

  /** A stop in the middle is seen between two of these. */
  const steps: readonly (() => unknown)[] = [
    () => watched.start(),
    () => settings.load(),
    () => alerts.load(),
    () => lines.load(),
    // A start that waits for room on the disk gets it from what is kept no longer.
    () => sweeper.start(),
    () => runner.recover(),
    // Connecting takes a few round trips, which reading thousands of rows would hold up.
    () => {
      const connected = discord.start().catch(() => {});
      const enough = new Promise<void>((resolve) => clock.after(CONNECT_FIRST_MS, resolve));
      return Promise.race([connected, enough]);
    },
    () => runner.start(),
    () => {
      alerts.start();
      lines.start();
      parts.backups.start();
      void parts.proxy().then((report) => tellAboutProxy(log, config, report), fatal);
    },
    () => discord.start(),
    () => discord.refreshCommands(),
    () => {
      runner.startPaying();
      takesCommands = true;
      agreed = checkAgreement(store, observe).catch(fatal);
      log.info(discord.inviteLinks() ?? {}, 'ready');
    },
  ];

  async function begin(): Promise<void> {
    log.info({ version: packageJson.version, data: config.dataDir }, 'starting');
    try {
      for (const step of steps) {
        if (signal.aborted) return;
        await step();
      }
    } catch (error) {
      // What is broken off by a stop is no fault.
      if (signal.aborted) return;
      if (error instanceof DiscordProblem) throw new StartProblem(error.message);
      throw error;
    }
  }

  return {
    start() {
      started ??= begin();
      return started;
    },
    finishPaying: () => runner.finishPaying(),
    payingFor: () => runner.payingFor(),
    async stop() {
      stopping.abort();
      takesCommands = false;
      await Promise.all([
        ...[watched.stop(), discord.stop(), runner.stop(), sweeper.stop(), parts.backups.stop()],
        ...[started?.catch(() => {}), agreed],
      ]);
      // Last, since what the others end with may be worth telling by the next process.
      await Promise.all([alerts.stop(), lines.stop()]);
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
