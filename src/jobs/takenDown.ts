/** Videos that an admin took out of a message: kept as facts, and from then on for their members alone. */
import type { JobId } from './job.ts';
import type { JobStore } from './ports/store.ts';
import { findReadable } from './readable.ts';
import type { VideoRequest, Wish } from './request.ts';

type Known = Pick<JobStore, 'recall' | 'find'>;

/** @param guildId there; null: everywhere */
export function noteTakenDown(
  store: Pick<JobStore, 'remember'>,
  id: JobId,
  guildId: string | null,
  now: number,
): Promise<void> {
  return store.remember(key(id, guildId), String(now));
}

/** Also where it is made of a clip that was: sharper or longer it shows the same. */
export async function isTakenDown(
  store: Known,
  { id, request }: { readonly id: JobId; readonly request: Pick<VideoRequest, 'basis'> },
  guildId: string | null,
): Promise<boolean> {
  const seen = new Set<JobId>();
  let { basis } = request;
  for (let next: JobId | undefined = id; next !== undefined && !seen.has(next); ) {
    if (await isNoted(store, next, guildId)) return true;
    seen.add(next);
    next = basis?.jobId;
    basis = next === undefined ? null : ((await findReadable(store, next))?.request.basis ?? null);
  }
  return false;
}

/** Whether what it follows from, by whichever button, was taken down there. */
export async function followsFromTakenDown(
  store: Known,
  { of, basis }: Wish,
  guildId: string | null,
): Promise<boolean> {
  for (const id of new Set([of, basis?.jobId])) {
    if (id === undefined) continue;
    const before = (await findReadable(store, id)) ?? { id, request: { basis: null } };
    if (await isTakenDown(store, before, guildId)) return true;
  }
  return false;
}

async function isNoted(
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
