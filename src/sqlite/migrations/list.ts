import { jobs } from './001-jobs.ts';
import { jobsOfAMember } from './002-jobs-of-a-member.ts';
import { lostAnswers } from './003-lost-answers.ts';
import { pictures } from './004-pictures.ts';
import { changes } from './005-changes.ts';
import { keeping } from './006-keeping.ts';
import { whoCancelled } from './007-who-cancelled.ts';
import { settings } from './008-settings.ts';
import { accounts } from './009-accounts.ts';
import { smaller } from './010-smaller.ts';
import { successors } from './011-successors.ts';
import { conversations } from './012-conversations.ts';
import { reports } from './013-reports.ts';
import { pauses } from './014-pauses.ts';

export interface Migration {
  /** The `user_version` of a database that has it; 1, 2, 3, … without gaps. */
  readonly version: number;
  readonly sql: string;
}

/** In order. One that was released is never edited: a further one follows it. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: jobs },
  { version: 2, sql: jobsOfAMember },
  { version: 3, sql: lostAnswers },
  { version: 4, sql: pictures },
  { version: 5, sql: changes },
  { version: 6, sql: keeping },
  { version: 7, sql: whoCancelled },
  { version: 8, sql: settings },
  { version: 9, sql: accounts },
  { version: 10, sql: smaller },
  { version: 11, sql: successors },
  { version: 12, sql: conversations },
  { version: 13, sql: reports },
  { version: 14, sql: pauses },
];
