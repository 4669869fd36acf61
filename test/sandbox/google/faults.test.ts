import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { callsTo, omniBody } from './calls.ts';
import { type Fault, type Google, startGoogle } from './google.ts';
import { quotaExceeded, twoCredentials, unavailable } from './said.ts';
import type { Json } from './wire.ts';

/** What undici says of a broken connection. */
async function breakOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    return `${(error as Error).message}: ${cause?.code}`;
  }
  return 'nothing broke';
}

describe('a fault', () => {
  let google: Google;
  let calls: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
    calls = callsTo(google, 'proxy');
  });
  afterEach(() => google.stop());
  const finished = async () => {
    await calls.submitOmni();
    const operation = google.operations.at(-1);
    assert.ok(operation);
    operation.finish();
    assert.ok(operation.fileId);
    return { operation, fileId: operation.fileId };
  };

  const LOST: [Fault, string, number][] = [
    ['reset-before', 'fetch failed: ECONNRESET', 0],
    ['reset-after', 'fetch failed: ECONNRESET', 1],
    ['close-before', 'fetch failed: UND_ERR_SOCKET', 0],
    ['close-after', 'fetch failed: UND_ERR_SOCKET', 1],
    ['cut', 'terminated: UND_ERR_SOCKET', 1],
  ];
  for (const [fault, seen, paid] of LOST) {
    it(`${fault} loses the answer to a submit that was paid for ${paid} times`, async () => {
      google.next('submit', fault);
      assert.equal(await breakOf(calls.submitOmni()), seen);
      assert.equal(google.paid.length, paid);
      assert.equal(google.requests.length, 1);
      assert.equal(google.requests[0]?.operation, google.paid[0]?.operation);
      assert.equal((await calls.submitOmni()).status, 200, 'the next one is not met');
    });
  }

  for (const [fault, paid] of [
    ['hang', 0],
    ['hang-after', 1],
  ] as const) {
    it(`${fault} never answers, and ${paid} videos are paid for`, async () => {
      google.next('submit', fault);
      const giveUp = new AbortController();
      const answer = fetch(`${google.url}/gemini/v1beta/interactions`, {
        method: 'POST',
        body: JSON.stringify(omniBody()),
        signal: giveUp.signal,
      });
      while (google.requests[0]?.status !== 'hang') await new Promise(setImmediate);
      giveUp.abort();
      await assert.rejects(answer, { name: 'AbortError' });
      assert.equal(google.paid.length, paid);
    });
  }

  it('with a status comes before the effect, unless it is said to come after', async () => {
    google.next('submit', unavailable());
    google.next('submit', { ...unavailable(), when: 'after' });
    google.next('submit', { html: '<h1>Bad gateway</h1>', when: 'after' });
    assert.equal((await calls.submitOmni()).status, 503);
    assert.equal(google.paid.length, 0);
    assert.equal((await calls.submitOmni()).status, 503);
    assert.equal(google.paid.length, 1);
    const page = await calls.call('POST', 'interactions', omniBody());
    assert.deepEqual([page.status, await page.text()], [502, '<h1>Bad gateway</h1>']);
    assert.equal(google.paid.length, 2);
  });

  it('meets as many calls as it should, of its kind, where it applies', async () => {
    const { operation } = await finished();
    const other = (await calls.submitOmni()).body.id;
    google.next('poll', twoCredentials(), {
      times: 2,
      where: (request) => request.operation === operation.id,
    });
    assert.equal((await calls.pollOmni(String(other))).status, 200);
    const statuses = [];
    for (let round = 0; round < 3; round++) {
      statuses.push((await calls.pollOmni(operation.id)).status);
    }
    assert.deepEqual(statuses, [400, 400, 200]);
    google.next('any', quotaExceeded(), { times: Number.POSITIVE_INFINITY });
    assert.equal((await calls.get('models')).status, 429);
    google.calm();
    assert.equal((await calls.get('models')).status, 200);
  });

  it('can hand out half a JSON, properly framed', async () => {
    const { operation } = await finished();
    google.next('poll', { cutJson: true });
    await assert.rejects(calls.pollOmni(operation.id), SyntaxError);
  });

  it('can be mere lateness', async () => {
    google.next('submit', { delayMs: 20 });
    const { status } = await calls.submitOmni();
    const [request] = google.requests;
    assert.equal(status, 200);
    assert.ok(request && Date.now() - request.at >= 19);
  });

  it('can spoil a download in every way', async () => {
    const { fileId } = await finished();
    const whole = Buffer.from(await (await calls.download(fileId)).arrayBuffer());
    const spoilt = async (fault: Fault) => {
      google.next('download', fault);
      const answer = await calls.download(fileId);
      assert.equal(answer.headers.get('content-type'), 'video/mp4');
      return Buffer.from(await answer.arrayBuffer());
    };
    assert.deepEqual(await spoilt({ corrupt: 'half' }), whole.subarray(0, whole.length >> 1));
    assert.match((await spoilt({ corrupt: 'html' })).toString(), /^<html>/);
    assert.equal((await spoilt({ corrupt: 'empty' })).length, 0);
    const longer = await spoilt({ video: { seconds: 8 } });
    assert.ok(longer.length > whole.length);
    assert.equal(await breakOf(spoilt({ cutBytes: 30_000 })), 'terminated: UND_ERR_SOCKET');
    google.next('download', { redirect: 'https://example.com/elsewhere' });
    const redirected = await calls.download(fileId);
    assert.equal(redirected.status, 302);
    assert.equal(redirected.headers.get('location'), 'https://example.com/elsewhere');
  });
});

