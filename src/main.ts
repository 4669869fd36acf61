/** The process: environment, signals, exit code; nothing else. */
import { type App, createApp } from './app.ts';
import { configOrExit } from './environment.ts';
import { createLog } from './log.ts';
import { openParts, StartProblem } from './parts.ts';

/** Docker gives 10 s between SIGTERM and SIGKILL. */
const STOP_WITHIN_MS = 8_000;

async function main(): Promise<void> {
  const config = configOrExit();
  if (config === null) return;
  if (process.argv.includes('--check-config')) {
    console.log(
      `The configuration is in order: ${config.models.map((model) => model.name).join(', ')} by ${config.litellm.base}, data in ${config.dataDir}.`,
    );
    return;
  }
  const log = createLog(config.logLevel);
  const end = (code: number): never => process.exit(code);
  let app: App | null = null;
  let isEnding = false;
  // The answers of paid calls under way are worth the wait: without them nobody knows what was paid.
  const fatal = (error: unknown): void => {
    // The same problem can come by two ways: said once.
    if (isEnding && error instanceof StartProblem) return;
    if (error instanceof StartProblem) console.error(error.message);
    else log.fatal({ err: error }, 'the bot ends because of a fault of its own');
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => end(1), STOP_WITHIN_MS);
    const finished = app?.finishPaying() ?? Promise.resolve();
    finished.catch(() => {}).finally(() => end(1));
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  try {
    const parts = await openParts(config, { log, fatal });
    const started = createApp(config, parts);
    app = started;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        log.info({ signal }, 'stopping');
        setTimeout(() => end(1), STOP_WITHIN_MS).unref();
        started.stop().then(() => end(0), fatal);
      });
    }
    await started.start();
  } catch (error) {
    fatal(error);
  }
}

await main();
