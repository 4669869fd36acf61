import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { deleted, deletedMessage, reallyDelete } from '../../src/discord/text/deleting.ts';
import { offer } from '../../src/discord/text/dm.ts';
import { jobMessage, videoMessage } from '../../src/discord/text/job.ts';
import { refusalText } from '../../src/discord/text/refusals.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { BasisKind } from '../../src/jobs/basis.ts';
import type { WishRefusal } from '../../src/jobs/request.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { sampleJob, sampleReply, sampleRequest, sampleVideo } from '../jobs/samples.ts';
import { asSeen } from './pictures.ts';
import { veo } from './running.ts';

const catalogue = loadCatalogue({ ids: null, file: null });
assert.ok('models' in catalogue);
const [model] = catalogue.models;
assert.ok(model !== undefined);

const id = '8f3kq2zd';
const reply = sampleReply({ messageId: '14' });
const common = { id, reply, charge: { kind: 'charged', microUsd: 570_000 } } as const;
const clip = {
  ...{ jobId: '7f3kq2zd', operation: 'v1_x', submittedAt: 0, modelId: model.id },
  ...{ modelName: model.name, seconds: 8, aspectRatio: '16:9', resolution: '720p' },
};
const wished = sampleRequest({ can: model.can, prices: model.prices, priceMicroUsd: 560_000 });
const of = (kind: BasisKind) => sampleRequest({ ...wished, basis: { ...clip, kind } });
const draft = sampleRequest({ ...wished, draft: { full: '720p' }, resolution: '360p' });
const sized = (width: number, height: number) => ({ video: { ...sampleVideo, width, height } });

test('messages of videos that are drafts, or made of a clip, are as agreed', (t) => {
  const jobs = {
    'a video with everything that can be made of it': sampleJob('delivered', {
      ...common,
      request: wished,
    }),
    'a draft': sampleJob('delivered', { ...common, ...sized(640, 360), request: draft }),
    'a draft of a model that cannot upscale': sampleJob('delivered', {
      ...{ ...common, ...sized(640, 360) },
      request: { ...draft, can: { ...model.can, upscale: null } },
    }),
    changed: sampleJob('delivered', { ...common, request: of('edit') }),
    'extended, being made': sampleJob('generating', {
      ...{ id, reply, request: { ...of('extend'), seconds: 7 } },
    }),
    upscaled: sampleJob('delivered', {
      ...{ ...common, ...sized(3_840, 2_160) },
      request: { ...of('upscale'), resolution: '4k' },
    }),
    'of a clip that is gone': sampleJob('failed', {
      ...{ id, reply, request: of('edit'), reason: 'clip gone', said: null },
    }),
  };
  const told = Object.entries(jobs).map(
    ([name, job]) => `── ${name}\n${asSeen(jobMessage(job))}\n`,
  );
  const offers = [draft, of('edit'), of('extend')].map((one) => `${offer(one, null, en)}\n`);
  const path = join(import.meta.dirname, 'snapshots', 'made-of-a-clip.txt');
  t.assert.fileSnapshot([...told, '── offers', ...offers].join('\n'), path, {
    serializers: [String],
  });
});

test('what is under the video is under it from the moment it is posted', () => {
  const posted = sampleJob('delivering', { ...common, request: wished });
  const { components } = videoMessage(posted);
  const delivered = sampleJob('delivered', { ...common, request: wished });
  assert.deepEqual(components, jobMessage(delivered).components);
});

test('refusals about clips and drafts say the rule, the charge and the way out', (t) => {
  const kinds = ['edit', 'extend', 'upscale'] as const;
  const day = 86_400_000;
  const modelName = 'Omni *1.1* <@1>';
  const refusals: WishRefusal[] = [
    ...kinds.map((kind) => ({ why: 'cannot change' as const, kind, modelName })),
    ...kinds.map((kind) => ({
      ...{ why: 'clip too long' as const, kind, seconds: 38, maxSeconds: 15, modelName },
    })),
    { why: 'clip too old', kind: 'edit', keptForMs: 55 * day },
    { why: 'clip too old', kind: 'extend', keptForMs: day },
    { why: 'clip too old', kind: 'upscale', keptForMs: 0 },
    { why: 'clip forgotten', kind: 'edit' },
    { why: 'no draft', resolution: '720p', model: veo },
    { why: 'dearer', priceMicroUsd: 630_000, shownMicroUsd: 560_000 },
  ];
  const texts = refusals.map((refusal) => refusalText(refusal, en));
  for (const text of texts) assert.match(text, /Nothing charged/);
  const path = join(import.meta.dirname, 'snapshots', 'refusals-of-clips.txt');
  t.assert.fileSnapshot(`${texts.join('\n')}\n`, path, { serializers: [String] });
});

test('words about deleting keep the charge said, and nothing else of the video', (t) => {
  const jobs = [
    sampleJob('delivered', { ...common, request: wished }),
    sampleJob('delivered', { ...common, charge: { kind: 'may have been charged', microUsd: 1 } }),
  ];
  const texts = jobs.flatMap((job) => {
    const message = deletedMessage(job, false);
    assert.doesNotMatch(message.content, /yarn/);
    assert.deepEqual(message.components, []);
    return [
      ['deleted by its member', message.content],
      ['deleted by an admin', deletedMessage(job, true).content],
      ['asked', `${reallyDelete(job, en)}\n[${en.button.deleteNow}]`],
      ['done', deleted(job, en)],
    ];
  });
  const path = join(import.meta.dirname, 'snapshots', 'deleting.txt');
  const all = [
    ...texts,
    ['not reached', en.deleting.notDone(en.button.delete)],
    ['by somebody else', en.answer.notYoursToDelete],
  ];
  const read = all.map(([name, text]) => `── ${name}\n${text}\n`).join('\n');
  t.assert.fileSnapshot(read, path, { serializers: [String] });
});
