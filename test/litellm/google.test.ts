/** The four calls together, against the stand-in for the proxy with Google behind it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Look, NotReached, Refused } from '../../src/jobs/ports/service.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { askProxy } from '../../src/litellm/proxy.ts';
import { createVideoService } from '../../src/litellm/service.ts';
import { type GoogleOptions, startGoogle } from '../sandbox/google/google.ts';
import { Into, never, request, submitting, thrown, veoRequest } from './local.ts';

async function start(t: TestContext, options: GoogleOptions = {}) {
  const google = await startGoogle({ takesMs: 10, ...options });
  t.after(() => google.stop());
  const calls = createVideoService({ base: google.url, key: 'sk-ours' });
  t.after(() => calls.close());
  const made = async (of: VideoRequest) => {
    const operation = await calls.submit(submitting(of), never);
    let look: Look = { kind: 'running' };
    while (look.kind === 'running') {
      await sleep(5);
      look = await calls.look(operation, of, never);
    }
    return { operation, look };
  };
  return { google, calls, made };
}

const omni = request({ seconds: 3 });

for (const [what, of, options] of [
  ['an Omni video by its file', omni, {}],
  ['an Omni video as base64', omni, { resultsAs: 'data', videoSizeBytes: 2_000_000 }],
  ['an Omni video with an odd id', omni, { oddIds: true }],
  ['a Veo video', veoRequest, { models: ['veo-3.1-generate-preview'] }],
] as const) {
  test(`${what} is made, found and fetched whole, and paid once`, async (t) => {
    const { google, calls, made } = await start(t, options);
    const { operation, look } = await made(of);
    assert.equal(look.kind, 'done');
    if (look.kind !== 'done') return;
    const into = new Into();
    await calls.download(operation, look.source, of, into, never);
    assert.equal(into.all.toString('latin1', 4, 8), 'ftyp');
    assert.equal(google.paid.length, 1);
    if (of.protocol === 'omni') assert.ok((look.usage?.videoTokens ?? 0) > 0);
  });
}

test('a refusal, a failure and a cancel are told apart', async (t) => {
  const { google, calls, made } = await start(t);
  google.decides(() => ({ refuse: 'I cannot make this.' }));
  const refused = await made(omni);
  assert.ok(refused.look.kind === 'declined' && refused.look.said === 'I cannot make this.');
  google.decides(() => 'video');
  google.videosTake(Number.POSITIVE_INFINITY);
  const operation = await calls.submit(submitting(omni), never);
  await calls.cancel(operation, omni, never);
  assert.deepEqual(await calls.look(operation, omni, never), { kind: 'cancelled' });
  google.forget(operation.name);
  const gone = await thrown(calls.look(operation, omni, never));
  assert.ok(gone instanceof Refused && gone.code === 'gone');
});

test('a retired model and a wrong value are refused by what they are', async (t) => {
  const { google, calls } = await start(t);
  const wrong = await thrown(calls.submit(submitting(request({ aspectRatio: '1:7' })), never));
  assert.ok(wrong instanceof Refused && wrong.code === 'bad request');
  assert.match(wrong.said ?? '', /1:7/);
  google.retire(omni.modelId);
  const gone = await thrown(calls.submit(submitting(omni), never));
  assert.ok(gone instanceof Refused && gone.code === 'model gone');
});

test('a submit whose answer is lost on either side may have left; one to a proxy without network has not', async (t) => {
  const { google, calls } = await start(t);
  for (const at of ['proxy', 'google'] as const) {
    google.next('submit', 'reset-after', { at });
    const error = await thrown(calls.submit(submitting(omni), never));
    assert.ok(error instanceof NotReached && error.left, at);
  }
  assert.equal(google.paid.length, 2);
  await google.down('google');
  const unsent = await thrown(calls.submit(submitting(omni), never));
  assert.ok(unsent instanceof NotReached && !unsent.left);
});

test('a file still in the works is "not yet", a cut one is gone on with, an expired one is gone', async (t) => {
  const { google, calls, made } = await start(t, { videoSizeBytes: 500_000 });
  const { operation, look } = await made(omni);
  assert.ok(look.kind === 'done');
  const [paid] = google.operations;
  assert.ok(paid);
  const into = new Into();
  const fetch = () => calls.download(operation, look.source, omni, into, never);
  google.setFile(paid, 'PROCESSING');
  const early = await thrown(fetch());
  assert.ok(early instanceof Refused && early.code === 'not yet', String(early));
  google.setFile(paid, 'ACTIVE');
  google.next('download', { cutBytes: 200_000 });
  assert.ok((await thrown(fetch())) instanceof NotReached);
  const had = into.sizeBytes;
  assert.ok(had > 0 && had < 500_000);
  await fetch();
  assert.equal(into.sizeBytes, 500_000);
  assert.deepEqual(into.done, []);
  google.setFile(paid, 'expired');
  const late = await thrown(calls.download(operation, look.source, omni, new Into(), never));
  assert.ok(late instanceof Refused && late.code === 'gone', String(late));
});

test('the stand-in’s proxy is reported as good, and its refusals of a key as such', async (t) => {
  const { google } = await start(t, { proxyKey: 'sk-right' });
  const good = await askProxy({ base: google.url, key: 'sk-right' }, never);
  assert.deepEqual([good.problem, good.offered?.includes(omni.modelId)], [null, true]);
  const bad = await askProxy({ base: google.url, key: 'sk-wrong' }, never);
  assert.equal(bad.keyAccepted, false);
});
