/** The whole bot between the two stand-ins, on a data folder of its own. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDiscord } from '../sandbox/discord/discord.ts';
import { leavesPingsOpen } from '../sandbox/discord/pinging.ts';
import { startGoogle } from '../sandbox/google/google.ts';
import { Bot } from './bot.ts';

export type World = Awaited<ReturnType<typeof startWorld>>;

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface WorldOptions {
  readonly discord?: Parameters<typeof startDiscord>[0];
  readonly google?: Parameters<typeof startGoogle>[0];
  readonly env?: Readonly<Record<string, string>>;
  /** How long the bot believes a video takes, before it has seen one; default 200 ms. */
  readonly usuallyMs?: number;
}

const modelIds = [
  'gemini-omni-1.2-flash',
  'gemini-omni-1.1-flash',
  'veo-3.1-generate-preview',
  'veo-3.1-fast-generate-preview',
];

export async function startWorld(options: WorldOptions = {}) {
  const discord = await startDiscord(options.discord ?? {});
  const google = await startGoogle(options.google ?? {});
  const dataDir = await mkdtemp(join(tmpdir(), 'veo-bot-'));
  const bots: Bot[] = [];
  const modelsFile = join(dataDir, 'models.json');
  const usuallyMs = options.usuallyMs ?? 200;
  await writeFile(
    modelsFile,
    JSON.stringify({ models: modelIds.map((id) => ({ id, usuallyMs })) }),
  );
  const server = discord.createServer({ name: 'Test server' });
  const channel = server.createChannel({ name: 'videos' });
  const ann = discord.createMember({ name: 'Ann' });
  server.join(ann);

  const env = {
    DISCORD_TOKEN: discord.botToken,
    DISCORD_API_URL: discord.apiUrl,
    LITELLM_BASE_URL: google.url,
    DATA_DIR: dataDir,
    VIDEO_MODELS_FILE: modelsFile,
    OPS_PORT: '0',
    LOG_LEVEL: 'debug',
    MIN_FREE_DISK_MB: '1',
    // Whatever this machine has; tests of shrinking bring their own.
    FFMPEG_PATH: 'off',
    LIMIT_BOT_DAY_USD: '1000',
    LIMIT_STRANGER_DAY_USD: '1000',
    ...options.env,
  };

  /** Starts the real process and waits until it takes commands. */
  async function startBot(more: Readonly<Record<string, string>> = {}): Promise<Bot> {
    const bot = launchBot(more);
    await bot.says((line) => line.msg === 'ready', 'that it is ready');
    return bot;
  }

  function launchBot(more: Readonly<Record<string, string>> = {}, args: string[] = []): Bot {
    const bot = new Bot(main, { ...env, ...more }, args);
    bots.push(bot);
    return bot;
  }

  async function close(): Promise<void> {
    await Promise.all(bots.map((bot) => bot.kill()));
    await Promise.all([discord.stop(), google.stop()]);
    await rm(dataDir, { recursive: true, force: true });
    assert.deepEqual(leavesPingsOpen(discord.journal), [], 'says whom it may ping');
  }

  return {
    discord,
    google,
    dataDir,
    env,
    server,
    channel,
    ann,
    startBot,
    launchBot,
    close,
    [Symbol.asyncDispose]: close,
  };
}
