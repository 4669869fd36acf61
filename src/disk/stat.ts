/** What is known of a file without opening it. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { onDisk, systemCode } from './errors.ts';

/** Null when there is no such file. @throws StorageFull */
export function statOf(path: string): Promise<Stats | null> {
  return onDisk(async () => {
    try {
      return await stat(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    }
  });
}

/** In bytes; null when there is no such file. @throws StorageFull */
export async function sizeOf(path: string): Promise<number | null> {
  return (await statOf(path))?.size ?? null;
}
