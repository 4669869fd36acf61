/** What is on the bot's books at the end, against what Google charged and what stands in Discord. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Job } from '../../src/jobs/job.ts';
import type { HistoryLine } from '../../src/jobs/ports/store.ts';
import { isEnded, states } from '../../src/jobs/states.ts';
import { openStore } from '../../src/sqlite/store.ts';
import type { Discord, Message } from '../sandbox/discord/discord.ts';
import type { Google, Payment } from '../sandbox/google/google.ts';
import { assertLedgerAgrees } from '../sqlite/sums.ts';
import type { Asked } from './people.ts';

/** One job with all that belongs to it. */
export interface Entry {
  readonly job: Job;
  readonly history: readonly HistoryLine[];
  readonly asked: Asked | undefined;
  readonly money: Money;
  readonly paid: readonly Payment[];
  /** Messages its video is in, also those that were deleted since. */
  readonly videos: readonly Message[];
}

interface Money {
  readonly money: string;
  readonly counts: number;
  readonly held: number;
  readonly charged: number;
  readonly maybe: number;
}

export interface Books {
  readonly entries: readonly Entry[];
  readonly unshown: number;
  /** Paid calls for which no job was ever asked. */
  readonly strangers: readonly Payment[];
  readonly ledger: string | null;
}

export interface Seen {
  /** Every message that ever was in Discord. */
  readonly messages: ReadonlySet<Message>;
  /** SHA-256 of the files that were posted, by their message. */
  readonly hashes: ReadonlyMap<Message, ReadonlySet<string>>;
}

/** Keeps the messages that come and the sums of their files, and lets the files go. */
export function watch(discord: Discord): Seen {
  const messages = new Set<Message>();
  const hashes = new Map<Message, Set<string>>();
  discord.on('change', ({ message }) => {
    messages.add(message);
    for (const file of message.attachments) {
      if (file.bytes.length === 0) continue;
      const sums = hashes.get(message) ?? new Set();
      sums.add(createHash('sha256').update(file.bytes).digest('hex'));
      hashes.set(message, sums);
      file.bytes = new Uint8Array();
    }
  });
  return { messages, hashes };
}

export async function readBooks(
  dataDir: string,
  asks: readonly Asked[],
  google: Google,
  { messages }: Seen,
): Promise<Books> {
  const path = join(dataDir, 'bot.db');
  const store = await openStore({ path });
  const db = new Database(path, { readonly: true });
  try {
    const money = new Map(
      db
        .prepare<[], Money & { id: string }>(
          `SELECT id, money, counts, held_micro_usd AS held, charged_micro_usd AS charged,
             maybe_micro_usd AS maybe FROM jobs`,
        )
        .all()
        .map((row) => [row.id, row] as const),
    );
    const jobs = await store.inStates(states);
    const shares = paidBy(jobs, google.paid);
    const entries: Entry[] = [];
    for (const job of jobs) {
      const row = money.get(job.id);
      if (row === undefined) continue;
      entries.push({
        job,
        history: await store.history(job.id),
        asked: asks.find(({ prompt }) => prompt === job.request.prompt),
        money: row,
        paid: shares.get(job.id) ?? [],
        videos: [...messages].filter((message) => hadVideoOf(message, job.id)),
      });
    }
    const known = new Set([...shares.values()].flat());
    return {
      entries,
      unshown: (await store.unshown()).length,
      strangers: google.paid.filter((call) => !known.has(call)),
      ledger: ledgerFault(db),
    };
  } finally {
    db.close();
    await store.close();
  }
}

function hadVideoOf(message: Message, id: string): boolean {
  const name = `${id}.mp4`;
  const now = message.attachments.some(({ filename }) => filename === name);
  return now || message.edits.some(({ filenames }) => filenames.includes(name));
}

/** By the operation's name; one whose answer was lost belongs to a job of its prompt that has none. */
function paidBy(jobs: readonly Job[], paid: readonly Payment[]): Map<string, Payment[]> {
  const shares = new Map<string, Payment[]>(jobs.map(({ id }) => [id, []]));
  const unclaimed: Payment[] = [];
  for (const call of paid) {
    const owner = jobs.find((job) => operationOf(job) === call.operation);
    if (owner === undefined) unclaimed.push(call);
    else shares.get(owner.id)?.push(call);
  }
  for (const call of unclaimed) {
    const askedFor = jobs.filter(({ request }) => request.prompt === call.prompt);
    const lost = askedFor.filter((job) => operationOf(job) === null && wasSent(job));
    // Where no job can have lost it, one has sent it twice.
    const owner = lost.find(({ id }) => shares.get(id)?.length === 0) ?? lost[0] ?? askedFor[0];
    if (owner !== undefined) shares.get(owner.id)?.push(call);
  }
  return shares;
}

function operationOf(job: Job): string | null {
  return 'operation' in job ? (job.operation?.name ?? null) : null;
}

/** Cancelled ones forget their operation. */
function wasSent(job: Job): boolean {
  return job.state === 'unconfirmed' || job.state === 'cancelled' || job.state === 'failed';
}

function ledgerFault(db: Database.Database): string | null {
  try {
    assertLedgerAgrees(db);
    return null;
  } catch (error) {
    return String(error);
  }
}

/** Whether all that waits has come to its end and is shown so. */
export function isQuiet(dataDir: string): boolean {
  const db = new Database(join(dataDir, 'bot.db'), { readonly: true });
  try {
    const open = db
      .prepare<[number], { n: number }>(
        `SELECT count(*) AS n FROM jobs
         WHERE NOT (shown_last = 1 AND coalesce(due_at > ?, 1))`,
      )
      .get(Date.now() + 3_600_000);
    return open?.n === 0;
  } finally {
    db.close();
  }
}

export function hasEnded({ job }: Entry): boolean {
  return isEnded(job);
}
