/** From the start of the process to Discord and to work, with nothing to do and with 10,000 jobs. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startStandIns } from './apart.ts';
import { end, launchPlain, launchReal } from './bots.ts';
import { median, ms, type Row } from './row.ts';
import { waitingFolder } from './waiting.ts';

const JOBS = 10_000;
const STARTS = 3;
const POLLS_PER_SECOND = 20;
/** How long the looks are counted after the start. */
const WATCHED_MS = 5_000;
/** They leave 50 ms apart; on a busy machine one arrives a turn late and the next in time. */
const JITTER_MS = 50;

interface Started {
  readonly identifiedMs: number;
  readonly readyMs: number;
  /** Below 0: before it was ready. */
  readonly firstLookAfterReadyMs: number;
  readonly looks: number;
  readonly busiestSecond: number;
}

export async function measure(): Promise<Row[]> {
  const empty: Started[] = [];
  const full: Started[] = [];
  const plain: number[] = [];
  // The first start after an installation compiles everything; it is no restart.
  await start(await mkdtemp(join(tmpdir(), 'veo-bench-')), 0);
  for (let i = 0; i < STARTS; i++) {
    plain.push(await startPlainly());
    empty.push(await start(await mkdtemp(join(tmpdir(), 'veo-bench-')), 0));
    full.push(await start(await waitingFolder(JOBS), i === 0 ? WATCHED_MS : 0));
  }
  const identified = (of: readonly Started[]): number =>
    median(of.map(({ identifiedMs }) => identifiedMs));
  const baseline = `a plain bot: ${ms(median(plain))}`;
  const firstLook = median(full.map((one) => one.firstLookAfterReadyMs));
  const [watched] = full;
  const least = (POLLS_PER_SECOND * WATCHED_MS) / 1_000 / 2;
  return [
    {
      what: 'start to identified on the gateway, no jobs',
      target: '≤ 1 s',
      measured: ms(identified(empty)),
      baseline,
      ok: identified(empty) <= 1_000,
      byTheClock: true,
    },
    {
      what: `start to identified on the gateway, ${JOBS} jobs waiting`,
      target: '≤ 1 s',
      measured: ms(identified(full)),
      baseline,
      ok: identified(full) <= 1_000,
      byTheClock: true,
    },
    {
      what: `restart with ${JOBS} jobs waiting: first look after "ready"`,
      target: '≤ 1 s',
      measured: `${firstLook < 0 ? `${ms(-firstLook)} before it` : ms(firstLook)} (ready ${ms(median(full.map((one) => one.readyMs)))} after the start)`,
      ok: firstLook <= 1_000,
      byTheClock: true,
    },
    {
      what: `restart with ${JOBS} jobs waiting: looks in any second`,
      target: `≤ ${POLLS_PER_SECOND}, and not idle`,
      measured: `at most ${watched?.busiestSecond}, ${watched?.looks} in ${WATCHED_MS / 1_000} s`,
      ok:
        watched !== undefined &&
        watched.busiestSecond <= POLLS_PER_SECOND &&
        watched.looks >= least,
    },
  ];
}

async function start(dataDir: string, watchedMs: number): Promise<Started> {
  const standIns = await startStandIns();
  const startedAt = Date.now();
  const bot = launchReal(standIns, dataDir);
  try {
    const { time } = await bot.says(({ msg }) => msg === 'ready', 'that it is ready');
    const readyAt = Date.parse(String(time));
    await sleep(watchedMs);
    const [identifiedAt = Number.NaN] = await standIns.ask('identifies');
    const looks = await standIns.ask('looks');
    return {
      identifiedMs: identifiedAt - startedAt,
      readyMs: readyAt - startedAt,
      firstLookAfterReadyMs: (looks[0] ?? readyAt) - readyAt,
      looks: looks.length,
      busiestSecond: busiest(looks),
    };
  } finally {
    await end(bot, dataDir);
    await standIns.stop();
  }
}

/** From the start of its process to its identify. */
async function startPlainly(): Promise<number> {
  const standIns = await startStandIns();
  const startedAt = Date.now();
  const bot = launchPlain(standIns);
  try {
    await standIns.ask('connected');
    const [identifiedAt = Number.NaN] = await standIns.ask('identifies');
    return identifiedAt - startedAt;
  } finally {
    await end(bot);
    await standIns.stop();
  }
}

/** The most of them within any second, wherever it begins, less what they may jitter on their way. */
function busiest(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  times.forEach((time, i) => {
    while (time - (times[first] ?? time) >= 1_000 - JITTER_MS) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}
