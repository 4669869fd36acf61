/**
 * Width and height of a HEIC picture as it is meant to be seen, read from its boxes without decoding.
 * Source: ISO 23008-12: `ispe` (version and flags, width, height) of each image item, the whole
 * picture's being the largest, and `irot` (quarter turns).
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** @param head the beginning of the file; its `meta` box stands there. Null where no size is found. */
export function heicSize(head: Buffer): Size | null {
  let largest: Size | null = null;
  for (const at of boxes(head, 'ispe', 20)) {
    const size = { width: head.readUInt32BE(at + 12), height: head.readUInt32BE(at + 16) };
    if (size.width === 0 || size.height === 0) continue;
    if (largest === null || area(size) > area(largest)) largest = size;
  }
  if (largest === null) return null;
  const turned = boxes(head, 'irot', 9).some((at) => (head.readUInt8(at + 8) & 1) === 1);
  return turned ? { width: largest.height, height: largest.width } : largest;
}

export function area({ width, height }: Size): number {
  return width * height;
}

/** Where boxes of this name and exact size begin. */
function boxes(head: Buffer, name: string, sizeBytes: number): number[] {
  const found: number[] = [];
  for (let at = head.indexOf(name, 4); at >= 4; at = head.indexOf(name, at + 4)) {
    const isBox = head.readUInt32BE(at - 4) === sizeBytes && at - 4 + sizeBytes <= head.length;
    if (isBox) found.push(at - 4);
  }
  return found;
}
