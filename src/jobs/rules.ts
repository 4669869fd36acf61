import { MAX_PICTURE_BYTES } from './request.ts';

/** The times and numbers that steer jobs; set by configuration, the same for every job. */
export interface Rules {
  /** An unpaid job that could not be started for so long is cancelled. */
  readonly queueForMs: number;
  /** A running operation is waited for so long; then the job ends as overdue, with a late look left. */
  readonly generateForMs: number;
  /** The late look of an overdue operation, after its submit: before its file would expire. */
  readonly lateLookAfterMs: number;
  /** A finished video is fetched for so long after its submit; the service drops it at 48 h. */
  readonly fileLivesMs: number;
  /** Definite answers "no such operation" in a row that are believed. */
  readonly goneBelievedAfter: number;
  /** And only when they were said over so long. */
  readonly goneBelievedForMs: number;
  /** Whole files in a row that are no video; then the last one is kept aside for an admin. */
  readonly unreadableBelievedAfter: number;
  /** Tries of one rung of the ladder before the next. */
  readonly triesPerRung: number;
  /** Operations that run at the same time. */
  readonly maxRunning: number;
  /** Looks per second, for the whole bot. */
  readonly looksPerSecond: number;
  readonly looks: 'keen' | 'calm';
  readonly downloadsAtOnce: number;
  readonly deliveriesAtOnce: number;
  /** Free room that must be there before anything new is paid for. */
  readonly minFreeBytes: number;
  /** The largest picture that is fetched. */
  readonly maxPictureBytes: number;
  /** Pictures that are fetched at the same time. */
  readonly picturesAtOnce: number;
  /** The service keeps its clips for so long: after it nothing can be made of them. */
  readonly clipsKeptForMs: number;
  /** A delivered video is kept for so long after it. */
  readonly keepVideosMs: number;
  /** An undelivered one waits for its member so long. */
  readonly keepUndeliveredMs: number;
  /** A link to a kept video works for so long; null: nobody can reach us by one. */
  readonly linksLiveMs: number | null;
  /** What a member wrote, and the service about it, from the asking on. */
  readonly keepPromptsMs: number;
  /** How long nothing is submitted after the service said that our key or budget is at fault. */
  readonly holdForMs: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const defaultRules: Rules = {
  queueForMs: 6 * hour,
  generateForMs: 2 * hour,
  lateLookAfterMs: 46 * hour,
  fileLivesMs: 47 * hour,
  goneBelievedAfter: 3,
  goneBelievedForMs: 10 * minute,
  unreadableBelievedAfter: 3,
  triesPerRung: 20,
  maxRunning: 8,
  looksPerSecond: 20,
  looks: 'keen',
  downloadsAtOnce: 3,
  deliveriesAtOnce: 20,
  minFreeBytes: 512 * 1024 * 1024,
  maxPictureBytes: MAX_PICTURE_BYTES,
  picturesAtOnce: 4,
  clipsKeptForMs: 55 * 24 * hour,
  keepVideosMs: 30 * day,
  keepUndeliveredMs: 30 * day,
  linksLiveMs: null,
  keepPromptsMs: 90 * day,
  holdForMs: 5 * minute,
};
