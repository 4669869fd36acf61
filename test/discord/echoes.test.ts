/** Every place that shows what a member, the service or the operator wrote: harmless, whole, not too long. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { modelChoices } from '../../src/discord/commands/admin/models.ts';
import { commandsFor } from '../../src/discord/commands/payload.ts';
import { statusText } from '../../src/discord/text/admin.ts';
import { alertMessage } from '../../src/discord/text/adminAlerts.ts';
import { exportText, noSuchDay, noSuchMonth } from '../../src/discord/text/adminExport.ts';
import {
  blockedText,
  modelsText,
  modelText,
  resumePartText,
  wordsText,
} from '../../src/discord/text/adminHouse.ts';
import { reportMessage } from '../../src/discord/text/adminReports.ts';
import { spendAltText, spendText } from '../../src/discord/text/adminSpend.ts';
import { pauseText, resumeText, settleText } from '../../src/discord/text/adminSteering.ts';
import { parseCustomId } from '../../src/discord/text/customIds.ts';
import { offer, startLabel } from '../../src/discord/text/dm.ts';
import { formMessage } from '../../src/discord/text/form.ts';
import { helpText } from '../../src/discord/text/help.ts';
import { ALT_TEXT_MAX, BUTTON_MAX, CONTENT_MAX } from '../../src/discord/text/quote.ts';
import { refusalText } from '../../src/discord/text/refusals.ts';
import { en } from '../../src/discord/text/words/en.ts';
import { translations, type Words } from '../../src/discord/text/words.ts';
import { House } from '../../src/jobs/admins/house.ts';
import { Settings } from '../../src/jobs/admins/settings.ts';
import type { Model } from '../../src/jobs/model.ts';
import { Models } from '../../src/jobs/models.ts';
import type { SpendingReport } from '../../src/jobs/money/accounting.ts';
import type { Overview, Totals } from '../../src/jobs/ports/store.ts';
import { visibleText, type WishRefusal } from '../../src/jobs/request.ts';
import { NOON, sampleJob, sampleRequest } from '../jobs/samples.ts';
import { seen } from './markdown.ts';
import { nasty } from './prompts.ts';
import { omni, veo } from './running.ts';

const languages: readonly Words[] = [en, ...translations.map(({ words }) => words)];
const language = fc.nat(languages.length - 1);
const wordsAt = (at: number) => languages[at] ?? en;
/** A text as it comes, and the same so often that it fits nowhere. */
const long = fc.tuple(nasty, fc.constantFrom(1, 1, 200)).map(([text, n]) => text.repeat(n));
/** What the catalogue lets an operator call a model. */
const modelName = fc
  .oneof(nasty, fc.constantFrom('_'.repeat(60), '👩‍👩‍👧‍👦'.repeat(5), '\u202e[x](//y)@here'))
  .map((text) => text.slice(0, 60).toWellFormed())
  .filter((text) => visibleText(text) !== '');
/** The first failure as it comes: making it smaller would take minutes. */
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true });
const ours =
  /^(?:> .*|\*\*|`[^`]*`|`|<t:\d+:[RTDfd]>|<@\d+>|<#\d+>|(?:https:\/\/)?discord\.com\/channels\/[\d/]+)$/;

function isHarmless(text: string, most = CONTENT_MAX): void {
  assert.ok(text.length <= most, `${text.length} characters`);
  assert.ok(text.isWellFormed(), 'cut inside a character');
  for (const effect of seen(text).effects) assert.match(effect, ours, `in: ${text.slice(0, 300)}`);
}

function named(names: readonly string[]): Model[] {
  return names.map((name, i) => ({ ...(i % 2 === 0 ? omni : veo), id: `m${i}`, name }));
}

function refusalsOf(models: readonly Model[], asked: string): WishRefusal[] {
  const [model = omni] = models;
  const roles = ['first frame', 'last frame', 'reference'] as const;
  const kinds = ['edit', 'extend', 'upscale'] as const;
  return [
    { why: 'unknown model', asked, models },
    { why: 'seconds', asked: 5, model },
    { why: 'aspect ratio', asked, model },
    { why: 'resolution', asked, model },
    { why: 'seconds for resolution', asked: 5, resolution: '1080p', fits: [8], model },
    { why: 'no draft', resolution: asked, model },
    { why: 'frames and references', model },
    ...roles.map((role) => ({ why: 'no such pictures' as const, role, model })),
    ...roles.map((role) => ({ why: 'too many pictures' as const, role, most: 1, model })),
    ...roles.map((role) => ({
      ...{ why: 'seconds for pictures' as const, role, asked: 4, fits: [8], model },
    })),
    ...kinds.map((kind) => ({ why: 'cannot change' as const, kind, modelName: model.name })),
    ...kinds.map((kind) => ({
      ...{ why: 'clip too long' as const, kind, seconds: 20, maxSeconds: 15 },
      modelName: model.name,
    })),
  ];
}

