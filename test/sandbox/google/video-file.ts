import { readFile } from 'node:fs/promises';
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

export type Resolution = '360p' | '720p' | '1080p' | '4k';
export type AspectRatio = '16:9' | '9:16';

export type VideoShape = {
  seconds: number;
  /** 1280 unless told. Together with the height one of the eight sizes in `frameSize`. */
  width?: number;
  height?: number;
  /** Pads the file to exactly this many bytes with a `free` box at its end. */
  sizeBytes?: number;
};

const FRAMES_PER_SECOND = 24;
const BOX_HEADER_BYTES = 8;

const LONG_SIDE = { '360p': 640, '720p': 1280, '1080p': 1920, '4k': 3840 } as const;

export function frameSize(resolution: Resolution, aspect: AspectRatio) {
  const long = LONG_SIDE[resolution];
  const short = (long * 9) / 16;
  return aspect === '16:9' ? { width: long, height: short } : { width: short, height: long };
}

function fixtureOf(width: number, height: number): URL {
  for (const resolution of ['360p', '720p', '1080p', '4k'] as const) {
    for (const aspect of ['16:9', '9:16'] as const) {
      const size = frameSize(resolution, aspect);
      if (size.width === width && size.height === height) {
        return new URL(`fixtures/${resolution}-${aspect.replace(':', 'x')}.mp4`, import.meta.url);
      }
    }
  }
  throw new RangeError(`there is no sample clip of ${width}x${height}`);
}

/**
 * A whole MP4 with H.264 picture at 24 fps and AAC sound: `seconds` long to the frame, its
 * top-level boxes ending exactly at the file's end, `moov` first. Made by repeating the packets
 * of a two-second loop, so it costs milliseconds and needs no encoder.
 * Throws RangeError for a size without a sample clip, and for a `sizeBytes` too small to hold it.
 */
export async function videoFile(shape: VideoShape): Promise<Buffer> {
  const { seconds, width = 1280, height = 720, sizeBytes } = shape;
  if (!(seconds > 0)) throw new RangeError('a video needs a length above 0 s');
  const loop = await readFile(fixtureOf(width, height));
  const clip = await lengthened(loop, seconds);
  return sizeBytes === undefined ? clip : padded(clip, sizeBytes);
}

async function lengthened(loop: Buffer, seconds: number): Promise<Buffer> {
  using input = new Input({ formats: [MP4], source: new BufferSource(loop) });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  const pictureConfig = await picture?.getDecoderConfig();
  const soundConfig = await sound?.getDecoderConfig();
  if (!picture || !sound || !pictureConfig || !soundConfig) {
    throw new Error('a sample clip has lost its picture or its sound');
  }
  const frames = await packetsOf(new EncodedPacketSink(picture));
  // The encoder's first two packets fade in from nothing; repeated, they would be heard as clicks.
  const notes = (await packetsOf(new EncodedPacketSink(sound))).slice(2);

  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const pictureOut = new EncodedVideoPacketSource('avc');
  const soundOut = new EncodedAudioPacketSource('aac');
  output.addVideoTrack(pictureOut, { frameRate: FRAMES_PER_SECOND });
  output.addAudioTrack(soundOut);
  await output.start();

  const frameSeconds = 1 / FRAMES_PER_SECOND;
  const frameCount = Math.max(1, Math.round(seconds * FRAMES_PER_SECOND));
  const noteSeconds = 1024 / soundConfig.sampleRate;
  const noteCount = Math.floor((frameCount * frameSeconds) / noteSeconds);
  // In the order in which a player needs them, so that neither track waits for the other.
  let note = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const at = frame * frameSeconds;
    await pictureOut.add(
      repeated(frames, frame, at, frameSeconds),
      frame === 0 ? { decoderConfig: pictureConfig } : undefined,
    );
    while (note < noteCount && note * noteSeconds <= at + frameSeconds) {
      await soundOut.add(
        repeated(notes, note, note * noteSeconds, noteSeconds),
        note === 0 ? { decoderConfig: soundConfig } : undefined,
      );
      note++;
    }
  }
  await output.finalize();
  if (!target.buffer) throw new Error('the clip was not written');
  return Buffer.from(target.buffer);
}

async function packetsOf(sink: EncodedPacketSink): Promise<EncodedPacket[]> {
  const packets: EncodedPacket[] = [];
  for await (const packet of sink.packets()) packets.push(packet);
  return packets;
}

function repeated(packets: EncodedPacket[], index: number, timestamp: number, duration: number) {
  const packet = packets[index % packets.length];
  if (!packet) throw new Error('a sample clip has lost its packets');
  return packet.clone({ timestamp, duration });
}

function padded(clip: Buffer, sizeBytes: number): Buffer {
  const missing = sizeBytes - clip.length;
  if (missing === 0) return clip;
  if (missing < BOX_HEADER_BYTES) {
    throw new RangeError(`this clip needs ${clip.length + BOX_HEADER_BYTES} bytes or more`);
  }
  const free = Buffer.alloc(missing);
  free.writeUInt32BE(missing, 0);
  free.write('free', 4, 'latin1');
  return Buffer.concat([clip, free]);
}
