/** A job that others ask about: a row that cannot be read, which was told of by itself, must not stop them. */
import type { Job, JobId } from './job.ts';
import type { JobStore } from './ports/store.ts';

/** Null also where its row cannot be read. */
export async function findReadable(store: Pick<JobStore, 'find'>, id: JobId): Promise<Job | null> {
  return store.find(id).catch(() => null);
}
