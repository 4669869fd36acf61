/** A file whose upload is over is not read on: its error would be nobody's, and end the process. */
import assert from 'node:assert/strict';
import { openAsBlob } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createRest } from '../../src/discord/connection/rest.ts';
import { temporaryFolder } from '../disk/temporary.ts';

const SIZE_BYTES = 30_000_000;

type Answer = (
  at: { request: IncomingMessage; response: ServerResponse; first: Buffer },
  abort: () => void,
) => void;

/** Posts a large file to what answers at its first bytes. */
async function upload(t: TestContext, answer: Answer) {
  const path = join(await temporaryFolder(t), 'film.mp4');
  await writeFile(path, '');
  await truncate(path, SIZE_BYTES);
  const abort = new AbortController();
  const server = createServer((request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    request.once('data', (first: Buffer) =>
      answer({ request, response, first }, () => abort.abort()),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const rest = createRest({ token: 'x', apiUrl: `http://127.0.0.1:${port}/api` });
  t.after(() => {
    rest.close();
    server.closeAllConnections();
    server.close();
  });
  const body = new FormData();
  body.append('payload_json', JSON.stringify({ content: 'hello' }));
  body.append('files[0]', await openAsBlob(path, { type: 'video/mp4' }), 'film.mp4');
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(5_000)]);
  return rest.deliveries.post('/channels/1/messages', { body, passThroughBody: true, signal });
}

const early: readonly (readonly [how: string, answer: Answer, error: object])[] = [
  ['is broken off', (_at, abort) => abort(), { name: 'AbortError' }],
  [
    'is refused',
    ({ response }) => response.writeHead(413, { connection: 'close' }).end('<html>'),
    { status: 413 },
  ],
  [
    'ends in a broken connection',
    ({ request }) => request.socket.destroy(),
    { code: /ECONNRESET|EPIPE|UND_ERR_SOCKET/ },
  ],
];

for (const [how, answer, error] of early) {
  test(`an upload that ${how} at its first bytes is an error of its caller alone`, async (t) => {
    await assert.rejects(upload(t, answer), error);
    // What nobody catches fails a test by itself; the file is read on within these turns.
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  });
}

test('a file arrives whole, with its name, type and length', async (t) => {
  const chunks: Buffer[] = [];
  let length: string | undefined;
  const answered = await upload(t, ({ request, response, first }) => {
    chunks.push(first);
    length = request.headers['content-length'];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
    });
  });
  const whole = Buffer.concat(chunks);
  const head = whole.subarray(0, 400).toString('latin1');
  const tail = whole.subarray(-60).toString('latin1');
  assert.deepEqual(answered, { id: '1' });
  assert.ok(Number(length) > SIZE_BYTES && Number(length) < SIZE_BYTES + 1_000);
  assert.equal(whole.length, Number(length));
  assert.match(head, /name="payload_json"\r\n\r\n\{"content":"hello"\}/);
  assert.match(head, /name="files\[0\]"; filename="film\.mp4"\r\nContent-Type: video\/mp4\r\n/);
  assert.match(tail, /--\r\n$/);
});
