import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { callsTo, OMNI, omniBody } from './calls.ts';
import { type GoogleOptions, startGoogle } from './google.ts';
import type { Json } from './wire.ts';

async function withFile(options: GoogleOptions = {}) {
  const google = await startGoogle({ takesMs: 0, ...options });
  const calls = callsTo(google, 'proxy');
  await calls.submitOmni();
  const [operation] = google.operations;
  assert.ok(operation);
  await operation.done;
  return { google, calls, operation, fileId: operation.fileId ?? '' };
}

describe('the proxy', () => {
  it('lets anything pass without a key of its own', async () => {
    const google = await startGoogle();
    const answer = await fetch(`${google.url}/gemini/v1beta/models`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('x-litellm-call-id') ?? '', /^[\w-]{36}$/);
    await answer.text();
    await google.stop();
  });

  it('wants its key in x-goog-api-key and refuses it everywhere else on the pass-through', async () => {
    const google = await startGoogle({ proxyKey: 'sk-right' });
    const models = (headers: Record<string, string>, query = '') =>
      fetch(`${google.url}/gemini/v1beta/models${query}`, { headers });
    const statusOf = async (answer: Promise<Response>) => {
      const got = await answer;
      await got.text();
      return got.status;
    };
    assert.equal(await statusOf(models({ 'x-goog-api-key': 'sk-right' })), 200);
    assert.equal(await statusOf(models({}, '?key=sk-right')), 200);
    assert.equal(await statusOf(models({ authorization: 'Bearer sk-right' })), 400);
    assert.equal(await statusOf(models({ 'x-litellm-api-key': 'sk-right' })), 400);
    const refused = await models({});
    assert.deepEqual(await refused.json(), {
      error: { message: 'No connected db.', type: 'no_db_connection', param: null, code: '400' },
    });
    for (const [how, status, words] of [
      ['unknown', 401, /token_not_found_in_db/],
      ['auth', 401, /auth_error/],
      ['expired', 401, /expired_key/],
      ['route', 403, /"detail"/],
    ] as const) {
      google.proxy.refusesKeysAs = how;
      const answer = await models({ 'x-goog-api-key': 'sk-wrong' });
      assert.equal(answer.status, status);
      assert.match(await answer.text(), words);
    }
    const list = (headers: Record<string, string>) => fetch(`${google.url}/v1/models`, { headers });
    for (const headers of [
      { 'x-goog-api-key': 'sk-right' },
      { 'x-litellm-api-key': 'sk-right' },
      { authorization: 'Bearer sk-right' },
    ]) {
      assert.deepEqual(await (await list(headers)).json(), { data: [], object: 'list' });
    }
    assert.equal(await statusOf(list({})), 403);
    assert.equal(google.paid.length, 0);
    await google.stop();
  });

  it('has health routes that need no key, and its own words for an unknown route', async () => {
    const google = await startGoogle({ proxyKey: 'sk-right' });
    const read = async (path: string, method = 'GET') => {
      const answer = await fetch(`${google.url}${path}`, { method });
      return [answer.status, await answer.json()];
    };
    assert.deepEqual(await read('/health/liveliness'), [200, "I'm alive!"]);
    const ready = { status: 'healthy', db: 'Not connected' };
    assert.deepEqual(await read('/health/readiness'), [200, ready]);
    assert.deepEqual(await read('/nowhere'), [404, { detail: 'Not Found' }]);
    assert.deepEqual(await read('/v1beta/models'), [404, { detail: 'Not Found' }]);
    await google.stop();
  });

  it('does not reach Google without /gemini in the address', async () => {
    const google = await startGoogle();
    const answer = await fetch(`${google.url}/v1beta/interactions`, {
      method: 'POST',
      body: JSON.stringify(omniBody()),
    });
    const { error } = (await answer.json()) as { error: Json };
    assert.deepEqual([answer.status, error.type], [400, 'invalid_request_error']);
    assert.equal(google.paid.length, 0);
    await google.stop();
  });

  it('refuses a body that is not JSON, with a type', async () => {
    const google = await startGoogle();
    const { status, body } = await callsTo(google, 'proxy').post('interactions', '{"model":');
    assert.deepEqual([status, (body.error as Json).type], [400, 'invalid_request_error']);
    await google.stop();
  });

  it('keeps tags to itself, from the header and from the body', async () => {
    const google = await startGoogle();
    const body = omniBody({ litellm_metadata: { tags: ['job-1'] } });
    const headers = { 'x-litellm-tags': 'bot, server-2' };
    const answer = await callsTo(google, 'proxy').call('POST', 'interactions', body, headers);
    assert.equal(answer.status, 200);
    await answer.text();
    assert.deepEqual(google.paid[0]?.tags, ['bot', 'server-2', 'job-1']);
    assert.equal('litellm_metadata' in (google.paid[0]?.body ?? {}), false);
    await google.stop();
  });

  it('takes the length off a download, which Google itself sends', async () => {
    const { google, calls, fileId } = await withFile({ videoSizeBytes: 300_000 });
    const passed = await calls.download(fileId);
    assert.equal(passed.headers.get('content-type'), 'video/mp4');
    assert.equal(passed.headers.get('content-length'), null);
    assert.equal((await passed.arrayBuffer()).byteLength, 300_000);
    const direct = await callsTo(google, 'google').download(fileId);
    assert.equal(direct.headers.get('content-length'), '300000');
    await direct.arrayBuffer();
    assert.equal(google.downloads.length, 2);
    assert.equal(google.downloads[0]?.operation, google.operations[0]?.id);
    await google.stop();
  });

  it('forwards no header but those named x-pass-…, so that a range needs one', async () => {
    const { google, calls, fileId } = await withFile({ videoSizeBytes: 300_000 });
    const whole = Buffer.from(await (await calls.download(fileId)).arrayBuffer());
    const ignored = await calls.download(fileId, { range: 'bytes=40000-' });
    assert.equal(ignored.status, 200);
    await ignored.arrayBuffer();
    const part = await calls.download(fileId, { 'x-pass-range': 'bytes=40000-' });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), 'bytes 40000-299999/300000');
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(40_000));
    const beyond = await calls.download(fileId, { 'x-pass-range': 'bytes=300000-' });
    assert.equal(beyond.status, 416);
    google.ranges = false;
    const all = await calls.download(fileId, { 'x-pass-range': 'bytes=40000-' });
    assert.deepEqual([all.status, (await all.arrayBuffer()).byteLength], [200, 300_000]);
    await google.stop();
  });

  it('undoes percent-encoding once, so that a slash in an id is a slash in the path', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    assert.equal((await calls.pollOmni('v1_a+b= é')).status, 400, 'Google was asked for it');
    const torn = await calls.call('GET', `interactions/${encodeURIComponent('v1_a/b')}`);
    assert.equal(torn.status, 404, 'Google has no such path');
    await torn.text();
    await google.stop();
  });

  it('gives no hint how long it keeps a connection', async () => {
    const google = await startGoogle();
    const answer = await callsTo(google, 'proxy').call('GET', 'models');
    assert.equal(answer.headers.get('keep-alive'), null);
    await answer.text();
    await google.stop();
  });
});

