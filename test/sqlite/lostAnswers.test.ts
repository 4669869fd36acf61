/** Schema 3 over the rows of one before it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrations } from '../../src/sqlite/migrations/list.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { NOON, PRICE, sampleOperation, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

describe('A database from before lost answers could be told of', () => {
  it('keeps its jobs, and knows whose each operation is', async () => {
    using folder = new Folder();
    const before = openDatabase(folder.database, {
      migrations: migrations.filter(({ version }) => version < 3),
    });
    const insert = before.prepare(
      `INSERT INTO jobs (id, state, revision, origin, asked_at, changed_at, due_at, reason, attempts,
         user_id, locale, channel_id, model_id, price_micro_usd, held_micro_usd, charged_micro_usd,
         maybe_micro_usd, money, counts, shown_last, reply, request, own)
       VALUES (@id, @state, 3, @id, ${NOON}, ${NOON}, @due, NULL, 0, '1', 'de', '2', 'm', ${PRICE},
         ${PRICE}, 0, 0, 'reserved', 1, 0, @reply, @request, @own)`,
    );
    const add = (id: string, state: string, own: object | string, due: number | null = null) =>
      insert.run({
        ...{ id, state, due },
        own: typeof own === 'string' ? own : JSON.stringify(own),
        reply: JSON.stringify(sampleReply()),
        request: JSON.stringify(sampleRequest()),
      });
    const operation = { ...sampleOperation, name: 'operations/1' };
    const charge = { kind: 'may have been charged', microUsd: PRICE };
    const running = { operation, deadlineAt: NOON + 9, lookedAt: null, goneSeen: 0 };
    add('job00001', 'submitting', { startedAt: NOON, cancelAsked: true });
    add('job00002', 'unconfirmed', { startedAt: NOON, charge });
    add('job00003', 'generating', { ...running, likelyAt: NOON, trouble: null }, NOON);
    add('job00004', 'cancelled', { why: 'by requester', charge });
    add('job00005', 'unconfirmed', '{"broken');
    const history = before.prepare(
      `INSERT INTO history (job_id, at, state, event, detail) VALUES (?, ?, ?, ?, ?)`,
    );
    history.run('job00004', NOON, 'generating', 'accepted', '{"operation":"operations/2"}');
    history.run('job00004', NOON, 'cancelled', 'cancelled', 'broken');
    before.close();

    const after = openDatabase(folder.database, {
      migrations: migrations.filter(({ version }) => version <= 3),
    });
    const rows = after
      .prepare<[], { operation: string | null; own: string }>('SELECT operation, own FROM jobs')
      .all();
    after.close();
    assert.deepEqual(
      rows.map((row) => row.operation),
      [null, null, 'operations/1', 'operations/2', null],
    );
    const broken = rows.pop();
    assert.equal(broken?.own, '{"broken');
    const [submitting, unconfirmed, generating, cancelled] = rows.map(({ own }) => JSON.parse(own));
    assert.deepEqual(submitting, { startedAt: NOON, cancelAsked: true, told: null });
    assert.deepEqual(unconfirmed, { startedAt: NOON, charge, told: null });
    assert.deepEqual(generating, { ...running, likelyAt: NOON, trouble: null });
    assert.deepEqual(cancelled, { why: 'by requester', charge });
  });
});
