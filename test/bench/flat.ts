/**
 * Whether the bot's memory stays as it is over thousands of videos. `npm run bench -- flat` makes 2,000
 * of them in about two minutes, `npm run bench -- flat --jobs 10000` the promise's 10,000.
 */
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bot, LogLine } from '../life/bot.ts';
import { freePort } from '../life/free-port.ts';
import { startStandIns } from './apart.ts';
import { end, launchReal } from './bots.ts';
import { median, type Row } from './row.ts';

/** Commands that wait for their video at any moment. */
const AT_ONCE = 50;
const TAKES_MS = 100;
/** So that what is done once an hour is done several times in a run. */
const HOUR_TAKES_MS = 10_000;
/** After a first part, in which code is compiled and caches are filled, memory is read so often. */
const READINGS = 12;
/** What may be held at a reading and not at another: what waits for its hour, pieces being collected. */
const SPARE_HEAP_BYTES = 2.5e6;
/** What a burst has left free: the engine and the allocator keep it for the next one. */
const SPARE_RSS_BYTES = 25e6;
const model = { id: 'gemini-omni-1.2-flash', usuallyMs: TAKES_MS };
const heap = fileURLToPath(new URL('heap.ts', import.meta.url));

interface Used {
  readonly rss: number;
  readonly heapUsed: number;
  /** Kept videos. */
  readonly files: number;
}

export async function measure(jobs = 2_000): Promise<Row[]> {
  const standIns = await startStandIns({ takesMs: TAKES_MS });
  const dataDir = await mkdtemp(join(tmpdir(), 'veo-bench-'));
  const modelsFile = join(dataDir, 'models.json');
  await writeFile(modelsFile, JSON.stringify({ models: [model] }));
  const port = await freePort();
  const env = {
    MAX_RUNNING_VIDEOS: '1000',
    POLLS_PER_SECOND: '100',
    KEEP_VIDEOS_DAYS: '0',
    VIDEO_MODELS_FILE: modelsFile,
    OPS_PORT: String(port),
    HOUR_TAKES_MS: String(HOUR_TAKES_MS),
  };
  const flags = ['--expose-gc', '--import', heap];
  const bot = launchReal(standIns, dataDir, env, flags);
  try {
    await bot.says(({ msg }) => msg === 'ready', 'that it is ready');
    const each = Math.ceil(jobs / (READINGS + 1));
    await standIns.ask('makeMany', each, AT_ONCE);
    const used: Used[] = [];
    for (let reading = 0; reading < READINGS; reading++) {
      await standIns.ask('makeMany', each, AT_ONCE);
      // As Prometheus does all day.
      await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const files = (await readdir(join(dataDir, 'videos'))).length;
      used.push({ ...(await memoryIn(bot)), files });
    }
    return rows(jobs, used);
  } finally {
    await end(bot, dataDir);
    await standIns.stop();
  }
}

function rows(jobs: number, used: readonly Used[]): Row[] {
  const third = READINGS / 3;
  const [first, last] = [used.slice(0, third), used.slice(-third)];
  const row = (what: string, of: 'heapUsed' | 'rss', spareBytes: number): Row => {
    const before = median(first.map((one) => one[of]));
    const after = median(last.map((one) => one[of]));
    return {
      what: `${what} over ${jobs} videos, last third beside the first`,
      target: `not above it by more than ${(spareBytes / 1e6).toFixed(1)} MB`,
      measured: `${(after / 1e6).toFixed(1)} MB beside ${(before / 1e6).toFixed(1)} MB`,
      ok: after - before <= spareBytes,
    };
  };
  const mostFiles = Math.max(...used.map(({ files }) => files));
  return [
    row('heap after collecting', 'heapUsed', SPARE_HEAP_BYTES),
    row('memory of the process', 'rss', SPARE_RSS_BYTES),
    {
      what: `files kept, where none is to be kept longer than an hour of ${HOUR_TAKES_MS / 1_000} s`,
      target: '≤ half of all',
      measured: `at most ${mostFiles}`,
      ok: mostFiles <= jobs / 2,
    },
  ];
}

/** What is left once garbage is collected. */
async function memoryIn(bot: Bot): Promise<Pick<Used, 'rss' | 'heapUsed'>> {
  const isOne = ({ level }: { readonly level: string }): boolean => level === 'bench';
  const before = bot.lines.filter(isOne).length;
  bot.process.kill('SIGUSR2');
  await bot.says((line) => isOne(line) && bot.lines.filter(isOne).length > before, 'what it uses');
  const { rss, heapUsed } = bot.lines.findLast(isOne) as LogLine;
  return { rss: Number(rss), heapUsed: Number(heapUsed) };
}
