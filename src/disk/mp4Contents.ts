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
import type { Mp4 } from './mp4.ts';
import { type Box, type Fault, fault, type ReadAt } from './mp4Boxes.ts';

// It would print about tracks it cannot read, past our own log.
Logging.level = LogLevel.Silent;

const readCacheBytes = 1024 * 1024;

/** What is in a file whose index was found believable, or that it cannot be read. */
export async function contents(
  readAt: ReadAt,
  fileBytes: number,
  boxes: readonly Box[],
): Promise<Mp4> {
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
