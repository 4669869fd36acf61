import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acknowledged, afterGather } from '../../src/jobs/outcomes/gather.ts';
import {
  areTheSame,
  nearestRatio,
  type Picture,
  type PictureFile,
  type PictureRole,
} from '../../src/jobs/pictures.ts';
import { understand, type Wish } from '../../src/jobs/request.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { gather } from '../../src/jobs/steps/gather.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { sampleJob, samplePicture, sampleRequest } from './samples.ts';

const catalogue = loadCatalogue({ ids: null, file: null });
assert.ok('known' in catalogue);
const { known } = catalogue;

const atDiscord = { kind: 'at discord', sizeBytes: null, width: null, height: null } as const;
const picture = (role: PictureRole, more: object = {}): Picture => ({
  role,
  at: { ...atDiscord, url: 'https://cdn.discordapp.com/attachments/1/2/a.png', ...more },
});
const urlOf = ({ at }: Picture) => (at.kind === 'at discord' ? at.url : '');
const first = picture('first frame');
const last = picture('last frame');
const references = (count: number) => Array.from({ length: count }, () => picture('reference'));

function ask(modelId: string, pictures: readonly Picture[], more: Partial<Wish> = {}) {
  return understand({ prompt: 'a cat', modelId, pictures, ...more }, known);
}
function whyNot(modelId: string, pictures: readonly Picture[], more: Partial<Wish> = {}) {
  const found = ask(modelId, pictures, more);
  return found.ok ? null : found.refusal.why;
}
const omni = 'gemini-omni-1.2-flash';
const veo = 'veo-3.1-generate-preview';
const lite = 'veo-3.1-lite-generate-preview';

describe('the pictures of a wish', () => {
  it('are taken as far as the model takes them', () => {
    assert.equal(whyNot(omni, [first]), null);
    assert.equal(whyNot(omni, [first, last]), null);
    assert.equal(whyNot(omni, references(6)), null);
    assert.equal(whyNot(omni, [first, last, ...references(4)]), null);
    assert.equal(whyNot(veo, [first, last]), null);
    assert.equal(whyNot(veo, references(3)), null);
    assert.equal(whyNot(lite, [first]), null);
  });

  it('are refused by the rule they break', () => {
    assert.equal(whyNot(omni, [last]), 'last frame alone');
    assert.equal(whyNot(omni, [first, first]), 'too many pictures');
    assert.equal(whyNot(omni, references(7)), 'too many pictures');
    assert.equal(whyNot(omni, [first, last, ...references(5)]), 'too many pictures');
    assert.equal(whyNot(veo, references(4)), 'too many pictures');
    assert.equal(whyNot(veo, [first, ...references(1)]), 'frames and references');
    assert.equal(whyNot(lite, references(1)), 'no such pictures');
    const large = picture('first frame', { sizeBytes: 24 * 2 ** 20 });
    assert.equal(whyNot(omni, [large]), 'picture too large');
  });

  it('go with the lengths that the model makes of them, which are taken by themselves', () => {
    assert.equal(whyNot(omni, [first, last], { seconds: 10 }), null);
    assert.equal(whyNot(omni, [first, last], { seconds: 11 }), 'seconds for pictures');
    assert.equal(whyNot(omni, [first], { seconds: 15 }), null);
    assert.equal(whyNot(veo, [first, last], { seconds: 6 }), 'seconds for pictures');
    assert.equal(whyNot(veo, references(1), { seconds: 4 }), 'seconds for pictures');
    assert.equal(whyNot(veo, [first], { seconds: 4 }), null);
    const usual = ask(veo, references(1));
    assert.equal(usual.ok && usual.request.seconds, 8);
  });

  it('say what form the video gets where none was asked for', () => {
    const tall = picture('first frame', { width: 1080, height: 1920 });
    const announced = ask(omni, [tall]);
    assert.ok(announced.ok);
    assert.equal(announced.request.aspectRatio, '9:16');
    assert.deepEqual(announced.request.fitAspectTo, ['16:9', '9:16']);
    const asked = ask(omni, [tall], { aspectRatio: '16:9' });
    assert.ok(asked.ok);
    assert.deepEqual([asked.request.aspectRatio, asked.request.fitAspectTo], ['16:9', []]);
    const words = ask(omni, []);
    assert.deepEqual(words.ok && words.request.fitAspectTo, []);
  });
});

it('the nearest form is the one that cuts off least', () => {
  const ratios = ['16:9', '9:16', '1:1'];
  assert.equal(nearestRatio({ width: 4000, height: 3000 }, ratios), '1:1');
  assert.equal(nearestRatio({ width: 1600, height: 1000 }, ratios), '16:9');
  assert.equal(nearestRatio({ width: 1000, height: 1600 }, ratios), '9:16');
  assert.equal(nearestRatio({ width: 1, height: 1 }, []), null);
});

