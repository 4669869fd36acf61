/**
 * The form of a video: made from what the models accept, filled with what is known, with the prices
 * in it. Pure.
 * Source of the limits: Discord's documentation of modals and their components, 2026-08.
 */
import { createHash } from 'node:crypto';
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Offer } from '../../jobs/actions.ts';
import { draftResolution } from '../../jobs/basis.ts';
import { estimate, type Model } from '../../jobs/model.ts';
import type { Wish } from '../../jobs/request.ts';
import { DRAFT, type FormOf, field, formId, type How } from './formFields.ts';
import { money } from './money.ts';
import { plainLine } from './quote.ts';
import type { Words } from './words.ts';

export interface FormPlan {
  readonly of: FormOf;
  readonly models: readonly Model[];
  readonly words: Words;
  readonly wish: Partial<Wish>;
  /** What can be made of the clip that is there. */
  readonly edit: Offer | null;
  readonly extend: Offer | null;
}

const PROMPT_MAX = 4_000;
const OPTIONS_MAX = 25;
const PICTURES_MAX = 3;
const LABEL_MAX = 100;

export function formMessage(plan: FormPlan): APIModalInteractionResponseCallbackData {
  const { of, edit, extend, words } = plan;
  const isOfClip = edit !== null || extend !== null;
  return {
    custom_id: formId(of, priceMark(plan)),
    title: isOfClip ? words.form.changeTitle : words.form.newTitle,
    components: [
      promptField(plan, isOfClip),
      ...(isOfClip ? [howField(plan)] : picturesField(plan)),
      ...modelFields(plan, isOfClip),
    ],
  };
}

/** What is chosen already in the fields that are of a new video. */
export function chosenBefore(plan: FormPlan): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  for (const { component } of modelFields(plan, true)) {
    if (component.type !== ComponentType.StringSelect) continue;
    const value = component.options.find((one) => one.default)?.value;
    if (value !== undefined) chosen.set(component.custom_id, value);
  }
  return chosen;
}

function promptField({ wish, words: { form } }: FormPlan, isOfClip: boolean): APILabelComponent {
  // Never cut inside a character; what is longer was not taken anyway.
  const value = [...(wish.prompt ?? '').toWellFormed()].reduce(
    (kept, char) => (kept.length + char.length > PROMPT_MAX ? kept : kept + char),
    '',
  );
  return {
    type: ComponentType.Label,
    label: form.prompt,
    description: isOfClip ? form.promptOfClip : form.promptOfNew,
    component: {
      type: ComponentType.TextInput,
      custom_id: field.prompt,
      style: TextInputStyle.Paragraph,
      required: true,
      min_length: 1,
      max_length: PROMPT_MAX,
      ...(value === '' ? {} : { value }),
    },
  };
}

/** Uploads cannot stand in a form before: those of an earlier wish stay unless new ones are sent. */
function picturesField({ models, wish, words: { form } }: FormPlan): APILabelComponent[] {
  const taken = models.map(({ pictures: rules }) =>
    Math.max(rules.references, rules.firstFrame ? 1 : 0),
  );
  const most = Math.min(PICTURES_MAX, Math.max(0, ...taken));
  if (most === 0) return [];
  const before = wish.pictures?.length ?? 0;
  const isLast = lastFrameAlone(wish);
  const there = isLast ? form.lastFrameThere : form.picturesThere(before);
  const description = before > 0 ? there : form.picturesUse;
  return [
    {
      type: ComponentType.Label,
      label: most === 1 ? form.picture : form.pictures,
      description,
      component: {
        type: ComponentType.FileUpload,
        custom_id: field.pictures,
        required: false,
        min_values: 0,
        max_values: isLast ? 1 : most,
        file_types: ['image'],
      },
    },
  ];
}

/** A last frame goes only together with a first one, which is what is missing then. */
export function lastFrameAlone({ pictures = [] }: Pick<Partial<Wish>, 'pictures'>): boolean {
  return pictures.length === 1 && pictures[0]?.role === 'last frame';
}

function howField({ wish, edit, extend, words: { form } }: FormPlan): APILabelComponent {
  const before = wish.basis?.kind === 'extend' ? 'extend' : 'edit';
  const options: APISelectMenuOption[] = [
    ...(edit === null ? [] : [{ label: form.edit(price(edit)), value: 'edit' satisfies How }]),
    ...(extend === null
      ? []
      : [
          {
            label: form.extend(extend.request.seconds, price(extend)),
            value: 'extend' satisfies How,
          },
        ]),
    { label: form.anew, value: 'anew' satisfies How },
  ];
  const chosen = options.some(({ value }) => value === before) ? before : options[0]?.value;
  return select(field.how, form.how, chosen, options);
}

function price({ request }: Offer): string {
  return money(request.priceMicroUsd);
}

/** With nothing to choose from there is no field, since a menu needs an option. */
function modelFields({ models, wish, words }: FormPlan, isOfClip: boolean): APILabelComponent[] {
  const model = models.find(({ id }) => id === wish.modelId) ?? models[0];
  if (model === undefined) return [];
  const { form } = words;
  const names = models.slice(0, OPTIONS_MAX).map((one) => ({
    label: withPrice(one.name, perSecond(one, one.defaultResolution, words)),
    value: one.id,
  }));
  const lengths = lengthOptions(models, wish, model, words);
  const qualities = qualityOptions(models, words);
  const chosen = { seconds: wish.seconds ?? model.defaultSeconds, ...wish };
  const ratio = chosen.aspectRatio ?? model.aspectRatios[0] ?? '';
  const quality = wish.draft === true ? DRAFT : (wish.resolution ?? model.defaultResolution);
  return [
    select(field.model, isOfClip ? form.modelOfNew : form.model, model.id, names),
    select(
      field.length,
      isOfClip ? form.lengthOfNew : form.length,
      lengthValue(chosen.seconds, ratio),
      lengths,
    ),
    select(field.quality, isOfClip ? form.qualityOfNew : form.quality, quality, qualities),
  ];
}

