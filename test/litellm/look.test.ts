/** What an answer to a look says: recorded shapes and those the schema allows. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import type { Look } from '../../src/jobs/ports/service.ts';
import { NotReached, Refused } from '../../src/jobs/ports/service.ts';
import { omni } from '../../src/litellm/omni.ts';
import { veo } from '../../src/litellm/veo.ts';
import { json, local, never, operation, request, service, thrown, veoRequest } from './local.ts';

const uri =
  'https://generativelanguage.googleapis.com/v1beta/files/ak5xpg0kiews:download?alt=media';
const user = { type: 'user_input', content: [{ text: 'a cat', type: 'text' }] };
const thought = { type: 'thought', signature: 's'.repeat(50_000) };
const output = (...content: unknown[]) => ({ type: 'model_output', content });
const video = (more: object) => ({ type: 'video', mime_type: 'video/mp4', ...more });
const usage = {
  total_tokens: 18127,
  total_input_tokens: 19,
  total_output_tokens: 17873,
  output_tokens_by_modality: [{ modality: 'video', tokens: 17376 }],
  total_thought_tokens: 235,
  raw_prompt_token: 29902,
};
const used = { inputTokens: 19, textTokens: 732, videoTokens: 17376 };
const refusalUsage = {
  total_tokens: 105,
  total_input_tokens: 14,
  total_output_tokens: 15,
  total_thought_tokens: 76,
};
const refusalUsed = { inputTokens: 14, textTokens: 91, videoTokens: 0 };
const file = { kind: 'file', fileId: 'ak5xpg0kiews' } as const;
const inline = { kind: 'inline' } as const;
const completed = (steps: unknown, more: object = { usage }) => ({
  id: 'v1',
  status: 'completed',
  steps,
  ...more,
});
const done = (source: unknown, more: object = {}) => ({
  kind: 'done',
  source,
  usage: used,
  answeredBy: null,
  ...more,
});

const interactions: [string, unknown, unknown][] = [
  ['in progress', { status: 'in_progress', steps: [user] }, { kind: 'running' }],
  ['queued', { status: 'queued' }, { kind: 'running' }],
  ['idle', { status: 'idle' }, { kind: 'running' }],
  [
    'a word nobody knows yet',
    { status: 'polishing', steps: [output(video({ uri }))] },
    { kind: 'running' },
  ],
  ['no status', { id: 'v1' }, { kind: 'running' }],
  ['cancelled', { status: 'cancelled' }, { kind: 'cancelled' }],
  [
    'a video by address',
    completed([user, thought, output(video({ uri }))], { usage, model: 'gemini-omni-1.2-flash' }),
    done(file, { answeredBy: 'gemini-omni-1.2-flash' }),
  ],
  ['a video as base64', completed([user, output(video({ data: 'AAAA' }))]), done(inline)],
  ['both', completed([output(video({ data: 'AAAA', uri }))]), done(file)],
  [
    'an address that is no file, and base64',
    completed([output(video({ data: 'AAAA', uri: 'gs://x/y.mp4' }))]),
    done(inline),
  ],
  ['output before thought', completed([output(video({ uri })), thought, user]), done(file)],
  [
    'the last of several',
    completed([
      output(
        video({ uri: 'files/first' }),
        video({ data: 'AA' }),
        { type: 'text', text: 't' },
        video({ uri }),
      ),
      user,
    ]),
    done(file),
  ],
  [
    'the last output that has one',
    completed([
      output(video({ uri: 'files/first' })),
      output(video({ uri })),
      output({ type: 'text', text: 'enjoy' }),
    ]),
    done(file),
  ],
  [
    'an input video echoed is no result',
    completed(
      [
        { type: 'user_input', content: [video({ data: 'AAAA' })] },
        output({ type: 'text', text: 'no' }),
      ],
      { usage: refusalUsage },
    ),
    { kind: 'declined', said: 'no', usage: refusalUsed },
  ],
  [
    'a video and a warning',
    completed([{ ...output(video({ uri })), error: { code: 13, message: 'warned' } }]),
    done(file),
  ],
  ['no usage reported', completed([output(video({ uri }))], {}), done(file, { usage: null })],
  [
    'numbers as text',
    completed([output(video({ uri }))], {
      usage: {
        total_input_tokens: '19',
        total_output_tokens: '17873',
        total_thought_tokens: '235',
        output_tokens_by_modality: [{ modality: 'VIDEO', tokens: '17376' }],
      },
    }),
    done(file),
  ],
  [
    'a refusal',
    completed([user, output({ type: 'text', text: ' I cannot. ' }), thought], {
      usage: refusalUsage,
    }),
    { kind: 'declined', said: 'I cannot.', usage: refusalUsed },
  ],
  [
    'text, but video tokens',
    completed([output({ type: 'text', text: 'here' })]),
    { kind: 'not understood', usage: used },
  ],
  ['video tokens and nothing else', completed([]), { kind: 'not understood', usage: used }],
  [
    'a video of no known form',
    completed([output(video({ href: 'x' }))], { usage: refusalUsage }),
    { kind: 'not understood', usage: refusalUsed },
  ],
  ['nothing at all', completed([], {}), { kind: 'failed', said: null, code: null, usage: null }],
  [
    'failed by top errors',
    { status: 'failed', errors: [{ code: 'internal', message: 'm' }] },
    { kind: 'failed', said: 'm', code: 'internal', usage: null },
  ],
  [
    'failed by a step',
    { status: 'failed', steps: [{ type: 'model_output', error: { code: 13, message: 'm' } }] },
    { kind: 'failed', said: 'm', code: '13', usage: null },
  ],
  [
    'failed by a top error',
    { status: 'failed', error: { message: 'm' } },
    { kind: 'failed', said: 'm', code: null, usage: null },
  ],
  [
    'failed by an event',
    { status: 'failed', event: { event_type: 'error', error: { code: 'x', message: 'm' } } },
    { kind: 'failed', said: 'm', code: 'x', usage: null },
  ],
  [
    'failed without a word',
    { status: 'failed' },
    { kind: 'failed', said: null, code: null, usage: null },
  ],
  [
    'incomplete',
    { status: 'incomplete' },
    { kind: 'failed', said: null, code: 'incomplete', usage: null },
  ],
  [
    'incomplete with a video',
    { status: 'incomplete', usage, steps: [output(video({ uri }))] },
    done(file),
  ],
  [
    'out of budget there',
    { status: 'budget_exceeded' },
    { kind: 'failed', said: null, code: 'budget_exceeded', usage: null },
  ],
  [
    'asking for an action',
    { status: 'requires_action', steps: [output({ type: 'text', text: 'which?' })] },
    { kind: 'failed', said: 'which?', code: 'requires_action', usage: null },
  ],
  ['steps of no form', completed('x', {}), { kind: 'failed', said: null, code: null, usage: null }],
  [
    'nulls everywhere',
    {
      status: 'completed',
      steps: [null, { type: 'model_output', content: [null] }],
      usage: null,
      errors: [null],
    },
    { kind: 'failed', said: null, code: null, usage: null },
  ],
];

const reason = 'Blocked. Support codes: 29310472, 58061214';
const operations: [string, unknown, unknown][] = [
  ['a name and nothing else', { name: 'n' }, { kind: 'running' }],
  ['not done', { name: 'n', done: false }, { kind: 'running' }],
  [
    'a sample',
    { done: true, response: { generateVideoResponse: { generatedSamples: [{ video: { uri } }] } } },
    done(file, { usage: null }),
  ],
  [
    'a sample beside a filtered one',
    {
      done: true,
      response: {
        generateVideoResponse: {
          raiMediaFilteredCount: 1,
          raiMediaFilteredReasons: [reason],
          generatedSamples: [{ video: { uri } }],
        },
      },
    },
    done(file, { usage: null }),
  ],
  [
    'Vertex’s form',
    { done: true, response: { videos: [{ bytesBase64Encoded: 'AAAA', mimeType: 'video/mp4' }] } },
    done(inline, { usage: null }),
  ],
  [
    'filtered',
    {
      done: true,
      response: {
        generateVideoResponse: { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [reason] },
      },
    },
    { kind: 'declined', said: 'Blocked. Reason: celebrities, children', usage: null },
  ],
  [
    'filtered, an unknown code',
    {
      done: true,
      response: {
        generateVideoResponse: {
          raiMediaFilteredCount: '1',
          raiMediaFilteredReasons: ['Gesperrt. Support codes: 123'],
        },
      },
    },
    { kind: 'declined', said: 'Gesperrt. Support codes: 123', usage: null },
  ],
  [
    'filtered, the count as text',
    { done: true, response: { generateVideoResponse: { raiMediaFilteredCount: '1' } } },
    { kind: 'declined', said: '', usage: null },
  ],
  [
    'filtered, a reason alone and as text',
    { done: true, response: { raiMediaFilteredReasons: 'audio' } },
    { kind: 'declined', said: 'audio', usage: null },
  ],
  [
    'an empty list without a count',
    { done: true, response: { generateVideoResponse: { generatedSamples: [] } } },
    { kind: 'declined', said: '', usage: null },
  ],
  [
    'an empty answer',
    { done: true, response: { '@type': 't', generateVideoResponse: {} } },
    { kind: 'declined', said: '', usage: null },
  ],
  [
    'failed inside',
    { done: true, error: { code: 13, message: 'internal' } },
    { kind: 'failed', said: 'internal', code: '13', usage: null },
  ],
  [
    'failed for its arguments',
    { done: true, error: { code: 3, message: 'bad' } },
    { kind: 'failed', said: 'bad', code: '3', usage: null },
  ],
  [
    'stopped by the filter as an error',
    {
      done: true,
      error: { code: 3, message: 'It violates our usage guidelines. Support codes: 62263041' },
    },
    {
      kind: 'declined',
      said: 'It violates our usage guidelines. Reason: dangerous content',
      usage: null,
    },
  ],
  [
    'a sample of no known form',
    { done: true, response: { generateVideoResponse: { generatedSamples: [{ clip: 1 }] } } },
    { kind: 'not understood', usage: null },
  ],
  [
    'an answer of no known form',
    { done: true, response: { film: 1 } },
    { kind: 'not understood', usage: null },
  ],
  ['no answer', { done: true }, { kind: 'not understood', usage: null }],
  [
    'nulls',
    { done: true, response: { generateVideoResponse: { generatedSamples: [null] } } },
    { kind: 'not understood', usage: null },
  ],
];

test('an interaction is read in every shape', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const [what, answer, expected] of interactions) {
    proxy.answer = (_, response) => json(response, 200, answer);
    assert.deepEqual(await calls.look(operation('v1_x'), request(), never), expected as Look, what);
  }
});

test('a Veo operation is read in every shape', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  for (const [what, answer, expected] of operations) {
    proxy.answer = (_, response) => json(response, 200, answer);
    const look = await calls.look(operation('models/m/operations/o'), veoRequest, never);
    assert.deepEqual(look, expected as Look, what);
  }
});

test('no JSON whatever makes the reading throw', () => {
  for (const answer of [
    null,
    1,
    'x',
    [],
    [[]],
    {},
    { done: true, response: [] },
    { status: 'completed', steps: { type: 1 }, usage: [] },
  ]) {
    omni.read(answer);
    veo.read(answer);
  }
});

test('a name of the service is encoded in the path', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, { status: 'queued' }));
  const calls = service(t, proxy.base);
  await calls.look(operation('v1_a/b?c#d%2e='), request(), never);
  await calls.look(operation('models/m:x/operations/ä?b'), veoRequest, never);
  await calls.cancel(operation('v1_a/../b'), request(), never);
  assert.deepEqual(
    proxy.seen.map((seen) => seen.url),
    [
      '/gemini/v1beta/interactions/v1_a%2Fb%3Fc%23d%252e%3D',
      '/gemini/v1beta/models/m%3Ax/operations/%C3%A4%3Fb',
      '/gemini/v1beta/interactions/v1_a%2F..%2Fb/cancel',
    ],
  );
});

test('what is no name of an operation is never sent', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, {}));
  const calls = service(t, proxy.base);
  for (const name of ['', '..', 'a\nb', 'x'.repeat(301), '\ud800']) {
    const error = await thrown(calls.look(operation(name), request(), never));
    assert.ok(error instanceof Refused && error.code === 'gone', name);
  }
  for (const name of ['models/../operations/x', 'interactions/x', 'models//operations/x']) {
    const error = await thrown(calls.look(operation(name), veoRequest, never));
    assert.ok(error instanceof Refused && error.code === 'gone', name);
  }
  assert.equal(proxy.seen.length, 0);
});

test('a look that hangs, before its answer or in it, ends by its own timeout', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base, { timeouts: { lookMs: 50 } });
  for (const answer of [
    () => {},
    (_: unknown, response: { write(text: string): void }) => response.write('{"status":'),
  ]) {
    proxy.answer = answer as typeof proxy.answer;
    const error = await thrown(calls.look(operation('v1_x'), request(), never));
    assert.ok(error instanceof NotReached);
    assert.equal(error.how, 'timeout');
  }
});

test('a look that drips on for ever ends by its whole time', async (t) => {
  const proxy = await local(t, (_, response) => {
    response.write('{"status":"');
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  });
  const calls = service(t, proxy.base, { timeouts: { lookTotalMs: 100 } });
  const error = await thrown(calls.look(operation('v1_x'), request(), never));
  assert.ok(error instanceof NotReached);
  assert.equal(error.how, 'timeout');
});

test('a look waits out hiccups: each is no answer, and the next one counts', async (t) => {
  const proxy = await local(t, () => {});
  const calls = service(t, proxy.base);
  proxy.answer = (_, response) => void response.socket?.destroy();
  assert.ok((await thrown(calls.look(operation('v1_x'), request(), never))) instanceof NotReached);
  proxy.answer = (_, response) => json(response, 200, { status: 'queued' });
  assert.deepEqual(await calls.look(operation('v1_x'), request(), never), { kind: 'running' });
});

test('Veo has no cancel', async (t) => {
  const proxy = await local(t, () => {});
  const error = await thrown(
    service(t, proxy.base).cancel(operation('models/m/operations/o'), veoRequest, never),
  );
  assert.ok(error instanceof Refused);
  assert.equal(proxy.seen.length, 0);
});

test('a look leaves nothing behind at a signal that lives as long as the process', async (t) => {
  let isThere = true;
  const { base } = await local(t, (_, response) => {
    if (isThere) json(response, 200, { id: 'v1', status: 'in_progress' });
    else response.destroy();
  });
  const calls = service(t, base);
  const { signal } = new AbortController();
  await calls.look(operation('v1'), request(), signal);
  isThere = false;
  await assert.rejects(calls.look(operation('v1'), request(), signal), NotReached);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});
