import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callsTo, OMNI, omniBody, PNG } from './calls.ts';
import { type Google, startGoogle } from './google.ts';
import type { Operation } from './operation.ts';
import type { Json } from './wire.ts';

type Step = { type: string; content?: Json[]; error?: Json };
const stepOf = (body: Json, type: string) => (body.steps as Step[]).find((s) => s.type === type);

for (const face of ['google', 'proxy'] as const) {
  describe(`an interaction, seen at the face of ${face}`, () => {
    let google: Google;
    let calls: ReturnType<typeof callsTo>;
    before(async () => {
      google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
      calls = callsTo(google, face);
    });
    after(() => google.stop());
    const submitted = async (patch: Json = {}): Promise<Operation> => {
      const { status, body } = await calls.submitOmni(patch);
      assert.equal(status, 200);
      const operation = google.operation(String(body.id));
      assert.ok(operation);
      return operation;
    };

    it('is accepted at once and charged from then on', async () => {
      const { body } = await calls.submitOmni();
      assert.match(String(body.id), /^v1_Ch[\w-]{65}$/);
      assert.equal(body.status, 'in_progress');
      assert.equal(body.object, 'interaction');
      assert.equal(body.model, OMNI);
      assert.equal('steps' in body, false);
      const paid = google.paid.at(-1);
      assert.equal(paid?.operation, body.id);
      assert.equal(paid?.prompt, 'a cat playing with yarn');
      assert.equal(paid?.costMicroUsd, 3 * 5792 * 12);
    });

    it('repeats the whole input with every poll, pictures included', async () => {
      const image = { type: 'image', data: PNG, mime_type: 'image/png' };
      const text = { type: 'text', text: '<FIRST_FRAME> it moves' };
      const operation = await submitted({ input: [image, text] });
      const { body } = await calls.pollOmni(operation.id);
      assert.deepEqual(body.steps, [{ type: 'user_input', content: [image, text] }]);
      assert.deepEqual(body.response_format, omniBody().response_format);
      assert.equal(google.polls(operation), 1);
      assert.equal(google.polls(operation.id), 1);
    });

    it('ends with a file to fetch, its use in tokens, and its end as `created`', async () => {
      const operation = await submitted();
      operation.finish();
      const { body } = await calls.pollOmni(operation.id);
      assert.equal(body.status, 'completed');
      const [video] = stepOf(body, 'model_output')?.content ?? [];
      assert.equal(
        video?.uri,
        `https://generativelanguage.googleapis.com/v1beta/files/${operation.fileId}:download?alt=media`,
      );
      const usage = body.usage as Record<string, number>;
      assert.deepEqual(usage.output_tokens_by_modality, [{ modality: 'video', tokens: 17376 }]);
      const { total_input_tokens: input = 0, total_output_tokens: output = 0 } = usage;
      assert.equal(usage.total_tokens, input + output + (usage.total_thought_tokens ?? 0));
      assert.ok(Object.keys(usage).some((name) => name.startsWith('experiment_')));
      const cost = operation.costMicroUsd;
      assert.ok(cost > 17376 * 12 && cost < 17376 * 12 * 1.1, `${cost}`);
      assert.equal(google.paid.at(-1)?.costMicroUsd, cost);
    });

    it('gives the video itself where no file was asked for', async () => {
      const operation = await submitted({ response_format: { type: 'video', duration: '3s' } });
      operation.finish();
      const { body } = await calls.pollOmni(operation.id);
      const [video] = stepOf(body, 'model_output')?.content ?? [];
      const bytes = Buffer.from(String(video?.data), 'base64');
      assert.equal(bytes.toString('latin1', 4, 8), 'ftyp');
    });

    it('shows a refusal as completed text without video tokens, and costs next to nothing', async () => {
      const operation = await submitted();
      operation.refuse('I cannot make that.');
      const { body } = await calls.pollOmni(operation.id);
      assert.equal(body.status, 'completed');
      assert.deepEqual(stepOf(body, 'model_output')?.content, [
        { type: 'text', text: 'I cannot make that.' },
      ]);
      assert.equal('output_tokens_by_modality' in (body.usage as Json), false);
      assert.ok(operation.costMicroUsd < 2000);
    });

    it('can be paid for and hold no video', async () => {
      const operation = await submitted();
      operation.finish({ lost: true });
      const { body } = await calls.pollOmni(operation.id);
      assert.equal(body.status, 'completed');
      assert.deepEqual(stepOf(body, 'model_output')?.content, []);
      assert.ok(operation.costMicroUsd > 17376 * 12);
    });

    for (const place of ['errors', 'step', 'error', 'nowhere'] as const) {
      it(`can fail and say why in: ${place}`, async () => {
        const operation = await submitted();
        operation.fail({ code: 13, message: 'It broke.', place });
        const { body } = await calls.pollOmni(operation.id);
        assert.equal(body.status, 'failed');
        const found = {
          errors: (body.errors as Json[] | undefined)?.[0],
          step: stepOf(body, 'model_output')?.error,
          error: body.error as Json | undefined,
          nowhere: { message: 'It broke.' },
        };
        assert.equal(found[place]?.message, 'It broke.');
        assert.equal(JSON.stringify(body).includes('It broke.'), place !== 'nowhere');
        assert.equal(operation.costMicroUsd, 0);
      });
    }

    it('ends in a status nobody has heard of, when told to', async () => {
      const operation = await submitted();
      operation.end('mystery');
      assert.equal((await calls.pollOmni(operation.id)).body.status, 'mystery');
    });

    it('is cancelled once, without use, and not after its end', async () => {
      const operation = await submitted();
      const path = `interactions/${operation.id}/cancel`;
      const { status, body } = await calls.post(path);
      assert.deepEqual([status, body.status, 'usage' in body], [200, 'cancelled', false]);
      assert.equal((await calls.pollOmni(operation.id)).body.status, 'cancelled');
      assert.equal((await calls.post(path)).status, 400);
      assert.equal(operation.finish(), false);
      assert.equal(operation.costMicroUsd, 0);
    });

    it('is unknown after it was deleted or forgotten', async () => {
      const [one, two] = [await submitted(), await submitted()];
      assert.equal((await calls.delete(`interactions/${one.id}`)).status, 200);
      google.forget(two);
      for (const { id } of [one, two]) {
        assert.deepEqual(await calls.pollOmni(id), {
          status: 400,
          body: {
            error: { message: `Invalid interaction name: ${id}`, code: 'invalid_request' },
          },
        });
      }
    });

    it('goes on from an earlier one only when that is kept and done', async () => {
      const first = await submitted();
      const response_format = { type: 'video', delivery: 'uri' };
      const edit = { previous_interaction_id: first.id, input: 'at night', response_format };
      assert.equal((await calls.submitOmni(edit)).status, 400);
      first.finish();
      assert.equal((await calls.submitOmni(edit)).status, 200);
    });

    it('keeps the POST open without `background`', async () => {
      const count = google.operations.length;
      const answer = calls.submitOmni({ background: false, input: 'wait for it' });
      while (google.operations.length === count) await new Promise(setImmediate);
      google.operations.at(-1)?.finish();
      assert.equal((await answer).body.status, 'completed');
    });
  });
}

