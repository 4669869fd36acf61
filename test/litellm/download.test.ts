import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { NotReached, Refused } from '../../src/jobs/ports/service.ts';
import { googleHost } from '../../src/litellm/redirects.ts';
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

const film = randomBytes(200_000);
const source = { kind: 'file', fileId: 'ak5xpg0kiews' } as const;
const name = operation('v1_x');

const whole: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'video/mp4' });
  response.end(film);
};

/** Ranges as a current proxy hands them on: only from its own header. */
const ranged: Handler = (seen, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(String(seen.headers['x-pass-range'] ?? ''))?.[1] ?? 0);
  if (from === 0) return whole(seen, response);
  if (from >= film.length) {
    response.writeHead(416, { 'content-range': `bytes */${film.length}` }).end();
    return;
  }
  response.writeHead(206, { 'content-range': `bytes ${from}-${film.length - 1}/${film.length}` });
  response.end(film.subarray(from));
};

test('a file is fetched from the proxy by its id', async (t) => {
  const proxy = await local(t, whole);
  const into = new Into();
  await service(t, proxy.base).download(name, source, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.deepEqual(into.done, []);
  assert.equal(proxy.seen[0]?.url, '/gemini/v1beta/files/ak5xpg0kiews:download?alt=media');
  assert.equal(proxy.seen[0]?.headers['x-pass-range'], undefined);
});

test('a cut download keeps what came and goes on there', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.writeHead(200);
    response.write(film.subarray(0, 70_000), () => response.socket?.destroy());
  });
  const calls = service(t, proxy.base);
  const into = new Into();
  const cut = await thrown(calls.download(name, source, request(), into, never));
  assert.ok(cut instanceof NotReached);
  assert.ok(into.sizeBytes > 0 && into.sizeBytes <= 70_000);
  const had = into.sizeBytes;
  proxy.answer = ranged;
  await calls.download(name, source, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.deepEqual(into.done, []);
  assert.equal(proxy.seen[1]?.headers['x-pass-range'], `bytes=${had}-`);
  assert.equal(proxy.seen[1]?.headers.range, undefined);
});

test('a proxy that knows no ranges sends all, and the file begins anew', async (t) => {
  const proxy = await local(t, whole);
  const into = new Into(film.subarray(0, 10));
  await service(t, proxy.base).download(name, source, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.deepEqual(into.done, ['restart']);
});

test('a range that begins elsewhere is not put behind what is there', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.writeHead(206, { 'content-range': `bytes 5-${film.length - 1}/${film.length}` });
    response.end(film.subarray(5));
  });
  const into = new Into(film.subarray(0, 10));
  const error = await thrown(service(t, proxy.base).download(name, source, request(), into, never));
  assert.ok(error instanceof NotReached);
  assert.deepEqual(into.all, film.subarray(0, 10));
});

test('a range from the start, and one without a place, begin anew or are not taken', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.writeHead(206, { 'content-range': `bytes 0-${film.length - 1}/${film.length}` });
    response.end(film);
  });
  const calls = service(t, proxy.base);
  const into = new Into(film.subarray(0, 10));
  await calls.download(name, source, request(), into, never);
  assert.deepEqual(into.all, film);
  proxy.answer = (_, response) => void response.writeHead(206).end(film);
  const error = await thrown(
    calls.download(name, source, request(), new Into(film.subarray(0, 3)), never),
  );
  assert.ok(error instanceof NotReached);
});

test('a range behind the end means that all is there, or that what is there is no beginning', async (t) => {
  const proxy = await local(t, ranged);
  const calls = service(t, proxy.base);
  const ready = new Into(film);
  await calls.download(name, source, request(), ready, never);
  assert.deepEqual([ready.sizeBytes, ready.done], [film.length, []]);
  const wrong = new Into(randomBytes(film.length + 1));
  await calls.download(name, source, request(), wrong, never);
  assert.deepEqual(wrong.all, film);
});

test('a disk that takes no more is not mistaken for a broken connection', async (t) => {
  const proxy = await local(t, whole);
  const full = new Into();
  full.write = async () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const error = await thrown(service(t, proxy.base).download(name, source, request(), full, never));
  assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
});

test('a download that stands still ends by its own timeout; one given up ends at once', async (t) => {
  const stop = new AbortController();
  const proxy = await local(t, (_, response) => {
    response.writeHead(200);
    response.write(film.subarray(0, 10));
  });
  const calls = service(t, proxy.base, { timeouts: { downloadMs: 50 } });
  const slow = await thrown(calls.download(name, source, request(), new Into(), never));
  assert.ok(slow instanceof NotReached);
  assert.equal(slow.how, 'timeout');
  const into = new Into();
  into.write = async () => stop.abort();
  const given = await thrown(
    service(t, proxy.base).download(name, source, request(), into, stop.signal),
  );
  assert.ok(given instanceof NotReached);
  assert.equal(given.how, 'aborted');
});

