import { type FileHandle, open } from 'node:fs/promises';
import { onDisk } from './errors.ts';
import { type Box, type Fault, fault, outerBoxes, type ReadAt } from './mp4Boxes.ts';
import { unbelievable } from './mp4Tables.ts';

export type Mp4 =
  | {
      readonly ok: true;
      readonly durationMs: number;
      /** As shown: turned and stretched as the file says. */
      readonly width: number;
      readonly height: number;
      readonly hasAudio: boolean;
    }
  | Fault;

/** An hour of video has an index of about 4 MiB. */
const maxIndexBytes = 16 * 1024 * 1024;
/**
 * Whether the file is a whole MP4, and what is in it. Any content gets an answer; memory stays flat.
 * Damage inside a frame is not found: only decoding would. Throws StorageFull when the file
 * cannot be read.
 */
export async function checkMp4(path: string): Promise<Mp4> {
  return onDisk(async () => {
    const file = await open(path, 'r');
    try {
      return await check(file);
    } finally {
      await file.close();
    }
  });
}

async function check(file: FileHandle): Promise<Mp4> {
  const { size: fileBytes } = await file.stat();
  if (fileBytes === 0) return fault('cut', 'an empty file');
  const readAt: ReadAt = (atByte, lengthBytes) => readAll(file, atByte, lengthBytes);
  const walked = await outerBoxes(readAt, fileBytes);
  if (!walked.ok) return walked;
  const wrong = await indexFault(readAt, walked.boxes);
  if (wrong) return wrong;
  // Only when there is a video to check: a tenth of the start's time and memory.
  const { contents } = await import('./mp4Contents.ts');
  return contents(readAt, fileBytes, walked.boxes);
}

async function readAll(file: FileHandle, atByte: number, lengthBytes: number): Promise<Buffer> {
  const bytes = Buffer.alloc(lengthBytes);
  let got = 0;
  while (got < lengthBytes) {
    const { bytesRead } = await file.read(bytes, got, lengthBytes - got, atByte + got);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    got += bytesRead;
  }
  return bytes;
}

async function indexFault(readAt: ReadAt, boxes: readonly Box[]): Promise<Fault | null> {
  let indexBytes = 0;
  for (const box of boxes) {
    if (box.type !== 'moov' && box.type !== 'moof') continue;
    indexBytes += box.sizeBytes;
    if (indexBytes > maxIndexBytes) return fault('unreadable', 'its index is too large');
    const wrong = unbelievable(await readAt(box.atByte, box.sizeBytes));
    if (wrong) return fault('unreadable', wrong);
  }
  return null;
}
