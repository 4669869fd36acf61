import { type FileHandle, open } from 'node:fs/promises';
import {
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputTrack,
  Logging,
  LogLevel,
  MP4,
  QTFF,
} from 'mediabunny';
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
// It would print about tracks it cannot read, past our own log.
Logging.level = LogLevel.Silent;

const readCacheBytes = 1024 * 1024;

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
  return (
    (await indexFault(readAt, walked.boxes)) ?? (await contents(readAt, fileBytes, walked.boxes))
  );
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

async function contents(readAt: ReadAt, fileBytes: number, boxes: readonly Box[]): Promise<Mp4> {
  const fragmented = boxes.some((box) => box.type === 'moof');
  let readError: unknown = null;
  const noteError = (error: unknown) => {
    readError ??= error;
  };
  const source = new CustomSource({
    getSize: () => fileBytes,
    read: async (start, end) => {
      try {
        const bytes = await readAt(start, end - start);
        // The last four bytes may point to a second index (mfra), which no check has seen.
        if (fragmented) bytes.fill(0, Math.max(0, fileBytes - 4 - start));
        return bytes;
      } catch (error) {
        noteError(error);
        throw error;
      }
    },
    maxCacheSize: readCacheBytes,
    prefetchProfile: 'none',
    handleUnhandledError: noteError,
  });
  try {
    using input = new Input({ formats: [MP4, QTFF], source });
    return await describe(input);
  } catch {
    // A failing disk says nothing about the video.
    if (readError) throw readError;
    return fault('unreadable', 'its index makes no sense');
  }
}

async function describe(input: Input): Promise<Mp4> {
  const picture = await input.getPrimaryVideoTrack();
  if (!picture) return fault('unreadable', 'no picture in it');
  const sound = await input.getPrimaryAudioTrack();
  for (const track of sound ? [picture, sound] : [picture]) {
    const incomplete = await packetsFault(track);
    if (incomplete) return incomplete;
  }
  const durationMs = Math.round((await picture.computeDuration()) * 1000);
  const width = await picture.getDisplayWidth();
  const height = await picture.getDisplayHeight();
  if (!Number.isSafeInteger(durationMs) || durationMs <= 0) return fault('unreadable', 'no length');
  if (!(width > 0 && height > 0)) return fault('unreadable', 'no width or height');
  return { ok: true, durationMs, width, height, hasAudio: sound !== null };
}

/** Reads the first and the last one: where the last box names no size, only this finds a cut. */
async function packetsFault(track: InputTrack): Promise<Fault | null> {
  const packets = new EncodedPacketSink(track);
  if (!(await packets.getFirstPacket({ metadataOnly: true }))) {
    return fault('unreadable', 'no frame in it');
  }
  const first = await packets.getFirstPacket();
  const last = await packets.getPacket(Number.POSITIVE_INFINITY);
  return first && last ? null : fault('cut', 'frames are missing at the end');
}
