import { audit } from './audit.ts';
import { block, unblock } from './blocking.ts';
import { changes } from './changes.ts';
import type { AdminCommand } from './command.ts';
import { deliver } from './deliver.ts';
import { exportAccounts } from './export.ts';
import { cancel, job, jobs, settle } from './jobs.ts';
import { confirmAbove, exempt, setLimit, showLimits } from './limits.ts';
import { models } from './models.ts';
import { pause, resume } from './pausing.ts';
import { server } from './server.ts';
import { spend } from './spend.ts';
import { status } from './status.ts';
import { words } from './words.ts';

/** In the order in which Discord shows them. */
export const adminCommands: readonly AdminCommand[] = [
  status,
  pause,
  resume,
  job,
  cancel,
  settle,
  jobs,
  deliver,
  spend,
  exportAccounts,
  models,
  block,
  unblock,
  words,
  server,
  changes,
  audit,
  showLimits,
  setLimit,
  exempt,
  confirmAbove,
];

/** What a group of them is for; Discord shows it nowhere, but wants it. */
export const groupDescriptions: Readonly<Record<string, string>> = {
  limits: 'How much may be spent, and how many may be made.',
};
