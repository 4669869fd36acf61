import { statfs } from 'node:fs/promises';
import { onDisk } from './errors.ts';

export interface Room {
  readonly freeBytes: number;
  readonly enough: boolean;
}

/** Bytes that this user may still write there (root's reserve left out). Throws StorageFull. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await onDisk(() => statfs(folder));
  return bavail * bsize;
}

/** Whether new paid work may start: it must be sure to find a place for its video. */
export async function room(folder: string, minimumBytes: number): Promise<Room> {
  const free = await freeBytes(folder);
  return { freeBytes: free, enough: free >= minimumBytes };
}
