import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createPictureLinks, discordLink } from '../../src/discord/pictureLinks.ts';
import { Into } from '../litellm/local.ts';

const never = new AbortController().signal;
const MOST = 1_000;

async function host(t: TestContext, answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  const links = createPictureLinks({ apiUrl: 'http://127.0.0.1:9/api', withinMs: 1_000 });
  return { url: `http://127.0.0.1:${port}/cdn/1/2/cat.png`, asked, links };
}

describe('a link to a picture', () => {
  it('is one only at Discord’s own file hosts, over https and nothing beside', () => {
    for (const good of [
      'https://cdn.discordapp.com/attachments/1/2/cat.png?ex=1&hm=2',
      'https://media.discordapp.net/attachments/1/2/cat.png',
    ]) {
      assert.equal(discordLink(good)?.href, good);
    }
    for (const bad of [
      'http://cdn.discordapp.com/attachments/1/2/cat.png',
      'https://cdn.discordapp.com.evil.example/attachments/1/2/cat.png',
      'https://evil.example/cdn.discordapp.com/cat.png',
      'https://cdn.discordapp.com@evil.example/cat.png',
      'https://user:pw@cdn.discordapp.com/cat.png',
      'https://cdn.discordapp.com:8443/cat.png',
      'https://images-ext-1.discordapp.net/external/x/https/evil.example/cat.png',
      'http://169.254.169.254/latest/meta-data',
      'http://127.0.0.1:9464/healthz',
      'file:///etc/passwd',
      'cat.png',
    ]) {
      assert.equal(discordLink(bad), null, bad);
    }
  });

  it('may lead to the host of another Discord where one is set, on any port, and to no other', () => {
    const api = 'http://127.0.0.1:1234/api';
    assert.ok(discordLink('http://127.0.0.1:4321/cdn/cat.png', api));
    assert.equal(discordLink('http://127.0.0.2:1234/cdn/cat.png', api), null);
    assert.equal(discordLink('ftp://127.0.0.1/cat.png', api), null);
  });

  it('is not even asked for elsewhere', async () => {
    const into = new Into();
    const fetched = createPictureLinks().fetch('http://127.0.0.1:9/', into, MOST, never);
    assert.deepEqual(await fetched, { kind: 'gone' });
  });
});

describe('a picture', () => {
  it('is read whole', async (t) => {
    const { url, links } = await host(t, (_, response) => response.end('some bytes'));
    const into = new Into();
    assert.deepEqual(await links.fetch(url, into, MOST, never), { kind: 'fetched' });
    assert.equal(into.all.toString(), 'some bytes');
  });

  it('is read up to the limit, whether it was announced or not', async (t) => {
    const announced = await host(t, (_, response) => response.end(Buffer.alloc(MOST + 1)));
    const into = new Into();
    assert.deepEqual(await announced.links.fetch(announced.url, into, MOST, never), {
      kind: 'too large',
    });
    assert.equal(into.sizeBytes, 0);
    const endless = await host(t, (_, response) => {
      const more = (): void => void (response.write(Buffer.alloc(400)) && setImmediate(more));
      response.on('drain', more).on('error', () => {});
      more();
    });
    const some = new Into();
    assert.deepEqual(await endless.links.fetch(endless.url, some, MOST, never), {
      kind: 'too large',
    });
    assert.ok(some.sizeBytes <= MOST);
  });

  it('behind a redirect is not fetched, wherever it leads', async (t) => {
    const { url, links, asked } = await host(t, (_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    );
    assert.deepEqual(await links.fetch(url, new Into(), MOST, never), { kind: 'gone' });
    assert.equal(asked.length, 1);
  });

  it('whose link has run out is gone; one that Discord cannot give now may come later', async (t) => {
    let status = 404;
    const { url, links } = await host(t, (_, response) =>
      response.writeHead(status, status === 429 ? { 'retry-after': '2' } : {}).end('no'),
    );
    assert.deepEqual(await links.fetch(url, new Into(), MOST, never), { kind: 'gone' });
    status = 503;
    const later = { kind: 'later', how: 'HTTP 503', retryAfterMs: null };
    assert.deepEqual(await links.fetch(url, new Into(), MOST, never), later);
    status = 429;
    const asked = { kind: 'later', how: 'HTTP 429', retryAfterMs: 2_000 };
    assert.deepEqual(await links.fetch(url, new Into(), MOST, never), asked);
  });

  it('that breaks off, stands still or meets a closed door may come later', async (t) => {
    const broken = await host(t, (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    const still = await host(t, (_, response) => void response.writeHead(200).write('half'));
    for (const { url, links } of [broken, still, { ...still, url: 'http://127.0.0.1:9/x' }]) {
      const found = await links.fetch(url, new Into(), MOST, never);
      assert.equal(found.kind, 'later');
      assert.doesNotMatch(JSON.stringify(found), /127\.0\.0\.1/);
    }
  });
});
