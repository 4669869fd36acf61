import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotReached, Refused } from '../../src/jobs/ports/service.ts';
import { sampleJob } from '../jobs/samples.ts';
import { json, local, never, request, service, submitting, thrown, veoRequest } from './local.ts';

const HOOK = 'https://bot.example/hooks/8f3k0000.proof';
const lost = (of = request()) =>
  sampleJob('unconfirmed', { id: '8f3k0000', request: of, startedAt: 5 });

test('a submit carries the address of its job where there is one, in the form of its protocol', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { id: 'v1_x', name: 'models/m/operations/1' }),
  );
  const calls = service(t, proxy.base, { webhook: (id) => (id === '8f3k0000' ? HOOK : null) });
  await calls.submit(submitting(), never);
  await calls.submit(submitting(veoRequest), never);
  await calls.submit({ ...submitting(), id: 'another1' }, never);
  const [omni, veo, without] = proxy.seen.map(({ body }) => JSON.parse(body));
  assert.deepEqual(omni.webhook_config, { uris: [HOOK] });
  assert.deepEqual(omni.labels, { job: '8f3k0000' });
  assert.deepEqual(Object.keys(veo), ['instances', 'parameters', 'webhookConfig']);
  assert.deepEqual(veo.webhookConfig, { uris: [HOOK] });
  assert.equal(without.webhook_config, undefined);
  assert.equal(without.labels, undefined);
});

test('an interaction is recognised by its label, else by its prompt, whatever has become of it', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  const ask = (content: unknown) => ({ type: 'user_input', content });
  const own = ask([{ type: 'text', text: 'a cat playing with yarn' }]);
  const answers: [string, object, boolean][] = [
    ['running', { id: 'v1_x', status: 'in_progress', labels: { job: '8f3k0000' } }, true],
    ['done', { id: 'v1_x', status: 'completed', steps: [{ type: 'thought' }, own] }, true],
    ['failed', { id: 'v1_x', status: 'failed', errors: [], steps: [own] }, true],
    ['of another job', { id: 'v1_x', labels: { job: 'another1' }, steps: [own] }, false],
    ['of other labels', { id: 'v1_x', labels: { team: 'a' }, steps: [own] }, true],
    [
      'with pictures',
      { id: 'v1_x', steps: [ask([{ type: 'image', data: 'x' }, own.content])] },
      false,
    ],
    ['another prompt', { id: 'v1_x', steps: [ask([{ type: 'text', text: 'a cat' }])] }, false],
    ['said, not asked', { id: 'v1_x', steps: [{ ...own, type: 'model_output' }] }, false],
    ['says nothing', { id: 'v1_x', status: 'in_progress' }, false],
    ['of another id', { id: 'v1_y', labels: { job: '8f3k0000' } }, false],
    ['nonsense', { id: 7, steps: { content: null }, labels: [] }, false],
  ];
  for (const [what, answer, isOurs] of answers) {
    proxy.answer = (_, response) => json(response, 200, answer);
    const found = await calls.recognise(lost(), 'v1_x', never);
    assert.deepEqual(found, isOurs ? { name: 'v1_x', submittedAt: 5 } : null, what);
  }
  assert.equal(proxy.seen[0]?.url, '/gemini/v1beta/interactions/v1_x');
  const tagged = request({ prompt: 'a <FIRST_FRAME> b' });
  const sent = ask([{ type: 'text', text: 'a (FIRST_FRAME) b' }]);
  proxy.answer = (_, response) => json(response, 200, { id: 'v1_x', steps: [sent] });
  assert.ok(await calls.recognise(lost(tagged), 'v1_x', never), 'as it was sent');
});

test('an operation is recognised by its name, with or without the path before it', async (t) => {
  const name = 'models/veo-3.1-generate-preview/operations/s8fo';
  const proxy = await local(t, (seen, response) =>
    json(response, 200, { name: seen.url.replace('/gemini/v1beta/', '') }),
  );
  const calls = service(t, proxy.base);
  for (const told of [name, 's8fo']) {
    const found = await calls.recognise(lost(veoRequest), told, never);
    assert.deepEqual(found, { name, submittedAt: 5 }, told);
  }
  const other = 'models/veo-3.1-fast-generate-preview/operations/s8fo';
  assert.equal(await calls.recognise(lost(veoRequest), other, never), null);
});

test('a name that leads elsewhere is asked for nowhere', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, {}));
  const calls = service(t, proxy.base);
  for (const told of ['..', '.', '', 'x\n', 'x'.repeat(301)]) {
    assert.equal(await calls.recognise(lost(), told, never), null, told);
  }
  for (const told of ['models/x/../y', '../../v1/models/operations', 'files/x', 'a/operations/']) {
    assert.equal(await calls.recognise(lost(veoRequest), told, never), null, told);
  }
  assert.equal(proxy.seen.length, 0);
  await calls.recognise(lost(), 'a/../../b?key=1#x', never);
  assert.equal(proxy.seen[0]?.url, '/gemini/v1beta/interactions/a%2F..%2F..%2Fb%3Fkey%3D1%23x');
});

test('an answer that proves nothing is no answer, and one that is not there is gone', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 400, {
      error: { message: 'Invalid interaction name: v1_x', code: 'invalid_request' },
    }),
  );
  const calls = service(t, proxy.base);
  const gone = await thrown(calls.recognise(lost(), 'v1_x', never));
  assert.ok(gone instanceof Refused && gone.code === 'gone');
  proxy.answer = (_, response) => void response.socket?.destroy();
  assert.ok((await thrown(calls.recognise(lost(), 'v1_x', never))) instanceof NotReached);
  proxy.answer = (_, response) => json(response, 200, ['v1_x']);
  assert.ok((await thrown(calls.recognise(lost(), 'v1_x', never))) instanceof NotReached);
});
