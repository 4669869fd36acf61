/** Failure table: the disk is full. Nothing new is paid for; what is paid for waits for room. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import type { Bot } from './bot.ts';
import { freePort } from './free-port.ts';
import { startWorld } from './world.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const MIB = 1024 * 1024;
/** Makes every write beyond so many bytes of a file fail, as on a full disk. */
const canBeFull = spawnSync('prlimit', ['--version']).status === 0;
const withFullDisk = { skip: canBeFull ? false : 'there is no prlimit on this machine' };
const world = await startWorld({ google: { videoSizeBytes: 3 * MIB, takesMs: 100 } });
const { google } = world;
after(() => world.close());

function fillDisk(bot: Bot, fileSizeBytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${bot.process.pid}`, `--fsize=${fileSizeBytes}:`]);
}

// That it starts by itself is in deadlines.test.ts.
test('with too little room nothing is paid for', async () => {
  const full = await world.startBot({ MIN_FREE_DISK_MB: '10000000' });
  const ask = await somebodyAsks(world, 'a cat without room');
  await ask.message.becomes(
    says(/💾 Paused: the bot is out of storage\. Nothing charged; it starts by itself/),
  );
  await ask.member.presses(ask.message, 'Cancel');
  await ask.message.becomes(says(/✋ Cancelled before it started\. Not charged\./));
  holds(world, ask, { paid: 0, videos: 0 });
  await full.kill();
});

test(
  'a disk that is full when the video comes: it waits, and is posted once there is room',
  withFullDisk,
  async () => {
    const bot = await world.startBot();
    fillDisk(bot, MIB);
    const ask = await somebodyAsks(world, 'a cat too large for the disk');
    await ask.message.becomes(
      says(/📥 Made\. It cannot be fetched yet: the bot is out of storage\. It is tried again/),
    );
    assert.match(ask.message.content, /\$0\.\d\d charged/);
    fillDisk(bot, 'unlimited');
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
    await bot.stop();
  },
);

test(
  'a disk that does not take the name of what was paid for: kept, told loudly, written later',
  withFullDisk,
  async () => {
    const prompt = 'a cat whose name is not written down';
    const bot = await world.startBot();
    google.next('submit', { delayMs: 600 });
    const ask = await somebodyAsks(world, prompt);
    await ask.message.becomes(says(/Starting|Being made/)).catch(() => {});
    await eventually(() => google.operations.some((o) => o.prompt === prompt), 'the paid call');
    fillDisk(bot, 1);
    const told = await bot.says(
      ({ alarm }) => alarm === 'paid operation not written down',
      'that it could not write',
    );
    const operation = google.operations.find((o) => o.prompt === prompt);
    assert.equal(told.operation, operation?.id);
    assert.equal(google.polls(operation?.id ?? ''), 0);
    fillDisk(bot, 'unlimited');
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
    await bot.stop();
  },
);

test(
  'a command while the disk is full is refused in words, and nothing is charged',
  withFullDisk,
  async () => {
    const bot = await world.startBot();
    fillDisk(bot, 1);
    const ask = await somebodyAsks(world, 'a cat while the disk is full');
    assert.match(ask.message.content, /no room to keep them.*Nothing charged/);
    assert.ok(ask.message.ephemeral);
    fillDisk(bot, 'unlimited');
    const next = await somebodyAsks(world, 'a cat when there is room', ask);
    await next.message.becomes(hasVideo);
    holds(world, next, { paid: 1, videos: 1 });
  },
);

test('a log that cannot be written ends nothing: the video is made, and a stop is orderly', async () => {
  const full = await open('/dev/full', 'w');
  const port = await freePort();
  const child = spawn(process.execPath, [main], {
    env: { ...world.env, PATH: process.env.PATH, OPS_PORT: String(port) },
    stdio: ['ignore', full.fd, 'pipe'],
  });
  const ended = once(child, 'close');
  try {
    const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).then(({ ok }) => ok);
    await eventually(() => ready().catch(() => false), 'that it is ready');
    const ask = await somebodyAsks(world, 'a cat of which nothing is written down');
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  } finally {
    child.kill('SIGKILL');
    await full.close();
  }
});
