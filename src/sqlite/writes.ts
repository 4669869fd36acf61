/** The two writes of a job: accepted, and changed. Each is one transaction. */

import type Database from 'better-sqlite3';
import type { Change } from '../jobs/change.ts';
import type { Job, JobIn, NewJob, Reply } from '../jobs/job.ts';
import { fits, type LimitCheck, type Spent } from '../jobs/money/spending.ts';
import type { Accepted, Shown } from '../jobs/ports/store.ts';
import { asksForTheSame } from '../jobs/request.ts';
import { ended, leadsTo } from '../jobs/states.ts';
import { amount, type Ledger, type MoneyRow, moneyColumns } from './ledger.ts';
import type { Notes } from './notes.ts';
import {
  type JobRow,
  jobColumns,
  newJobToColumns,
  rowToJob,
  rowToReply,
  stateToColumns,
  time,
} from './rows.ts';

export interface Writes {
  accept(job: NewJob, checks: readonly LimitCheck[]): Accepted;
  apply(job: Job, change: Change): Job | null;
  noteShown(id: string, shown: Shown): void;
}

export function writesOf(
  db: Database.Database,
  ledger: Ledger,
  notes: Pick<Notes, 'addHistory' | 'addSample'>,
  spent: (check: LimitCheck) => Spent,
): Writes {
  const byOrigin = db.prepare<[string], JobRow>(`SELECT ${jobColumns} FROM jobs WHERE origin = ?`);
  // Not a unique index: an ended one that is delivered anew is open again beside its successor.
  const openRunAgain = db.prepare<[string, string, string], JobRow>(
    `SELECT ${jobColumns} FROM jobs
     WHERE run_again_of = ? AND user_id = ? AND state NOT IN (SELECT value FROM json_each(?))
     ORDER BY seq`,
  );
  const insert = db.prepare<[object], JobRow>(
    `INSERT INTO jobs (id, state, revision, origin, asked_at, changed_at, due_at, reason, attempts,
       user_id, locale, guild_id, channel_id, model_id, run_again_of, price_micro_usd,
       held_micro_usd, charged_micro_usd, maybe_micro_usd, money, counts, shown, shown_last,
       reply, request, own)
     VALUES (@id, @state, @revision, @origin, @asked_at, @changed_at, @due_at, @reason, @attempts,
       @user_id, @locale, @guild_id, @channel_id, @model_id, @run_again_of, @price,
       @price, 0, 0, 'reserved', 1, @shown, 0, @reply, @request, @own)
     RETURNING ${jobColumns}`,
  );
  const guarded = db.prepare<
    [string, string, number],
    MoneyRow & { readonly reply: string; readonly shown_last: number }
  >(
    `SELECT id, reply, shown_last, ${moneyColumns} FROM jobs
     WHERE id = ? AND state = ? AND revision = ?`,
  );
  const update = db.prepare<[object], JobRow>(
    `UPDATE jobs SET state = @state, revision = revision + 1, changed_at = @at, due_at = @due_at,
       reason = @reason, attempts = @attempts, own = @own, reply = @reply, shown_last = @shownLast,
       operation = coalesce(@operation, operation), request = coalesce(@request, request)
     WHERE id = @id AND state = @from AND revision = @revision
     RETURNING ${jobColumns}`,
  );
  const shownRow = db.prepare<[string], Pick<JobRow, 'id' | 'state' | 'revision' | 'reply'>>(
    'SELECT id, state, revision, reply FROM jobs WHERE id = ?',
  );
  const setShown = db.prepare<[object]>(
    'UPDATE jobs SET shown = @key, shown_last = @last, reply = @reply WHERE id = @id',
  );

  function accept(job: NewJob, checks: readonly LimitCheck[]): Accepted {
    const before =
      byOrigin.get(job.origin) ??
      (job.runAgainOf === null
        ? undefined
        : openRunAgain
            .all(job.runAgainOf, job.requester.userId, JSON.stringify(ended))
            .find((row) => asksForTheSame(rowToJob(row).request, job.request)));
    if (before !== undefined) return { kind: 'known', job: rowToJob(before) };
    const price = amount(job.request.priceMicroUsd);
    for (const check of checks) {
      const soFar = spent(check);
      if (!fits(check, soFar, price)) {
        return { kind: 'limit', reached: { check, spent: soFar, priceMicroUsd: price } };
      }
    }
    const row = insert.get({
      ...newJobToColumns(job),
      guild_id: job.reply.guildId,
      channel_id: job.reply.channelId,
      model_id: job.request.modelId,
      price,
    });
    if (row === undefined) throw new Error(`job ${job.id} was not written`);
    ledger.reserve(job.id, row.asked_at, price);
    notes.addHistory(job.id, row.asked_at, 'received', {
      event: 'asked',
      detail: { microUsd: price },
    });
    return { kind: 'accepted', job: rowToJob(row) as JobIn<'received'> };
  }

  function apply(job: Job, change: Change): Job | null {
    const { to, money, learned, note } = change;
    const same = to.state === job.state;
    if (!same && !leadsTo[job.state].includes(to.state)) {
      throw new Error(`job ${job.id}: ${job.state} does not lead to ${to.state}`);
    }
    const at = time('at', change.at);
    const columns = stateToColumns(to);
    const row = guarded.get(job.id, job.state, job.revision);
    if (row === undefined) return null;
    // A new state or way to the reply is a new picture to show.
    const shownLast = same && change.reply === undefined ? row.shown_last : 0;
    const reply =
      change.reply === undefined
        ? row.reply
        : JSON.stringify(mergedReply(rowToReply(row), change.reply));
    // Frozen from the moment it was asked for; only its pictures are filled in once they are here.
    const request = change.request === undefined ? null : JSON.stringify(change.request);
    const written = update.all({
      ...columns,
      ...{ id: job.id, from: job.state, revision: job.revision },
      ...{ at, attempts: change.attempts, reply, request, shownLast },
    });
    const [after] = written;
    if (after === undefined || written.length !== 1) {
      throw new Error(`job ${job.id}: ${written.length} rows written instead of one`);
    }
    if (money !== undefined) ledger.move(row, at, money);
    if (learned !== undefined) notes.addSample(job.id, at, learned);
    notes.addHistory(job.id, at, to.state, note);
    return rowToJob(after);
  }

  function noteShown(id: string, shown: Shown): void {
    const row = shownRow.get(id);
    if (row === undefined) return;
    const reply = rowToReply(row);
    const { tokenDead, messageId } = shown;
    const noted: Reply = {
      ...reply,
      tokenDead: reply.tokenDead || (tokenDead === true && shown.token === reply.token),
      messageId: shown.token === reply.token ? (messageId ?? reply.messageId) : reply.messageId,
    };
    // It may have begun anew since the picture was made; then there is a further one to show.
    const asDrawn = shown.revision === row.revision;
    const last = shown.last && asDrawn && (ended as readonly string[]).includes(row.state) ? 1 : 0;
    setShown.run({ id, key: shown.key, last, reply: JSON.stringify(noted) });
  }

  return {
    accept: (job, checks) => db.transaction(() => accept(job, checks)).immediate(),
    apply: (job, change) => db.transaction(() => apply(job, change)).immediate(),
    noteShown: (id, shown) => db.transaction(() => noteShown(id, shown)).immediate(),
  };
}

/**
 * The reply that a change brings may be older than the row's, which noteShown writes too: a token
 * known to be dead stays dead, and a known message stays known while the channel is the same.
 */
function mergedReply(row: Reply, brought: Reply): Reply {
  return {
    ...brought,
    tokenDead: brought.tokenDead || (row.tokenDead && row.token === brought.token),
    messageId: brought.messageId ?? (row.channelId === brought.channelId ? row.messageId : null),
  };
}
