/** A video that comes as base64 inside the answer to a look. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { NotReached } from '../../src/jobs/ports/service.ts';
import {
  Into,
  json,
  local,
  never,
  operation,
  request,
  service,
  thrown,
  veoRequest,
} from './local.ts';

const MB = 1024 * 1024;
const name = operation('v1_x');
const inline = { kind: 'inline' } as const;
const film = randomBytes(300_001);
const picture = randomBytes(100_000);
const data = film.toString('base64');
const user = {
  type: 'user_input',
  content: [{ type: 'image', data: picture.toString('base64'), mime_type: 'image/png' }],
};
const output = { type: 'model_output', content: [{ type: 'video', mime_type: 'video/mp4', data }] };
const thought = { type: 'thought', signature: 'a'.repeat(90_000) };
const answer = (...steps: unknown[]) => ({ status: 'completed', steps });

test('the video is decoded out of the answer, in one look where it stands last', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, answer(user, thought, output)));
  const calls = service(t, proxy.base);
  const look = await calls.look(name, request(), never);
  assert.deepEqual(look, { kind: 'done', source: inline, usage: null, answeredBy: null });
  const into = new Into(Buffer.from('half of an earlier one'));
  await calls.download(name, inline, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.equal(proxy.seen.length, 2);
});

test('the video is found in whatever order the steps come, and echoed pictures are none', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, answer(output, user, thought)));
  const into = new Into();
  await service(t, proxy.base).download(name, inline, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.equal(proxy.seen.length, 2, 'read a second time for the one string meant');
});

test('a short video, the URL’s alphabet and escaped signs are decoded too', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  const texts = [
    JSON.stringify(answer({ ...output, content: [{ type: 'video', data: 'AQIDBA==' }] })),
    JSON.stringify(
      answer({ ...output, content: [{ type: 'video', data: film.toString('base64url') }] }),
    ),
    JSON.stringify(answer(output)).replace(/[/=+]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
    JSON.stringify(answer(output), null, 2).replaceAll('/', '\\/'),
  ];
  for (const [i, text] of texts.entries()) {
    proxy.answer = (_, response) => void response.writeHead(200).end(text);
    const into = new Into();
    await calls.download(name, inline, request(), into, never);
    assert.deepEqual(into.all, i === 0 ? Buffer.from([1, 2, 3, 4]) : film);
  }
});

test('a Veo operation’s base64 is decoded too', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { done: true, response: { videos: [{ bytesBase64Encoded: data }] } }),
  );
  const into = new Into();
  await service(t, proxy.base).download(
    operation('models/m/operations/o'),
    inline,
    veoRequest,
    into,
    never,
  );
  assert.deepEqual(into.all, film);
});

test('an answer that names a file by now is followed there', async (t) => {
  const proxy = await local(t, (seen, response) =>
    seen.url.includes('/files/')
      ? void response.writeHead(200).end(film)
      : json(
          response,
          200,
          answer(user, { type: 'model_output', content: [{ type: 'video', uri: 'files/abc' }] }),
        ),
  );
  const into = new Into();
  await service(t, proxy.base).download(name, inline, request(), into, never);
  assert.deepEqual(into.all, film);
});

test('an answer cut in the base64, or without a video this time, is no download', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.writeHead(200);
    response.write(JSON.stringify(answer(output)).slice(0, 200_000), () =>
      response.socket?.destroy(),
    );
  });
  const calls = service(t, proxy.base);
  assert.ok(
    (await thrown(calls.download(name, inline, request(), new Into(), never))) instanceof
      NotReached,
  );
  proxy.answer = (_, response) => json(response, 200, { status: 'in_progress' });
  assert.ok(
    (await thrown(calls.download(name, inline, request(), new Into(), never))) instanceof
      NotReached,
  );
});

test('large answers that break off give their turn to the next one', async (t) => {
  const large = JSON.stringify(
    answer(user, { ...output, content: [{ type: 'video', data: 'A'.repeat(3 * MB) }] }),
  );
  const proxy = await local(t, (_, response) => {
    response.write(large.slice(0, 2 * MB), () => response.socket?.destroy());
  });
  const calls = service(t, proxy.base);
  const looks = Array.from({ length: 6 }, () => thrown(calls.look(name, request(), never)));
  for (const error of await Promise.all(looks)) assert.ok(error instanceof NotReached);
  proxy.answer = (_, response) => void response.writeHead(200).end(large);
  const found = Array.from({ length: 6 }, () => calls.look(name, request(), never));
  for (const look of await Promise.all(found)) assert.equal(look.kind, 'done');
});

/** Base64 of `bytes`, in pieces, never as a whole. */
async function sendBase64(response: ServerResponse, bytes: number): Promise<void> {
  const piece = Buffer.alloc(48 * 1024, 'film').toString('base64');
  for (let sent = 0; sent < bytes; sent += 48 * 1024) {
    if (!response.write(piece)) await once(response, 'drain');
  }
}

test('ten answers of 53 MB read at once, and one downloaded, are never held', async (t) => {
  const sizeBytes = 20 * MB;
  const proxy = await local(t, async (_, response) => {
    response.write(
      '{"status":"completed","steps":[{"type":"user_input","content":[{"type":"image","data":"',
    );
    await sendBase64(response, sizeBytes);
    response.write('"}]},{"type":"model_output","content":[{"type":"video","data":"');
    await sendBase64(response, sizeBytes);
    response.end('"}]}]}');
  });
  const calls = service(t, proxy.base);
  const hash = createHash('sha256');
  let written = 0;
  const flat = {
    sizeBytes: 0,
    write: async (chunk: Uint8Array) => {
      written += chunk.length;
      hash.update(chunk);
    },
    restart: async () => {
      written = 0;
    },
    close: async () => {},
  };
  // The first round grows the heap to what any work needs. What grows later is what waits for the
  // garbage collector, here for the stand-in's pieces too; held, it would be more than 530 MB.
  await calls.look(name, request(), never);
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  t.after(() => clearInterval(watch));
  await Promise.all(Array.from({ length: 10 }, () => calls.look(name, request(), never)));
  await calls.download(name, inline, request(), flat, never);
  clearInterval(watch);
  assert.equal(written, Math.ceil(sizeBytes / (48 * 1024)) * 48 * 1024);
  const grown = (peak - before) / MB;
  t.diagnostic(`grown by ${grown.toFixed(1)} MB`);
  assert.ok(grown < 120, `grown by ${grown.toFixed(1)} MB`);
});