function withPrice(name: string, priceText: string): string {
  const about = ` · ${priceText}`;
  return `${plainLine(name, LABEL_MAX - about.length)}${about}`;
}

/** `$0.07 a second`; a price that is no whole number of cents has a third digit. */
function perSecond(model: Model, resolution: string, { form }: Words): string {
  return form.perSecond(secondPrice(model, resolution));
}

function secondPrice({ prices }: Model, resolution: string): string {
  const microUsd = estimate(prices, 1, resolution);
  return microUsd % 10_000 === 0 ? money(microUsd) : `$${(microUsd / 1_000_000).toFixed(3)}`;
}

/** `8 s, wide`; where there are too many, those between are left out. */
function lengthOptions(
  models: readonly Model[],
  wish: Partial<Wish>,
  model: Model,
  words: Words,
): APISelectMenuOption[] {
  const ratios = union(models.map((one) => one.aspectRatios)).slice(0, 5);
  const all = union(models.map((one) => one.seconds)).toSorted((a, b) => a - b);
  const most = Math.floor(OPTIONS_MAX / Math.max(1, ratios.length));
  const kept = [wish.seconds, model.defaultSeconds].filter((s) => s !== undefined);
  const seconds = spread(all, kept, most);
  return ratios.flatMap((ratio) =>
    seconds.map((s) => ({
      label: words.form.secondsAndShape(s, shapeName(ratio, words)),
      value: lengthValue(s, ratio),
    })),
  );
}

/** At most so many of a list: its ends, those to be kept, and what lies evenly between. */
function spread(all: readonly number[], kept: readonly number[], most: number): number[] {
  if (all.length <= most) return [...all];
  const chosen = new Set(kept.filter((one) => all.includes(one)).slice(0, most));
  for (const step of [all.length - 1, ...all.keys()]) {
    const one = all[step];
    if (one !== undefined && chosen.size < most) chosen.add(one);
  }
  return [...chosen].toSorted((a, b) => a - b);
}

function qualityOptions(models: readonly Model[], words: Words): APISelectMenuOption[] {
  const drafts = models.flatMap((model) => {
    const resolution = draftResolution(model.defaultResolution, model);
    return resolution === null ? [] : [{ model, resolution }];
  });
  const resolutions = union(models.map((model) => model.resolutions)).slice(0, OPTIONS_MAX - 1);
  return [
    ...resolutions.map((resolution) => ({
      label: plainLine(resolution, LABEL_MAX),
      value: resolution,
      description: pricesIn(
        models
          .filter((model) => model.resolutions.includes(resolution))
          .map((model) => ({ model, resolution })),
        words,
      ),
    })),
    ...(drafts.length === 0
      ? []
      : [{ label: words.form.draft, value: DRAFT, description: pricesIn(drafts, words) }]),
  ];
}

function pricesIn(of: readonly { model: Model; resolution: string }[], words: Words): string {
  const [only] = of;
  if (of.length === 1 && only !== undefined) return perSecond(only.model, only.resolution, words);
  const parts = of.map(
    ({ model, resolution }) => `${model.name} ${secondPrice(model, resolution)}`,
  );
  return plainLine(words.form.perSecondEach(parts.join(' · ')), LABEL_MAX);
}

/** The option that is chosen already is the one of that value, where it is among them. */
function select(
  custom_id: string,
  label: string,
  chosen: string | undefined,
  options: readonly APISelectMenuOption[],
): APILabelComponent {
  const isThere = options.some(({ value }) => value === chosen);
  const first = isThere ? chosen : options[0]?.value;
  return {
    type: ComponentType.Label,
    label,
    component: {
      type: ComponentType.StringSelect,
      custom_id,
      required: true,
      options: options.map((one) => (one.value === first ? { ...one, default: true } : one)),
    },
  };
}

function lengthValue(seconds: number, ratio: string): string {
  return `${seconds} ${ratio}`;
}

function shapeName(ratio: string, { shape }: Words): string {
  const [width = 0, height = 0] = ratio.split(':').map(Number);
  if (ratio === '16:9') return shape.wide;
  if (ratio === '9:16') return shape.tall;
  if (width === height && width > 0) return shape.square;
  return plainLine(ratio, 20);
}

function union<T>(lists: readonly (readonly T[])[]): T[] {
  return [...new Set(lists.flat())];
}

/** Changes exactly when a price in the form does. */
export function priceMark({
  models,
  edit,
  extend,
}: Omit<FormPlan, 'of' | 'wish' | 'words'>): string {
  const prices = models.map((model) => [model.id, model.prices.perSecondMicroUsd]);
  const offers = [edit, extend].map((one) => one?.request.priceMicroUsd ?? null);
  const hash = createHash('sha256').update(JSON.stringify([prices, offers]));
  return hash.digest('base64url').slice(0, 8);
}
