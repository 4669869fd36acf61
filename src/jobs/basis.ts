/** What can be made of a clip that is there: changed by words, made longer, made sharper. */
import type { Job, JobId } from './job.ts';
import { type Can, estimate, type MicroUsd, type Model, type Prices } from './model.ts';
import type { VideoRequest } from './request.ts';

export type BasisKind = 'edit' | 'extend' | 'upscale';

/** A finished clip as the service keeps it. */
export interface Clip {
  readonly jobId: JobId;
  /** The name of the operation that made it; untrusted text of the service. */
  readonly operation: string;
  readonly submittedAt: number;
  readonly modelId: string;
  readonly modelName: string;
  /** How long it is, earlier parts included. */
  readonly seconds: number;
  readonly aspectRatio: string;
  readonly resolution: string;
}

/** Frozen in the request: the clip that this video is made of, and how. */
export interface Basis extends Clip {
  readonly kind: BasisKind;
}

/** Why nothing is made of a clip. Nothing was paid. */
export type BasisRefusal =
  /** The model never could, or it has been retired. */
  | { readonly why: 'cannot change'; readonly kind: BasisKind; readonly modelName: string }
  | {
      readonly why: 'clip too long';
      readonly kind: BasisKind;
      readonly seconds: number;
      readonly maxSeconds: number;
      readonly modelName: string;
    }
  /** The service keeps clips for some time only. */
  | { readonly why: 'clip too old'; readonly kind: BasisKind; readonly keptForMs: number }
  /** Its member had it forgotten, or its words were let go of. */
  | { readonly why: 'clip forgotten'; readonly kind: BasisKind };

/** What is asked of the service, and for how much. */
export interface Made {
  readonly seconds: number;
  readonly aspectRatio: string;
  readonly resolution: string;
  readonly priceMicroUsd: MicroUsd;
}

type Able = Pick<Model, 'can' | 'prices'>;

/** Null while there is no finished clip. */
export function clipOf(job: Job): Clip | null {
  if (!('video' in job)) return null;
  const { id: jobId, request, operation, video } = job;
  const { basis, modelId, modelName, aspectRatio, resolution } = request;
  // Whether an extended clip comes whole or as its new part alone, only its file tells.
  const before = basis?.kind === 'extend' ? basis.seconds : 0;
  const seconds = Math.max(Math.round(video.durationMs / 1000), before + request.seconds);
  return {
    ...{ jobId, operation: operation.name, submittedAt: operation.submittedAt },
    ...{ modelId, modelName, seconds, aspectRatio, resolution },
  };
}

export function makeOf(
  basis: Basis,
  wish: { readonly seconds?: number; readonly resolution?: string },
  { can, prices }: Able,
): Made | BasisRefusal {
  const { kind, seconds, aspectRatio, resolution, modelName } = basis;
  const cannot: BasisRefusal = { why: 'cannot change', kind, modelName };
  if (prices.perSecondMicroUsd[resolution] === undefined) return cannot;
  const tooLong = (maxSeconds: number): BasisRefusal => ({
    ...{ why: 'clip too long', kind, seconds, maxSeconds, modelName },
  });
  switch (kind) {
    case 'edit': {
      if (can.edit === null) return cannot;
      if (seconds > can.edit.maxSeconds) return tooLong(can.edit.maxSeconds);
      const priceMicroUsd = estimate(prices, seconds, resolution) + readIn(basis, prices);
      return { seconds, aspectRatio, resolution, priceMicroUsd };
    }
    case 'extend': {
      if (can.extend === null) return cannot;
      const { maxTotalSeconds, contextSeconds } = can.extend;
      const fitting = can.extend.seconds.filter((more) => seconds + more <= maxTotalSeconds);
      const wanted = wish.seconds ?? can.extend.defaultSeconds;
      const more = fitting.includes(wanted) ? wanted : fitting.at(-1);
      if (more === undefined || (wish.seconds !== undefined && more !== wish.seconds)) {
        return tooLong(maxTotalSeconds - (can.extend.seconds[0] ?? 0));
      }
      const price = estimate(prices, more, resolution) + readIn(basis, prices, contextSeconds);
      return { seconds: more, aspectRatio, resolution, priceMicroUsd: price };
    }
    case 'upscale': {
      if (can.upscale === null) return cannot;
      if (seconds > can.upscale.maxSeconds) return tooLong(can.upscale.maxSeconds);
      const to = sharper(basis, can, prices, wish.resolution);
      if (to === null) return cannot;
      const priceMicroUsd = estimate(prices, seconds, to) + readIn(basis, prices);
      return { seconds, aspectRatio, resolution: to, priceMicroUsd };
    }
    default:
      return kind satisfies never;
  }
}

