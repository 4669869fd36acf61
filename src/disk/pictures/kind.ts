/**
 * What a file is, by its content: names and announced types are other people's claims.
 * Source: the signatures of PNG, JPEG, GIF87a and GIF89a, RIFF/WebP, TIFF and ISO 14496-12 `ftyp`.
 */

/** `still heic`: a picture, but one that can't be opened here. */
export type PictureKind = 'convertible' | 'still heic' | 'no picture';

/** So many bytes tell a kind. */
export const HEAD_BYTES = 4096;

const png = Buffer.from('89504e470d0a1a0a', 'hex');
const jpeg = Buffer.from('ffd8ff', 'hex');
const tiffs = [Buffer.from('49492a00', 'hex'), Buffer.from('4d4d002a', 'hex')];

const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']);
const avifBrands = new Set(['avif', 'avis']);

export function kindOf(head: Buffer): PictureKind {
  if (startsWith(head, png) || startsWith(head, jpeg)) return 'convertible';
  if (tiffs.some((tiff) => startsWith(head, tiff))) return 'convertible';
  if (/^GIF8[79]a/.test(latin(head, 0, 6))) return 'convertible';
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP') return 'convertible';
  const brands = brandsIn(head);
  if (brands.some((brand) => avifBrands.has(brand))) return 'convertible';
  return brands.some((brand) => heicBrands.has(brand)) ? 'still heic' : 'no picture';
}

/** The major brand and the compatible ones of an ISO file; none where it is not one. */
function brandsIn(head: Buffer): string[] {
  if (head.length < 16 || latin(head, 4, 8) !== 'ftyp') return [];
  const end = Math.min(head.readUInt32BE(0), head.length, 256);
  const brands = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin(head, at, at + 4));
  return brands;
}

function startsWith(head: Buffer, with_: Buffer): boolean {
  return head.subarray(0, with_.length).equals(with_);
}

function latin(head: Buffer, from: number, to: number): string {
  return head.toString('latin1', from, to);
}
