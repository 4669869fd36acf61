/**
 * What a model accepts and what it costs. Models change every few weeks, so all of it is data:
 * the built-in catalogue and the operator's file over it (see litellm/catalogue.ts).
 */

/** Integer millionths of a US dollar. Money is never a fraction in this program. */
export type MicroUsd = number;

export type Protocol = 'omni' | 'veo';

export interface Model {
  /** The service's id, e.g. `gemini-omni-1.2-flash`. */
  readonly id: string;
  /** For people, e.g. `Omni 1.2`. */
  readonly name: string;
  readonly protocol: Protocol;
  /** Whole seconds it makes, ascending. */
  readonly seconds: readonly number[];
  readonly defaultSeconds: number;
  /** The first is the default. */
  readonly aspectRatios: readonly string[];
  readonly resolutions: readonly string[];
  readonly defaultResolution: string;
  /** Where a resolution goes only with some lengths, e.g. 1080p with 8 s. */
  readonly secondsByResolution: Readonly<Record<string, readonly number[]>>;
  /** Longest prompt in characters. */
  readonly promptMaxChars: number;
  readonly pictures: PictureRules;
  readonly can: Can;
  readonly prices: Prices;
  /** How long one usually takes, before anything was learned. */
  readonly usuallyMs: number;
  /** Whether the service can be told to stop. */
  readonly canCancel: boolean;
  /** Id of the model to use when this one is gone. */
  readonly successor: string | null;
}

/** Which pictures a model takes as input, and what goes together. */
export interface PictureRules {
  readonly firstFrame: boolean;
  /** Only together with a first frame. */
  readonly lastFrame: boolean;
  /** Most pictures of things or people to be seen in the video; 0: none. */
  readonly references: number;
  readonly referencesWithFrames: boolean;
  /** Most pictures of all roles together. */
  readonly most: number;
  /** The only lengths that go with a last frame, or with references; null: all. */
  readonly secondsWithLastFrame: readonly number[] | null;
  readonly secondsWithReferences: readonly number[] | null;
  /** Whether it takes HEIC and HEIF as they are: those can't be converted here. */
  readonly heic: boolean;
}

/** What a model makes of its own finished clips; null: not that. */
export interface Can {
  readonly edit: { readonly maxSeconds: number } | null;
  readonly extend: {
    /** Whole seconds it adds at a time, ascending. */
    readonly seconds: readonly number[];
    readonly defaultSeconds: number;
    /** As much of the clip's end is read for it. */
    readonly contextSeconds: number;
    readonly maxTotalSeconds: number;
  } | null;
  readonly upscale: { readonly to: readonly string[]; readonly maxSeconds: number } | null;
}

export const canNothing: Can = { edit: null, extend: null, upscale: null };

export interface Prices {
  /** Micro-dollars for one second of video, by resolution: the estimate shown and reserved. */
  readonly perSecondMicroUsd: Readonly<Record<string, MicroUsd>>;
  /** Micro-dollars for a million tokens, where the service reports use; null: settled at the estimate. */
  readonly perMillionTokens: {
    readonly input: MicroUsd;
    readonly text: MicroUsd;
    readonly video: MicroUsd;
  } | null;
}

/** Tokens the service reports it used; `text` holds text and thoughts. */
export interface Usage {
  readonly inputTokens: number;
  readonly textTokens: number;
  readonly videoTokens: number;
}

export function estimate(prices: Prices, seconds: number, resolution: string): MicroUsd {
  const perSecond = prices.perSecondMicroUsd[resolution];
  if (perSecond === undefined) throw new Error(`no price for resolution ${resolution}`);
  return Math.ceil(perSecond * seconds);
}

/** What reported use costs, or null where the model is not priced by tokens. */
export function priceOf(usage: Usage, prices: Prices): MicroUsd | null {
  const rate = prices.perMillionTokens;
  if (rate === null) return null;
  const total =
    usage.inputTokens * rate.input + usage.textTokens * rate.text + usage.videoTokens * rate.video;
  return Math.ceil(total / 1_000_000);
}
