/** What `src/main.ts` does, with a hand on the parts before the bot is put together from them. */
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openParts, type Parts } from '../../src/parts.ts';

export async function runLikeMain(around: (parts: Parts) => Parts): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const fatal = (error: unknown): void => {
    log.fatal({ err: error }, 'the bot ends because of a fault of its own');
    process.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  const app = createApp(config, around(await openParts(config, { log, fatal })));
  process.once('SIGTERM', () => void app.stop().then(() => process.exit(0), fatal));
  await app.start();
}
