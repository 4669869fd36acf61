import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callsTo, OMNI, PNG, VEO } from './calls.ts';
import { type Google, startGoogle } from './google.ts';
import type { Json } from './wire.ts';

const format = (patch: Json) => ({ response_format: { type: 'video', ...patch } });
const picture = (patch: Json = {}) => ({
  type: 'image',
  data: PNG,
  mime_type: 'image/png',
  ...patch,
});
const text = (words: string) => ({ type: 'text', text: words });
const veoPicture = { bytesBase64Encoded: PNG, mimeType: 'image/png' };
const reference = { image: veoPicture, referenceType: 'asset' };

const OMNI_MISTAKES: [string, Json, RegExp][] = [
  ['a number as duration', format({ duration: 6 }), /^Invalid input at 'response_format'/],
  ['a duration without its unit', format({ duration: '6' }), /^Invalid input at/],
  ['less than the shortest duration', format({ duration: '2s' }), /'3s' to '15s'/],
  ['more than the longest duration', format({ duration: '16s' }), /'3s' to '15s'/],
  [
    'more than the longest duration of an older model',
    { model: 'gemini-omni-1.1-flash', ...format({ duration: '11s' }) },
    /'3s' to '10s'/,
  ],
  [
    'more than 10 s between two frames',
    {
      input: [picture(), picture(), text('<FIRST_FRAME> to <LAST_FRAME>')],
      ...format({ duration: '12s' }),
    },
    /'3s' to '10s'/,
  ],
  [
    'a wrong aspect ratio, in the recorded words',
    format({ aspect_ratio: '1:7' }),
    /^The value '1:7' is not supported for 'response_format.aspect_ratio'. Supported values: '16:9', '9:16'.$/,
  ],
  ['a wrong resolution', format({ resolution: '8k' }), /'360p', '720p', '1080p', '4k'/],
  ['a format without type', { response_format: { duration: '3s' } }, /type' is required/],
  ['an unknown field of the format', format({ fps: 24 }), /Unknown parameter/],
  ['an unknown field at the top', { durationSeconds: 4 }, /Unknown parameter/],
  ['a setting that Omni does not have', { system_instruction: 'x' }, /not supported/],
  ['a temperature', { generation_config: { temperature: 1 } }, /not supported/],
  ['`background` that is not stored', { store: false }, /'store' must be true/],
  ['no input at all', { input: null }, /'input' is required/],
  ['inline data by its other name', { input: [{ inlineData: {} }] }, /'type' is required/],
  ['a picture that is not of its type', { input: [picture({ mime_type: 'image/jpeg' })] }, /image/],
  ['a gif', { input: [picture({ mime_type: 'image/gif' })] }, /Unsupported MIME type/],
  ['broken base64', { input: [picture({ data: 'abc' })] }, /base64/],
  ['seven pictures', { input: Array(7).fill(picture()) }, /At most 6/],
  ['a last frame alone', { input: [picture(), text('<LAST_FRAME>')] }, /needs '<FIRST_FRAME>'/],
  ['a frame without its picture', { input: '<FIRST_FRAME> moves' }, /without an image/],
  ['an earlier interaction nobody made', { previous_interaction_id: 'v1_x' }, /^Invalid interact/],
  ['a label in capitals', { labels: { Job: 'A' } }, /label/],
  ['a webhook without address', { webhook_config: { uris: [] } }, /webhook_config/],
];

const VEO_MISTAKES: [string, Parameters<ReturnType<typeof callsTo>['submitVeo']>[0], RegExp][] = [
  [
    'a wrong aspect ratio, in the recorded words',
    { parameters: { aspectRatio: '1:7' } },
    /^`aspectRatio` does not support `1:7` as a valid value\. {2}Please refer to /,
  ],
  ['text as duration', { parameters: { durationSeconds: '4' } }, /needs to be a number/],
  ['a duration in between', { parameters: { durationSeconds: 5 } }, /out of bound/],
  [
    '4 s at 1080p',
    { parameters: { resolution: '1080p' } },
    /`durationSeconds` does not support `4`/,
  ],
  ['inline data', { instance: { image: { inlineData: {} } } }, /^`inlineData` isn't supported by/],
  ['a seed', { parameters: { seed: 1 } }, /isn't supported/],
  ['a name in snake case', { parameters: { aspect_ratio: '9:16' } }, /Unknown name "aspect_ratio"/],
  ['a last frame alone', { instance: { lastFrame: veoPicture } }, /needs `image`/],
  [
    'two frames in 4 s',
    { instance: { image: veoPicture, lastFrame: veoPicture } },
    /`durationSeconds`/,
  ],
  [
    'references beside a first frame',
    {
      instance: { image: veoPicture, referenceImages: [reference] },
      parameters: { durationSeconds: 8 },
    },
    /cannot go with/,
  ],
  [
    'four references',
    { instance: { referenceImages: Array(4).fill(reference) }, parameters: { durationSeconds: 8 } },
    /up to 3/,
  ],
  [
    'references with the lite model',
    { model: 'veo-3.1-lite-generate-preview', instance: { referenceImages: [reference] } },
    /isn't supported/,
  ],
  ['two samples', { parameters: { sampleCount: 2 } }, /sampleCount/],
  [
    'adults only without a picture',
    { parameters: { personGeneration: 'allow_adult' } },
    /personGeneration/,
  ],
];

for (const face of ['google', 'proxy'] as const) {
  describe(`refused and not paid for, seen at the face of ${face}`, () => {
    let google: Google;
    let calls: ReturnType<typeof callsTo>;
    before(async () => {
      google = await startGoogle();
      calls = callsTo(google, face);
    });
    after(async () => {
      assert.deepEqual(google.paid, []);
      assert.deepEqual(google.operations, []);
      await google.stop();
    });

    for (const [what, patch, message] of OMNI_MISTAKES) {
      it(`Omni: ${what}`, async () => {
        const { status, body } = await calls.submitOmni(patch);
        const error = body.error as Json;
        assert.deepEqual([status, error.code], [400, 'invalid_request']);
        assert.match(String(error.message), message);
      });
    }

    for (const [what, patch, message] of VEO_MISTAKES) {
      it(`Veo: ${what}`, async () => {
        const { status, body } = await calls.submitVeo(patch);
        const error = body.error as Json;
        assert.deepEqual([status, error.code, error.status], [400, 400, 'INVALID_ARGUMENT']);
        assert.match(String(error.message), message);
      });
    }

    it('a model that never was, and one sent by the wrong protocol', async () => {
      const omni = await calls.submitOmni({ model: 'gemini-omni-9-flash' });
      assert.equal(omni.status, 404);
      assert.match(
        String((omni.body.error as Json).message),
        /^Model 'gemini-omni-9-flash' not found. Did you mean one of '/,
      );
      assert.equal((await calls.submitOmni({ model: VEO })).status, 404);
      const veo = await calls.submitVeo({ model: OMNI });
      assert.equal(veo.status, 404);
      assert.match(String((veo.body.error as Json).message), /is not found for API version v1beta/);
    });

    it('a path that Google does not have: its HTML page', async () => {
      const answer = await calls.call('GET', 'nowhere');
      assert.equal(answer.status, 404);
      assert.match(answer.headers.get('content-type') ?? '', /html/);
      assert.match(await answer.text(), /<!DOCTYPE html>/);
    });
  });
}

describe('what Google takes', () => {
  it('is an empty input too: it makes and bills a video of nothing', async () => {
    const google = await startGoogle();
    const { status } = await callsTo(google, 'proxy').submitOmni({ input: '' });
    assert.deepEqual([status, google.paid.length], [200, 1]);
    await google.stop();
  });

  it('is every form of input, with pictures, labels and settings in their right place', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    const good: Json[] = [
      { input: text('x') },
      { input: [{ type: 'user_input', content: [picture(), text('<FIRST_FRAME>')] }] },
      { input: [picture(), picture(), text('<FIRST_FRAME> <LAST_FRAME>')] },
      { labels: { job: 'a-1' }, service_tier: 'standard', store: true },
      { generation_config: { video_config: { task: 'text_to_video' }, thinking_level: 'low' } },
      format({ duration: '4.5s', aspect_ratio: '9:16', resolution: '1080p', delivery: 'uri' }),
    ];
    for (const patch of good) assert.equal((await calls.submitOmni(patch)).status, 200);
    const veo = await calls.submitVeo({
      instance: { image: veoPicture, lastFrame: veoPicture },
      parameters: { durationSeconds: 8, personGeneration: 'allow_adult', resolution: '1080p' },
    });
    assert.equal(veo.status, 200);
    assert.equal(google.paid.length, good.length + 1);
    await google.stop();
  });
});

describe('keys at Google', () => {
  it('refuses none, a wrong one and two at once', async () => {
    const google = await startGoogle({ googleKey: 'right' });
    const models = (query: string, headers = {}) =>
      fetch(`${google.upstreamUrl}/v1beta/models${query}`, { headers });
    const expect = async (answer: Promise<Response>, status: number, words: RegExp) => {
      const got = await answer;
      assert.equal(got.status, status);
      assert.match(await got.text(), words);
    };
    await expect(models(''), 403, /PERMISSION_DENIED/);
    await expect(models('?key=wrong'), 400, /API_KEY_INVALID/);
    const both = models('?key=right', { 'x-goog-api-key': 'right' });
    await expect(both, 400, /Multiple authentication credentials received/);
    await expect(models('?key=right'), 200, /gemini-omni-1\.2-flash/);
    await expect(models('', { 'x-goog-api-key': 'right' }), 200, /models/);
    await google.stop();
  });

  it('takes the client for two when it passes a second key through the proxy', async () => {
    const google = await startGoogle();
    const answer = await callsTo(google, 'proxy').call('GET', 'models', undefined, {
      'x-pass-x-goog-api-key': 'another',
    });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /Multiple authentication credentials/);
    await google.stop();
  });
});
