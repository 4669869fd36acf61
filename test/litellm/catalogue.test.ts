import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { estimate, priceOf } from '../../src/jobs/model.ts';
import { understand } from '../../src/jobs/request.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';

function file(t: TestContext, content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'models.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function models(choice: Partial<Parameters<typeof loadCatalogue>[0]> = {}) {
  const catalogue = loadCatalogue({ ids: null, file: null, ...choice });
  assert.ok('models' in catalogue, JSON.stringify(catalogue));
  return catalogue;
}

function mistakes(choice: Partial<Parameters<typeof loadCatalogue>[0]>): readonly string[] {
  const catalogue = loadCatalogue({ ids: null, file: null, ...choice });
  assert.ok('mistakes' in catalogue);
  return catalogue.mistakes;
}

const ids = (of: readonly { id: string }[]) => of.map((model) => model.id);

test('without a choice the living models are offered, the newest first; the others are known', () => {
  const catalogue = models();
  assert.deepEqual(ids(catalogue.models), ['gemini-omni-1.2-flash', 'gemini-omni-1.1-flash']);
  assert.deepEqual(ids(catalogue.known).slice(2), [
    'veo-3.1-generate-preview',
    'veo-3.1-fast-generate-preview',
    'veo-3.1-lite-generate-preview',
  ]);
  for (const model of catalogue.known.slice(1)) {
    assert.equal(model.successor, 'gemini-omni-1.2-flash');
  }
});

test('every combination a built-in model takes has a price and a usual length', () => {
  for (const model of models().known) {
    for (const resolution of model.resolutions) {
      for (const seconds of model.secondsByResolution[resolution] ?? model.seconds) {
        for (const aspectRatio of model.aspectRatios) {
          const wish = { prompt: 'a cat', modelId: model.id, seconds, resolution, aspectRatio };
          const understood = understand(wish, [model]);
          assert.ok(understood.ok);
          assert.ok(understood.request.priceMicroUsd > 0);
        }
      }
    }
    assert.ok(understand({ prompt: 'a cat' }, [model]).ok, 'its defaults fit together');
  }
});

test('the built-in prices are those of the recorded clip and of the price list', () => {
  const [omni12, omni11, veo] = models().known;
  assert.ok(omni12 && omni11 && veo);
  assert.equal(estimate(omni12.prices, 8, '720p'), 560_000);
  // The recorded 3 s clip: 0.311 USD.
  const used = { inputTokens: 19, textTokens: 732, videoTokens: 17_376 };
  assert.equal(priceOf(used, omni11.prices), 310_697);
  assert.equal(estimate(veo.prices, 6, '720p'), 2_400_000);
  assert.equal(priceOf(used, veo.prices), null);
});

test('the operator’s choice gives ids and order, blanks and repeats aside', () => {
  const chosen = [
    ' veo-3.1-fast-generate-preview',
    'gemini-omni-1.2-flash',
    '',
    'gemini-omni-1.2-flash',
  ];
  assert.deepEqual(ids(models({ ids: chosen }).models), [
    'veo-3.1-fast-generate-preview',
    'gemini-omni-1.2-flash',
  ]);
});

test('a file changes single fields of a known model and adds new ones like another', (t) => {
  const path = file(t, {
    models: [
      { id: 'gemini-omni-1.2-flash', defaultSeconds: 5, successor: 'gemini-omni-2-flash' },
      { id: 'gemini-omni-2-flash', like: 'gemini-omni-1.2-flash', name: 'Omni 2', successor: null },
      { id: 'veo-3.1-lite-generate-preview' },
    ],
  });
  const { models: offered } = models({ file: path });
  assert.deepEqual(ids(offered), [
    'gemini-omni-1.2-flash',
    'gemini-omni-1.1-flash',
    'veo-3.1-lite-generate-preview',
    'gemini-omni-2-flash',
  ]);
  assert.equal(offered[0]?.defaultSeconds, 5);
  assert.equal(offered[0]?.usuallyMs, 40_000);
  assert.deepEqual([offered[3]?.name, offered[3]?.defaultSeconds], ['Omni 2', 5]);
});

test('an unknown id is refused with the near name and the way to describe a new model', () => {
  const [mistake] = mistakes({ ids: ['gemini-omni-1.2-flsh'] });
  assert.match(
    mistake ?? '',
    /unknown model "gemini-omni-1.2-flsh", did you mean "gemini-omni-1.2-flash"\?.*VIDEO_MODELS_FILE/,
  );
});

