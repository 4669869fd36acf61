/** The process: environment, signals, exit code; nothing else. */
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { createApp, openParts, StartProblem } from './app.ts';
import { type Config, ConfigProblem, type Environment, readConfig } from './config.ts';
import { createLog } from './log.ts';

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
  const fatal = (error: unknown): void => {
    if (error instanceof StartProblem) {
      console.error(error.message);
      end(1);
    }
    log.fatal({ err: error }, 'the bot ends because of a fault of its own');
    end(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  let app: Awaited<ReturnType<typeof createApp>>;
  try {
    const parts = await openParts(config, { log, fatal });
    app = createApp(config, parts);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        log.info({ signal }, 'stopping');
        setTimeout(() => end(1), STOP_WITHIN_MS).unref();
        app.stop().then(() => end(0), fatal);
      });
    }
    await app.start();
  } catch (error) {
    fatal(error);
  }
}

function configOrExit(): Config | null {
  try {
    return readConfig(environment());
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    const { mistakes } = error;
    const many = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    console.error(`The configuration has ${many}:\n${mistakes.map((m) => `- ${m}`).join('\n')}`);
    process.exitCode = 1;
    return null;
  }
}

/** `.env` in the working directory, under what the environment itself says. */
function environment(): Environment {
  let file = {};
  try {
    file = parse(readFileSync('.env'));
  } catch (error) {
    // There need not be one: a container gets its environment otherwise.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT') throw new ConfigProblem([`.env cannot be read (${code}).`]);
  }
  // An empty variable means "not set" and hides nothing.
  const set = Object.entries(process.env).filter(([, value]) => value !== undefined && value.trim() !== '');
  return { ...file, ...Object.fromEntries(set) };
}

await main();
