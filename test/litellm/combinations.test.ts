/**
 * Every combination of settings, per model: refused before paying by the rule named, or sent in the
 * very body that the strict stand-in accepts as that order. No calls: the body alone is compared.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refusalText } from '../../src/discord/text/refusals.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { Basis, BasisKind } from '../../src/jobs/basis.ts';
import type { Model } from '../../src/jobs/model.ts';
import type { Picture, PictureRole } from '../../src/jobs/pictures.ts';
import { understand, type VideoRequest, type Wish } from '../../src/jobs/request.ts';
import { PictureData } from '../../src/litellm/body.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { omni } from '../../src/litellm/omni.ts';
import { veo } from '../../src/litellm/veo.ts';
import { readOmniOrder } from '../sandbox/google/omni-request.ts';
import type { Order } from '../sandbox/google/order.ts';
import { readVeoOrder } from '../sandbox/google/veo-request.ts';
import { Refused } from '../sandbox/google/wire.ts';
import { submitting } from './local.ts';

const catalogue = loadCatalogue({ ids: null, file: null });
assert.ok('known' in catalogue);
const { known } = catalogue;
const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex').toString('base64');

/** The order that the stand-in reads in the body of this request; its words where it refuses. */
function ordered(request: VideoRequest): Order | string {
  const spoken = request.protocol === 'omni' ? omni : veo;
  const { body } = spoken.submit(submitting(request), null);
  // That it is sent as if it had been made whole is tested beside it.
  const text = JSON.stringify(body, (_, value) => (value instanceof PictureData ? jpeg : value));
  const read = request.protocol === 'omni' ? readOmniOrder : readVeoOrder;
  try {
    return read(JSON.parse(text), request.modelId);
  } catch (error) {
    if (error instanceof Refused) return JSON.stringify(error.answer);
    throw error;
  }
}

function pictures(roles: readonly PictureRole[]): Picture[] {
  return roles.map((role, n) => {
    const file = { name: `8f3k0000-${n}.jpg`, mimeType: 'image/jpeg', sha256: '' } as const;
    return { role, at: { kind: 'kept', ...file, width: 16, height: 9, sizeBytes: 10 } };
  });
}

const lengthsTried = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16];
const frames: readonly (readonly PictureRole[])[] = [
  [],
  ['first frame'],
  ['first frame', 'last frame'],
  ['last frame'],
];

function* wishes(model: Model): Generator<Wish> {
  for (const seconds of lengthsTried) {
    for (const resolution of ['360p', '720p', '1080p', '4k', '480p']) {
      for (const aspectRatio of ['16:9', '9:16', '1:1']) {
        for (const framed of frames) {
          for (const references of [0, 1, 3, 4, 6, 7]) {
            const roles = [...framed, ...Array<'reference'>(references).fill('reference')];
            const common = { prompt: 'a cat', modelId: model.id, seconds, resolution };
            yield { ...common, aspectRatio, pictures: pictures(roles) };
          }
        }
      }
    }
  }
}

const told = ({ seconds, resolution, aspectRatio, pictures = [] }: Wish) =>
  `${seconds} s ${resolution} ${aspectRatio} ${pictures.map(({ role }) => role)}`;

describe('every combination of settings', () => {
  for (const model of known) {
    test(`${model.name}: is refused by its rule, or sent as what was asked for`, () => {
      const [taken, refused] = [new Set<number>(), new Set<string>()];
      for (const wish of wishes(model)) {
        const understood = understand(wish, known);
        if (!understood.ok) {
          const { refusal } = understood;
          const words = refusalText(refusal, en);
          refused.add(refusal.why);
          assert.match(words, /Nothing charged\./);
          // The rule: what goes, or which model it is that does not take this.
          assert.ok(/goes only together/.test(words) || words.includes(model.name), words);
          // And the service would refuse it too; what a lone last frame is for nobody has said.
          if (refusal.why === 'last frame alone') continue;
          assert.equal(typeof ordered(forced(wish, model)), 'string', `${told(wish)}: ${words}`);
          continue;
        }
        const { request } = understood;
        taken.add(request.seconds);
        const order = ordered(request);
        if (typeof order === 'string') assert.fail(`${told(wish)}: ${order}`);
        const { seconds, resolution, aspect } = order;
        assert.deepEqual(
          [seconds, resolution, aspect],
          [wish.seconds, wish.resolution, wish.aspectRatio],
          told(wish),
        );
        assert.equal(order.background, true);
      }
      const lengths = model.seconds.filter((one) => lengthsTried.includes(one));
      assert.deepEqual([...taken], lengths);
      for (const why of ['seconds', 'resolution', 'aspect ratio', 'last frame alone']) {
        assert.ok(refused.has(why), why);
      }
    });
  }

  test('left out is filled in with what the service takes', () => {
    for (const model of known) {
      for (const resolution of [undefined, ...model.resolutions]) {
        for (const framed of frames.slice(0, 3)) {
          for (const references of [0, 1, 3, 6]) {
            const roles = [...framed, ...Array<'reference'>(references).fill('reference')];
            const wish = { prompt: 'a cat', modelId: model.id, pictures: pictures(roles) };
            const asked = resolution === undefined ? wish : { ...wish, resolution };
            const understood = understand(asked, known);
            if (understood.ok) assert.notEqual(typeof ordered(understood.request), 'string');
          }
        }
      }
    }
  });
});

/** As if nothing had been refused. */
function forced(wish: Wish, model: Model): VideoRequest {
  const understood = understand({ prompt: 'a cat', modelId: model.id }, known);
  assert.ok(understood.ok);
  const { seconds = 0, aspectRatio = '', resolution = '', pictures = [] } = wish;
  return { ...understood.request, seconds, aspectRatio, resolution, pictures };
}

describe('every clip', () => {
  test('is refused by the rule, or changed, extended and upscaled in a form that is accepted', () => {
    let [taken, refused] = [0, 0];
    for (const model of known) {
      for (let seconds = 3; seconds <= 41; seconds += 1) {
        for (const resolution of model.resolutions) {
          for (const kind of ['edit', 'extend', 'upscale'] as const) {
            const understood = understand(wishOf(model, kind, seconds, resolution), known);
            if (!understood.ok) {
              refused += 1;
              const words = refusalText(understood.refusal, en);
              assert.ok(words.includes(model.name) && /Nothing charged\./.test(words), words);
              continue;
            }
            taken += 1;
            const order = ordered(understood.request);
            if (typeof order === 'string')
              assert.fail(`${kind} ${seconds} ${resolution}: ${order}`);
            if (kind === 'extend') assert.equal(order.seconds, understood.request.seconds);
            assert.equal(order.resolution, understood.request.resolution);
          }
        }
      }
    }
    assert.ok(taken > 100 && refused > 100, `${taken} ${refused}`);
  });
});

function wishOf(model: Model, kind: BasisKind, seconds: number, resolution: string): Wish {
  const basis: Basis = {
    ...{ kind, jobId: '8f3k0000', operation: 'v1_x', submittedAt: 0, aspectRatio: '9:16' },
    ...{ modelId: model.id, modelName: model.name, seconds, resolution },
  };
  return { prompt: 'a dog', modelId: model.id, basis };
}
