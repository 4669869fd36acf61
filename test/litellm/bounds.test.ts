/** Bodies that have no end, or take for ever: neither fills the disk nor holds a place. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { NotReached, TooLarge } from '../../src/jobs/ports/service.ts';
import type { DownloadBounds } from '../../src/litellm/bounds.ts';
import {
  type Handler,
  Into,
  json,
  local,
  never,
  operation,
  request,
  service,
  thrown,
} from './local.ts';

const KB = 1024;
const piece = randomBytes(16 * KB);
const file = { kind: 'file', fileId: 'ak5xpg0kiews' } as const;
const inline = { kind: 'inline' } as const;
const name = operation('v1_x');

/** Until whoever reads it has enough. */
async function endless(response: ServerResponse, bytes: Buffer | string): Promise<void> {
  const over = new AbortController();
  response.once('close', () => over.abort());
  while (!response.destroyed) {
    if (!response.write(bytes)) await once(response, 'drain', over).catch(() => {});
  }
}

async function downloading(
  t: TestContext,
  answer: Handler,
  bounds: Partial<DownloadBounds>,
  source: typeof file | typeof inline = file,
  into = new Into(),
) {
  const proxy = await local(t, answer);
  const calls = service(t, proxy.base, { bounds });
  const error = await thrown(calls.download(name, source, request(), into, never));
  return { error, into, proxy, calls };
}

test('a file without end is given up at the largest size a video can have, and leaves nothing', async (t) => {
  const { error, into } = await downloading(
    t,
    async (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      await endless(response, piece);
    },
    { maxBytes: 300 * KB },
  );
  assert.ok(error instanceof TooLarge);
  assert.deepEqual([into.sizeBytes, into.done], [0, ['restart']]);
});

test('a file that announces more than a video can have is not even begun', async (t) => {
  const { error, into, proxy, calls } = await downloading(
    t,
    (_, response) => {
      response.writeHead(200, { 'content-length': 400 * KB });
      response.write(piece);
    },
    { maxBytes: 300 * KB },
  );
  assert.ok(error instanceof TooLarge);
  assert.equal(into.sizeBytes, 0);
  const before = new Into(randomBytes(200 * KB));
  proxy.answer = (_, response) => {
    const all = 'bytes 204800-409599/409600';
    response.writeHead(206, { 'content-range': all, 'content-length': 200 * KB });
    response.write(piece);
  };
  const again = await thrown(calls.download(name, file, request(), before, never));
  assert.ok(again instanceof TooLarge, String(again));
  assert.equal(before.sizeBytes, 0, 'what had come before goes too');
});

test('a file of exactly the largest size is taken', async (t) => {
  const film = randomBytes(300 * KB);
  const proxy = await local(t, (_, response) => void response.writeHead(200).end(film));
  const into = new Into();
  const calls = service(t, proxy.base, { bounds: { maxBytes: film.length } });
  await calls.download(name, file, request(), into, never);
  assert.deepEqual(into.all, film);
});

test('base64 without end inside an answer is given up too, and leaves nothing', async (t) => {
  const { error, into } = await downloading(
    t,
    async (_, response) => {
      response.write(
        '{"status":"completed","steps":[{"type":"model_output","content":[{"type":"video","data":"',
      );
      await endless(response, 'A'.repeat(64 * KB));
    },
    { maxBytes: 300 * KB },
    inline,
  );
  assert.ok(error instanceof TooLarge, String(error));
  assert.equal(into.sizeBytes, 0);
});

test('half of an answer with a video in it leaves nothing, for it cannot be gone on with', async (t) => {
  const { error, into } = await downloading(
    t,
    (_, response) => {
      const begun =
        '{"status":"completed","steps":[{"type":"model_output","content":[{"type":"video","data":"';
      response.write(begun + 'A'.repeat(200 * KB), () => response.socket?.destroy());
    },
    {},
    inline,
  );
  assert.ok(error instanceof NotReached);
  assert.equal(into.sizeBytes, 0);
});

test('a body that trickles is given up in all, though no pause in it is long, and what came is kept', async (t) => {
  const startedAt = performance.now();
  const { error, into } = await downloading(
    t,
    async (_, response) => {
      response.writeHead(200);
      while (!response.destroyed) {
        response.write('x');
        await pause(5);
      }
    },
    { baseMs: 100, minBytesPerSecond: 1_000_000 },
  );
  assert.ok(error instanceof NotReached);
  assert.equal(error.how, 'too slow');
  assert.ok(into.sizeBytes > 0);
  assert.deepEqual(into.done, []);
  assert.ok(performance.now() - startedAt < 5_000);
});

test('a large file may take longer than a small one: the time grows with what came', async (t) => {
  const proxy = await local(t, async (_, response) => {
    response.writeHead(200);
    for (let i = 0; i < 10; i += 1) {
      response.write(piece);
      await pause(10);
    }
    response.end();
  });
  const into = new Into();
  const bounds = { baseMs: 20, minBytesPerSecond: 16 * KB };
  await service(t, proxy.base, { bounds }).download(name, file, request(), into, never);
  assert.equal(into.sizeBytes, 10 * piece.length);
});

test('what a look reads is not bound by what a download may bring', async (t) => {
  const data = 'A'.repeat(400 * KB);
  const proxy = await local(t, (_, response) =>
    json(response, 200, {
      status: 'completed',
      steps: [{ type: 'model_output', content: [{ type: 'video', mime_type: 'video/mp4', data }] }],
    }),
  );
  const look = await service(t, proxy.base, { bounds: { maxBytes: 1 } }).look(
    name,
    request(),
    never,
  );
  assert.equal(look.kind, 'done');
});
