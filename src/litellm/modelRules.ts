/** What a model's description must be like to be relied on: shape and the rules between its fields. */
import { z } from 'zod';
import { canNothing, type Model } from '../jobs/model.ts';
import { visibleText } from '../jobs/request.ts';

const microUsd = z.int().nonnegative();

const shape = z.strictObject({
  // It becomes a part of a path and a choice in Discord.
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'expected are letters, digits, ".", "-", "_"'),
  name: z
    .string()
    .max(60)
    .refine((name) => visibleText(name) !== '', 'expected is a name to be read'),
  protocol: z.enum(['omni', 'veo']),
  seconds: z.array(z.int().positive().max(600)).nonempty(),
  defaultSeconds: z.int(),
  aspectRatios: z
    .array(z.string().regex(/^\d{1,4}:\d{1,4}$/, 'expected is a form like "16:9"'))
    .nonempty(),
  // It stands in Discord's menus, beside "draft".
  resolutions: z
    .array(z.string().regex(/^(?!draft$)[\w.-]{1,20}$/, 'expected is a word like "720p"'))
    .nonempty(),
  defaultResolution: z.string(),
  secondsByResolution: z.record(z.string(), z.array(z.int()).nonempty()),
  promptMaxChars: z.int().positive(),
  pictures: z.strictObject({
    firstFrame: z.boolean(),
    lastFrame: z.boolean(),
    references: z.int().nonnegative().max(20),
    referencesWithFrames: z.boolean(),
    most: z.int().nonnegative().max(20),
    secondsWithLastFrame: z.array(z.int()).nonempty().nullable(),
    secondsWithReferences: z.array(z.int()).nonempty().nullable(),
    heic: z.boolean(),
  }),
  can: z
    .strictObject({
      edit: z.strictObject({ maxSeconds: z.int().positive() }).nullable(),
      extend: z
        .strictObject({
          seconds: z.array(z.int().positive().max(600)).nonempty(),
          defaultSeconds: z.int(),
          contextSeconds: z.int().positive(),
          maxTotalSeconds: z.int().positive(),
        })
        .nullable(),
      upscale: z
        .strictObject({
          to: z.array(z.string().min(1)).nonempty(),
          maxSeconds: z.int().positive(),
        })
        .nullable(),
    })
    // A model that says nothing about it makes new videos only.
    .default(() => ({ ...canNothing, edit: null, extend: null, upscale: null })),
  prices: z.strictObject({
    perSecondMicroUsd: z.record(z.string(), microUsd),
    perMillionTokens: z
      .strictObject({ input: microUsd, text: microUsd, video: microUsd })
      .nullable(),
  }),
  usuallyMs: z.int().positive(),
  canCancel: z.boolean(),
  successor: z.string().nullable(),
});

export type CheckedModel =
  | { readonly ok: true; readonly model: Model }
  | { readonly ok: false; readonly mistakes: readonly string[] };

export function checkModel(entry: unknown): CheckedModel {
  const parsed = shape.safeParse(entry);
  const mistakes = parsed.success
    ? brokenRules(parsed.data)
    : brokenShape(entry, parsed.error.issues);
  return parsed.success && mistakes.length === 0
    ? { ok: true, model: parsed.data }
    : { ok: false, mistakes };
}

/** What is missing is named in one sentence: of a new model it is often nearly everything. */
function brokenShape(entry: unknown, issues: readonly z.core.$ZodIssue[]): string[] {
  const isMissing = ({ path }: z.core.$ZodIssue) =>
    path.length > 0 && valueAt(entry, path) === undefined;
  const missing = issues.filter(isMissing).map(({ path }) => path.join('.'));
  const others = issues.filter((issue) => !isMissing(issue));
  return [
    ...(missing.length === 0
      ? []
      : [
          `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing: add what is missing, ` +
            'or take everything that is not named from a known model with "like": "its id"',
        ]),
    ...others.map(({ path, message }) => `${path.join('.') || 'entry'}: ${message}`),
  ];
}

function valueAt(entry: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    entry,
  );
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
}

function brokenRules(model: Model): string[] {
  const mistakes: string[] = [];
  const ascending = model.seconds.every((s, i) => i === 0 || s > (model.seconds[i - 1] ?? 0));
  if (!ascending) mistakes.push('seconds: must ascend');
  if (!model.seconds.includes(model.defaultSeconds)) {
    mistakes.push(`defaultSeconds: ${model.defaultSeconds} is not in seconds`);
  }
  if (!model.resolutions.includes(model.defaultResolution)) {
    mistakes.push(`defaultResolution: "${model.defaultResolution}" is not in resolutions`);
  }
  for (const resolution of model.resolutions) {
    if (model.prices.perSecondMicroUsd[resolution] === undefined) {
      mistakes.push(`prices.perSecondMicroUsd: no price for "${resolution}"`);
    }
  }
  for (const [resolution, seconds] of Object.entries(model.secondsByResolution)) {
    if (!model.resolutions.includes(resolution)) {
      mistakes.push(`secondsByResolution: "${resolution}" is not in resolutions`);
    }
    for (const s of seconds) {
      if (!model.seconds.includes(s)) {
        mistakes.push(`secondsByResolution.${resolution}: ${s} is not in seconds`);
      }
    }
  }
  mistakes.push(...brokenPictureRules(model), ...brokenClipRules(model));
  return mistakes;
}

function brokenClipRules({ can, prices }: Model): string[] {
  const mistakes: string[] = [];
  const { extend, upscale } = can;
  if (extend !== null && !extend.seconds.includes(extend.defaultSeconds)) {
    mistakes.push(
      `can.extend.defaultSeconds: ${extend.defaultSeconds} is not in can.extend.seconds`,
    );
  }
  for (const resolution of upscale?.to ?? []) {
    if (prices.perSecondMicroUsd[resolution] === undefined) {
      mistakes.push(`can.upscale.to: no price for "${resolution}"`);
    }
  }
  return mistakes;
}

function brokenPictureRules({ pictures, seconds }: Model): string[] {
  const mistakes: string[] = [];
  if (pictures.lastFrame && !pictures.firstFrame) {
    mistakes.push('pictures.lastFrame: goes only with a first frame');
  }
  for (const field of ['secondsWithLastFrame', 'secondsWithReferences'] as const) {
    for (const s of pictures[field] ?? []) {
      if (!seconds.includes(s)) mistakes.push(`pictures.${field}: ${s} is not in seconds`);
    }
  }
  return mistakes;
}
