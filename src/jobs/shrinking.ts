/** How a video is made smaller so that a place accepts it, and whether that is worth looking at. Pure. */
import type { Video } from './job.ts';

export interface ShrinkPlan {
  /** The copy is never larger. */
  readonly maxBytes: number;
  readonly videoBitsPerSecond: number;
  /** 0: it has no sound. */
  readonly audioBitsPerSecond: number;
  /** Of the shorter side, in pixels; null: as it is. */
  readonly shorterSide: number | null;
}

/** Of the limit; the rest is for what holds picture and sound together, and for a codec that overshoots. */
const USED = 0.92;
const AUDIO_BPS = 128_000;
const QUIET_AUDIO_BPS = 64_000;
/** Below it fewer pixels look better than worse ones. */
const ENOUGH_FOR_1080_BPS = 3_000_000;
const ENOUGH_FOR_720_BPS = 800_000;
/** Below it 720 lines look bad; then nobody is given such a copy without asking for it. */
const LOOKS_GOOD_BPS = 1_000_000;
/** Below it there is nothing left to see. */
const LOOKS_LIKE_ANYTHING_BPS = 150_000;

/** @param asked somebody wants a smaller one however it looks. @returns null: not worth it */
export function planShrink(
  video: Pick<Video, 'durationMs' | 'width' | 'height' | 'hasAudio'>,
  maxBytes: number,
  asked: boolean,
): ShrinkPlan | null {
  const allBps = (USED * maxBytes * 8 * 1_000) / Math.max(video.durationMs, 500);
  const isTight = allBps - AUDIO_BPS < LOOKS_GOOD_BPS;
  const audioBps = video.hasAudio ? (isTight ? QUIET_AUDIO_BPS : AUDIO_BPS) : 0;
  const videoBps = Math.floor(allBps - audioBps);
  if (videoBps < (asked ? LOOKS_LIKE_ANYTHING_BPS : LOOKS_GOOD_BPS)) return null;
  const side = sideFor(videoBps);
  const isLarger = side !== null && Math.min(video.width, video.height) > side;
  return {
    maxBytes,
    videoBitsPerSecond: videoBps,
    audioBitsPerSecond: audioBps,
    shorterSide: isLarger ? side : null,
  };
}

function sideFor(videoBps: number): number | null {
  if (videoBps >= ENOUGH_FOR_1080_BPS) return null;
  return videoBps >= ENOUGH_FOR_720_BPS ? 720 : 480;
}

/** After one that came out too large; a little lower than what would just fit. */
export function lowered(plan: ShrinkPlan, cameOutBytes: number): ShrinkPlan {
  const factor = (plan.maxBytes / cameOutBytes) * 0.92;
  return { ...plan, videoBitsPerSecond: Math.floor(plan.videoBitsPerSecond * factor) };
}
