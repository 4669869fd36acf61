/** What is offered in place of a retired model: the same video, or nothing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Model } from '../../src/jobs/model.ts';
import { Models } from '../../src/jobs/models.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { againBy, successorFor } from '../../src/jobs/successor.ts';
import { modelNamed } from '../simulation/models.ts';
import { sampleJob, sampleRequest } from './samples.ts';

const old = { ...modelNamed('omni-1'), successor: 'omni-2' };
const next = modelNamed('omni-2');
const request = sampleRequest({ modelId: old.id, seconds: 8, priceMicroUsd: 812_000 });

function offered(over: Partial<Model> = {}, asked: Partial<VideoRequest> = {}) {
  return successorFor({ ...request, ...asked }, new Models([{ ...next, ...over }, old]));
}

describe('The successor of a retired model', () => {
  it('is offered for what the same costs by it', () => {
    assert.deepEqual(offered(), {
      ...{ modelId: 'omni-2', modelName: 'Omni 2', priceMicroUsd: 928_000 },
    });
  });

  it('is not offered where it cannot make the same, or the clip belongs to the one retired', () => {
    assert.equal(offered({ aspectRatios: ['9:16'] }), null);
    assert.equal(offered({ seconds: [4] }), null);
    assert.equal(offered({ promptMaxChars: 3 }), null);
    const clip = { jobId: 'a', operation: 'o', submittedAt: 0, modelId: old.id, modelName: 'Omni' };
    const basis = { ...clip, seconds: 8, aspectRatio: '16:9', resolution: '720p' };
    assert.equal(offered({}, { basis: { ...basis, kind: 'edit' } }), null);
    assert.equal(offered({}, { prompt: '' }), null);
  });

  it('is not offered where it is retired itself, or the operator offers no such model', () => {
    const models = new Models([next, old]);
    models.withdraw(next.id);
    assert.equal(successorFor(request, models), null);
    assert.equal(successorFor(request, new Models([old])), null);
  });

  it('makes it once more for the price that was said, after a restart forgot what was retired', () => {
    const successor = { modelId: next.id, modelName: next.name, priceMicroUsd: 900_000 };
    const job = sampleJob('failed', { request, reason: 'model gone', successor });
    const shown = { modelId: next.id, shownMicroUsd: 900_000 };
    assert.deepEqual(againBy(job, new Models([next, old])), shown);
  });
});
