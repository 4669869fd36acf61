/** Videos that an admin took out of a message: kept as facts, and from then on for their members alone. */
import type { JobId } from '../job.ts';
import type { JobStore } from '../ports/store.ts';

/** @param guildId there; null: everywhere */
export function noteTakenDown(
  store: Pick<JobStore, 'remember'>,
  id: JobId,
  guildId: string | null,
  now: number,
): Promise<void> {
  return store.remember(key(id, guildId), String(now));
}

export async function isTakenDown(
  store: Pick<JobStore, 'recall'>,
  id: JobId,
  guildId: string | null,
): Promise<boolean> {
  const keys = new Set([key(id, null), key(id, guildId)]);
  for (const one of keys) if ((await store.recall(one)) !== null) return true;
  return false;
}

function key(id: JobId, guildId: string | null): string {
  return guildId === null ? `taken down ${id}` : `taken down ${id} in ${guildId}`;
}
