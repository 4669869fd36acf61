import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createChanging } from '../../src/jobs/actions/changing.ts';
import type { Asked } from '../../src/jobs/actions.ts';
import { steadyClock } from '../../src/jobs/clock.ts';
import type { Operation } from '../../src/jobs/job.ts';
import { Models } from '../../src/jobs/models.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { Folder } from '../sqlite/folder.ts';
import { openHouse } from './openHouse.ts';
import { bringTo, sampleNewJob, sampleReply, sampleRequest } from './samples.ts';

const catalogue = loadCatalogue({ ids: null, file: null });
assert.ok('models' in catalogue);
const offered = catalogue.models;
const [model] = offered;
assert.ok(model !== undefined);
const { can, prices } = model;
const made = { can, prices, priceMicroUsd: 560_000 };
const clock = steadyClock();
const folder = new Folder();
let store: JobStore;
before(() => {
  ({ store } = folder.open());
});
after(async () => {
  await store.close();
  folder.remove();
});

function changing(clipsKeptForMs = defaultRules.clipsKeptForMs) {
  const asked: Asked[] = [];
  const models = new Models(offered);
  const rules = { ...defaultRules, clipsKeptForMs };
  const actions = createChanging(
    { store, models, house: openHouse(models), rules, clock },
    async (one) => {
      asked.push(one);
      return { kind: 'not acknowledged', how: 'only noted' };
    },
  );
  const make = (id: string, what: 'extend' | 'upscale' | 'full') => {
    const by = { userId: '7', locale: 'en-US' };
    return actions.make(id, what, 'interaction:9', by, sampleReply(), async () => {
      throw new Error('asked for by nobody');
    });
  };
  return { ...actions, make, asked, models };
}

async function delivered(over = {}, operation: Partial<Operation> = {}) {
  const request = sampleRequest({ ...made, ...over });
  const own = { operation: { name: 'v1_x', submittedAt: clock.wall(), ...operation } };
  const { id } = sampleNewJob();
  return bringTo(store, 'delivered', { id, request, origin: `interaction:${id}` }, own);
}

test('what is made of a clip names it, its job, and the price of the button', async () => {
  const job = await delivered();
  const { make, asked } = changing();
  await make(job.id, 'extend');
  const wish = asked[0]?.wish;
  assert.deepEqual(
    [wish?.basis?.kind, wish?.basis?.operation, wish?.of, wish?.seconds, wish?.shownMicroUsd],
    ['extend', job.operation.name, job.id, 7, 560_000],
  );
  assert.deepEqual(await store.find(job.id), job);
});

test('a button that the message never had is refused, and nothing is asked for', async () => {
  const job = await delivered();
  const { make, asked } = changing();
  const result = await make(job.id, 'full');
  assert.equal(result.kind === 'refused' && result.refusal.why, 'cannot change');
  assert.deepEqual(asked, []);
});

test('an old clip, or one of a retired model, is offered as a new video only', async () => {
  const old = await delivered({}, { submittedAt: clock.wall() - 60_000 });
  const kept = await changing(120_000).changesOf(old.id);
  assert.ok(kept?.edit && kept.extend);
  const gone = await changing(30_000).changesOf(old.id);
  assert.deepEqual([gone?.edit, gone?.extend], [null, null]);
  assert.equal(gone?.anew.modelId, model.id);
  const retired = changing();
  retired.models.withdraw(model.id);
  const changes = await retired.changesOf(old.id);
  assert.deepEqual([changes?.edit, changes?.extend], [null, null]);
});

test('a change that failed is a change of the same clip still, unless that is gone', async () => {
  const { changesOf } = changing();
  const whole = await delivered();
  const before = await changesOf(whole.id);
  const { clip } = before ?? {};
  assert.ok(clip != null);
  for (const kind of ['edit', 'extend', 'upscale'] as const) {
    for (const reason of ['declined', 'failed at the service', 'clip gone'] as const) {
      const { id } = sampleNewJob();
      const request = sampleRequest({ ...made, prompt: 'bad', basis: { ...clip, kind } });
      const failed = { id, request, origin: `interaction:${id}` };
      await bringTo(store, 'failed', failed, { reason });
      const { edit, extend, ...changes } = (await changesOf(id)) ?? assert.fail();
      assert.equal(changes.anew.basis, undefined);
      if (reason === 'clip gone') {
        assert.deepEqual([changes.clip, edit, extend], [null, null, null]);
        continue;
      }
      assert.deepEqual(changes.clip, clip);
      assert.deepEqual([edit?.wish.basis, edit?.wish.prompt], [{ ...clip, kind: 'edit' }, 'bad']);
      assert.equal(extend?.request.priceMicroUsd, before?.extend?.request.priceMicroUsd);
    }
  }
});

test('nothing is made of a video whose member had their words forgotten', async () => {
  const job = await delivered({ prompt: '' });
  const { make, changesOf, asked } = changing();
  assert.deepEqual(await make(job.id, 'upscale'), { kind: 'no such job' });
  const changes = await changesOf(job.id);
  assert.deepEqual([changes?.clip, changes?.edit, changes?.extend], [null, null, null]);
  assert.deepEqual(asked, []);
});
