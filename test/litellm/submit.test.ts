import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { NotReached } from '../../src/jobs/ports/service.ts';
import type { AnswerSeen } from '../../src/litellm/http.ts';
import {
  json,
  local,
  never,
  operation,
  request,
  service,
  submitting,
  thrown,
  veoRequest,
} from './local.ts';

test('an Omni submit sends the recorded form, in the background, and gives back the id', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { id: 'v1_Ch/+=é', status: 'in_progress' }),
  );
  const calls = service(t, `${proxy.base}`, { now: () => 77 });
  assert.deepEqual(await calls.submit(submitting(), never), { name: 'v1_Ch/+=é', submittedAt: 77 });
  const [seen] = proxy.seen;
  assert.equal(seen?.method, 'POST');
  assert.equal(seen?.url, '/gemini/v1beta/interactions');
  assert.equal(seen?.headers['x-goog-api-key'], 'sk-ours');
  assert.equal(seen?.headers['content-type'], 'application/json');
  assert.equal(seen?.headers.authorization, undefined);
  assert.equal(seen?.headers['x-litellm-tags'], undefined);
  assert.equal(seen?.headers['x-litellm-num-retries'], '0');
  assert.deepEqual(JSON.parse(seen?.body ?? ''), {
    model: 'gemini-omni-1.2-flash',
    input: 'a cat playing with yarn',
    background: true,
    store: true,
    response_format: {
      type: 'video',
      delivery: 'uri',
      aspect_ratio: '16:9',
      resolution: '720p',
      duration: '8s',
    },
  });
});

test('a Veo submit sends numbers as numbers and exact names', async (t) => {
  const name = 'models/veo-3.1-generate-preview/operations/s8fo';
  const proxy = await local(t, (_, response) => json(response, 200, { name }));
  assert.equal((await service(t, proxy.base).submit(submitting(veoRequest), never)).name, name);
  assert.equal(
    proxy.seen[0]?.url,
    '/gemini/v1beta/models/veo-3.1-generate-preview:predictLongRunning',
  );
  assert.deepEqual(JSON.parse(proxy.seen[0]?.body ?? ''), {
    instances: [{ prompt: 'a cat playing with yarn' }],
    parameters: { durationSeconds: 6, aspectRatio: '16:9', resolution: '720p' },
  });
});

test('a proxy below a path is called below that path', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, { id: 'v1_x' }));
  await service(t, `${proxy.base}/llm`).submit(submitting(), never);
  assert.equal(proxy.seen[0]?.url, '/llm/gemini/v1beta/interactions');
});

test('tags typed by a member in the prompt stay readable and mean nothing', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, { id: 'v1_x' }));
  const prompt =
    '[# Sources <FIRST_FRAME>@Image1] < image_ref_0 > ＜LAST_FRAME＞ <VIDEO_REF_12> a <b> [#1]';
  await service(t, proxy.base).submit(submitting(request({ prompt })), never);
  assert.equal(
    JSON.parse(proxy.seen[0]?.body ?? '').input,
    '(Sources (FIRST_FRAME)Image1] (image_ref_0) (LAST_FRAME) (VIDEO_REF_12) a <b> [#1]',
  );
});

test('tags for the proxy’s log go with every call, and every answer is told of', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { id: 'v1_x', status: 'in_progress' }, { 'x-litellm-call-id': 'c-1' }),
  );
  const seen: AnswerSeen[] = [];
  const calls = service(t, proxy.base, {
    tags: ({ userId, guildId }) => [`member:${userId}`, `server:${guildId}`, 'a,b\né'],
    onAnswer: (answer) => seen.push(answer),
  });
  const job = submitting();
  const of = { userId: '7', guildId: null };
  await calls.submit(job, never);
  await calls.look(operation('v1_x'), request(), never, of);
  await calls.cancel(operation('v1_x'), request(), never, of);
  assert.deepEqual(
    proxy.seen.map(({ headers }) => headers['x-litellm-tags']),
    [
      `member:${job.requester.userId},server:${job.reply.guildId},ab`,
      ...Array(2).fill('member:7,server:null,ab'),
    ],
  );
  assert.deepEqual(
    seen.map(({ method, status, callId }) => [method, status, callId]),
    [
      ['POST', 200, 'c-1'],
      ['GET', 200, 'c-1'],
      ['POST', 200, 'c-1'],
    ],
  );
});

