/** What was asked for, and whether this model takes it: said before anything is paid, naming the rule. */
import { estimate, type MicroUsd, type Model, type Prices, type Protocol } from './model.ts';

/** Frozen in the job's row before the submit: a resumed job uses this, never today's settings. */
export interface VideoRequest {
  readonly modelId: string;
  readonly modelName: string;
  readonly protocol: Protocol;
  readonly prompt: string;
  readonly seconds: number;
  readonly aspectRatio: string;
  readonly resolution: string;
  readonly priceMicroUsd: MicroUsd;
  readonly prices: Prices;
  readonly canCancel: boolean;
  readonly usuallyMs: number;
}

/** What a member typed; everything but the prompt may be left out. */
export interface Wish {
  readonly prompt: string;
  readonly modelId?: string;
  readonly seconds?: number;
  readonly aspectRatio?: string;
  readonly resolution?: string;
}

/** Why a wish is not taken. Nothing was paid; each names the rule and, where there is one, a way out. */
export type WishRefusal =
  | { readonly why: 'empty prompt' }
  | { readonly why: 'prompt too long'; readonly maxChars: number; readonly chars: number }
  | { readonly why: 'no models' }
  | { readonly why: 'unknown model'; readonly asked: string; readonly models: readonly Model[] }
  | { readonly why: 'seconds'; readonly asked: number; readonly model: Model }
  | { readonly why: 'aspect ratio'; readonly asked: string; readonly model: Model }
  | { readonly why: 'resolution'; readonly asked: string; readonly model: Model }
  | {
      readonly why: 'seconds for resolution';
      readonly asked: number;
      readonly resolution: string;
      readonly fits: readonly number[];
      readonly model: Model;
    };

export type Understood =
  | { readonly ok: true; readonly request: VideoRequest }
  | { readonly ok: false; readonly refusal: WishRefusal };

/** Invisible characters alone are no prompt: an empty input would be billed all the same. */
const invisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;

export function visibleText(prompt: string): string {
  return prompt.replace(invisible, '');
}

/** @param models what can be had at the moment; the first is the default. */
export function understand(wish: Wish, models: readonly Model[]): Understood {
  const model = wish.modelId === undefined ? models[0] : models.find((m) => m.id === wish.modelId);
  if (models.length === 0) return refuse({ why: 'no models' });
  if (model === undefined) {
    return refuse({ why: 'unknown model', asked: wish.modelId ?? '', models });
  }
  const prompt = wish.prompt.trim();
  if (visibleText(prompt) === '') return refuse({ why: 'empty prompt' });
  const chars = [...prompt].length;
  if (chars > model.promptMaxChars) {
    return refuse({ why: 'prompt too long', maxChars: model.promptMaxChars, chars });
  }
  const aspectRatio = wish.aspectRatio ?? model.aspectRatios[0] ?? '';
  if (!model.aspectRatios.includes(aspectRatio)) {
    return refuse({ why: 'aspect ratio', asked: aspectRatio, model });
  }
  const resolution = wish.resolution ?? model.defaultResolution;
  if (!model.resolutions.includes(resolution)) {
    return refuse({ why: 'resolution', asked: resolution, model });
  }
  const fits = model.secondsByResolution[resolution] ?? model.seconds;
  const seconds =
    wish.seconds ?? (fits.includes(model.defaultSeconds) ? model.defaultSeconds : fits[0]);
  if (seconds === undefined || !model.seconds.includes(seconds)) {
    return refuse({ why: 'seconds', asked: seconds ?? 0, model });
  }
  if (!fits.includes(seconds)) {
    return refuse({ why: 'seconds for resolution', asked: seconds, resolution, fits, model });
  }
  return {
    ok: true,
    request: {
      modelId: model.id,
      modelName: model.name,
      protocol: model.protocol,
      prompt,
      seconds,
      aspectRatio,
      resolution,
      priceMicroUsd: estimate(model.prices, seconds, resolution),
      prices: model.prices,
      canCancel: model.canCancel,
      usuallyMs: model.usuallyMs,
    },
  };
}

function refuse(refusal: WishRefusal): Understood {
  return { ok: false, refusal };
}