describe('between the proxy and Google, a fault', () => {
  let google: Google;
  let calls: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    google = await startGoogle({ takesMs: 0 });
    calls = callsTo(google, 'proxy');
  });
  afterEach(() => google.stop());
  const messageOf = (body: Json) => (body.error as Json).message;

  it('becomes a 500 of LiteLLM, whose words do not tell whether it was paid', async () => {
    google.next('submit', 'reset-before', { at: 'google' });
    google.next('submit', 'reset-after', { at: 'google' });
    const [unpaid, paid] = [await calls.submitOmni(), await calls.submitOmni()];
    assert.deepEqual(unpaid, paid);
    assert.equal(paid.status, 500);
    assert.deepEqual(paid.body.error, {
      message: '[Errno 104] Connection reset by peer',
      type: 'internal_server_error',
      param: null,
      code: '500',
    });
    assert.equal(google.paid.length, 1, 'each was sent exactly once');
  });

  it('is repeated by the proxy itself where it only reads', async () => {
    const id = String((await calls.submitOmni()).body.id);
    google.next('poll', 'reset-before', { at: 'google' });
    assert.equal((await calls.pollOmni(id)).status, 200);
    google.next('poll', 'close-before', { at: 'google', times: 2 });
    const { status, body } = await calls.pollOmni(id);
    assert.deepEqual([status, messageOf(body)], [500, 'Server disconnected']);
  });

  it('is a cut download for the client, and a 500 before the first byte', async () => {
    await calls.submitOmni();
    const [operation] = google.operations;
    await operation?.done;
    google.next('download', { cutBytes: 1000 }, { at: 'google' });
    const cut = calls.download(operation?.fileId ?? '').then((answer) => answer.arrayBuffer());
    assert.equal(await breakOf(cut), 'terminated: UND_ERR_SOCKET');
    google.next('download', 'close-before', { at: 'google', times: 2 });
    const early = await calls.download(operation?.fileId ?? '');
    assert.equal(early.status, 500);
    assert.match(await early.text(), /Server disconnected/);
  });

  it('is a redirect that the proxy follows, or hands on when it is old', async () => {
    await calls.submitOmni();
    const [operation] = google.operations;
    await operation?.done;
    const fileId = operation?.fileId ?? '';
    const elsewhere = `${google.upstreamUrl}/v1beta/files/${fileId}:download?alt=media`;
    google.next('download', { redirect: elsewhere }, { at: 'google' });
    const followed = await calls.download(fileId);
    assert.equal(followed.status, 200);
    await followed.arrayBuffer();
    google.proxy.handsOnRedirects = true;
    google.next('download', { redirect: elsewhere }, { at: 'google' });
    assert.equal((await calls.download(fileId)).status, 302);
  });
});

describe('being away', () => {
  it('refuses connections, and comes back on the same port with all it knew', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    const id = String((await calls.submitOmni()).body.id);
    const { url } = google;
    await google.down();
    assert.equal(await breakOf(calls.pollOmni(id)), 'fetch failed: ECONNREFUSED');
    assert.equal(await breakOf(fetch(google.upstreamUrl)), 'fetch failed: ECONNREFUSED');
    await google.up();
    assert.equal(google.url, url);
    assert.equal((await calls.pollOmni(id)).status, 200);
    await google.stop();
  });

  it('of Google alone is a 500 that proves nothing was sent', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    await google.down('google');
    const { status, body } = await calls.submitOmni();
    assert.equal(status, 500);
    assert.match(String((body.error as Json).message), /^Cannot connect to host /);
    assert.equal(google.paid.length, 0);
    await google.up();
    assert.equal((await calls.submitOmni()).status, 200);
    await google.stop();
  });

  it('when orderly, still answers what is under way', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    google.next('submit', { delayMs: 50 });
    const answer = calls.submitOmni();
    while (google.paid.length === 0) await new Promise(setImmediate);
    await google.down('both', { orderly: true });
    assert.equal(await breakOf(calls.get('models')), 'fetch failed: ECONNREFUSED');
    assert.equal((await answer).status, 200);
    await google.stop();
  });
});
