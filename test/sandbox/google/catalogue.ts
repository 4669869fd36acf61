import type { AspectRatio, Resolution } from './video-file.ts';

/**
 * What the stand-in's models take and cost. Kept apart from the product's own catalogue on
 * purpose, so that a mistake there is not repeated here.
 *
 * Source: Google's documentation and published price lists, 2026-11; 5,792 tokens a second at
 * 720p as recorded, 2026-10.
 */

export type Protocol = 'omni' | 'veo';

export type OmniLimits = {
  minSeconds: number;
  maxSeconds: number;
  /** With a first and a last frame. */
  maxSecondsBetweenFrames: number;
  videoMicroUsdPerToken: number;
  upscales: boolean;
};

const OMNI_1_1: OmniLimits = {
  minSeconds: 3,
  maxSeconds: 10,
  maxSecondsBetweenFrames: 10,
  videoMicroUsdPerToken: 17.5,
  upscales: false,
};
const OMNI_1_2: OmniLimits = {
  minSeconds: 3,
  maxSeconds: 15,
  maxSecondsBetweenFrames: 10,
  videoMicroUsdPerToken: 12,
  upscales: true,
};

export const OMNI_DEFAULT_SECONDS = 10;
export const OMNI_MAX_IMAGES = 6;
export const INPUT_MICRO_USD_PER_TOKEN = 1.5;
/** Text and thoughts. */
export const OUTPUT_MICRO_USD_PER_TOKEN = 9;

/** Also for an id this file does not know, so that tomorrow's model can be played today. */
export function omniLimits(model: string): OmniLimits {
  return /1\.1|preview/.test(model) ? OMNI_1_1 : OMNI_1_2;
}

const TOKENS_PER_SECOND_720P = 5792;
const RELATIVE_TOKENS = { '360p': 1 / 3, '720p': 1, '1080p': 1.5, '4k': 3 } as const;

export function videoTokens(seconds: number, resolution: Resolution): number {
  return Math.round(seconds * TOKENS_PER_SECOND_720P * RELATIVE_TOKENS[resolution]);
}

export type VeoLimits = {
  seconds: readonly number[];
  resolutions: readonly Resolution[];
  /** USD per second and video; a resolution without a price is not made. */
  usdPerSecond: Partial<Record<Resolution, number>>;
  references: boolean;
  extends: boolean;
};

const THREE_LENGTHS = [4, 6, 8] as const;

export const VEO_DEFAULT_SECONDS = 8;

export function veoLimits(model: string): VeoLimits {
  if (model.includes('lite')) {
    return {
      seconds: THREE_LENGTHS,
      resolutions: ['720p', '1080p'],
      usdPerSecond: { '720p': 0.05, '1080p': 0.08 },
      references: false,
      extends: false,
    };
  }
  const fast = model.includes('fast');
  const usdPerSecond = fast
    ? { '720p': 0.1, '1080p': 0.12, '4k': 0.3 }
    : { '720p': 0.4, '1080p': 0.4, '4k': 0.6 };
  if (model.startsWith('veo-2')) {
    return {
      seconds: [5, 6, 7, 8],
      resolutions: ['720p'],
      usdPerSecond,
      references: false,
      extends: false,
    };
  }
  const newest = model.startsWith('veo-3.1');
  return {
    seconds: THREE_LENGTHS,
    resolutions: newest ? ['720p', '1080p', '4k'] : ['720p', '1080p'],
    usdPerSecond,
    references: newest,
    extends: newest,
  };
}

export const ASPECT_RATIOS = ['16:9', '9:16'] as const satisfies readonly AspectRatio[];
export const RESOLUTIONS = ['360p', '720p', '1080p', '4k'] as const satisfies readonly Resolution[];

/**
 * Offered unless told otherwise. No Veo model is left on the live Gemini API; they stand here so
 * that the protocol can be spoken.
 */
export const OFFERED_MODELS: readonly string[] = [
  'gemini-omni-1.2-flash',
  'gemini-omni-1.1-flash',
  'veo-3.1-generate-preview',
  'veo-3.1-fast-generate-preview',
  'veo-3.1-lite-generate-preview',
];

/** Undefined for a model that makes no videos. */
export function protocolOf(model: string): Protocol | undefined {
  if (model.startsWith('gemini-omni-')) return 'omni';
  return model.startsWith('veo-') ? 'veo' : undefined;
}
