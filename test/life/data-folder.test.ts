/** Failure table: a second process on the same data; and a data folder that cannot be used. */
import assert from 'node:assert/strict';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import Database from 'better-sqlite3';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import type { Bot } from './bot.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google, discord } = world;
const folder = await mkdtemp(join(tmpdir(), 'veo-bot-data-'));
after(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** One sentence, a code, and nobody outside was spoken to. */
async function endsWith(bot: Bot, words: RegExp): Promise<void> {
  const { code } = await bot.ended;
  assert.equal(code, 1, bot.output);
  const plain = bot.lines.filter(({ level }) => level === 'plain');
  assert.equal(plain.length, 1, bot.output);
  assert.match(plain[0]?.msg ?? '', words);
  assert.ok(bot.lines.every(({ msg }) => !msg.startsWith('discord:')));
}

test('a second process on the same data ends with one clear line; the first goes on', async () => {
  const first = await world.startBot();
  const ask = await somebodyAsks(world, 'a cat of the first process');
  await ask.message.becomes(says(/Being made/));
  const running = discord.journal.length;
  const second = world.launchBot();
  const { code } = await second.ended;
  assert.equal(code, 1);
  assert.match(second.output, /in use by another|another .*(bot|process)/i);
  assert.equal(second.lines.filter(({ level }) => level === 'plain').length, 1);
  assert.equal(discord.journal.length, running);
  google.operations[0]?.finish();
  await ask.message.becomes(hasVideo);
  await first.says((line) => line.state === 'delivered', 'that it delivered');
  holds(world, ask, { paid: 1, videos: 1 });
  await first.kill();
});

test('of two that start at once, exactly one goes on', async () => {
  const bots = [world.launchBot(), world.launchBot()];
  const isReady = (bot: Bot) => bot.lines.some(({ msg }) => msg === 'ready');
  await eventually(() => bots.some(isReady), 'one that is ready');
  const other = bots.find((bot) => !isReady(bot));
  assert.equal((await other?.ended)?.code, 1);
  await bots.find(isReady)?.kill();
});

describe('a data folder that cannot be used', { concurrency: 4 }, () => {
  test('because it is a file', async () => {
    const path = join(folder, 'a-file');
    await writeFile(path, 'not a folder');
    await endsWith(
      world.launchBot({ DATA_DIR: path }),
      /a-file.*not a (folder|directory)|is a file/,
    );
    assert.equal(await readFile(path, 'utf8'), 'not a folder');
  });

  test('because its database is cut off: it is left as it is', async () => {
    const data = await withDatabase('cut-off');
    await truncate(join(data, 'bot.db'), 5_000);
    const before = await readFile(join(data, 'bot.db'));
    await endsWith(world.launchBot({ DATA_DIR: data }), /bot\.db is damaged or cut off/);
    assert.deepEqual(await readFile(join(data, 'bot.db')), before);
  });

  test('because its database is of a newer version', async () => {
    const data = await withDatabase('newer');
    const db = new Database(join(data, 'bot.db'));
    db.pragma('user_version = 999');
    db.close();
    await endsWith(world.launchBot({ DATA_DIR: data }), /written by a newer version of this bot/);
  });

  test('because its database is something else', async () => {
    const data = join(folder, 'foreign');
    await mkdir(data);
    await writeFile(join(data, 'bot.db'), 'a diary, not a database '.repeat(100));
    await endsWith(world.launchBot({ DATA_DIR: data }), /is not this bot's database/);
  });
});

async function withDatabase(name: string): Promise<string> {
  const data = join(folder, name);
  const bot = await world.startBot({ DATA_DIR: data });
  await bot.stop();
  return data;
}

test('what the bot keeps is for its own user, also in a folder that others may look into', async () => {
  await using world = await startWorld();
  await chmod(world.dataDir, 0o755);
  await world.startBot();
  const files = await readdir(world.dataDir);
  assert.ok(files.includes('bot.db'));
  for (const name of files.filter((name) => name !== 'models.json')) {
    assert.equal((await stat(join(world.dataDir, name))).mode & 0o077, 0, name);
  }
});
