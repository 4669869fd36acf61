/**
 * `npm run soak`: the real bot under load between two stand-ins with faults, killed every minute;
 * then calm, and the books. `-- --minutes 2 --requests 200` is the short form.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Bot } from '../life/bot.ts';
import { startDiscord } from '../sandbox/discord/discord.ts';
import { type Order, startGoogle } from '../sandbox/google/google.ts';
import { Chance } from '../simulation/random.ts';
import { isQuiet, readBooks, watch } from './books.ts';
import { type Discrepancy, discrepanciesOf } from './checks.ts';
import { type Asked, ask, settle } from './people.ts';
import { printDiscrepancies, printMoney, printOutcome } from './print.ts';
import { spoil } from './weather.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    requests: { type: 'string', default: '1000' },
    members: { type: 'string' },
    /** Of the calls of each kind. */
    faults: { type: 'string', default: '0.05' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
});
const MINUTE_MS = 60_000;
const forMs = Number(values.minutes) * MINUTE_MS;
const requests = Number(values.requests);
const memberCount = Number(values.members ?? Math.ceil(requests / 5));
const chance = new Chance(Number(values.seed));
/** As 15 minutes are to a long day. */
const TOKENS_LIVE_MS = 20_000;
/** A few want more. */
const VIDEOS_PER_MEMBER = 7;
const KILLS = 10;
const QUIET_WITHIN_MS = 8 * MINUTE_MS;

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const discord = await startDiscord({ tokenLifetimeMs: TOKENS_LIVE_MS });
const google = await startGoogle({
  takesMs: () => (chance.is(0.12) ? chance.between(18_000, 30_000) : chance.around(5_000, 0.4)),
  decides: ({ prompt }: Order) =>
    prompt.includes('declined') ? { refuse: 'no' } : chance.is(0.03) ? { fail: {} } : 'video',
  resultsAs: 'either',
});
const dataDir = await mkdtemp(join(tmpdir(), 'veo-soak-'));
const models = ['gemini-omni-1.2-flash', 'veo-3.1-fast-generate-preview'];
const modelsFile = join(dataDir, 'models.json');
await writeFile(
  modelsFile,
  JSON.stringify({ models: models.map((id) => ({ id, usuallyMs: 5_000 })) }),
);
const env = {
  DISCORD_TOKEN: discord.botToken,
  DISCORD_API_URL: discord.apiUrl,
  LITELLM_BASE_URL: google.url,
  DATA_DIR: dataDir,
  VIDEO_MODELS_FILE: modelsFile,
  OPS_PORT: '0',
  LOG_LEVEL: 'info',
  MIN_FREE_DISK_MB: '1',
  MAX_RUNNING_VIDEOS: '60',
  LIMIT_BOT_DAY_USD: '1000000',
  LIMIT_STRANGER_DAY_USD: '1000000',
  LIMIT_MEMBER_DAY_VIDEOS: String(VIDEOS_PER_MEMBER),
};
const found: Discrepancy[] = [];
const bots: Bot[] = [];
let mayEnd = false;

// Broken off, it leaves no bot behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.once('exit', () => {
  for (const one of bots) one.process.kill('SIGKILL');
});

function tell(what: string): void {
  console.log(`${(performance.now() / 1_000).toFixed(0).padStart(5)} s  ${what}`);
}

async function startBot(): Promise<Bot> {
  const bot = new Bot(main, env);
  bots.push(bot);
  void bot.ended.then(({ code, signal }) => {
    if (mayEnd || signal === 'SIGKILL') return;
    found.push({
      what: `the process ended by itself (${code}):\n${bot.output.slice(-2_000)}`,
      entry: null,
    });
  });
  await bot.says(({ msg }) => msg === 'ready', 'that it is ready');
  return bot;
}

const seen = watch(discord);
const town = settle(discord, chance, memberCount);
let bot = await startBot();
const weather = spoil(google, discord, chance, Number(values.faults));
const storm = new AbortController();
tell(`${memberCount} members begin to ask for ${requests} videos`);

const asks: Promise<Asked>[] = [];
await Promise.all([members(), kills(), drops()]);

async function members(): Promise<void> {
  const startedAt = performance.now();
  for (let nth = 0; nth < requests; nth++) {
    const dueAt = startedAt + (nth / requests) * forMs;
    await sleep(Math.max(0, dueAt - performance.now()));
    asks.push(ask(town, chance, nth, storm.signal));
  }
}

async function kills(): Promise<void> {
  for (let nth = 1; nth < KILLS; nth++) {
    await sleep(forMs / KILLS);
    await bot.kill();
    tell(`killed (${nth}); ${google.paid.length} paid calls, ${weather.met} faults so far`);
    await sleep(chance.between(0, 1_500));
    bot = await startBot();
  }
}

async function drops(): Promise<void> {
  const { gateway } = discord;
  const endsAt = performance.now() + forMs;
  for (;;) {
    await sleep(chance.between(0.02, 0.06) * forMs);
    if (performance.now() > endsAt) return;
    const how = chance.pick(['drop', 'reconnect', 'twice', 'lose', 'invalid'] as const);
    if (how === 'drop') gateway.drop();
    if (how === 'reconnect') gateway.askToReconnect();
    if (how === 'twice') gateway.sendTwice('INTERACTION_CREATE');
    if (how === 'lose') gateway.lose('INTERACTION_CREATE');
    if (how === 'invalid') gateway.invalidateSession(chance.is(0.5));
  }
}

weather.clear();
await bot.kill();
tell('calm; killed once more');
bot = await startBot();
const quietBy = performance.now() + QUIET_WITHIN_MS;
while (!isQuiet(dataDir) && performance.now() < quietBy) await sleep(250);
tell(isQuiet(dataDir) ? 'quiet' : 'it never became quiet');
storm.abort();
const all = await Promise.all(asks);
while (!isQuiet(dataDir) && performance.now() < quietBy) await sleep(250);
mayEnd = true;
const { code } = await bot.stop();
if (code !== 0) found.push({ what: `it ended with ${code} when told to stop`, entry: null });

const books = await readBooks(dataDir, all, google, seen);
found.push(...discrepanciesOf(books, seen, { videosPerMember: VIDEOS_PER_MEMBER }));
for (const what of new Set(discord.violations)) found.push({ what, entry: null });
const lines = bots.flatMap((one) => one.lines);
for (const { level, msg } of lines) {
  if (level === 'fatal' || level === 'plain')
    found.push({ what: `the log says: ${msg}`, entry: null });
}
for (const trouble of new Set(all.flatMap((one) => one.trouble ?? []))) {
  found.push({ what: `a member’s client refused: ${trouble}`, entry: null });
}
printOutcome(all, books, {
  'times killed': bots.length - 1,
  'faults met': weather.met,
  'calls to Discord': discord.journal.length,
  'calls to Google': google.requests.length,
});
printMoney(books);
printDiscrepancies(found);
console.log(found.length === 0 ? '\nNothing unexplained.' : `\n${found.length} unexplained.`);
if (found.length > 0) process.exitCode = 1;
await Promise.all([discord.stop(), google.stop()]);
if (values.keep) {
  await writeFile(join(dataDir, 'bot.log'), bots.map(({ output }) => output).join('---\n'));
  console.log(dataDir);
} else await rm(dataDir, { recursive: true, force: true });
