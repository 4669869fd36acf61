/** What was asked for, and whether this model takes it: said before anything is paid, naming the rule. */
import { type Basis, type BasisRefusal, draftResolution, type Made, makeOf } from './basis.ts';
import type { JobId } from './job.ts';
import {
  type Can,
  estimate,
  type MicroUsd,
  type Model,
  type Prices,
  type Protocol,
} from './model.ts';
import {
  areTheSame,
  leading,
  nearestRatio,
  type Picture,
  type PictureRefusal,
  refusePictures,
  secondsWith,
} from './pictures.ts';

/** Frozen in the job's row before the submit: a resumed job uses this, never today's settings. */
export interface VideoRequest {
  readonly modelId: string;
  readonly modelName: string;
  readonly protocol: Protocol;
  /** Empty once it is forgotten. */
  readonly prompt: string;
  readonly seconds: number;
  readonly aspectRatio: string;
  readonly resolution: string;
  /** Once the job is queued each is kept in the data directory under the job's own name. */
  readonly pictures: readonly Picture[];
  /** Where no ratio was asked for, the picture chooses among these once it is there; else none. */
  readonly fitAspectTo: readonly string[];
  readonly takesHeic: boolean;
  /** The clip that it is made of, and how; null: made anew. */
  readonly basis: Basis | null;
  /** A cheap try: `full` is the resolution wanted in the end. */
  readonly draft: { readonly full: string } | null;
  /** For its member's eyes alone, wherever it is shown; left out where it is for the place. */
  readonly private?: true;
  /** What the model makes of its clips. */
  readonly can: Can;
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
  readonly pictures?: readonly Picture[];
  /** Made of this clip; then its own settings hold where nothing else is said. */
  readonly basis?: Basis;
  /** First a cheap try; `resolution` is the one wanted in the end. */
  readonly draft?: boolean;
  /** Only the requester sees the reply. */
  readonly private?: boolean;
  /** The job that it follows from. */
  readonly of?: JobId;
  /** The price that the member has seen; more is not charged without asking again. */
  readonly shownMicroUsd?: MicroUsd;
}

/** The largest picture that is fetched, unless set otherwise. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;

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
    }
  | { readonly why: 'no draft'; readonly resolution: string; readonly model: Model }
  /** Today's price is higher than the one that was seen. */
  | {
      readonly why: 'dearer';
      readonly priceMicroUsd: MicroUsd;
      readonly shownMicroUsd: MicroUsd;
    }
  | BasisRefusal
  | PictureRefusal;

export type Understood =
  | { readonly ok: true; readonly request: VideoRequest }
  | { readonly ok: false; readonly refusal: WishRefusal };

/**
 * Invisible characters alone are no prompt: an empty input would be billed all the same. The last one is
 * a Braille cell without dots, which Unicode counts as a sign.
 */
const invisible = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\u2800]/gu;

export function visibleText(prompt: string): string {
  return prompt.replace(invisible, '');
}

