import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { type FormPlan, formMessage, priceMark } from '../../src/discord/text/form.ts';
import { parseFormId, readForm } from '../../src/discord/text/formFields.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { Offer } from '../../src/jobs/actions.ts';
import type { Model } from '../../src/jobs/model.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { sampleRequest } from '../jobs/samples.ts';
import { omni, veo } from './running.ts';

const builtIn = loadCatalogue({ ids: null, file: null });
assert.ok('models' in builtIn);
const ours: readonly Model[] = builtIn.models;

const plan = (over: Partial<FormPlan> = {}): FormPlan => ({
  ...{ of: { kind: 'new' }, models: ours, wish: {}, edit: null, extend: null, words: en },
  ...over,
});

function offer(seconds: number, priceMicroUsd: number): Offer {
  const request = sampleRequest({ seconds, priceMicroUsd });
  return { wish: { prompt: 'a cat' }, request };
}

/** A form as it is read: what stands in each field, the chosen option in stars. */
function asRead({ title, components }: APIModalInteractionResponseCallbackData): string {
  const fields = components.map((label) => {
    assert.ok(label.type === 18 && label.label.length <= 45);
    assert.ok((label.description ?? '').length <= 100);
    const { component } = label;
    const head = [label.label, label.description].filter(Boolean).join(' · ');
    if (component.type === 4) return `${head}\n  | ${component.value ?? ''}`;
    if (component.type === 19) return `${head}\n  ${component.min_values}–${component.max_values}`;
    assert.ok(component.type === 3);
    assert.ok(component.options.length >= 1 && component.options.length <= 25);
    assert.equal(component.options.filter((one) => one.default).length, 1);
    const values = component.options.map(({ value }) => value);
    assert.equal(new Set(values).size, values.length);
    const options = component.options.map((one) => {
      assert.ok(one.label.length <= 100 && (one.description ?? '').length <= 100);
      const text = [one.label, one.description].filter(Boolean).join(' · ');
      return one.default ? `*${text}*` : text;
    });
    return `${head}\n  ${options.join('\n  ')}`;
  });
  assert.ok(title.length <= 45 && components.length >= 1 && components.length <= 5);
  return `[${title}]\n${fields.join('\n')}`;
}

const both = { edit: offer(8, 630_000), extend: offer(7, 560_000) };

describe('a form', () => {
  it('has the prices in it and what is known filled in', (t) => {
    const wish = { prompt: 'a fox\nin the snow', modelId: ours[1]?.id ?? '', seconds: 6 };
    const forms: [string, FormPlan][] = [
      ['empty', plan()],
      ['filled', plan({ wish: { ...wish, aspectRatio: '9:16', draft: true } })],
      ['with pictures of before', plan({ wish: { ...wish, pictures: [picture, picture] } })],
      ['of a clip', plan({ of: { kind: 'job', id: '8f3kq2zd' }, wish, ...both })],
      ['of a clip that can only be extended', plan({ wish, ...both, edit: null })],
      ['one model of three lengths', plan({ models: [veo] })],
    ];
    const read = forms.map(([name, one]) => `── ${name}\n${asRead(formMessage(one))}\n`);
    const path = join(import.meta.dirname, 'snapshots', 'forms.txt');
    t.assert.fileSnapshot(read.join('\n'), path, { serializers: [String] });
  });

  it('keeps Discord’s limits, whatever the models and the wish are like', () => {
    const name = 'A very long name of a model '.repeat(3).slice(0, 60);
    const many = Array.from({ length: 30 }, (_, i) => ({ ...omni, id: `m${i}`, name }));
    const seconds = Array.from({ length: 40 }, (_, i) => i + 1);
    const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'];
    const odd = { ...omni, seconds, aspectRatios: ratios, resolutions: ['720p', '8k'.repeat(40)] };
    const priced = { ...odd, prices: { ...omni.prices, perSecondMicroUsd: {} as never } };
    const prices = Object.fromEntries(odd.resolutions.map((r) => [r, 70_000]));
    const models = [{ ...priced, prices: { ...omni.prices, perSecondMicroUsd: prices } }, ...many];
    const wish = { prompt: '🐈'.repeat(3_000), modelId: 'gone', seconds: 23, resolution: '2k' };
    for (const form of [plan({ models, wish }), plan({ models, wish, ...both })]) {
      asRead(formMessage(form));
    }
    const [prompt] = formMessage(plan({ wish })).components;
    assert.ok(prompt?.type === 18 && prompt.component.type === 4);
    assert.equal(prompt.component.value, '🐈'.repeat(2_000));
  });

  it('is known again by its id, and its prices by their mark', () => {
    for (const of of [
      { kind: 'new' },
      { kind: 'job', id: '8f3kq2zd' },
      { kind: 'draft', id: 'aB_-9' },
    ] as const) {
      const one = plan({ of });
      assert.deepEqual(parseFormId(formMessage(one).custom_id), { of, mark: priceMark(one) });
    }
    for (const wrong of ['', 'form:', 'form:job:UPPER123:aaaaaaaa', 'form:new::short', 'start:x']) {
      assert.equal(parseFormId(wrong), null, wrong);
    }
    const mark = priceMark(plan(both));
    assert.equal(priceMark(plan({ ...both, wish: { seconds: 3 } })), mark);
    assert.notEqual(priceMark(plan({ ...both, edit: offer(8, 640_000) })), mark);
    assert.notEqual(priceMark(plan({ ...both, models: [omni] })), mark);
  });
});

describe('a form that was sent', () => {
  const fields = (values: Record<string, string | string[]>) => new Map(Object.entries(values));

  it('is read into a wish', () => {
    assert.deepEqual(
      readForm(fields({ prompt: 'a fox', model: ['m'], length: ['8 9:16'], quality: ['1080p'] })),
      {
        ...{ prompt: 'a fox', how: 'anew' },
        wish: { modelId: 'm', seconds: 8, aspectRatio: '9:16', resolution: '1080p' },
      },
    );
    const draft = readForm(fields({ prompt: 'a fox', how: ['extend'], quality: ['draft'] }));
    assert.deepEqual(draft, { prompt: 'a fox', how: 'extend', wish: { draft: true } });
  });

  it('is nothing where a value has a form that no field of ours gives', () => {
    for (const wrong of [
      {},
      { prompt: ['a fox'] },
      { prompt: 'a fox', how: ['steal'] },
      { prompt: 'a fox', length: ['8'] },
      { prompt: 'a fox', length: ['-8 16:9'] },
    ]) {
      assert.equal(readForm(fields(wrong as Record<string, string>)), null, JSON.stringify(wrong));
    }
  });
});

const picture = {
  role: 'reference',
  at: { kind: 'at discord', url: 'https://x', sizeBytes: null, width: null, height: null },
} as const;
