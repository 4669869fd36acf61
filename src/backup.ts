/** `npm run backup`: copies the database to DATA_DIR/backups, also while the bot runs. */
import { join, resolve } from 'node:path';
import { configOrExit } from './environment.ts';
import { backUpFile, backupName } from './sqlite/backup.ts';
import { DatabaseProblem } from './sqlite/problem.ts';

async function main(): Promise<void> {
  const config = configOrExit();
  if (config === null) return;
  // As main.ts: the copy holds what members wrote.
  process.umask(0o077);
  const folder = resolve(config.dataDir);
  const now = Date.now();
  const to = join(folder, 'backups', backupName(now));
  try {
    await backUpFile(join(folder, 'bot.db'), to, now);
    console.log(`The database was copied to ${to}.`);
  } catch (error) {
    if (!(error instanceof DatabaseProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

await main();
