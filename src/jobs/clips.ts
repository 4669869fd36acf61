/** Whether a clip may be used still. Everything that is made of one asks this of the clip's own job. */
import type { BasisRefusal, Clip } from './basis.ts';
import type { JobStore } from './ports/store.ts';
import { findReadable } from './readable.ts';
import type { Wish } from './request.ts';

type Known = Pick<JobStore, 'find'>;

/** Whoever had their words forgotten wants nothing made of their videos either. */
export async function mayUseClip(store: Known, { jobId }: Pick<Clip, 'jobId'>): Promise<boolean> {
  const job = await findReadable(store, jobId);
  return job !== null && job.request.prompt !== '';
}

/** Null: it may, or the wish is for a video of its own. */
export async function refuseClip(store: Known, { basis }: Wish): Promise<BasisRefusal | null> {
  if (basis === undefined || (await mayUseClip(store, basis))) return null;
  return { why: 'clip forgotten', kind: basis.kind };
}
