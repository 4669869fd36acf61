/** What the bot's process takes in memory, with much that waits and much that moves. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { videoFile } from '../sandbox/google/video-file.ts';
import { startStandIns } from './apart.ts';
import { end, type Memory, memoryOf, startPlain, startReal } from './bots.ts';
import { mb, type Row } from './row.ts';
import { waitingFolder } from './waiting.ts';

const MEBIBYTE = 2 ** 20;
/** Looks are made and answered for so long before the memory is read. */
const SETTLE_MS = 5_000;

export async function measure(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { jobs, mostBytes } of [
    { jobs: 1_000, mostBytes: 150e6 },
    { jobs: 10_000, mostBytes: 250e6 },
  ]) {
    const { rssBytes, peakBytes } = await whileWaiting(jobs);
    rows.push({
      what: `memory with ${jobs} jobs waiting`,
      target: `≤ ${mb(mostBytes)}`,
      measured: `${mb(rssBytes)}, ${mb(peakBytes)} at its peak`,
      ok: rssBytes <= mostBytes,
    });
  }
  const inline = await whileMaking(10, { resultsAs: 'data', videoSizeBytes: 20e6 });
  rows.push({
    what: 'memory with ten inline results of 20 MB',
    target: '≤ 250 MB',
    measured: `${mb(inline.peakBytes)} at its peak`,
    ok: inline.peakBytes <= 250e6,
  });
  const posting = { videoSizeBytes: 9 * MEBIBYTE, uploadsTakeMs: 500 };
  const ours = await whileMaking(20, posting);
  const plain = await plainWhilePosting(20, posting);
  rows.push({
    what: 'memory with twenty videos of 9 MiB being delivered at once',
    target: '≤ 250 MB',
    measured: `${mb(ours.peakBytes)} at its peak`,
    baseline: `a plain bot: ${mb(plain.peakBytes)}`,
    ok: ours.peakBytes <= 250e6,
  });
  return rows;
}

async function whileWaiting(jobs: number): Promise<Memory> {
  const standIns = await startStandIns();
  const dataDir = await waitingFolder(jobs);
  const bot = await startReal(standIns, dataDir);
  try {
    await sleep(SETTLE_MS);
    return await memoryOf(bot);
  } finally {
    await end(bot, dataDir);
    await standIns.stop();
  }
}

async function whileMaking(
  videos: number,
  plan: Parameters<typeof startStandIns>[0],
): Promise<Memory> {
  // All end at the same moment, so that all are fetched and posted at once.
  const standIns = await startStandIns({ ...plan, takesMs: 1_000 });
  const dataDir = await mkdtemp(join(tmpdir(), 'veo-bench-'));
  const bot = await startReal(standIns, dataDir, { MAX_RUNNING_VIDEOS: '100' });
  try {
    await standIns.ask('makeVideos', videos);
    return await memoryOf(bot);
  } finally {
    await end(bot, dataDir);
    await standIns.stop();
  }
}

async function plainWhilePosting(
  videos: number,
  plan: { readonly videoSizeBytes: number; readonly uploadsTakeMs: number },
): Promise<Memory> {
  const standIns = await startStandIns(plan);
  const dir = await mkdtemp(join(tmpdir(), 'veo-bench-'));
  const path = join(dir, 'video.mp4');
  await writeFile(path, await videoFile({ seconds: 8, sizeBytes: plan.videoSizeBytes }));
  const bot = await startPlain(standIns, { VIDEO: path });
  try {
    await standIns.ask('makeVideos', videos);
    return await memoryOf(bot);
  } finally {
    await end(bot);
    await rm(dir, { recursive: true });
    await standIns.stop();
  }
}
