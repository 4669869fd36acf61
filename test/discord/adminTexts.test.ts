import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { jobsMessage, jobText, noSuchJob } from '../../src/discord/text/adminJobs.ts';
import { CONTENT_MAX } from '../../src/discord/text/quote.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { LedgerLine } from '../../src/jobs/money/accounts.ts';
import type { HistoryLine, Listed } from '../../src/jobs/ports/store.ts';
import { NOON, sampleJob, sampleRequest } from '../jobs/samples.ts';
import { seen } from './markdown.ts';
import { nasty } from './prompts.ts';

const history: readonly HistoryLine[] = [
  { at: NOON, state: 'received', event: 'asked', detail: { microUsd: 800_000 } },
  { at: NOON + 300, state: 'queued', event: 'acknowledged' },
  { at: NOON + 400, state: 'queued', event: 'waiting', detail: { trouble: 'paused' } },
  { at: NOON + 9_000, state: 'unconfirmed', event: 'answer lost', detail: { how: 'ECONNRESET' } },
];
const ledger: readonly LedgerLine[] = [
  {
    ...{ at: NOON, kind: 'reserved', basis: null },
    ...{ reservedMicroUsd: 800_000, chargedMicroUsd: 0, maybeMicroUsd: 0 },
  },
  {
    ...{ at: NOON + 9_000, kind: 'settled', basis: 'reported' },
    ...{ reservedMicroUsd: -800_000, chargedMicroUsd: 812_000, maybeMicroUsd: 0 },
  },
];
const any: Listed = { state: null, userId: null, guildId: null };
const ours = /^(?:> .*|<@\d+>|<t:\d+:[RT]>|(?:https:\/\/)?discord\.com\/channels\/\S+)$/;

test('what an admin reads of jobs is as agreed', (t) => {
  const fixed = (job: Job, id: string) => ({ ...job, id });
  const jobs = (['queued', 'delivered', 'unconfirmed'] as const).map((state, i) =>
    fixed(sampleJob(state), `8f3kq2z${i}`),
  );
  const told = [
    ...jobs.map((job) => jobText({ job, history, ledger }, true)),
    jobsMessage({ jobs, page: 0, hasOlder: true }, any, true).content,
    jobsMessage({ jobs, page: 2, hasOlder: false }, { ...any, guildId: '1' }, false).content,
    jobsMessage({ jobs: [], page: 0, hasOlder: false }, { ...any, state: 'failed' }, true).content,
    noSuchJob('*x*'),
  ];
  const path = join(import.meta.dirname, 'snapshots', 'admin-jobs.txt');
  t.assert.fileSnapshot(`${told.join('\n\n')}\n`, path, { serializers: [String] });
});

test('it stays harmless and within a message, whatever was written and however much happened', () => {
  const line = fc
    .tuple(nasty, nasty)
    .map(([event, how]): HistoryLine => ({ at: NOON, state: 'queued', event, detail: { how } }));
  fc.assert(
    fc.property(nasty, fc.array(line, { maxLength: 60 }), (prompt, lines) => {
      const job = { ...sampleJob('unconfirmed'), request: sampleRequest({ prompt }) };
      const list = { jobs: Array(10).fill(job), page: 0, hasOlder: true };
      const texts = [
        jobText({ job, history: lines, ledger }, true),
        jobsMessage(list, any, true).content,
        noSuchJob(prompt),
      ];
      for (const text of texts) {
        assert.ok(text.length <= CONTENT_MAX, `${text.length} characters`);
        for (const effect of seen(text).effects) assert.match(effect, ours);
      }
    }),
    { numRuns: 60 },
  );
});

test('a history that is too long loses its middle, and never how it stands now', () => {
  const line = (event: string): HistoryLine => ({ at: NOON, state: 'queued', event });
  const long = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}`, 'x'.repeat(60)]));
  const newest = { ...line('the newest'), detail: long };
  const lines = [{ ...line('the first'), detail: long }, ...Array(200).fill(line('between'))];
  const many = Array(40).fill(ledger[1]);
  for (const history of [[...lines, newest], [lines[0], newest], [newest]]) {
    const words = jobText({ job: sampleJob('queued'), history, ledger: many }, true);
    assert.match(words, /the newest/);
    assert.match(words, /… 34 more/);
    assert.ok(words.length <= CONTENT_MAX);
  }
});
