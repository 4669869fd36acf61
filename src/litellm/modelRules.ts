/** What a model's description must be like to be relied on: shape and the rules between its fields. */
import { z } from 'zod';
import type { Model } from '../jobs/model.ts';

const microUsd = z.int().nonnegative();

const shape = z.strictObject({
  // It becomes a part of a path and a choice in Discord.
  id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, 'expected are letters, digits, ".", "-", "_"'),
  name: z.string().min(1).max(60),
  protocol: z.enum(['omni', 'veo']),
  seconds: z.array(z.int().positive().max(600)).nonempty(),
  defaultSeconds: z.int(),
  aspectRatios: z.array(z.string().regex(/^\d+:\d+$/, 'expected is a form like "16:9"')).nonempty(),
  resolutions: z.array(z.string().min(1)).nonempty(),
  defaultResolution: z.string(),
  secondsByResolution: z.record(z.string(), z.array(z.int()).nonempty()),
  promptMaxChars: z.int().positive(),
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
    : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'entry'}: ${issue.message}`);
  return parsed.success && mistakes.length === 0
    ? { ok: true, model: parsed.data }
    : { ok: false, mistakes };
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
  return mistakes;
}
