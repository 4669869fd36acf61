/** The real bot and a plain one, each as a process of its own, and how much memory they take. */
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { Bot } from '../life/bot.ts';
import type { StandIns } from './apart.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** As `npm start` has it, with its flags. */
const [real = '', ...realArgs] = packageJson.scripts.start.split(' ').slice(1);
const plain = pathOf('plainBot.ts');

/** The real one, launched; `startReal` also waits until it takes commands. */
export function launchReal(
  { apiUrl, botToken, googleUrl }: StandIns,
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Bot {
  const all = {
    DISCORD_TOKEN: botToken,
    DISCORD_API_URL: apiUrl,
    LITELLM_BASE_URL: googleUrl,
    DATA_DIR: dataDir,
    OPS_PORT: '0',
    MIN_FREE_DISK_MB: '1',
    LIMIT_BOT_DAY_USD: '1000000',
    LIMIT_STRANGER_DAY_USD: '1000000',
    ...env,
  };
  const [first = '', ...others] = [...flags, real, ...realArgs];
  return new Bot(first, all, others);
}

export async function startReal(
  standIns: StandIns,
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Bot> {
  const bot = launchReal(standIns, dataDir, env);
  await bot.says(({ msg }) => msg === 'ready', 'that it is ready');
  return bot;
}

export function launchPlain(
  { apiUrl, botToken }: StandIns,
  env: { readonly VIDEO?: string } = {},
): Bot {
  return new Bot(plain, { DISCORD_TOKEN: botToken, DISCORD_API_URL: apiUrl, ...env });
}

/** Connects, acknowledges each command, and posts the file where there is one. */
export async function startPlain(
  standIns: StandIns,
  env: { readonly VIDEO?: string } = {},
): Promise<Bot> {
  const bot = launchPlain(standIns, env);
  await bot.says(({ msg }) => msg === 'ready', 'that it is ready');
  return bot;
}

export async function end(bot: Bot, dataDir?: string): Promise<void> {
  await bot.kill();
  if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true });
}

export interface Memory {
  /** Now. */
  readonly rssBytes: number;
  /** The most since the process began. */
  readonly peakBytes: number;
}

/** As Linux counts it: `/proc/<pid>/status`. */
export async function memoryOf(bot: Bot): Promise<Memory> {
  const status = await readFile(`/proc/${bot.process.pid}/status`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { rssBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') };
}
