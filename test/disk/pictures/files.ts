/** Real pictures of every kind, made by the library, and files that only claim to be one. */
import { randomBytes } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';

/** Left half red, right half blue, so that one sees how it was turned. */
export function halves(width: number, height: number): Sharp {
  const half = { width: Math.floor(width / 2), height, channels: 3 as const };
  return sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { ...half, background: '#ff0000' } }, left: 0, top: 0 },
  ]);
}

export const png = (width = 640, height = 360): Promise<Buffer> =>
  halves(width, height).png().toBuffer();

/** Taken with the phone held upright: stored lying, with the tag that says so. */
export const phonePhoto = (): Promise<Buffer> =>
  halves(1600, 900)
    .withExif({ IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();

export const webp = (): Promise<Buffer> => halves(300, 500).webp().toBuffer();
export const gif = (): Promise<Buffer> => halves(320, 200).gif().toBuffer();
export const avif = (): Promise<Buffer> => halves(320, 200).avif({ effort: 0 }).toBuffer();

/** Half of it can be seen through. */
export const seeThrough = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 40, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer();

/** A few kilobytes that unfold to 108 million pixels. */
export const bomb = (): Promise<Buffer> =>
  sharp({
    create: { width: 12_000, height: 9_000, channels: 3, background: '#123456' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer();

export const text = Buffer.from('<html><body>not a picture at all</body></html>');

/** A whole HEIC can't be made here: the boxes that tell its kind, size and turn, and noise. */
export function heic({ width = 4032, height = 3024, turned = true } = {}): Buffer {
  const box = (name: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8, 0);
    head.write(name, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const ispe = (w: number, h: number) => {
    const size = Buffer.alloc(12);
    size.writeUInt32BE(w, 4);
    size.writeUInt32BE(h, 8);
    return box('ispe', size);
  };
  const properties = [
    ispe(512, 512),
    ispe(width, height),
    ...(turned ? [box('irot', Buffer.from([3]))] : []),
  ];
  const meta = box('meta', Buffer.alloc(4), box('iprp', box('ipco', ...properties)));
  return Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    meta,
    box('mdat', randomBytes(2_000)),
  ]);
}
