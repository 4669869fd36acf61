/** Kept videos by their signed addresses, over real HTTP: whole, in parts, and to nobody else. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { createOps } from '../../src/ops/server.ts';
import { newSecret } from '../../src/ops/signedPaths.ts';
import { SignedLinks } from '../../src/ops/videoLinks.ts';
import { createVideoPages, type KeptFile } from '../../src/ops/videoPages.ts';
import { temporaryFolder } from '../disk/temporary.ts';

const ID = '8f3k0000';
const NOW = Date.UTC(2026, 7, 1);
const HOUR = 3_600_000;
const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 251));

async function served(t: TestContext, base = 'https://bot.example/veo/') {
  const path = join(await temporaryFolder(t), `${ID}.mp4`);
  await writeFile(path, bytes);
  const links = new SignedLinks(base, newSecret());
  const at: { now: number; file: KeptFile | null; asked: [string, number][]; faults: unknown[] } = {
    now: NOW,
    file: { path, sizeBytes: bytes.length, sha256: 'ab'.repeat(32) },
    asked: [],
    faults: [],
  };
  const videos = createVideoPages({
    links,
    now: () => at.now,
    async find(jobId, givenAt) {
      at.asked.push([jobId, givenAt]);
      return at.file;
    },
    onFault: (error) => at.faults.push(error),
  });
  const checks = () => ({});
  const ops = createOps({ host: '127.0.0.1', port: 0, checks, ready: checks, videos });
  await ops.start();
  t.after(() => ops.stop());
  const port = new URL(ops.url() ?? '').port;
  const local = (link: string) => `http://127.0.0.1:${port}${new URL(link).pathname}`;
  const link = local(links.of(ID, NOW, NOW + HOUR));
  return { at, links, link, local, port: Number(port), ops };
}

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('a link to a video', { concurrency: 4 }, () => {
  it('gives the whole file, as a video, and does nothing else in a browser', async (t) => {
    const { link, at } = await served(t);
    const answer = await fetch(link);
    assert.equal(answer.status, 200);
    assert.deepEqual(await bodyOf(answer), bytes);
    const said = (name: string) => answer.headers.get(name);
    assert.equal(said('content-type'), 'video/mp4');
    assert.equal(said('content-length'), '5000');
    assert.equal(said('accept-ranges'), 'bytes');
    assert.equal(said('content-disposition'), 'inline; filename="video.mp4"');
    assert.equal(said('x-content-type-options'), 'nosniff');
    assert.match(said('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(said('cache-control'), 'private, no-store');
    assert.equal(said('referrer-policy'), 'no-referrer');
    assert.deepEqual(at.asked, [[ID, NOW]]);
  });

  it('gives parts, as a player asks for them', async (t) => {
    const { link } = await served(t);
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=100-199', 100, 199],
      ['bytes=4000-', 4_000, 4_999],
      ['bytes=4990-9999999', 4_990, 4_999],
      ['bytes=-10', 4_990, 4_999],
      ['bytes=-99999', 0, 4_999],
    ] as const) {
      const answer = await fetch(link, { headers: { range } });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers.get('content-range'), `bytes ${from}-${to}/5000`);
      assert.deepEqual(await bodyOf(answer), bytes.subarray(from, to + 1), range);
    }
    for (const range of ['bytes=5000-', 'bytes=-0']) {
      const answer = await fetch(link, { headers: { range } });
      assert.equal(answer.status, 416, range);
      assert.equal(answer.headers.get('content-range'), 'bytes */5000');
      await answer.text();
    }
    for (const range of ['bytes=9-3', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-', 'bytes=a-b']) {
      const answer = await fetch(link, { headers: { range } });
      assert.equal(answer.status, 200, range);
      await answer.text();
    }
  });

  it('goes on with a part only where the file is still the same', async (t) => {
    const { link, at } = await served(t);
    const etag = (await fetch(link, { method: 'HEAD' })).headers.get('etag') ?? '';
    const headers = { range: 'bytes=1-2', 'if-range': etag };
    const same = await fetch(link, { headers });
    assert.equal((await bodyOf(same)).length, 2);
    if (at.file !== null) at.file = { ...at.file, sha256: 'cd'.repeat(32) };
    const other = await fetch(link, { headers });
    assert.equal((await bodyOf(other)).length, 5_000);
  });

  it('answers HEAD with all but the bytes, and takes nothing else', async (t) => {
    const { link } = await served(t);
    const head = await fetch(link, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '5000']);
    assert.equal((await bodyOf(head)).length, 0);
    const part = await fetch(link, { method: 'HEAD', headers: { range: 'bytes=0-9' } });
    assert.deepEqual([part.status, part.headers.get('content-length')], [200, '5000']);
    const post = await fetch(link, { method: 'POST', body: 'x' });
    assert.equal(post.status, 405);
    await post.text();
  });

  it('is answered in the same words whatever is wrong with it, and nothing is looked for', async (t) => {
    const { link, links, local, at } = await served(t);
    const other = new SignedLinks('https://bot.example/veo', newSecret());
    const [said = '', given = '', until = '', proof = ''] = (link.split('/').at(-1) ?? '').split(
      '.',
    );
    const folder = link.slice(0, link.lastIndexOf('/') + 1);
    const later = (NOW + 99 * HOUR).toString(36);
    const words = new Set<string>();
    for (const wrong of [
      local(other.of(ID, NOW, NOW + HOUR)),
      `${folder}${said}.${given}.${later}.${proof}`,
      `${folder}aaaaaaaa.${given}.${until}.${proof}`,
      `${folder}${said}.${given}.${until}.${'A'.repeat(32)}`,
      `${folder}${said}.${given}.${until}`,
      `${folder}${said}.mp4`,
      `${folder}..%2f..%2fbot.db`,
      `${folder}`,
      local(links.of(ID, NOW - 2 * HOUR, NOW)),
    ]) {
      const answer = await fetch(wrong);
      assert.equal(answer.status, 404, wrong);
      assert.equal(answer.headers.get('cache-control'), 'private, no-store');
      words.add(await answer.text());
    }
    assert.deepEqual(at.asked, []);
    at.file = null;
    const gone = await fetch(link);
    assert.equal(gone.status, 404);
    words.add(await gone.text());
    assert.equal(words.size, 1);
    assert.match([...words].join(), /^This link has run out, or the video is not kept any more\./);
  });

  it('runs out', async (t) => {
    const { link, at } = await served(t);
    at.now = NOW + HOUR - 1;
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
    at.now = NOW + HOUR;
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 404);
  });

  it('names no file: a path that climbs out of its folder leads nowhere', async (t) => {
    const { port, at } = await served(t);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET /videos/../../bot.db HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
      );
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      socket.once('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1\.1 404 /);
    assert.deepEqual(at.asked, []);
  });

  it('to a file that goes at that moment breaks off, and the server goes on', async (t) => {
    const { link, at } = await served(t);
    const file = at.file;
    if (file !== null) at.file = { ...file, path: `${file.path}.gone` };
    await assert.rejects(fetch(link).then((answer) => answer.text()));
    at.file = file;
    assert.equal((await bodyOf(await fetch(link))).length, 5_000);
    assert.deepEqual(at.faults, []);
  });

  it('is given to twenty readers at once, and the next one is told to wait', async (t) => {
    const { link, at, port } = await served(t);
    const large = join(await temporaryFolder(t), 'large');
    await writeFile(large, Buffer.alloc(12 * 2 ** 20));
    at.file = { path: large, sizeBytes: 12 * 2 ** 20, sha256: 'ab'.repeat(32) };
    const { pathname } = new URL(link);
    const sockets = Array.from({ length: 20 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${pathname} HTTP/1.1\r\nhost: x\r\n\r\n`);
      socket.pause();
      t.after(() => socket.destroy());
      return socket;
    });
    await Promise.all(
      sockets.map((socket) => new Promise((resolve) => socket.once('readable', resolve))),
    );
    const next = await fetch(link);
    assert.equal(next.status, 503);
    assert.ok(Number(next.headers.get('retry-after')) > 0);
    await next.text();
    for (const socket of sockets) socket.destroy();
    const limit = Date.now() + 5_000;
    for (;;) {
      const { status } = await fetch(link, { method: 'HEAD' });
      if (status === 200) break;
      assert.ok(Date.now() < limit, 'places are given back');
    }
  });
});
