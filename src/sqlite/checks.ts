/** Whether the database can be used, without altering it and beside a running bot. */
import { existsSync } from 'node:fs';
import type { Finding } from '../jobs/finding.ts';
import { mismatchedJobs } from './agreement.ts';
import { lookAtDatabase, openToRead } from './open.ts';
import { DatabaseProblem } from './problem.ts';

const MOST_NAMED = 5;

/**
 * `isHeld`: a bot runs on it. `isOurs`: this user owns its folder; reading leaves files beside the
 * database, which another user's bot could not write to.
 */
export function checkDatabase(
  path: string,
  how: { readonly isHeld: boolean; readonly isOurs: boolean },
): Finding[] {
  const database = checkFile(path, how);
  const readable = database.verdict === 'ok' && existsSync(path);
  return readable ? [database, checkAccounts(path)] : [database];
}

function checkFile(
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

/** Every job's own sums against its ledger rows, whatever evens out in the totals. */
function checkAccounts(path: string): Finding {
  const what = 'accounts';
  const db = openToRead(path);
  try {
    const ids = mismatchedJobs(db, MOST_NAMED);
    if (ids.length === 0) {
      const jobs = db.prepare<[], number>('SELECT count(*) FROM jobs').pluck().get() ?? 0;
      const whose = jobs === 1 ? 'The sums of 1 job' : `The sums of ${jobs} jobs`;
      return { what, verdict: 'ok', says: `${whose} are those of the ledger.` };
    }
    const named = `${ids.join(', ')}${ids.length === MOST_NAMED ? ' and maybe more' : ''}`;
    return {
      what,
      verdict: 'look',
      says: `What these jobs say of their money is not what the ledger says: ${named}. Somebody wrote to the database by hand, or a backup is mixed with another; limits count what the jobs say.`,
    };
  } finally {
    db.close();
  }
}
