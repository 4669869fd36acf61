import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { FolderProblem } from './errors.ts';

/** Held until released or until the process ends, however it ends. */
export interface Hold {
  release(): void;
}

/**
 * Takes a file for this process alone; null when another process has it. Throws an Error with a
 * `code` where the file system takes no locks. The file must not be touched by any other means:
 * the system drops a process's locks as soon as it closes any handle of that file.
 */
export type TakeHold = (path: string) => Hold | null;

export const lockFile = 'lock.db';
/** Who holds it, for people: beside the lock and never in it, see TakeHold. */
const holderFile = 'lock.txt';

/**
 * One process per data folder: two would pay twice. Throws FolderProblem with the holder's name.
 * `startedAt` is wall time in ms.
 */
export function lockFolder(folder: string, take: TakeHold, startedAt: number): Hold {
  const hold = takeOrExplain(folder, take);
  if (!hold) {
    throw new FolderProblem(
      `Another bot is running on the data folder ${folder}${holder(folder)}; ` +
        'stop that one first, or give this one a DATA_DIR of its own.',
    );
  }
  const since = new Date(startedAt).toISOString();
  try {
    writeFileSync(
      join(folder, holderFile),
      `process ${process.pid} on ${hostname()} since ${since}\n`,
      { mode: 0o600 },
    );
  } catch {
    // A full disk must not stop the bot from recovering paid work: the note is only for people.
  }
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      // First the note: afterwards it may be another process's.
      rmSync(join(folder, holderFile), { force: true });
      hold.release();
    },
  };
}

function takeOrExplain(folder: string, take: TakeHold): Hold | null {
  try {
    return take(join(folder, lockFile));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new FolderProblem(
      code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')
        ? `The file ${join(folder, lockFile)} is damaged; it holds no data: delete it while no bot runs.`
        : `The data folder ${folder} cannot be locked for one process (${code}); ` +
            'set DATA_DIR to a folder on a local disk or a Docker volume.',
      error,
    );
  }
}

/** ` (process 7 on host since …)`, or nothing where no note was left. */
export function holder(folder: string): string {
  try {
    const line = readFileSync(join(folder, holderFile), 'utf8').split('\n')[0] ?? '';
    // Only what we would write: the line goes to a terminal.
    return /^process \d+ on [\w.-]+ since [\dTZ:.-]+$/.test(line) ? ` (${line})` : '';
  } catch {
    return '';
  }
}
