import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Basis, BasisKind } from '../../src/jobs/basis.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { json, local, never, request, service, submitting, thrown } from './local.ts';

const basis = (kind: BasisKind): Basis => ({
  ...{ kind, jobId: '8f3kq2zd', operation: 'v1_Ch/+=é', submittedAt: 0 },
  ...{ modelId: 'gemini-omni-1.2-flash', modelName: 'Omni 1.2' },
  ...{ seconds: 8, aspectRatio: '9:16', resolution: '720p' },
});

async function sent(t: TestContext, more: Partial<VideoRequest>): Promise<Record<string, unknown>> {
  const proxy = await local(t, (_, response) => json(response, 200, { id: 'v1_y' }));
  await service(t, proxy.base).submit(submitting(request(more)), never);
  return JSON.parse(proxy.seen[0]?.body ?? '') as Record<string, unknown>;
}

describe('an Omni submit that goes on from a clip', () => {
  test('names its interaction, and no length or form for a change by words', async (t) => {
    const body = await sent(t, { basis: basis('edit'), aspectRatio: '9:16' });
    assert.equal(body.previous_interaction_id, 'v1_Ch/+=é');
    assert.deepEqual(body.response_format, { type: 'video', delivery: 'uri', resolution: '720p' });
    assert.equal(body.generation_config, undefined);
    assert.equal(body.store, true);
    assert.equal(body.background, true);
  });

  test('names the task, and how much is added, for an extension', async (t) => {
    const body = await sent(t, { basis: basis('extend'), aspectRatio: '9:16', seconds: 7 });
    assert.deepEqual(body.generation_config, { video_config: { task: 'extend' } });
    assert.deepEqual(body.response_format, {
      ...{ type: 'video', delivery: 'uri', aspect_ratio: '9:16' },
      ...{ resolution: '720p', duration: '7s' },
    });
  });

  test('names the task and the resolution for an upscale', async (t) => {
    const body = await sent(t, { basis: basis('upscale'), resolution: '4k' });
    assert.deepEqual(body.generation_config, { video_config: { task: 'upscale' } });
    assert.deepEqual(body.response_format, { type: 'video', delivery: 'uri', resolution: '4k' });
  });

  test('is refused as gone, and not charged, where the clip is not known there', async (t) => {
    const error = { message: 'Invalid interaction name: v1_x', code: 'invalid_request' };
    const proxy = await local(t, (_, response) => json(response, 400, { error }));
    const job = submitting(request({ basis: basis('edit') }));
    const refused = await thrown(service(t, proxy.base).submit(job, never));
    assert.match(String(refused), /refused: gone \(400\)/);
  });
});
