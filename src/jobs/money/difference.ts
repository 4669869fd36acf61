/** Whether what was made is what was asked for, as the file itself tells. The service bills what it made. */
import type { Video } from '../job.ts';
import { estimate, type MicroUsd } from '../model.ts';
import type { VideoRequest } from '../request.ts';

/** Null: as asked for. */
export interface Difference {
  /** Whole seconds that it has. */
  readonly seconds: number | null;
  /** In pixels. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** A file may end some pictures early, or carry a little more sound. */
const SAME_LENGTH_WITHIN_MS = 750;
/** Encoders round sides to whole blocks. */
const SAME_SIDE_WITHIN = 0.1;

type Made = Pick<Video, 'durationMs' | 'width' | 'height'>;
type Asked = Pick<VideoRequest, 'seconds' | 'basis' | 'aspectRatio' | 'resolution' | 'prices'>;

export function differenceIn(asked: Asked, made: Made): Difference | null {
  const seconds = isLong(asked, made.durationMs) ? null : wholeSeconds(made);
  const { width, height } = made;
  const size = isShaped(asked, made) && isSharp(asked, made) ? null : { width, height };
  return seconds === null && size === null ? null : { seconds, size };
}

/**
 * What was charged at the estimate, by what was really made.
 *
 * @param charged at the estimate of what was asked for
 */
export function priceOfMade(asked: Asked, made: Made, charged: MicroUsd): MicroUsd {
  const { prices, seconds, resolution } = asked;
  if (prices.perSecondMicroUsd[resolution] === undefined) return charged;
  const really = isLong(asked, made.durationMs) ? seconds : wholeSeconds(made);
  const shown = resolutionOf(asked, made);
  const more = estimate(prices, really, shown) - estimate(prices, seconds, resolution);
  return Math.max(0, charged + more);
}

/** Whether an extended clip comes whole or as its new part alone, the service may choose. */
function isLong({ seconds, basis }: Asked, durationMs: number): boolean {
  const before = basis?.kind === 'extend' ? [basis.seconds + seconds] : [];
  return [seconds, ...before].some(
    (s) => Math.abs(durationMs - s * 1_000) <= SAME_LENGTH_WITHIN_MS,
  );
}

function isShaped({ aspectRatio }: Asked, { width, height }: Made): boolean {
  const [across, down] = aspectRatio.split(':').map(Number);
  if (!across || !down) return true;
  return Math.abs(Math.log(width / height) - Math.log(across / down)) <= SAME_SIDE_WITHIN;
}

function isSharp({ resolution }: Asked, made: Made): boolean {
  const asked = shortSideOf(resolution);
  return asked === null || isSide(asked, made);
}

/** The priced one that it has; the one asked for where it has none of them. */
function resolutionOf({ resolution, prices }: Asked, made: Made): string {
  if (isSharp({ resolution } as Asked, made)) return resolution;
  const has = Object.keys(prices.perSecondMicroUsd).find((name) => {
    const side = shortSideOf(name);
    return side !== null && isSide(side, made);
  });
  return has ?? resolution;
}

function isSide(side: number, { width, height }: Made): boolean {
  return Math.abs(Math.min(width, height) - side) <= side * SAME_SIDE_WITHIN;
}

/** `720p` is 720 pixels on its shorter side; null: a word that says no number. */
function shortSideOf(resolution: string): number | null {
  const lines = /^(\d{2,5})p$/.exec(resolution)?.[1];
  if (lines !== undefined) return Number(lines);
  const thousands = /^(\d{1,2})k$/i.exec(resolution)?.[1];
  return thousands === undefined ? null : Number(thousands) * 540;
}

function wholeSeconds({ durationMs }: Made): number {
  return Math.max(1, Math.round(durationMs / 1_000));
}