test('the paid call has a connection of its own, and nothing else carries a content type', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { id: 'v1_x', status: 'in_progress' }),
  );
  const calls = service(t, proxy.base);
  await calls.look(operation('v1_x'), request(), never);
  await calls.submit(submitting(), never);
  await calls.look(operation('v1_x'), request(), never);
  await calls.cancel(operation('v1_x'), request(), never);
  const [look, paid, again, cancel] = proxy.seen;
  assert.notEqual(paid?.connection, look?.connection);
  assert.equal(paid?.headers.connection, 'close');
  assert.equal(again?.connection, look?.connection, 'looks share theirs');
  assert.equal(look?.headers['content-type'], undefined);
  assert.equal(cancel?.headers['content-type'], undefined);
  assert.equal(cancel?.url, '/gemini/v1beta/interactions/v1_x/cancel');
  assert.equal(cancel?.body, '');
});

async function notReached(promise: Promise<unknown>): Promise<NotReached> {
  const error = await thrown(promise);
  assert.ok(error instanceof NotReached, String(error));
  return error;
}

test('a submit that found no connection has not left', async (t) => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  const proxy = await local(t, (_, response) => json(response, 200, { id: 'v1_x' }));
  const cases = {
    [`http://127.0.0.1:${port}`]: /ECONNREFUSED/,
    'http://no-such-host.invalid:4000': /ENOTFOUND|EAI_AGAIN/,
    // A server that speaks no TLS.
    [`https://127.0.0.1:${proxy.port}`]: /SSL|EPROTO|ECONNRESET/,
  };
  for (const [base, how] of Object.entries(cases)) {
    const error = await notReached(service(t, base).submit(submitting(), never));
    assert.equal(error.left, false, base);
    assert.match(error.how, how);
  }
  assert.equal(proxy.seen.length, 0);
});

test('a submit whose connection breaks after it was sent may have left, and is sent once', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  const breaks: Record<string, typeof proxy.answer> = {
    'closed before an answer': (_, response) => void response.socket?.destroy(),
    'reset before an answer': (_, response) => void response.socket?.resetAndDestroy(),
    'cut in the status line': (_, response) => void response.socket?.end('HTTP/1.1 2'),
    'cut in the body': (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":"v1_x"', () => response.socket?.destroy());
    },
    'a body in pieces cut': (_, response) => {
      response.writeHead(200);
      response.write('{"id":"v1_x"}', () => response.socket?.resetAndDestroy());
    },
    'no HTTP at all': (_, response) => void response.socket?.end('220 mail ready\r\n'),
  };
  for (const [what, answer] of Object.entries(breaks)) {
    proxy.answer = answer;
    const before = proxy.seen.length;
    const error = await notReached(calls.submit(submitting(), never));
    assert.equal(error.left, true, what);
    assert.equal(proxy.seen.length, before + 1, what);
  }
});

test('a submit that is never answered, or not to its end, ends by its own timeout and may have left', async (t) => {
  const proxy = await local(t, (_, response) => void response.write('{"id":"v1_x"'));
  const half = service(t, proxy.base, { timeouts: { lookMs: 50 } });
  const cut = await notReached(half.submit(submitting(), never));
  assert.deepEqual([cut.how, cut.left], ['timeout', true]);
  proxy.answer = () => {};
  const none = service(t, proxy.base, { timeouts: { submitMs: 50 } });
  const error = await notReached(none.submit(submitting(), never));
  assert.deepEqual([error.how, error.left], ['timeout', true]);
});

test('a submit is broken off by us only before anything left; later its answer is waited for', async (t) => {
  const stop = new AbortController();
  const proxy = await local(t, (_, response) => {
    stop.abort();
    json(response, 200, { id: 'v1_x' });
  });
  const calls = service(t, proxy.base);
  const sent = await calls.submit(submitting(), stop.signal);
  assert.equal(sent.name, 'v1_x');
  const unsent = await notReached(calls.submit(submitting(), stop.signal));
  assert.deepEqual([unsent.how, unsent.left], ['aborted', false]);
  assert.equal(proxy.seen.length, 1);
});

test('a submit whose connection never stands is given up by us, and proven not to have left', async (t) => {
  // Accepts nothing: a connection to it neither stands nor fails.
  const blackHole = await neverAccepting(t);
  const stop = new AbortController();
  const submitted = notReached(service(t, blackHole).submit(submitting(), stop.signal));
  setImmediate(() => stop.abort());
  const given = await submitted;
  assert.deepEqual([given.how, given.left], ['aborted', false]);
});

test('the key follows no redirect of a submit or look', async (t) => {
  const other = await local(t, (_, response) => json(response, 200, { id: 'v1_x' }));
  const proxy = await local(t, (_, response) => {
    response.writeHead(307, { location: `${other.base}/gemini/v1beta/interactions` }).end();
  });
  const calls = service(t, proxy.base);
  await thrown(calls.submit(submitting(), never));
  await thrown(calls.look(operation('v1_x'), request(), never));
  assert.equal(other.seen.length, 0);
});

/** An https address behind which nobody ever says a word of the handshake. */
async function neverAccepting(t: TestContext): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
