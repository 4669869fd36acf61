/**
 * The boxes an MP4 consists of. Source: ISO/IEC 14496-12, 4.2: four bytes of size and four of type,
 * big-endian; size 1 is followed by eight bytes of size, size 0 reaches to the end of the file.
 */

/** Reads that many bytes at a place of the file; all of them or it throws. */
export type ReadAt = (atByte: number, lengthBytes: number) => Promise<Buffer>;

export interface Box {
  readonly type: string;
  readonly atByte: number;
  readonly headerBytes: number;
  /** With its header. */
  readonly sizeBytes: number;
}

export interface Fault {
  readonly ok: false;
  /** `cut`: another download may be whole. `unreadable`: no video in it. */
  readonly why: 'cut' | 'unreadable';
  /** For the log; nothing of the file's own text. */
  readonly detail: string;
}

/** A minute of video in fragments of one frame has about 3,000. */
const maxBoxes = 20_000;
const shortHeaderBytes = 8;
const longHeaderBytes = 16;

export function fault(why: Fault['why'], detail: string): Fault {
  return { ok: false, why, detail };
}

/** Size and type of the box at an offset; null where the header is cut or smaller than itself. */
export function boxAt(bytes: Buffer, at: number, endByte: number): Box | null {
  if (endByte - at < shortHeaderBytes) return null;
  const type = bytes.toString('latin1', at + 4, at + 8);
  const size = bytes.readUInt32BE(at);
  if (size !== 1) {
    if (size !== 0 && size < shortHeaderBytes) return null;
    return { type, atByte: at, headerBytes: shortHeaderBytes, sizeBytes: size || endByte - at };
  }
  if (endByte - at < longHeaderBytes) return null;
  // Beyond 2^53 it loses its last digits, and is longer than any file all the same.
  const sizeBytes = Number(bytes.readBigUInt64BE(at + 8));
  if (sizeBytes < longHeaderBytes) return null;
  return { type, atByte: at, headerBytes: longHeaderBytes, sizeBytes };
}

/**
 * Walks over the headers of the outermost boxes. They must end exactly where the file ends: readers
 * of MP4 take a file whose end is missing without a word, so nothing else finds that.
 */
export async function outerBoxes(
  readAt: ReadAt,
  fileBytes: number,
): Promise<{ readonly ok: true; readonly boxes: readonly Box[] } | Fault> {
  const boxes: Box[] = [];
  let at = 0;
  while (at < fileBytes) {
    if (boxes.length === maxBoxes) return fault('unreadable', `more than ${maxBoxes} boxes`);
    const header = await readAt(at, Math.min(longHeaderBytes, fileBytes - at));
    if (at === 0 && !beginsAsMp4(header)) return fault('unreadable', 'does not begin as an MP4');
    const box = boxAt(header, 0, fileBytes - at);
    if (!box) return fault('cut', `no box at byte ${at} of ${fileBytes}`);
    const missing = at + box.sizeBytes - fileBytes;
    if (missing > 0) return fault('cut', `${missing} bytes are missing at the end`);
    boxes.push({ ...box, atByte: at });
    at += box.sizeBytes;
  }
  const has = (type: string) => boxes.some((box) => box.type === type);
  // Cut exactly between two boxes.
  if (!has('moov')) return fault('cut', 'its index (moov) is missing');
  if (!has('mdat') && !has('moof')) return fault('cut', 'its pictures (mdat) are missing');
  return { ok: true, boxes };
}

/** Or may, as far as a file of less than eight bytes goes. */
function beginsAsMp4(header: Buffer): boolean {
  return 'ftyp'.startsWith(header.toString('latin1', 4, 8));
}
