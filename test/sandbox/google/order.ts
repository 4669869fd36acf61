import type { Protocol } from './catalogue.ts';
import type { AspectRatio, Resolution } from './video-file.ts';
import type { Json } from './wire.ts';

/** What a submit asked for, once it has been found free of mistakes. */
export type Order = {
  protocol: Protocol;
  model: string;
  /** The last text of the input. */
  prompt: string;
  seconds: number;
  /** Of an extension: with everything before it. */
  totalSeconds?: number;
  resolution: Resolution;
  aspect: AspectRatio;
  /** Whether the result was asked for as a file to fetch. Always true for Veo. */
  asUri: boolean;
  inputTokens: { text: number; image: number; video: number };
  /** Of the interactions protocol: false leaves the POST open until the video is done. */
  background: boolean;
  webhook?: { uris: string[]; userMetadata?: Json };
  /** As sent. */
  body: Json;
};