/** @param models what can be had at the moment; the first is the default. */
export function understand(
  wish: Wish,
  models: readonly Model[],
  maxPictureBytes: number = MAX_PICTURE_BYTES,
): Understood {
  const model = wish.modelId === undefined ? models[0] : models.find((m) => m.id === wish.modelId);
  if (models.length === 0) return refuse({ why: 'no models' });
  if (model === undefined) {
    if (wish.basis !== undefined) {
      const { kind, modelName } = wish.basis;
      return refuse({ why: 'cannot change', kind, modelName });
    }
    return refuse({ why: 'unknown model', asked: wish.modelId ?? '', models });
  }
  const prompt = wish.prompt.trim();
  if (visibleText(prompt) === '') return refuse({ why: 'empty prompt' });
  const chars = [...prompt].length;
  if (chars > model.promptMaxChars) {
    return refuse({ why: 'prompt too long', maxChars: model.promptMaxChars, chars });
  }
  if (wish.basis !== undefined) {
    const made = makeOf(wish.basis, wish, model);
    return 'why' in made
      ? refuse(made)
      : { ok: true, request: ofClip(prompt, wish.basis, made, model) };
  }
  const pictures = wish.pictures ?? [];
  const against = refusePictures(pictures, model, maxPictureBytes);
  if (against !== null) return refuse(against);
  const aspectRatio = wish.aspectRatio ?? announcedRatio(pictures, model) ?? '';
  if (!model.aspectRatios.includes(aspectRatio)) {
    return refuse({ why: 'aspect ratio', asked: aspectRatio, model });
  }
  const wanted = wish.resolution ?? model.defaultResolution;
  if (!model.resolutions.includes(wanted)) {
    return refuse({ why: 'resolution', asked: wanted, model });
  }
  const resolution = wish.draft === true ? draftResolution(wanted, model) : wanted;
  if (resolution === null) return refuse({ why: 'no draft', resolution: wanted, model });
  // What cannot be upscaled is made anew in full, and has to go with that too.
  const needing =
    wish.draft === true && model.can.upscale === null ? [resolution, wanted] : [resolution];
  const fitsOf = (one: string) => model.secondsByResolution[one] ?? model.seconds;
  const fits = needing.map(fitsOf).reduce((a, b) => a.filter((s) => b.includes(s)));
  const withPictures = secondsWith(pictures, model);
  const all = fits.filter((s) => withPictures?.seconds.includes(s) ?? true);
  const usual = all.includes(model.defaultSeconds) ? model.defaultSeconds : (all[0] ?? fits[0]);
  const seconds = wish.seconds ?? usual;
  if (seconds === undefined || !model.seconds.includes(seconds)) {
    return refuse({ why: 'seconds', asked: seconds ?? 0, model });
  }
  if (!fits.includes(seconds)) {
    const strict = needing.find((one) => !fitsOf(one).includes(seconds)) ?? resolution;
    return refuse({
      why: 'seconds for resolution',
      asked: seconds,
      resolution: strict,
      fits,
      model,
    });
  }
  if (withPictures !== null && !withPictures.seconds.includes(seconds)) {
    const { role, seconds: fitting } = withPictures;
    return refuse({ why: 'seconds for pictures', role, asked: seconds, fits: fitting, model });
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
      pictures,
      fitAspectTo: pictures.length > 0 && wish.aspectRatio === undefined ? model.aspectRatios : [],
      takesHeic: model.pictures.heic,
      basis: null,
      draft: wish.draft === true ? { full: wanted } : null,
      can: model.can,
      priceMicroUsd: estimate(model.prices, seconds, resolution),
      prices: model.prices,
      canCancel: model.canCancel,
      usuallyMs: model.usuallyMs,
    },
  };
}

function ofClip(prompt: string, basis: Basis, made: Made, model: Model): VideoRequest {
  return {
    modelId: model.id,
    modelName: model.name,
    protocol: model.protocol,
    prompt,
    ...made,
    pictures: [],
    fitAspectTo: [],
    takesHeic: model.pictures.heic,
    basis,
    draft: null,
    can: model.can,
    prices: model.prices,
    canCancel: model.canCancel,
    usuallyMs: model.usuallyMs,
  };
}

/** As far as it was announced: what the picture itself is like decides once it is there. */
function announcedRatio(pictures: readonly Picture[], model: Model): string | undefined {
  const at = leading(pictures)?.at;
  const { width, height } = at ?? { width: null, height: null };
  const nearest = width && height ? nearestRatio({ width, height }, model.aspectRatios) : undefined;
  return nearest ?? model.aspectRatios[0];
}

function refuse(refusal: WishRefusal): Understood {
  return { ok: false, refusal };
}

/**
 * Whether two requests ask for the same video: pressed twice they are one. Another wish made of the
 * same clip, or of other pictures, is not.
 */
export function asksForTheSame(a: VideoRequest, b: VideoRequest): boolean {
  // A shape that is left to the pictures is known once they are here: the same ones choose the same.
  const isShapeOpen = a.fitAspectTo.length > 0 || b.fitAspectTo.length > 0;
  const what = ({ modelId, prompt, seconds, resolution, basis, draft, ...rest }: VideoRequest) => {
    const shape = isShapeOpen ? null : rest.aspectRatio;
    return JSON.stringify([modelId, prompt, seconds, shape, resolution, basis, draft !== null]);
  };
  return what(a) === what(b) && areTheSame(a.pictures, b.pictures);
}
