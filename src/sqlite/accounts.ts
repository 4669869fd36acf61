/** The accounts as they are read: jobs line by line with their sums, and the ledger of one job. */
import type Database from 'better-sqlite3';
import type { JobId } from '../jobs/job.ts';
import type { AccountLine, AccountsAsked, LedgerLine } from '../jobs/money/accounts.ts';
import { isState } from './rows.ts';

interface Row {
  readonly id: string;
  readonly askedAt: number;
  readonly userId: string;
  readonly guildId: string | null;
  readonly channelId: string;
  readonly modelId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly priceMicroUsd: number;
  readonly reservedMicroUsd: number;
  readonly chargedMicroUsd: number;
  readonly maybeMicroUsd: number;
  readonly money: string;
  readonly basis: AccountLine['basis'];
  readonly request: string;
  readonly own: string;
}

const page = (where: string) => `SELECT id, asked_at AS askedAt, user_id AS userId,
    guild_id AS guildId, channel_id AS channelId, model_id AS modelId, state, reason,
    price_micro_usd AS priceMicroUsd, held_micro_usd AS reservedMicroUsd,
    charged_micro_usd AS chargedMicroUsd, maybe_micro_usd AS maybeMicroUsd, money,
    (SELECT basis FROM ledger WHERE job_id = jobs.id ORDER BY seq DESC LIMIT 1) AS basis,
    request, own
  FROM jobs
  WHERE ${where}(asked_at, id) > (@afterAt, @afterId) AND asked_at < @untilAt
  ORDER BY asked_at, id LIMIT @limit`;

export const accountsSql = {
  ofBot: page(''),
  ofServer: page('guild_id = @guildId AND '),
  ledger: `SELECT at, kind, held_micro_usd AS reservedMicroUsd,
      charged_micro_usd AS chargedMicroUsd, maybe_micro_usd AS maybeMicroUsd, basis
    FROM ledger WHERE job_id = ? ORDER BY seq`,
} as const;

export interface Accounts {
  page(asked: AccountsAsked, after: AccountLine | null, limit: number): AccountLine[];
  ledger(id: JobId): LedgerLine[];
}

export function accountsOf(db: Database.Database): Accounts {
  const ofBot = db.prepare<[object], Row>(accountsSql.ofBot);
  const ofServer = db.prepare<[object], Row>(accountsSql.ofServer);
  const ledger = db.prepare<[string], LedgerLine>(accountsSql.ledger);

  return {
    page({ sinceAt, untilAt, guildId }, after, limit) {
      // No id sorts before the empty one.
      const from = { afterAt: after?.askedAt ?? sinceAt, afterId: after?.id ?? '' };
      const rows =
        guildId === null
          ? ofBot.all({ ...from, untilAt, limit })
          : ofServer.all({ ...from, untilAt, limit, guildId });
      return rows.flatMap(toLine);
    },
    ledger: (id) => ledger.all(id),
  };
}

/** Money counts also where the rest of a row cannot be read any more. */
function toLine({ money, request, own, ...row }: Row): AccountLine[] {
  const { state } = row;
  if (!isState(state)) return [];
  const asked = parsed(request);
  const why = parsed(own).why;
  return [
    {
      ...row,
      state,
      reason: row.reason ?? (typeof why === 'string' ? why : null),
      givenBack: money === 'given back',
      seconds: typeof asked.seconds === 'number' ? asked.seconds : null,
      resolution: typeof asked.resolution === 'string' ? asked.resolution : null,
      prompt: typeof asked.prompt === 'string' ? asked.prompt : '',
    },
  ];
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
