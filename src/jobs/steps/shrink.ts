/** Makes a smaller copy of a video that its place does not accept. Free; the original stays. */
import type { JobIn, Video } from '../job.ts';
import type { Shrinker } from '../ports/files.ts';
import { StorageFull } from '../ports/storageFull.ts';
import { planShrink } from '../shrinking.ts';

export type ShrinkOutcome =
  | { readonly kind: 'smaller'; readonly video: Video }
  | { readonly kind: 'not smaller'; readonly how: string }
  | { readonly kind: 'later'; readonly how: string }
  | { readonly kind: 'stopped' };

/** A copy in whose making the process died so often, or that no disk took, is given up. */
const MOST_TRIES = 5;

export async function shrink(
  job: JobIn<'shrinking'>,
  shrinker: Shrinker,
  signal: AbortSignal,
): Promise<ShrinkOutcome> {
  const { video, maxBytes, asked } = job;
  if (job.attempts >= MOST_TRIES) return { kind: 'not smaller', how: 'tried too often' };
  const plan = planShrink(video, maxBytes, asked);
  if (plan === null) return { kind: 'not smaller', how: 'it would not look good' };
  try {
    const shrunk = await shrinker.shrink(video, plan, signal);
    return shrunk.kind === 'failed' ? { kind: 'not smaller', how: shrunk.how } : shrunk;
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    return { kind: 'later', how: error.message };
  }
}
