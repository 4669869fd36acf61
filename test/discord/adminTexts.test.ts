import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { jobsText, jobText, noSuchJob } from '../../src/discord/text/adminJobs.ts';
import { CONTENT_MAX } from '../../src/discord/text/quote.ts';
import type { Job } from '../../src/jobs/job.ts';
import type { HistoryLine } from '../../src/jobs/ports.ts';
import { NOON, sampleJob, sampleRequest } from '../jobs/samples.ts';
import { seen } from './markdown.ts';
import { nasty } from './prompts.ts';

const history: readonly HistoryLine[] = [
  { at: NOON, state: 'received', event: 'asked', detail: { microUsd: 800_000 } },
  { at: NOON + 300, state: 'queued', event: 'acknowledged' },
  { at: NOON + 400, state: 'queued', event: 'waiting', detail: { trouble: 'paused' } },
  { at: NOON + 9_000, state: 'unconfirmed', event: 'answer lost', detail: { how: 'ECONNRESET' } },
];
const ours = /^(?:> .*|<@\d+>|<t:\d+:[RT]>|(?:https:\/\/)?discord\.com\/channels\/\S+)$/;

test('what an admin reads of jobs is as agreed', (t) => {
  const fixed = (job: Job, id: string) => ({ ...job, id });
  const jobs = (['queued', 'delivered', 'unconfirmed'] as const).map((state, i) =>
    fixed(sampleJob(state), `8f3kq2z${i}`),
  );
  const told = [
    ...jobs.map((job) => jobText(job, history)),
    jobsText(jobs, null),
    jobsText([], 'failed'),
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
      const texts = [jobText(job, lines), jobsText(Array(10).fill(job), null), noSuchJob(prompt)];
      for (const text of texts) {
        assert.ok(text.length <= CONTENT_MAX, `${text.length} characters`);
        for (const effect of seen(text).effects) assert.match(effect, ours);
      }
    }),
    { numRuns: 60 },
  );
});