describe('what somebody wrote, wherever it is shown', () => {
  it('is harmless in every refusal, in every language', () => {
    fc.assert(
      fc.property(
        fc.array(modelName, { minLength: 1, maxLength: 12 }),
        long,
        language,
        (names, asked, at) => {
          const words = wordsAt(at);
          const models = named(names);
          for (const refusal of refusalsOf(models, asked)) isHarmless(refusalText(refusal, words));
          const [model = omni] = models;
          isHarmless(refusalText({ why: 'model off', model, models }, words));
        },
      ),
      runs(150),
    );
  });

  it('is harmless in an offer and on its button', () => {
    fc.assert(
      fc.property(long, modelName, language, (prompt, name, at) => {
        const words = wordsAt(at);
        const request = sampleRequest({ prompt, modelName: name });
        isHarmless(offer(request, null, words));
        const label = startLabel(request, words);
        assert.ok(label.length > 0 && label.length <= BUTTON_MAX && label.isWellFormed());
      }),
      runs(150),
    );
  });

  it('fits into a form that is filled with it', () => {
    fc.assert(
      fc.property(
        long,
        fc.array(modelName, { minLength: 1, maxLength: 30 }),
        language,
        (prompt, names, at) => {
          const words = wordsAt(at);
          const form = formMessage({
            ...{ of: { kind: 'new' }, models: named(names), words, edit: null, extend: null },
            wish: { prompt },
          });
          fitsAForm(form);
        },
      ),
      runs(100),
    );
  });

  it('fits into the commands, the choices and the help', () => {
    fc.assert(
      fc.property(fc.array(modelName, { minLength: 1, maxLength: 30 }), (names) => {
        const models = named(names);
        for (const choice of choicesIn(commandsFor(models))) isChoice(choice);
        for (const choice of modelChoices(houseOf(models), '')) isChoice(choice);
        for (const words of languages) isHarmless(helpText(models, words));
      }),
      runs(60),
    );
  });

  it('is harmless in what admins read of the house they keep', () => {
    fc.assert(
      fc.property(
        fc.array(modelName, { minLength: 1, maxLength: 25 }),
        fc.array(
          nasty.map((text) => text.slice(0, 50)),
          { maxLength: 200 },
        ),
        long,
        (names, terms, reason) => {
          const models = named(names);
          const [model = omni] = models;
          const since = { by: '11', at: NOON, reason };
          const house = houseOf(models, since);
          for (const guildId of [null, '12']) {
            isHarmless(modelsText(house, guildId));
            isHarmless(wordsText(terms, guildId));
            isHarmless(blockedText(house, guildId));
            isHarmless(modelText({ kind: 'last one', model }, 'off', guildId));
          }
          isHarmless(pauseText({ kind: 'paused before', paused: since }));
          isHarmless(resumeText({ kind: 'resumed', since, waiting: 2 }));
          const part = { kind: 'model', model } as const;
          isHarmless(resumePartText({ kind: 'done', paused: since }, part, 1));
          isHarmless(settleText({ kind: 'being looked at' }, reason));
        },
      ),
      runs(60),
    );
  });

  it('is harmless in the status, whatever the gateway, the proxy and the alarms say', () => {
    fc.assert(
      fc.property(long, fc.array(long, { maxLength: 12 }), (how, whats) => {
        const status = {
          ...{ version: '1', startedAt: NOON, now: NOON, limits: [], freeBytes: null },
          ...{ clockAheadMs: null, overview, notOffered: whats },
          proxy: { up: false, how, lastUpAt: NOON } as const,
          paused: { by: '11', at: NOON, reason: how },
          pausedParts: [
            { kind: 'model', name: how, paused: { by: '11', at: NOON, reason: how } },
          ] as never,
          alarms: whats.map((what) => ({ at: NOON, what, about: what, jobId: null, count: 2 })),
        };
        const fatal = { what: 'token', message: how } as never;
        isHarmless(statusText(status, { connected: false, pingMs: null, fatal } as never));
        const up = { ...status, proxy: { up: true, version: how, models: 1 } as const };
        isHarmless(statusText(up, { connected: true, pingMs: 1, fatal: null } as never));
      }),
      runs(60),
    );
  });

  it('is harmless in what admins are told without asking: reports and alarms', () => {
    fc.assert(
      fc.property(long, modelName, (reason, model) => {
        const job = sampleJob('delivered', { request: sampleRequest({ modelName: model }) });
        const place = { guildId: '12', channelId: '13', messageId: '14' };
        const report = { userId: '11', reason, count: 2, ...place };
        const { content, components } = reportMessage(job, report, true);
        isHarmless(content);
        for (const { custom_id } of components.flatMap((row) => row.components)) {
          assert.ok(parseCustomId(custom_id) !== null && custom_id.length <= 100);
        }
        const matter = { kind: 'model withdrawn', model: reason, successor: reason } as const;
        const alert = { matter, jobId: null, scope: 'bot', times: 2, toldBeforeAt: NOON } as const;
        const told = alertMessage(alert as Parameters<typeof alertMessage>[0]).content;
        // Its one underscore stands alone and is shown as it is.
        isHarmless(told.replaceAll('VIDEO_MODELS', ''));
      }),
      runs(100),
    );
  });

  it('is harmless in the accounts, whatever the models are called', () => {
    fc.assert(
      fc.property(fc.array(long, { maxLength: 40 }), long, (ids, typed) => {
        const shares = ids.map((of) => ({ of, totals }));
        const by = { member: [], server: shares, model: shares, channel: [] };
        const report: SpendingReport = {
          ...{ now: NOON, guildId: null, day: totals, month: totals, days: [] },
          ...{
            timeZone: 'UTC',
            dayLimitMicroUsd: null,
            monthLimitMicroUsd: null,
            by: { day: by, month: by },
          },
        };
        isHarmless(spendText(report, { period: 'day', by: null }));
        const alt = spendAltText(report);
        assert.ok(alt.length <= ALT_TEXT_MAX && alt.isWellFormed());
        isHarmless(noSuchMonth(typed));
        isHarmless(noSuchDay(typed));
      }),
      runs(60),
    );
    isHarmless(
      exportText(
        { jobs: 1, chargedMicroUsd: 1, maybeMicroUsd: 1, reservedMicroUsd: 1, file: null },
        { period: '2026-11', guildId: null, prompts: true },
      ),
    );
  });
});