test('what is far from every id is not taken for one: the known ones are named', () => {
  for (const id of ['veo', 'nope', 'omni', 'gemini', 'x']) {
    const [mistake = ''] = mistakes({ ids: [id] });
    assert.doesNotMatch(mistake, /did you mean/, id);
    assert.match(mistake, /; known are gemini-omni-1\.2-flash, gemini-omni-1\.1-flash, veo-/, id);
  }
  for (const id of [
    'gemini-omni-1.2-flas',
    'veo-3.1-fast-generat-preview',
    'Gemini-Omni-1.2-Flash',
  ]) {
    assert.match(mistakes({ ids: [id] })[0] ?? '', /did you mean "/, id);
  }
});

test('what a new model misses is one sentence that names it all and the way around', (t) => {
  assert.deepEqual(mistakes({ file: file(t, [{ id: 'new' }]), ids: ['new'] }).length, 1);
  const most = { ...models().known[0], id: 'new', onlyWhenAsked: undefined };
  const { name: _, ...without } = most;
  assert.deepEqual(mistakes({ file: file(t, [without]) }), [
    'model new: name is missing: add what is missing, or take everything that is not named from a known model with "like": "its id"',
  ]);
  const nested = { ...most, prices: { perMillionTokens: null }, seconds: 'eight' };
  const found = mistakes({ file: file(t, [nested]) });
  assert.equal(found.length, 2);
  assert.match(found[0] ?? '', /^model new: prices\.perSecondMicroUsd is missing: /);
  assert.match(found[1] ?? '', /^model new: seconds: /);
});

test('every mistake is named at once, with its model and field', (t) => {
  const path = file(t, [
    { id: 'gemini-omni-1.2-flash', seconds: [5, 3], resolutions: ['720p', '8k'], prise: 1 },
    {
      id: 'gemini-omni-1.1-flash',
      seconds: [5, 3],
      resolutions: ['720p', '8k'],
      defaultResolution: '4k',
      successor: 'nobody',
      secondsByResolution: { '2k': [3], '720p': [4] },
    },
    { id: 'new' },
    { name: 'no id' },
    { id: 'other', like: 'nothing' },
  ]);
  const found = mistakes({ file: path, ids: ['nope', 'new'] });
  for (const expected of [
    /entry 4 has no "id"/,
    /model other: like: unknown model "nothing"/,
    /model gemini-omni-1.2-flash: .*prise/,
    /model gemini-omni-1.1-flash: seconds: must ascend/,
    /model gemini-omni-1.1-flash: defaultSeconds: 8 is not in seconds/,
    /model gemini-omni-1.1-flash: defaultResolution: "4k" is not/,
    /model gemini-omni-1.1-flash: prices.perSecondMicroUsd: no price for "8k"/,
    /model gemini-omni-1.1-flash: secondsByResolution: "2k" is not/,
    /model gemini-omni-1.1-flash: secondsByResolution.720p: 4 is not/,
    /model new: name, protocol, seconds, .* and successor are missing: .*"like"/,
    /unknown model "nope"/,
  ]) {
    assert.ok(
      found.some((mistake) => expected.test(mistake)),
      `${expected} in\n${found.join('\n')}`,
    );
  }
});

test('a file that is not there, no JSON or of another form is named by its path', (t) => {
  assert.match(
    mistakes({ file: '/no/such.json' })[0] ?? '',
    /\/no\/such\.json: cannot be read \(ENOENT\)/,
  );
  assert.match(mistakes({ file: file(t, '{') })[0] ?? '', /is not JSON/);
  assert.match(mistakes({ file: file(t, { gemini: {} }) })[0] ?? '', /expected is \{"models":/);
  assert.match(mistakes({ ids: [' '] })[0] ?? '', /names no model/);
});

test('a successor in no list is a mistake', (t) => {
  const path = file(t, [{ id: 'gemini-omni-1.1-flash', successor: 'nobody' }]);
  assert.deepEqual(mistakes({ file: path }), [
    'model gemini-omni-1.1-flash: successor "nobody" is in no list',
  ]);
});

test('what a model makes of its clips is data, and can be taken from it', (t) => {
  const path = file(t, { models: [{ id: 'gemini-omni-1.2-flash', can: nothing }] });
  const [changed, older] = models({ file: path }).models;
  assert.deepEqual(changed?.can, nothing);
  assert.equal(older?.can.edit?.maxSeconds, 10);
  assert.equal(older?.can.upscale, null);
});

test('what a model makes of its clips fits its lengths and prices', (t) => {
  const extend = { seconds: [3], defaultSeconds: 4, contextSeconds: 10, maxTotalSeconds: 40 };
  const can = { edit: null, extend, upscale: { to: ['8k'], maxSeconds: 15 } };
  const path = file(t, { models: [{ id: 'gemini-omni-1.2-flash', can }] });
  const all = mistakes({ file: path }).join('\n');
  assert.match(all, /can\.extend\.defaultSeconds: 4 is not in can\.extend\.seconds/);
  assert.match(all, /can\.upscale\.to: no price for "8k"/);
});

const nothing = { edit: null, extend: null, upscale: null };
