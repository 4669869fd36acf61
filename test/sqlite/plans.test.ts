import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { after, before, describe, it } from 'node:test';
import type Database from 'better-sqlite3';
import { accountsSql } from '../../src/sqlite/accounts.ts';
import { forgettingSql } from '../../src/sqlite/forgetting.ts';
import { listingSql } from '../../src/sqlite/listing.ts';
import { overviewSql } from '../../src/sqlite/overview.ts';
import { readsSql } from '../../src/sqlite/reads.ts';
import { reportsSql } from '../../src/sqlite/reports.ts';
import { spentSql } from '../../src/sqlite/spent.ts';
import type { SqliteStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON, sampleNewJob } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const any = { state: null, userId: null, guildId: null };

describe('With 50,000 ended and 10,000 live jobs', () => {
  const folder = new Folder();
  let db: Database.Database;
  let store: SqliteStore;

  before(async () => {
    ({ db, store } = folder.open());
    db.pragma('synchronous = OFF');
    const ended = await bringTo(store, 'delivered');
    await store.noteShown(ended.id, {
      key: 'k',
      last: true,
      revision: ended.revision,
      token: ended.reply.token,
    });
    const live = await bringTo(store, 'generating');
    await multiply(ended.id, 50_000);
    await multiply(live.id, 10_000);
  });
  after(() => folder.remove());

  /** Copies one row, each copy asked and due a millisecond later. */
  async function multiply(id: string, times: number): Promise<void> {
    const columns = db
      .prepare<[], string>(`SELECT name FROM pragma_table_info('jobs') WHERE name <> 'seq'`)
      .pluck()
      .all();
    const values = columns.map((column) => {
      if (column === 'id' || column === 'origin') return `${column} || '-' || n.value`;
      if (column === 'asked_at' || column === 'due_at') return `${column} + n.value`;
      return column === 'user_id' ? `(n.value % 1000) || ''` : column;
    });
    db.exec(
      `INSERT INTO jobs (${columns}) SELECT ${values}
      FROM jobs, generate_series(1, ${times - 1}) AS n WHERE jobs.id = '${id}'`.replace(
        `generate_series(1, ${times - 1}) AS n`,
        `(WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n
        WHERE value < ${times - 1}) SELECT value FROM n) AS n`,
      ),
    );
  }

  /** The median of some calls, so that one pause of the machine is not taken for ours. */
  async function medianMs(call: () => Promise<unknown>): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      const start = performance.now();
      await call();
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[4] ?? 0;
  }

  it('each query goes through an index made for it, and sorts nothing', () => {
    const plans: Readonly<Record<string, [sql: string, index: string]>> = {
      due: [readsSql.due, 'USING COVERING INDEX jobs_due (state=? AND due_at<?)'],
      nextDueAt: [readsSql.nextDueAt, 'USING COVERING INDEX jobs_due (state=? AND due_at>?)'],
      inState: [readsSql.inState, 'USING INDEX jobs_state (state=?)'],
      listed: [listingSql({ ...any, state: 'failed' }), 'USING INDEX jobs_state (state=?)'],
      listedAll: [listingSql(any), 'USING INDEX jobs_asked'],
      listedOfServer: [
        listingSql({ ...any, guildId: '1', state: 'failed' }),
        'USING INDEX jobs_asked_server (guild_id=?)',
      ],
      accounts: [accountsSql.ofBot, 'USING INDEX jobs_asked ((asked_at,id)>(?,?) AND asked_at<?)'],
      accountsOfServer: [
        accountsSql.ofServer,
        'USING INDEX jobs_asked_server (guild_id=? AND (asked_at,id)>(?,?) AND asked_at<?)',
      ],
      ledger: [accountsSql.ledger, 'USING INDEX ledger_job (job_id=?)'],
      unsettled: [overviewSql.unsettled, 'USING INDEX jobs_state (state=?)'],
      lookAtUnsettled: [overviewSql.lookAtUnsettled, 'USING INDEX jobs_state (state=?)'],
      lookAtFailed: [overviewSql.lookAtFailed, 'USING INDEX jobs_state (state=?)'],
      lookAtUndelivered: [overviewSql.lookAtUndelivered, 'USING INDEX jobs_state (state=?)'],
      count: [readsSql.count, 'USING COVERING INDEX jobs_state (state=?)'],
      aheadOf: [readsSql.aheadOf, 'USING COVERING INDEX jobs_state (state=? AND '],
      jobsOf: [readsSql.jobsOf, 'USING INDEX jobs_member (user_id=?)'],
      undeliveredOf: [readsSql.undeliveredOf, 'USING INDEX jobs_member (user_id=? AND <expr>=?)'],
      ownerOf: [readsSql.ownerOf, 'USING INDEX jobs_operation (operation=?)'],
      outOfDate: [forgettingSql.outOfDate, 'USING INDEX jobs_words (state=? AND asked_at<?)'],
      unwanted: [forgettingSql.unwanted, 'USING INDEX jobs_unwanted'],
      unwantedOf: [forgettingSql.unwantedOf, 'USING INDEX jobs_unwanted'],
      reportsBefore: [reportsSql.dropBefore, 'USING COVERING INDEX reports_at (at<?)'],
      reportsOnJobsOf: [reportsSql.dropOnJobsOf, 'USING PRIMARY KEY (job_id=?)'],
      unshown: [readsSql.unshown, 'USING INDEX jobs_unshown'],
      member: [spentSql.member, 'USING COVERING INDEX jobs_spent_member (user_id=? AND asked_at'],
      channel: [spentSql.channel, 'USING COVERING INDEX jobs_spent_channel (channel_id=? AND '],
      server: [spentSql.server, 'USING COVERING INDEX jobs_spent_server (guild_id=? AND asked_at'],
      bot: [spentSql.bot, 'USING COVERING INDEX jobs_spent_bot (asked_at>? AND asked_at<?)'],
      oldest: [overviewSql.oldest, 'USING COVERING INDEX jobs_state (state=?)'],
      money: [overviewSql.money, 'USING COVERING INDEX jobs_spent_bot (asked_at>?)'],
      failures: [overviewSql.failures, 'USING INDEX jobs_state (state=? AND asked_at>?)'],
    };
    for (const [name, [sql, index]] of Object.entries(plans)) {
      const parameters = [...sql.matchAll(/\?|@\w+/g)].map(([p]) => p);
      const named = Object.fromEntries(parameters.map((p) => [p.slice(1), 1]));
      const values = parameters[0] === '?' ? parameters.map(() => 1) : [named];
      const plan = db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...(parameters.length === 0 ? [] : values))
        .map((row) => (row as { detail: string }).detail)
        .join('; ');
      assert.ok(plan.includes(index), `${name}: ${plan}`);
      assert.doesNotMatch(plan, /TEMP B-TREE|SCAN jobs(?! USING INDEX jobs_(?:un|asked))/, name);
    }
  });

  it('finding what is due takes less than 5 ms, however many wait or are due', async () => {
    const live = ['generating', 'cancelling', 'downloading'] as const;
    assert.equal((await store.due(live, NOON + 60_000, 20)).length, 20);
    for (const now of [NOON, NOON + 30_000, NOON + 60_000]) {
      assert.ok((await medianMs(() => store.due(live, now, 20))) < 5);
      assert.ok((await medianMs(() => store.nextDueAt(live, now))) < 5);
      assert.ok((await medianMs(() => store.due(['queued'], now, 20))) < 5);
    }
  });

  it("a page of a member's jobs takes less than 5 ms, also the last one", async () => {
    assert.equal((await store.jobsOf('7', 0, 100)).length, 60);
    assert.ok((await medianMs(() => store.jobsOf('7', 0, 6))) < 5);
    assert.ok((await medianMs(() => store.jobsOf('7', 55, 6))) < 5);
    assert.ok((await medianMs(() => store.undeliveredOf('7'))) < 5);
  });

  it("a member's allowance takes less than 1 ms, a request with no limit less than 5", async () => {
    const period = { period: 'day', sinceAt: NOON, untilAt: NOON + 1e9 } as const;
    const member = {
      scope: 'member',
      of: '7',
      maxMicroUsd: 1e12,
      maxVideos: null,
      ...period,
    } as const;
    assert.equal((await store.spent(member)).videos, 60);
    assert.ok((await medianMs(() => store.spent(member))) < 1);
    assert.ok((await medianMs(() => store.accept(sampleNewJob(), [member]))) < 5);
  });
});
