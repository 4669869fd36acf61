import { StorageFull } from '../jobs/ports/storageFull.ts';

/** The data folder cannot be used. The message is one sentence for the operator and safe to print. */
export class FolderProblem extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'FolderProblem';
  }
}

/** The system's error code, or null for an error that did not come from a system call. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * Runs what touches the disk. Whatever the system refuses (full, over quota, read-only, failing)
 * becomes a StorageFull: nothing is wrong with the job, so paid work waits and is not failed.
 */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = systemCode(error);
    // Only the code: the system's own message holds a path, and this text may travel.
    throw code === null ? error : new StorageFull(code);
  }
}
