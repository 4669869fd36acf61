/** The process: environment, signals, exit code; nothing else. */
import { type App, createApp } from './app.ts';
import { configOrExit } from './environment.ts';
import { createLog } from './log.ts';
import { openParts, StartProblem } from './parts.ts';

async function main(): Promise<void> {
  const config = configOrExit();
  if (config === null) return;
  if (process.argv.includes('--check-config')) {
    console.log(
      `The configuration is in order: ${config.models.map((model) => model.name).join(', ')} by ${config.litellm.base}, data in ${config.dataDir}.`,
    );
    return;
  }
  // Whatever the bot makes, the database too, is for its own user: a data folder that was there before may
  // let others in.
  process.umask(0o077);
  const log = createLog(config.logLevel);
  let app: App | null = null;
  let isEnding = false;
  /** After a fault of its own always with 1, also where an orderly stop is done first. */
  const end = (code: number): never => process.exit(isEnding ? 1 : code);
  let isStopping = false;
  const endInTime = (): void => {
    const jobs = app?.payingFor() ?? [];
    if (jobs.length > 0) {
      log.error(
        { jobs },
        'ended before these paid calls were answered: they may have been charged',
      );
    }
    end(1);
  };
  // The answers of paid calls under way are worth the wait: without them nobody knows what was paid.
  const fatal = (error: unknown): void => {
    // The same problem can come by two ways: said once.
    if (isEnding && error instanceof StartProblem) return;
    if (error instanceof StartProblem) console.error(error.message);
    else log.fatal({ err: error }, 'the bot ends because of a fault of its own');
    if (isEnding) return;
    isEnding = true;
    setTimeout(endInTime, config.stopWithinMs);
    const finished = app?.finishPaying() ?? Promise.resolve();
    finished.catch(() => {}).finally(() => end(1));
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  // A terminal that is closed too; Node undoes it where nohup had that ignored.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // One Ctrl+C can come twice, from the terminal and from npm: no reason to lose an answer. After a
      // fault it ends by itself, and what may be broken is not asked to stop in order.
      if (isStopping || isEnding) {
        log.info({ signal }, 'stopping already; only SIGKILL ends it sooner');
        return;
      }
      isStopping = true;
      log.info({ signal }, 'stopping');
      if (app === null) end(0);
      setTimeout(endInTime, config.stopWithinMs).unref();
      app?.stop().then(() => end(0), fatal);
    });
  }

  try {
    const parts = await openParts(config, { log, fatal });
    app = createApp(config, parts);
    await app.start();
  } catch (error) {
    fatal(error);
  }
}

await main();
