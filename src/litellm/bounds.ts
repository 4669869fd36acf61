/** How much a download may bring and how long it may take: an endless body would fill the disk. */
import type { Incoming } from '../jobs/ports/files.ts';
import { NotReached, TooLarge } from '../jobs/ports/service.ts';

export interface DownloadBounds {
  /** No video is larger. */
  readonly maxBytes: number;
  /** For everything but the bytes: connecting, and the service's own work on the file. */
  readonly baseMs: number;
  /** What is slower over its whole length holds a place that others wait for. */
  readonly minBytesPerSecond: number;
}

/** A minute of video in 4k has about 250 MB. */
export const usualBounds: DownloadBounds = {
  maxBytes: 1024 ** 3,
  baseMs: 60_000,
  minBytesPerSecond: 32 * 1024,
};

/** An incoming file that takes no more than so many bytes. Above that it is emptied: TooLarge. */
export function capped(into: Incoming, maxBytes: number): Incoming {
  return {
    get sizeBytes() {
      return into.sizeBytes;
    },
    async write(chunk) {
      if (into.sizeBytes + chunk.length > maxBytes) {
        await into.restart();
        throw new TooLarge(maxBytes);
      }
      await into.write(chunk);
    },
    restart: () => into.restart(),
    close: () => into.close(),
  };
}

/**
 * Told of each piece, throws NotReached once all that came took longer than it may. Pieces that stop
 * coming are the business of the timeout between them.
 */
export function paced(bounds: DownloadBounds): (pieceBytes: number) => void {
  const startedAt = performance.now();
  let cameBytes = 0;
  return (pieceBytes) => {
    cameBytes += pieceBytes;
    const mayTakeMs = bounds.baseMs + (cameBytes / bounds.minBytesPerSecond) * 1_000;
    if (performance.now() - startedAt > mayTakeMs) throw new NotReached('too slow', true);
  };
}