const totals: Totals = {
  ...{ chargedMicroUsd: 1, reservedMicroUsd: 1, maybeMicroUsd: 1 },
  ...{ videos: 1, declined: 1, failed: 1 },
};
const overview = {
  ...{ byState: {}, oldestUnfinished: null, unsettled: 0, lookAt: [], day: totals, month: totals },
} as unknown as Overview;

/** With each of its models paused, and for this reason. */
function houseOf(models: readonly Model[], since?: { by: string; at: number; reason: string }) {
  const paused = since && Object.fromEntries(models.map(({ id }) => [id, since]));
  const memory = new Map<string, string>();
  const settings = new Settings({
    recall: async (key: string) => memory.get(key) ?? null,
  } as never);
  const house = new House(settings, new Models(models, () => {}));
  if (paused === undefined) return house;
  return Object.assign(Object.create(house) as House, {
    get: (_scope: string, what: string) => (what === 'paused models' ? paused : undefined),
    allModels: () => models,
    modelsIn: () => models,
  });
}

interface Labelled {
  readonly label?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly description?: string;
}

function isChoice({ label, name, value, description }: Labelled): void {
  const shown = name ?? label ?? '';
  assert.ok(shown.trim() !== '' && shown.length <= 100 && shown.isWellFormed(), shown);
  assert.ok(String(value).length <= 100);
  if (description !== undefined) assert.ok(description.length <= 100 && description.isWellFormed());
}

/** Every object with a choice's or an option's name and value in it. */
function choicesIn(found: unknown): Labelled[] {
  if (Array.isArray(found)) return found.flatMap(choicesIn);
  if (typeof found !== 'object' || found === null) return [];
  const inside = Object.values(found).flatMap(choicesIn);
  return 'value' in found ? [found as Labelled, ...inside] : inside;
}

function fitsAForm(form: ReturnType<typeof formMessage>): void {
  assert.ok(form.title.length <= 45 && form.custom_id.length <= 100);
  assert.ok(form.components.length <= 5);
  for (const one of form.components) {
    assert.ok('label' in one && one.label !== undefined && one.label.length <= 45);
    assert.ok((one.description ?? '').length <= 100);
    const { component } = one;
    if ('options' in component) {
      assert.ok(component.options.length >= 1 && component.options.length <= 25);
      for (const option of component.options) isChoice(option as Labelled);
      const values = component.options.map((option) => option.value);
      assert.equal(new Set(values).size, values.length, 'two options of one value');
    }
    if ('value' in component && component.value !== undefined) {
      assert.ok(component.value.length <= 4_000 && component.value.isWellFormed());
    }
  }
}
