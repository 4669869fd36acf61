import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { callsTo } from './calls.ts';
import { type Google, startGoogle } from './google.ts';
import type { Operation } from './operation.ts';
import type { Json } from './wire.ts';

describe('an interaction that names an earlier one', () => {
  let google: Google;
  let calls: ReturnType<typeof callsTo>;
  before(async () => {
    google = await startGoogle({ takesMs: Number.POSITIVE_INFINITY });
    calls = callsTo(google, 'proxy');
  });
  after(() => google.stop());

  const plain = { type: 'video', delivery: 'uri' };
  const tall = { aspect_ratio: '9:16' };
  const task = (word: string) => ({ generation_config: { video_config: { task: word } } });

  async function clip(seconds = 8): Promise<Operation> {
    const { body } = await calls.submitOmni({
      response_format: { ...plain, ...tall, duration: `${seconds}s` },
    });
    const made = google.operation(String(body.id));
    assert.ok(made);
    assert.ok(made.finish());
    return made;
  }

  async function goOn(earlier: Operation, patch: Json, finish = true): Promise<Operation | string> {
    const asked = { previous_interaction_id: earlier.id, input: 'at night', ...patch };
    const { status, body } = await calls.submitOmni(asked);
    if (status !== 200) return String((body.error as Json).message);
    const operation = google.operation(String(body.id));
    assert.ok(operation);
    if (finish) operation.finish();
    return operation;
  }

  it('edits that very clip: its length and form, read at the price of input', async () => {
    const edited = await goOn(await clip(), { response_format: plain });
    assert.ok(typeof edited !== 'string');
    const { seconds, aspect, inputTokens } = edited.order;
    assert.deepEqual([seconds, aspect, inputTokens.video], [8, '9:16', 8 * 5792]);
  });

  it('refuses a length or a form for an edit', async () => {
    const one = await clip();
    const long = await goOn(one, { response_format: { ...plain, duration: '8s' } });
    assert.match(String(long), /duration' follows the clip/);
    const wide = await goOn(one, { response_format: { ...plain, ...tall } });
    assert.match(String(wide), /aspect_ratio' follows the clip/);
  });

  it('extends by 3 to 10 s, to 40 s in all', async () => {
    const by = (seconds: number) => ({
      ...task('extend'),
      response_format: { ...plain, ...tall, duration: `${seconds}s` },
    });
    let last = await clip(15);
    assert.match(String(await goOn(last, by(11))), /not supported for an extension/);
    for (const seconds of [10, 10]) {
      const next = await goOn(last, by(seconds));
      assert.ok(typeof next !== 'string');
      assert.equal(next.order.seconds, seconds);
      last = next;
    }
    assert.match(String(await goOn(last, by(10))), /at most 40 seconds/);
    const other = { ...by(3), response_format: { ...plain, duration: '3s' } };
    assert.match(String(await goOn(last, other)), /keeps the form/);
  });

  it('upscales to what is sharper only', async () => {
    const one = await clip();
    const to = (resolution: string) => ({
      ...task('upscale'),
      response_format: { ...plain, resolution },
    });
    assert.match(String(await goOn(one, to('720p'))), /needs a resolution of/);
    const upscaled = await goOn(one, to('4k'));
    assert.ok(typeof upscaled !== 'string');
    assert.deepEqual([upscaled.order.resolution, upscaled.order.seconds], ['4k', 8]);
  });

  it('is refused where that one is unknown, not done, or of another project', async () => {
    const gone = await clip();
    google.forget(gone);
    const notDone = await calls.submitOmni();
    const running = google.operation(String(notDone.body.id));
    assert.ok(running);
    for (const earlier of [gone, running]) {
      assert.match(String(await goOn(earlier, { response_format: plain })), /^Invalid interaction/);
    }
    const other = callsTo(google, 'google');
    const mine = await clip();
    const asked = { previous_interaction_id: mine.id, input: 'at night', response_format: plain };
    const { status, body } = await other.submitOmni(asked);
    assert.equal(status, 400);
    assert.match(String((body.error as Json).message), /^Invalid interaction name/);
  });
});
