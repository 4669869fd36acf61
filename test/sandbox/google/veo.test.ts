import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callsTo, VEO } from './calls.ts';
import { type Google, startGoogle } from './google.ts';
import type { Operation } from './operation.ts';
import type { Json } from './wire.ts';

for (const face of ['google', 'proxy'] as const) {
  describe(`a Veo operation, seen at the face of ${face}`, () => {
    let google: Google;
    let calls: ReturnType<typeof callsTo>;
    before(async () => {
      google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
      calls = callsTo(google, face);
    });
    after(() => google.stop());
    const submitted = async (): Promise<Operation> => {
      const { status, body } = await calls.submitVeo();
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['name']);
      assert.match(String(body.name), new RegExp(`^models/${VEO}/operations/[a-z0-9]{12}$`));
      const operation = google.operation(String(body.name));
      assert.ok(operation);
      return operation;
    };
    const responseOf = (body: Json) => (body.response as Json).generateVideoResponse as Json;

    it('is nothing but its name while it runs, and charged', async () => {
      const operation = await submitted();
      assert.deepEqual((await calls.get(operation.id)).body, { name: operation.id });
      assert.equal(google.paid.at(-1)?.protocol, 'veo');
      assert.equal(operation.costMicroUsd, 400_000);
      assert.equal(google.polls(operation), 1);
    });

    it('ends with one sample', async () => {
      const operation = await submitted();
      operation.finish();
      const { body } = await calls.get(operation.id);
      assert.equal(body.done, true);
      assert.deepEqual(responseOf(body), {
        generatedSamples: [
          {
            video: {
              uri: `https://generativelanguage.googleapis.com/v1beta/files/${operation.fileId}:download?alt=media`,
            },
          },
        ],
      });
    });

    it('is filtered without samples, at no cost', async () => {
      const operation = await submitted();
      operation.refuse('Blocked. Support codes: 58061214');
      assert.deepEqual(responseOf((await calls.get(operation.id)).body), {
        raiMediaFilteredCount: 1,
        raiMediaFilteredReasons: ['Blocked. Support codes: 58061214'],
      });
      assert.equal(operation.costMicroUsd, 0);
    });

    it('can be filtered beside a sample, and be done with nothing', async () => {
      const [one, two] = [await submitted(), await submitted()];
      one.finish({ filtered: 'the other one' });
      two.finish({ lost: true });
      const both = responseOf((await calls.get(one.id)).body);
      assert.equal(both.raiMediaFilteredCount, 1);
      assert.equal((both.generatedSamples as Json[]).length, 1);
      assert.deepEqual(responseOf((await calls.get(two.id)).body), { generatedSamples: [] });
    });

    it('can answer anything at all', async () => {
      const operation = await submitted();
      operation.pollAnswer = { name: operation.id, done: true, response: {} };
      assert.deepEqual((await calls.get(operation.id)).body, operation.pollAnswer);
    });

    it('fails with code 13, and stays so', async () => {
      const operation = await submitted();
      operation.fail();
      for (let round = 0; round < 2; round++) {
        const { body } = await calls.get(operation.id);
        assert.equal(body.done, true);
        assert.equal((body.error as Json).code, 13);
      }
      assert.equal(operation.costMicroUsd, 0);
    });

    it('is 403 when it is unknown or forgotten', async () => {
      const operation = await submitted();
      google.forget(operation);
      const { status, body } = await calls.get(operation.id);
      assert.equal(status, 403);
      assert.match(
        String((body.error as Json).message),
        /^You do not have permission to access the Operation with ID \w+ or it may not exist\.$/,
      );
    });

    it('has no cancel', async () => {
      const operation = await submitted();
      const answer = await calls.call('POST', `${operation.id}:cancel`);
      assert.equal(answer.status, 404);
      await answer.text();
      assert.equal(operation.status, 'in_progress');
    });
  });
}

describe('models', () => {
  it('are listed in pages, refused once retired, and replaced as a whole', async () => {
    const google = await startGoogle();
    const calls = callsTo(google, 'proxy');
    const names = async (query = '') =>
      ((await calls.get(`models${query}`)).body.models as Json[]).map((model) => model.name);
    assert.equal((await names('?pageSize=1000')).includes(`models/${VEO}`), true);
    const page = (await calls.get('models?pageSize=2')).body;
    assert.deepEqual([(page.models as Json[]).length, page.nextPageToken], [2, '2']);
    assert.equal((await names('?pageSize=2&pageToken=2')).length, 2);

    google.retire(VEO);
    assert.equal((await names()).includes(`models/${VEO}`), false);
    const { status, body } = await calls.submitVeo();
    assert.equal(status, 404);
    assert.match(String((body.error as Json).message), /is no longer available/);

    google.offer(['gemini-omni-2-flash']);
    assert.deepEqual(await names(), ['models/gemini-omni-2-flash', 'models/gemini-2.5-flash']);
    assert.equal((await calls.submitOmni({ model: 'gemini-omni-2-flash' })).status, 200);
    assert.equal(google.paid.length, 1);
    await google.stop();
  });
});