describe('a job with pictures', () => {
  const request = sampleRequest({ pictures: [first], fitAspectTo: ['16:9', '9:16'] });
  const job = sampleJob('gathering', { request, deadlineAt: 10_000 });
  const context = { now: 1_000, chance: () => 0.5 };
  const kept = samplePicture();
  const signal = new AbortController().signal;
  const into = {
    sizeBytes: 0,
    write: async () => {},
    restart: async () => {},
    close: async () => {},
  };

  it('gathers them before it waits in the queue', () => {
    const received = sampleJob('received', { request });
    const found = { kind: 'acknowledged', messageId: 'm', ephemeral: false } as const;
    const about = { now: 5, rules: defaultRules, ahead: 2 };
    assert.equal(acknowledged(received, found, about, 'acknowledged').to.state, 'gathering');
    const plain = sampleJob('received');
    assert.equal(acknowledged(plain, found, about, 'acknowledged').to.state, 'queued');
  });

  it('takes over the form of the picture as it really is', () => {
    const change = afterGather(job, { kind: 'gathered', pictures: [kept] }, 3, context);
    assert.equal(change.to.state, 'queued');
    assert.equal(change.request?.aspectRatio, '9:16');
    assert.deepEqual(change.request?.pictures, [kept]);
    assert.equal(change.money, undefined);
  });

  it('knows of each which of Discord’s files it was, without what opens the link', async () => {
    const { at, role } = kept;
    const ports = {
      links: { fetch: async () => ({ kind: 'fetched' }) as const },
      pictures: {
        ...{ receive: async () => into, keepAgain: () => Promise.reject(new Error('kept before')) },
        keep: async () => ({ ok: true, file: at as PictureFile }) as const,
        ...{ has: async () => true, read: async () => null, removePictures: async () => {} },
        async *untouchedSince() {},
      },
    };
    const signed = picture('first frame', { url: `${urlOf(first)}?ex=1&hm=secret` });
    const sent = { ...job, request: { ...request, pictures: [signed] } };
    const gathered = await gather(sent, ports, 1, signal);
    assert.ok(gathered.kind === 'gathered');
    const from = '/attachments/1/2/a.png';
    assert.deepEqual(gathered.pictures, [{ role, at: { ...at, from } }]);
    assert.ok(areTheSame(gathered.pictures, [first]) && areTheSame([first], [signed]));
    assert.ok(!areTheSame([first], [last]) && !areTheSame([first], []));
    // Rows of before do not say what it was: one that comes again is taken for the same.
    assert.ok(areTheSame([kept], [first]) && areTheSame([first], [kept]));
    const other = picture('first frame', { url: `${urlOf(first)}x` });
    assert.ok(!areTheSame(gathered.pictures, [other]));
  });

  it('ends not charged where one cannot be used, and once it has waited too long', () => {
    const useless = afterGather(job, { kind: 'unusable', why: 'no picture' }, 0, context);
    assert.deepEqual(useless.to, {
      ...{ state: 'cancelled', why: 'no picture', charge: { kind: 'not charged' } },
    });
    assert.deepEqual(useless.money, { kind: 'give back' });
    const later = { kind: 'later', how: 'HTTP 503', retryAfterMs: null } as const;
    const waits = afterGather(job, later, 0, context);
    assert.equal(waits.to.state, 'gathering');
    assert.equal(waits.attempts, 1);
    const late = afterGather(job, later, 0, { ...context, now: 10_000 });
    assert.equal(late.to.state === 'cancelled' && late.to.why, 'waited too long');
  });

  it('takes another job’s picture for its own, and never fetches it again', async () => {
    const file = kept.at as PictureFile;
    const asked: string[] = [];
    const ports = {
      links: { fetch: () => Promise.reject(new Error('fetched')) },
      pictures: {
        receive: async () => into,
        keep: () => Promise.reject(new Error('kept anew')),
        async keepAgain(id: string, index: number, other: PictureFile) {
          asked.push(`${id} ${index} ${other.name}`);
          return index === 0 ? { ...other, name: `${id}-0.jpg` } : null;
        },
        has: async () => true,
        read: async () => null,
        async *untouchedSince() {},
        removePictures: async () => {},
      },
    };
    const again = { ...job, request: { ...request, pictures: [kept] } };
    const gathered = await gather(again, ports, 1, signal);
    assert.ok(gathered.kind === 'gathered');
    assert.deepEqual(gathered.pictures, [
      { role: 'first frame', at: { kind: 'kept', ...file, name: `${job.id}-0.jpg` } },
    ]);
    const lost = { ...job, request: { ...request, pictures: [kept, kept] } };
    assert.deepEqual(await gather(lost, ports, 1, signal), {
      ...{ kind: 'unusable', why: 'picture gone' },
    });
    assert.equal(asked.length, 3);
  });
});
