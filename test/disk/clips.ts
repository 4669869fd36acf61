import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { videoFile } from '../sandbox/google/video-file.ts';

export const layouts = ['index first', 'index last', 'fragmented'] as const;
export type Layout = (typeof layouts)[number];

export interface OuterBox {
  readonly type: string;
  readonly at: number;
  readonly end: number;
}

/** Two seconds of 640x360 with sound, its boxes in one of the orders that encoders write. */
export async function clip(layout: Layout): Promise<Buffer> {
  const plain = await videoFile({ seconds: 2, width: 640, height: 360 });
  return layout === 'index first' ? plain : rewritten(plain, layout);
}

/** Where the outermost boxes of a whole file with 32-bit sizes stand. */
export function outerBoxesOf(file: Buffer): OuterBox[] {
  const boxes: OuterBox[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + file.readUInt32BE(at);
    boxes.push({ type: file.toString('latin1', at + 4, at + 8), at, end });
    at = end;
  }
  return boxes;
}

export function box(type: string, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.length, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, content]);
}

async function rewritten(file: Buffer, layout: 'index last' | 'fragmented'): Promise<Buffer> {
  using input = new Input({ formats: [MP4], source: new BufferSource(file) });
  const picture = await input.getPrimaryVideoTrack();
  const sound = await input.getPrimaryAudioTrack();
  const pictureConfig = await picture?.getDecoderConfig();
  const soundConfig = await sound?.getDecoderConfig();
  if (!picture || !sound || !pictureConfig || !soundConfig) throw new Error('no whole sample clip');
  const fastStart = layout === 'fragmented' ? 'fragmented' : false;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart }), target });
  const pictureOut = new EncodedVideoPacketSource('avc');
  const soundOut = new EncodedAudioPacketSource('aac');
  output.addVideoTrack(pictureOut);
  output.addAudioTrack(soundOut);
  await output.start();
  const copy = async (
    from: typeof picture | typeof sound,
    add: (packet: Parameters<typeof pictureOut.add>[0]) => Promise<void>,
  ) => {
    for await (const packet of new EncodedPacketSink(from).packets()) await add(packet);
  };
  await Promise.all([
    copy(picture, (packet) => pictureOut.add(packet, { decoderConfig: pictureConfig })).then(() =>
      pictureOut.close(),
    ),
    copy(sound, (packet) => soundOut.add(packet, { decoderConfig: soundConfig })).then(() =>
      soundOut.close(),
    ),
  ]);
  await output.finalize();
  if (!target.buffer) throw new Error('the clip was not written');
  return Buffer.from(target.buffer);
}
