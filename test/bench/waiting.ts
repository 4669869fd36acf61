/** A data folder in which so many jobs wait for their operations, as a killed process leaves it. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pictureKey } from '../../src/discord/text/job.ts';
import { shownKey } from '../../src/jobs/shows.ts';
import { openDatabase } from '../../src/sqlite/open.ts';
import { storeOver } from '../../src/sqlite/store.ts';
import { bringTo, sampleId, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { WAITING } from './standins.ts';

const PROMPT =
  'A tabby cat chases a ball of red yarn over a sunny wooden floor, slow motion, low camera, ' +
  'dust in the light, shallow focus, the yarn unrolls towards us; purring and a distant piano';
const SPREAD_MS = 45_000;
const HOUR_MS = 3_600_000;

const made = new Map<number, Promise<string>>();

/** A fresh one each time; written once and copied. The caller removes it. */
export async function waitingFolder(jobs: number): Promise<string> {
  const written = made.get(jobs) ?? write(jobs);
  made.set(jobs, written);
  const folder = await temporary();
  await copyFile(join(await written, 'bot.db'), join(folder, 'bot.db'));
  return folder;
}

/** What was written for copying. */
export async function removeWritten(): Promise<void> {
  for (const folder of made.values()) await rm(await folder, { recursive: true, force: true });
  made.clear();
}

function temporary(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'veo-bench-'));
}

async function write(jobs: number): Promise<string> {
  const folder = await temporary();
  const db = openDatabase(join(folder, 'bot.db'));
  // One transaction on a file that may be lost: seconds instead of minutes.
  db.pragma('synchronous = OFF');
  const store = storeOver(db);
  db.exec('BEGIN');
  const now = Date.now();
  for (let i = 0; i < jobs; i++) {
    const id = sampleId();
    const submittedAt = now - Math.round((i / jobs) * SPREAD_MS);
    const job = await bringTo(
      store,
      'generating',
      {
        id,
        askedAt: submittedAt - 500,
        request: sampleRequest({ prompt: `${PROMPT}. Take ${i}.` }),
        reply: sampleReply({
          interactionId: String(1_300_000_000_000_000_000n + BigInt(i)),
          token: `${id}${'t'.repeat(200)}`,
          messageId: String(1_400_000_000_000_000_000n + BigInt(i)),
        }),
      },
      {
        operation: { name: `v1_${WAITING}${id}${'o'.repeat(50)}`, submittedAt },
        dueAt: submittedAt + 30_000,
        likelyAt: submittedAt + 45_000,
        deadlineAt: submittedAt + 2 * HOUR_MS,
      },
    );
    await store.noteShown(id, {
      key: shownKey({ pictureKey }, job),
      last: false,
      revision: job.revision,
      token: job.reply.token,
    });
  }
  db.exec('COMMIT');
  await store.close();
  return folder;
}