describe('a file', () => {
  it('is described with its size and hash, and listed', async () => {
    const { google, calls, operation, fileId } = await withFile();
    const bytes = Buffer.from(await (await calls.download(fileId)).arrayBuffer());
    const { body } = await calls.get(`files/${fileId}`);
    assert.equal(body.sizeBytes, String(bytes.length));
    assert.equal(body.sha256Hash, createHash('sha256').update(bytes).digest('base64'));
    assert.deepEqual([body.state, body.source], ['ACTIVE', 'GENERATED']);
    assert.equal(((await calls.get('files')).body.files as Json[]).length, 1);

    google.setFile(operation, 'PROCESSING');
    assert.equal((await calls.get(`files/${fileId}`)).body.state, 'PROCESSING');
    const early = await calls.download(fileId);
    assert.deepEqual(
      [early.status, ((await early.json()) as Json).error !== undefined],
      [400, true],
    );
    google.setFile(operation, 'expired');
    const late = await calls.download(fileId);
    assert.equal(late.status, 403);
    assert.match(await late.text(), /or it may not exist/);
    await google.stop();
  });

  it('is not the video without alt=media', async () => {
    const { google, calls, fileId } = await withFile();
    const { body } = await calls.get(`files/${fileId}:download`);
    assert.equal(body.name, `files/${fileId}`);
    await google.stop();
  });

  it('is what was ordered: its frames, its length, or what it was told to be', async () => {
    const google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
    const calls = callsTo(google, 'proxy');
    const response_format = {
      type: 'video',
      duration: '5s',
      aspect_ratio: '9:16',
      resolution: '1080p',
      delivery: 'uri',
    };
    await calls.submitOmni({ response_format });
    await calls.submitOmni({ model: OMNI });
    const [one, two] = google.operations;
    one?.finish();
    two?.finish({ seconds: 8, sizeBytes: 500_000 });
    const made = google.operations.map(({ ending }) =>
      ending?.status === 'completed' && ending.result === 'video' ? ending.video.shape : undefined,
    );
    assert.deepEqual(made, [
      { width: 1080, height: 1920, seconds: 5 },
      { width: 1280, height: 720, seconds: 8, sizeBytes: 500_000 },
    ]);
    await google.stop();
  });
});