const google = (code: number, message: string) => ({ error: { code, message, status: 'X' } });
const states: [string, number, unknown, [number, unknown], string][] = [
  ['processing', 400, google(400, 'not ready'), [200, { state: 'PROCESSING' }], 'not yet'],
  ['processing, by 404', 404, google(404, 'no'), [200, { state: 'PROCESSING' }], 'not yet'],
  [
    'processing, by 403',
    403,
    google(403, 'may not exist'),
    [200, { state: 'PROCESSING' }],
    'not yet',
  ],
  ['failed', 409, google(409, 'no'), [200, { state: 'FAILED' }], 'gone'],
  ['there all the same', 404, google(404, 'no'), [200, { state: 'ACTIVE' }], 'unclear'],
  ['not there', 404, google(404, 'no'), [404, google(404, 'no')], 'gone'],
  [
    'not there, as 403',
    403,
    google(403, 'You do not have permission to access the File x or it may not exist.'),
    [403, google(403, 'may not exist')],
    'gone',
  ],
  ['a key problem', 403, google(403, 'leaked'), [403, google(403, 'leaked')], 'key'],
  ['anything else', 400, google(400, 'hm'), [500, {}], 'unclear'],
  ['an unknown route', 404, { detail: 'Not Found' }, [200, { state: 'ACTIVE' }], 'setup'],
  [
    'over budget',
    429,
    { error: { message: 'm', type: 'budget_exceeded', code: '429' } },
    [200, {}],
    'service budget',
  ],
];

test('a refused download is sorted by the state of its file', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const [what, status, body, state, expected] of states) {
    proxy.answer = (seen, response) =>
      seen.url.includes(':download') ? json(response, status, body) : json(response, ...state);
    const error = await thrown(calls.download(name, source, request(), new Into(), never));
    assert.ok(error instanceof Refused, what);
    assert.equal(error.code, expected, what);
  }
  assert.ok(proxy.seen.some((seen) => seen.url === '/gemini/v1beta/files/ak5xpg0kiews'));
});

test('a file id that is none is never sent', async (t) => {
  const proxy = await local(t, whole);
  const error = await thrown(
    service(t, proxy.base).download(
      name,
      { kind: 'file', fileId: '../x' },
      request(),
      new Into(),
      never,
    ),
  );
  assert.ok(error instanceof Refused && error.code === 'gone');
  assert.equal(proxy.seen.length, 0);
});

test('a redirect to an allowed host is followed without the key', async (t) => {
  const other = await local(t, whole);
  const proxy = await local(t, (_, response) => {
    response.writeHead(302, { location: `${other.base}/signed?x=1` }).end();
  });
  const calls = service(t, proxy.base, {
    mayFollow: (to) => to.port === String(other.port),
    tags: () => ['tag'],
  });
  const into = new Into(film.subarray(0, 9));
  await calls.download(name, source, request(), into, never);
  assert.deepEqual(into.all, film);
  assert.equal(other.seen[0]?.url, '/signed?x=1');
  assert.equal(other.seen[0]?.headers.range, 'bytes=9-');
  assert.doesNotMatch(JSON.stringify(other.seen), /sk-ours|x-goog-api-key|x-litellm|x-pass/);
});

async function tooOld(promise: Promise<unknown>): Promise<void> {
  const error = await thrown(promise);
  assert.ok(error instanceof Refused, String(error));
  assert.equal(error.code, 'setup');
  assert.match(error.said ?? '', /proxy too old for downloads/);
}

test('a redirect to any other host, to itself or to nowhere names the proxy’s age', async (t) => {
  const other = await local(t, whole);
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const location of [
    `${other.base}/x`,
    'https://evil.example/x',
    'file:///etc/passwd',
    'http://[',
    '?alt=media',
    null,
  ]) {
    proxy.answer = (_, response) =>
      void response.writeHead(302, location === null ? {} : { location }).end();
    await tooOld(calls.download(name, source, request(), new Into(), never));
  }
  assert.equal(other.seen.length, 0);
  assert.ok(proxy.seen.length < 20);
});

test('an allowed host that refuses us without a key names the proxy’s age, and a redirect from there is checked again', async (t) => {
  const last = await local(t, whole);
  const other = await local(t, (_, response) => json(response, 403, {}));
  const proxy = await local(
    t,
    (_, response) => void response.writeHead(302, { location: other.base }).end(),
  );
  const calls = service(t, proxy.base, { mayFollow: (to) => to.port === String(other.port) });
  await tooOld(calls.download(name, source, request(), new Into(), never));
  other.answer = (_, response) => void response.writeHead(302, { location: last.base }).end();
  await tooOld(calls.download(name, source, request(), new Into(), never));
  assert.equal(last.seen.length, 0);
});

test('only Google’s own hosts over https are followed', () => {
  for (const to of [
    'https://storage.googleapis.com/b/o?sig=1',
    'https://generativelanguage.googleapis.com/x',
    'https://r1.googleusercontent.com/x',
  ]) {
    assert.equal(googleHost(new URL(to)), true, to);
  }
  for (const to of [
    'http://storage.googleapis.com/x',
    'https://storage.googleapis.com.evil.example/x',
    'https://evilgoogleapis.com/x',
    'https://storage.googleapis.com:8443/x',
    'https://127.0.0.1/x',
  ]) {
    assert.equal(googleHost(new URL(to)), false, to);
  }
});

test('a large file comes whole, in pieces of any size', async (t) => {
  const large = randomBytes(3_000_000);
  for (const pieceBytes of [large.length, 1_000, 65_536, 100_001]) {
    const proxy = await local(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      response.cork();
      for (let at = 0; at < large.length; at += pieceBytes) {
        response.write(large.subarray(at, at + pieceBytes));
      }
      response.uncork();
      response.end();
    });
    const into = new Into();
    await service(t, proxy.base).download(name, source, request(), into, never);
    assert.ok(into.all.equals(large), `in pieces of ${pieceBytes} bytes`);
  }
});
