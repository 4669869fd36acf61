/** Failure table: the download is cut short, or leads elsewhere. Again, until the file is whole. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Fault, FaultOptions, GoogleRequest, Operation } from '../sandbox/google/google.ts';
import { fileNotActive, unavailable } from '../sandbox/google/said.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks, videosFor } from './asking.ts';
import { startWorld } from './world.ts';

const KEY = 'sk-the-key-of-this-test';
const world = await startWorld({
  google: { takesMs: 150, proxyKey: KEY },
  env: { LITELLM_API_KEY: KEY, MAX_RUNNING_VIDEOS: '30' },
});
const { google } = world;

/** Another host, which must never see the key. */
const seenElsewhere: IncomingHttpHeaders[] = [];
const elsewhere = createServer((request, response) => {
  seenElsewhere.push(request.headers);
  response.writeHead(200, { 'content-type': 'video/mp4' }).end('not your video');
});
elsewhere.listen(0, '127.0.0.1');
await once(elsewhere, 'listening');
const elsewhereUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
after(async () => {
  await world.close();
  elsewhere.close();
});
let bot = await world.startBot();

const about =
  (prompt: string) =>
  ({ operation }: GoogleRequest): boolean =>
    google.operation(operation ?? '')?.prompt === prompt;

function operationFor({ prompt }: Pick<Ask, 'prompt'>): Promise<Operation> {
  return eventually(() => google.operations.find((o) => o.prompt === prompt), 'the operation');
}

async function isWhole(ask: Ask): Promise<void> {
  await ask.message.becomes(hasVideo, 15_000);
  holds(world, ask, { paid: 1, videos: 1 });
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  const bytes = videosFor(ask)[0]?.attachments[0]?.bytes;
  const { fileId } = await operationFor(ask);
  const address = `${google.upstreamUrl}/v1beta/files/${fileId}:download?alt=media&key=any`;
  const whole = new Uint8Array(await (await fetch(address)).arrayBuffer());
  assert.deepEqual(Buffer.from(bytes ?? []), Buffer.from(whole));
}

describe('a download that', { concurrency: 20 }, () => {
  const faults: [what: string, fault: Fault, options?: FaultOptions][] = [
    ['is cut short', { cutBytes: 10_000 }],
    ['is cut before its first byte', { cutBytes: 0 }],
    ['is half a file with a proper end', { corrupt: 'half' }],
    ['is a page', { corrupt: 'html' }],
    ['is empty', { corrupt: 'empty' }],
    ['is reset', 'reset-before'],
    ['meets 503', unavailable()],
    ['meets a file that is not ready', fileNotActive('abc')],
    ['breaks behind the proxy', { cutBytes: 10_000 }, { at: 'google' }],
    ['is sent to another host', { redirect: `${elsewhereUrl}/video` }],
    ['is sent to plain http', { redirect: 'http://storage.googleapis.com/video' }],
    ['is sent to a file', { redirect: 'file:///etc/passwd' }],
    ['is sent round in a circle', { redirect: '?alt=media' }, { times: 5 }],
  ];
  for (const [what, fault, options = {}] of faults) {
    test(`${what} is tried again and posted once, whole`, async () => {
      const prompt = `a cat whose file ${what}`;
      google.next('download', fault, { ...options, where: about(prompt) });
      const ask = await somebodyAsks(world, prompt);
      await isWhole(ask);
    });
  }
});

test('a download cut twice goes on where it was', async () => {
  const prompt = 'a cat in three pieces';
  google.next('download', { cutBytes: 20_000 }, { times: 2, where: about(prompt) });
  await isWhole(await somebodyAsks(world, prompt));
  const ranges = google.downloads
    .filter((request) => request.face === 'proxy' && about(prompt)(request))
    .map(({ headers }) => headers['x-pass-range'] ?? null);
  assert.deepEqual(ranges, [null, 'bytes=20000-', 'bytes=40000-']);
});

test('killed in the middle of a download: it is fetched again and posted once', async () => {
  const prompt = 'a cat and a kill while it is fetched';
  google.next('download', 'hang', { where: about(prompt) });
  const ask = await somebodyAsks(world, prompt);
  await eventually(() => google.downloads.some(about(prompt)), 'the download');
  await bot.kill();
  bot = await world.startBot();
  await isWhole(ask);
});

test('a proxy too old for downloads: kept waiting, the words say so, and the key stays here', async () => {
  const prompt = 'a cat behind an old proxy';
  const fault = { redirect: `${elsewhereUrl}/video` };
  google.next('download', fault, { times: Number.POSITIVE_INFINITY, where: about(prompt) });
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(
    says(/📥 Made\. It cannot be fetched yet: the bot is set up wrongly for this/),
  );
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  google.calm();
  await isWhole(ask);
  assert.deepEqual(seenElsewhere, []);
  assert.ok(!bot.output.includes(KEY));
});

test('a file that never is a video: charged and said so, kept aside, and an admin told once', async () => {
  const prompt = 'a cat that is a page for good';
  const fault = { corrupt: 'html' } as const;
  google.next('download', fault, { times: Number.POSITIVE_INFINITY, where: about(prompt) });
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(
    says(/is no video that the bot can read\. Charged \$0\.\d\d\. An admin can look into it/),
    15_000,
  );
  google.calm();
  const id = /video (\w{8})/.exec(ask.message.content)?.[1];
  const aside = join(world.env.DATA_DIR, 'videos', `${id}.unreadable`);
  assert.match(await readFile(aside, 'utf8'), /^<html>/);
  const told = bot.lines.filter(({ alarm, job }) => alarm !== undefined && job === id);
  assert.deepEqual(
    told.map(({ alarm, found }) => [alarm, found]),
    [['a paid video cannot be read', 'unreadable']],
  );
  assert.equal(
    google.downloads.filter((one) => one.face === 'proxy' && about(prompt)(one)).length,
    3,
  );
  holds(world, ask, { paid: 1, videos: 0 });
});