/** The least sharp that is sharper than the clip and at least as sharp as wanted; a price tells which is. */
function sharper(clip: Clip, can: Can, prices: Prices, wanted?: string): string | null {
  const price = (resolution: string) => prices.perSecondMicroUsd[resolution] ?? 0;
  const least = Math.max(price(clip.resolution) + 1, wanted === undefined ? 0 : price(wanted));
  const possible = (can.upscale?.to ?? []).filter((resolution) => price(resolution) >= least);
  return possible.toSorted((a, b) => price(a) - price(b))[0] ?? null;
}

/** The clip is read by the model: as many tokens a second as it has when made, at the price of input. */
function readIn(
  clip: Clip,
  { perSecondMicroUsd, perMillionTokens }: Prices,
  most = Number.POSITIVE_INFINITY,
): MicroUsd {
  if (perMillionTokens === null || perMillionTokens.video === 0) return 0;
  const perSecond = perSecondMicroUsd[clip.resolution] ?? 0;
  const share = perMillionTokens.input / perMillionTokens.video;
  return Math.ceil(Math.min(clip.seconds, most) * perSecond * share);
}

export type Prospect = Made & { readonly how: 'upscale' | 'anew' };

/**
 * What of a finished job can be made further, at the prices of its own row: what its message offers,
 * whatever the prices are by now.
 */
export function prospects(job: Job): {
  readonly extend: Made | null;
  readonly upscale: Made | null;
  /** Of a draft: how its video is made in full. */
  readonly full: Prospect | null;
} {
  const { can, prices, draft, seconds, aspectRatio } = job.request;
  const clip = clipOf(job);
  const nothing = { extend: null, upscale: null, full: null };
  if (clip === null) return nothing;
  const make = (kind: BasisKind, resolution?: string): Made | null => {
    if (!can) return null;
    const wish = resolution === undefined ? {} : { resolution };
    const made = makeOf({ ...clip, kind }, wish, { can, prices });
    return 'why' in made ? null : made;
  };
  const extend = make('extend');
  if (!draft) return { extend, upscale: make('upscale'), full: null };
  const upscaled = make('upscale', draft.full);
  if (upscaled !== null) return { extend, upscale: null, full: { ...upscaled, how: 'upscale' } };
  const priceMicroUsd = estimate(prices, seconds, draft.full);
  const anew = { seconds, aspectRatio, resolution: draft.full, priceMicroUsd };
  return { extend, upscale: null, full: { ...anew, how: 'anew' } };
}

/** What is cheapest to make, where that is cheaper than what is wanted; else null. */
export function draftResolution(
  wanted: string,
  { resolutions, prices }: Pick<Model, 'resolutions' | 'prices'>,
): string | null {
  const price = (resolution: string) => prices.perSecondMicroUsd[resolution] ?? 0;
  const cheapest = resolutions.toSorted((a, b) => price(a) - price(b))[0];
  return cheapest !== undefined && price(cheapest) < price(wanted) ? cheapest : null;
}

/** The price as people see it, in cents, is higher than the one they were shown. */
export function isDearer(
  request: Pick<VideoRequest, 'priceMicroUsd'>,
  shownMicroUsd: MicroUsd | undefined,
): boolean {
  if (shownMicroUsd === undefined) return false;
  return Math.round(request.priceMicroUsd / 10_000) > Math.round(shownMicroUsd / 10_000);
}
