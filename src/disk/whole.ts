import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { Video } from '../jobs/job.ts';
import { onDisk } from './errors.ts';
import { checkMp4 } from './mp4.ts';
import type { Fault } from './mp4Boxes.ts';

const hashPieceBytes = 1024 * 1024;

export type Whole = { readonly ok: true; readonly video: Video } | Fault;

/** Whether a file that is there is a whole video; then its bytes are on the disk. Throws StorageFull. */
export async function wholeVideo(path: string, name: string): Promise<Whole> {
  const found = await checkMp4(path);
  if (!found.ok) return found;
  const { durationMs, width, height, hasAudio } = found;
  const { sha256, sizeBytes } = await settleOnDisk(path);
  return { ok: true, video: { name, sizeBytes, sha256, durationMs, width, height, hasAudio } };
}

/** Makes its bytes outlive a power cut, and sums them up meanwhile. */
async function settleOnDisk(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  return onDisk(async () => {
    const file = await open(path, 'r+');
    try {
      const [sums] = await Promise.all([sumUp(file), file.sync()]);
      return sums;
    } finally {
      await file.close();
    }
  });
}

async function sumUp(file: FileHandle): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(hashPieceBytes);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, piece.length, sizeBytes);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), sizeBytes };
    hash.update(piece.subarray(0, bytesRead));
    sizeBytes += bytesRead;
  }
}

/** A new name in a folder outlives a power cut only once the folder itself is on disk. */
export async function syncFolder(path: string): Promise<void> {
  await onDisk(async () => {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}