describe('interactions over time', () => {
  it('end by themselves after the time they take, as decided', async () => {
    const google = await startGoogle({
      takesMs: (order) => order.seconds,
      decides: ({ prompt }) => {
        if (prompt.includes('gore')) return { refuse: 'Not that.' };
        return prompt.includes('broken') ? { fail: {} } : 'video';
      },
    });
    const calls = callsTo(google, 'proxy');
    for (const input of ['a cat', 'gore', 'a broken vase']) await calls.submitOmni({ input });
    await Promise.all(google.operations.map((operation) => operation.done));
    assert.deepEqual(
      google.operations.map(({ ending }) =>
        ending?.status === 'completed' ? ending.result : ending?.status,
      ),
      ['video', 'refusal', 'failed'],
    );
    await google.stop();
  });

  it('vary the order of steps and the place of the video by seed, the same way every time', async () => {
    const run = async () => {
      const google = await startGoogle({ seed: 7, takesMs: 0, resultsAs: 'either' });
      const calls = callsTo(google, 'proxy');
      const seen: string[] = [];
      for (let round = 0; round < 12; round++) {
        const { body } = await calls.submitOmni();
        await google.operation(String(body.id))?.done;
        const done = (await calls.pollOmni(String(body.id))).body;
        const video = stepOf(done, 'model_output')?.content?.[0] ?? {};
        const order = (done.steps as Step[]).map((step) => step.type).join();
        seen.push(`${order} ${'uri' in video ? 'uri' : 'data'}`);
      }
      await google.stop();
      return seen;
    };
    const seen = await run();
    assert.equal(new Set(seen).size, 4, `${seen}`);
    assert.deepEqual(await run(), seen);
  });

  it('have ids that need percent-encoding, when asked', async () => {
    const google = await startGoogle({ oddIds: true });
    const calls = callsTo(google, 'proxy');
    const id = String((await calls.submitOmni()).body.id);
    assert.notEqual(encodeURIComponent(id), id);
    assert.equal((await calls.pollOmni(id)).status, 200);
    assert.equal((await callsTo(google, 'google').pollOmni(id)).status, 200);
    await google.stop();
  });

  it('answer as the successor, where a retired model is routed to it', async () => {
    const google = await startGoogle();
    google.retire('gemini-omni-1.1-flash', OMNI);
    const { body } = await callsTo(google, 'proxy').submitOmni({ model: 'gemini-omni-1.1-flash' });
    assert.equal(body.model, OMNI);
    assert.equal(google.paid[0]?.costMicroUsd, 3 * 5792 * 12);
    await google.stop();
  });
});
