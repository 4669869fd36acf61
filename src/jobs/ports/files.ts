/** Kept videos and pictures. */
import type { JobId, Video } from '../job.ts';
import type { PictureFile } from '../pictures.ts';
import type { PictureTrouble } from '../reasons.ts';
import type { ShrinkPlan } from '../shrinking.ts';

/** A video that is coming in: a temporary file that survives a restart. */
export interface Incoming {
  readonly sizeBytes: number;
  write(chunk: Uint8Array): Promise<void>;
  /** Throws away what is there. */
  restart(): Promise<void>;
  /** Closes the file, keeping what was written. Safe to call twice. */
  close(): Promise<void>;
}

export type Checked =
  | { readonly ok: true; readonly video: Video }
  /** `cut`: shorter than its boxes say; worth another download. `unreadable`: no video in it. */
  | { readonly ok: false; readonly why: 'cut' | 'unreadable' };

export interface VideoFiles {
  /** Bytes free for new work. */
  freeBytes(): Promise<number>;
  /** Opens (or goes on with) the incoming file of a job. */
  receive(id: JobId): Promise<Incoming>;
  /**
   * Checks the incoming file whole and renames it. One that is cut is removed; the last one that is
   * no video is kept aside, for an admin to look at.
   */
  keep(id: JobId): Promise<Checked>;
  /** The job's video if it was kept before: a crash may come between the rename and the row's write. */
  kept(id: JobId): Promise<Video | null>;
  /** Absolute path of a kept video, for uploads. */
  path(video: Video): string;
  has(video: Video): Promise<boolean>;
  /** All of a job's: kept, coming in and kept aside. */
  remove(id: JobId): Promise<void>;
  /** Whose files lie here and were last written before `before`, a wall time in ms. */
  untouchedSince(before: number): AsyncIterable<JobId>;
}

/** Addresses by which a kept video can be had from outside. */
export interface VideoLinks {
  /** Both times as `now`. Whoever has the address can read the video: never in a log. */
  readonly of: (id: JobId, givenAt: number, untilAt: number) => string;
}

/** What became of making a kept video smaller. */
export type Shrunk =
  /** A whole copy of it in the data directory, which fits. */
  | { readonly kind: 'smaller'; readonly video: Video }
  /** It cannot be made, or not small enough; another try would end the same. */
  | { readonly kind: 'failed'; readonly how: string }
  /** By the signal. */
  | { readonly kind: 'stopped' };

/** Makes copies of kept videos that fit where the video does not. */
export interface Shrinker {
  /** Whether this machine has what it takes. */
  isThere(): Promise<boolean>;
  /** One at a time; asked again after a crash it finds its copy or makes it anew. Throws StorageFull. */
  shrink(video: Video, plan: ShrinkPlan, signal: AbortSignal): Promise<Shrunk>;
}

/** What became of fetching a picture. */
export type FetchedPicture =
  | { readonly kind: 'fetched' }
  /** The link has run out, or leads elsewhere than to Discord's own files. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'later'; readonly how: string; readonly retryAfterMs: number | null };

export interface PictureLinks {
  /**
   * Reads what a link of Discord's leads to into a file, from its start. Never throws but for what
   * the file throws.
   */
  fetch(
    url: string,
    into: Incoming,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<FetchedPicture>;
}

export type CheckedPicture =
  | { readonly ok: true; readonly file: PictureFile }
  | { readonly ok: false; readonly why: PictureTrouble };

/** Pictures in the data directory. A job has several, numbered from 0. Throws StorageFull. */
export interface PictureFiles {
  /** An empty file for what comes in. */
  receive(id: JobId, index: number): Promise<Incoming>;
  /**
   * Looks at what came in by its content, turns it upright, makes it small enough and keeps it.
   * What came in is removed.
   */
  keep(
    id: JobId,
    index: number,
    takes: { readonly heic: boolean },
    signal: AbortSignal,
  ): Promise<CheckedPicture>;
  /** Another job's picture, kept for this one too; null when its file is not there any more. */
  keepAgain(id: JobId, index: number, other: PictureFile): Promise<PictureFile | null>;
  has(picture: PictureFile): Promise<boolean>;
  /** @returns null when its file is not there any more, or is not what it was */
  read(picture: PictureFile): Promise<Uint8Array | null>;
  /** All of a job's, also what came in and was not kept. */
  removePictures(id: JobId): Promise<void>;
  /** Whose pictures lie here and were last written before `before`, a wall time in ms. */
  untouchedSince(before: number): AsyncIterable<JobId>;
}
