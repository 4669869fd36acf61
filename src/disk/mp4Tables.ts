/**
 * Counts in an MP4's index that a reader would believe. A few bytes can say "four thousand million
 * frames"; the reader then fills the memory until the process ends. Such a file is no video for us.
 */
import { boxAt } from './mp4Boxes.ts';

/** A minute at 60 frames a second has 3,600. */
const maxFrames = 200_000;
const maxDepth = 16;

/** Boxes of boxes that mediabunny 1.61 goes into. */
const containers = new Set([
  'moov',
  'trak',
  'mdia',
  'minf',
  'dinf',
  'edts',
  'stbl',
  'sinf',
  'schi',
  'wave',
  'mvex',
  'mfra',
  'moof',
  'traf',
]);

class Unbelievable extends Error {}

interface Counts {
  timed: number;
  shifted: number;
}

/**
 * Looks at one whole `moov` or `moof` box. Null when its counts can be believed, else what is wrong
 * with it. Never throws.
 */
export function unbelievable(box: Buffer): string | null {
  try {
    walk(box, 0, box.length, 0, { timed: 0, shifted: 0 });
    return null;
  } catch (error) {
    if (error instanceof Unbelievable) return error.message;
    if (error instanceof RangeError) return 'a table is longer than its box';
    throw error;
  }
}

function walk(bytes: Buffer, from: number, end: number, depth: number, counts: Counts): void {
  if (depth > maxDepth) throw new Unbelievable('boxes nested too deep');
  let at = from;
  for (let box = boxAt(bytes, at, end); box; box = boxAt(bytes, at, end)) {
    const boxEnd = at + box.sizeBytes;
    if (boxEnd > end) throw new Unbelievable('a box larger than the one around it');
    const content = at + box.headerBytes;
    if (containers.has(box.type)) {
      // Of one track, since readers combine what stands in it.
      const own = box.type === 'trak' ? { timed: 0, shifted: 0 } : counts;
      walk(bytes, content, boxEnd, depth + 1, own);
    } else {
      look(box.type, bytes.subarray(content, boxEnd), counts);
    }
    at = boxEnd;
  }
}

function look(type: string, table: Buffer, counts: Counts): void {
  switch (type) {
    case 'stts':
      counts.timed += sumOfRuns(table);
      break;
    case 'ctts':
      counts.shifted += sumOfRuns(table);
      break;
    case 'stsc':
      chunksAreBelievable(table);
      break;
    case 'stz2':
      // A field of no bits makes a table of any length out of nothing.
      if (![4, 8, 16].includes(table.readUInt8(7))) throw new Unbelievable('frames without a size');
      believe(table.readUInt32BE(8));
      break;
    case 'pssh':
    case 'saiz':
    case 'senc':
      throw new Unbelievable('encrypted');
    case 'trun':
      counts.timed += believe(table.readUInt32BE(4));
      counts.shifted += table.readUInt32BE(4);
      break;
  }
  // Sound can have as many samples as it likes, as long as nobody must write each of them down.
  if (counts.shifted > 0) believe(counts.timed);
  believe(counts.shifted);
}

/** Of a table of (count, value): how many frames it speaks of. */
function sumOfRuns(table: Buffer): number {
  const runs = table.readUInt32BE(4);
  let sum = 0;
  for (let run = 0; run < runs; run++) sum += table.readUInt32BE(8 + run * 8);
  return sum;
}

/** A table of (first chunk, frames in each, description): readers count through both. */
function chunksAreBelievable(table: Buffer): void {
  const runs = table.readUInt32BE(4);
  for (let run = 0; run < runs; run++) {
    believe(table.readUInt32BE(8 + run * 12));
    believe(table.readUInt32BE(12 + run * 12));
  }
}

function believe(frames: number): number {
  if (frames > maxFrames) throw new Unbelievable(`more than ${maxFrames} frames`);
  return frames;
}
