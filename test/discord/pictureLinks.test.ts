import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { createRest } from '../../src/discord/connection/rest.ts';
import { createFreshLinks } from '../../src/discord/incoming/freshLinks.ts';
import { createPictureLinks, discordLink } from '../../src/discord/incoming/pictureLinks.ts';
import { Into } from '../litellm/local.ts';
import { file, startDiscord } from '../sandbox/discord/discord.ts';

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

describe('a link that has run out', () => {
  const DAY_MS = 24 * 3_600_000;

  /** A picture that a member sent, its link, and the bot's ways to Discord. */
  async function sent(t: TestContext) {
    let shiftMs = 0;
    const discord = await startDiscord({ now: () => Date.now() + shiftMs });
    const rest = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
    t.after(async () => {
      rest.close();
      await discord.stop();
    });
    const ann = discord.createMember({ name: 'Ann' });
    const said = ann.dm.says('', [file(Buffer.from('some bytes'), 'cat.png')]);
    const { attachments } = discord.json(said) as { attachments: [{ url: string }] };
    const { url } = attachments[0];
    const links = createPictureLinks({ apiUrl: discord.apiUrl, refresh: createFreshLinks(rest) });
    const refreshed = () =>
      discord.journal.filter(({ route }) => route === '/attachments/refresh-urls').length;
    const fetched = async (link = url) => {
      const into = new Into();
      const found = await links.fetch(link, into, MOST, never);
      return { found, text: into.all.toString() };
    };
    const aDayGoesBy = () => {
      shiftMs += DAY_MS + 1_000;
    };
    return { discord, url, fetched, refreshed, aDayGoesBy };
  }

  it('is refreshed by Discord, and not before', async (t) => {
    const { discord, fetched, refreshed, aDayGoesBy } = await sent(t);
    const whole = { found: { kind: 'fetched' }, text: 'some bytes' };
    assert.deepEqual(await fetched(), whole);
    assert.equal(refreshed(), 0);
    aDayGoesBy();
    assert.deepEqual(await fetched(), whole);
    assert.equal(refreshed(), 1);
    assert.deepEqual(discord.violations, []);
  });

  it('leads nowhere where the file is gone, and is asked about once', async (t) => {
    const { discord, fetched, refreshed } = await sent(t);
    discord.fileHost = 'gone';
    assert.deepEqual((await fetched()).found, { kind: 'gone' });
    assert.equal(refreshed(), 1);
  });

  it('is gone where Discord refuses to refresh it or answers something else', async (t) => {
    const { discord, fetched, aDayGoesBy } = await sent(t);
    aDayGoesBy();
    for (const answer of [
      { status: 400, body: { code: 50035, message: 'Invalid Form Body' } },
      { status: 200, body: { refreshed_urls: [] } },
      { status: 200, body: {} },
    ]) {
      discord.fault({ on: 'refresh-links', times: 1, when: 'before', answer });
      assert.deepEqual((await fetched()).found, { kind: 'gone' });
    }
  });

  it('may come later where Discord cannot say now', async (t) => {
    const { discord, fetched, aDayGoesBy } = await sent(t);
    aDayGoesBy();
    const limited = { message: 'You are being rate limited.', retry_after: 5, global: false };
    for (const [answer, found] of [
      [
        { status: 429, body: limited },
        { how: 'HTTP 429', retryAfterMs: 5_000 },
      ],
      [{ status: 503 }, { how: 'HTTP 503', retryAfterMs: null }],
    ] as const) {
      const fault = discord.fault({ on: 'refresh-links', when: 'before', answer });
      assert.deepEqual((await fetched()).found, { kind: 'later', ...found });
      fault.clear();
    }
  });

  it('is not followed to another host than Discord’s, whatever it was refreshed to', async (t) => {
    const other = await host(t, (_, response) => response.end('secret'));
    const elsewhere = other.url.replace('127.0.0.1', 'localhost');
    const { discord, url, fetched, aDayGoesBy } = await sent(t);
    aDayGoesBy();
    const refreshed_urls = [{ original: url, refreshed: elsewhere }];
    discord.fault({
      ...{ on: 'refresh-links', when: 'before' },
      answer: { status: 200, body: { refreshed_urls } },
    });
    assert.deepEqual(await fetched(), { found: { kind: 'gone' }, text: '' });
    assert.deepEqual(other.asked, []);
  });
});
