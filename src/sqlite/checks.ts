/** Whether the database can be used, without altering it and beside a running bot. */
import { existsSync } from 'node:fs';
import type { Finding } from '../jobs/finding.ts';
import { lookAtDatabase } from './open.ts';
import { DatabaseProblem } from './problem.ts';

/**
 * `isHeld`: a bot runs on it. `isOurs`: this user owns its folder; reading leaves files beside the
 * database, which another user's bot could not write to.
 */
export function checkDatabase(
  path: string,
  { isHeld, isOurs }: { readonly isHeld: boolean; readonly isOurs: boolean },
): Finding {
  const what = 'database';
  if (!existsSync(path)) {
    return existsSync(`${path}-wal`)
      ? {
          what,
          verdict: 'wrong',
          says: `${path} is missing, but its log ${path}-wal is there: put both back together, or move the log away to begin anew.`,
        }
      : { what, verdict: 'ok', says: 'It is not there yet; the first start makes it.' };
  }
  if (!isOurs) return { what, verdict: 'look', says: "It was not read: it is not this user's." };
  try {
    const { version, known } = lookAtDatabase(path, { whole: !isHeld });
    const schema =
      version === known
        ? `Schema ${version}`
        : `Schema ${version}, brought to ${known} by the next start`;
    const whole = isHeld ? 'not checked whole while a bot runs' : 'checked and whole';
    return { what, verdict: 'ok', says: `${schema}; ${whole}.` };
  } catch (error) {
    if (!(error instanceof DatabaseProblem)) throw error;
    return { what, verdict: 'wrong', says: error.message };
  }
}
