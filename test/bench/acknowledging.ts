/** How long members wait for "is thinking" when many type at once. */
import { startStandIns } from './apart.ts';
import { end, startPlain, startReal } from './bots.ts';
import { median, ms, quantile, type Row } from './row.ts';
import { waitingFolder } from './waiting.ts';

const COMMANDS = 200;
const WAITING_JOBS = 1_000;
const ROUNDS = 3;
const MOST_MS = 250;

export async function measure(): Promise<Row[]> {
  const ours: number[] = [];
  const plain: number[] = [];
  // By turns, and each time a process just started: its first burst is its slowest.
  for (let round = 0; round < ROUNDS; round++) {
    plain.push(quantile(await plainBurst(), 0.99));
    ours.push(quantile(await realBurst(), 0.99));
  }
  const measured = median(ours);
  const baseline = median(plain);
  return [
    {
      what: `${COMMANDS} commands at once while ${WAITING_JOBS} jobs wait: acknowledged, p99`,
      target: `≤ ${MOST_MS} ms on 2 cores`,
      measured: `${ms(measured)} (${ours.map(ms).join(', ')})`,
      baseline: `a plain bot with nothing to do: ${ms(baseline)} (${plain.map(ms).join(', ')})`,
      ok: measured <= MOST_MS,
      byTheClock: true,
    },
  ];
}

async function realBurst(): Promise<number[]> {
  const standIns = await startStandIns({ takesMs: 3_600_000 });
  const dataDir = await waitingFolder(WAITING_JOBS);
  // Room for all, so that the 200 paid calls go out in the midst of it.
  const bot = await startReal(standIns, dataDir, { MAX_RUNNING_VIDEOS: '2000' });
  try {
    return await standIns.ask('burst', COMMANDS);
  } finally {
    await end(bot, dataDir);
    await standIns.stop();
  }
}

async function plainBurst(): Promise<number[]> {
  const standIns = await startStandIns();
  const bot = await startPlain(standIns);
  try {
    return await standIns.ask('burst', COMMANDS);
  } finally {
    await end(bot);
    await standIns.stop();
  }
}
