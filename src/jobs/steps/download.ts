/** Fetches a finished, paid video: again and again until it is whole, definitely gone, or expired. */
import { behalfOf, type JobIn, type Video } from '../job.ts';
import type { VideoFiles } from '../ports/files.ts';
import { TooLarge, type VideoService } from '../ports/service.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { Trouble } from '../reasons.ts';
import { withoutAnswer } from './look.ts';

export type DownloadOutcome =
  | { readonly kind: 'kept'; readonly video: Video }
  /** What came is not a whole video; the next attempt begins anew. */
  | { readonly kind: 'broken'; readonly why: 'cut' | 'unreadable' | 'too large' }
  | {
      readonly kind: 'no answer';
      readonly trouble: Trouble;
      readonly retryAfterMs: number | null;
      readonly how: string;
    }
  | { readonly kind: 'gone' };

export async function download(
  job: JobIn<'downloading'>,
  service: VideoService,
  files: VideoFiles,
  signal: AbortSignal,
): Promise<DownloadOutcome> {
  try {
    const already = await files.kept(job.id);
    if (already !== null) return { kind: 'kept', video: already };
    const into = await files.receive(job.id);
    try {
      await service.download(job.operation, job.source, job.request, into, signal, behalfOf(job));
    } finally {
      await into.close();
    }
    const checked = await files.keep(job.id);
    if (checked.ok) return { kind: 'kept', video: checked.video };
    return { kind: 'broken', why: checked.why };
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'broken', why: 'too large' };
    if (error instanceof StorageFull) {
      return { kind: 'no answer', trouble: 'storage', retryAfterMs: null, how: error.message };
    }
    return withoutAnswer(error);
  }
}
