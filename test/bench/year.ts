/** A year later: the same with 50,000 finished jobs in the database as with none, in one run. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { openStore, storeOver } from '../../src/sqlite/store.ts';
import { bringTo, sampleNewJob, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { mb, median, type Row } from './row.ts';

const JOBS = 50_000;
const MEMBERS = 500;
const YEAR_MS = 365 * 86_400_000;
const TIMES = 15;
const calendar = new Calendar('Europe/Berlin');
const OPENING = 'opening the database';

async function filled(jobs: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'veo-bench-'));
  const db = openDatabase(join(folder, 'bot.db'));
  db.pragma('synchronous = OFF');
  const store = storeOver(db);
  const now = Date.now();
  db.exec('BEGIN');
  for (let i = 0; i < jobs; i++) {
    const state = i % 20 === 0 ? 'failed' : i % 50 === 1 ? 'cancelled' : 'delivered';
    const job = await bringTo(store, state, {
      askedAt: now - YEAR_MS + Math.round((i / jobs) * YEAR_MS),
      requester: { userId: String(i % MEMBERS), locale: 'en-US' },
      request: sampleRequest({ prompt: `a cat of day ${i}, slow motion, low camera, red yarn` }),
      reply: sampleReply({ interactionId: String(i), token: 't'.repeat(200) }),
    });
    const { revision, reply } = job;
    await store.noteShown(job.id, { key: 'k', last: true, revision, token: reply.token });
    if (i % 1_000 === 999) db.exec('COMMIT; BEGIN');
  }
  db.exec('COMMIT');
  await store.close();
  return folder;
}

async function medianOf(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const startedAt = performance.now();
    await call();
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** What a command, a page, an admin and a collector cost the database, and its opening, each in ms. */
async function times(folder: string): Promise<Readonly<Record<string, number>>> {
  const path = join(folder, 'bot.db');
  const opening = await medianOf(async () => (await openStore({ path })).close());
  const store = await openStore({ path });
  const now = Date.now();
  const since = {
    dayAt: calendar.counted('day', now).sinceAt,
    monthAt: calendar.counted('month', now).sinceAt,
  };
  const limit = {
    period: 'month',
    ...calendar.counted('month', now),
    maxMicroUsd: 1e12,
    maxVideos: null,
  } as const;
  const checks = [
    { ...limit, scope: 'member', of: '7' },
    { ...limit, scope: 'bot', of: null },
  ] as const;
  try {
    return {
      'a request with its limits': await medianOf(() =>
        store.accept(
          sampleNewJob({ askedAt: now, requester: { userId: 'new', locale: 'de' } }),
          checks,
        ),
      ),
      'a page of /videos': await medianOf(() => store.jobsOf('7', 0, 6)),
      'status and metrics': await medianOf(() => store.overview(since)),
      [OPENING]: opening,
    };
  } finally {
    await store.close();
  }
}

export async function measure(): Promise<Row[]> {
  const folders = await Promise.all([filled(0), filled(JOBS)]);
  try {
    const [none = {}, year = {}] = [await times(folders[0] ?? ''), await times(folders[1] ?? '')];
    const { size } = await stat(join(folders[1] ?? '', 'bot.db'));
    return Object.entries(year).map(([what, taken]) => {
      const before = none[what] ?? 0;
      const isOpening = what === OPENING;
      return {
        what: `${what}, with ${JOBS} finished jobs (${mb(size)})`,
        // Every page is checked, so that damage is found before anything is paid: it grows with the file.
        target: isOpening ? '≤ 500 ms' : '≤ 1.25 × as with none, or less than 10 ms more',
        measured: `${taken.toFixed(2)} ms`,
        baseline: `with none: ${before.toFixed(2)} ms`,
        ok: isOpening ? taken <= 500 : taken <= 1.25 * before || taken - before < 10,
        byTheClock: true,
      };
    });
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  }
}
