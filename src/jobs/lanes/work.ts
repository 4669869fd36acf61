/** What the lanes share, and how each takes its due jobs. */

import type { House } from '../admins/house.ts';
import type { Pause } from '../admins/pause.ts';
import type { Change } from '../change.ts';
import type { Job, State } from '../job.ts';
import type { Expectations } from '../looks/expectations.ts';
import type { Looks } from '../looks/looks.ts';
import type { Models } from '../models.ts';
import type { Context } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { PictureFiles, PictureLinks, Shrinker, VideoFiles } from '../ports/files.ts';
import type { Observe } from '../ports/observe.ts';
import type { Replies } from '../ports/replies.ts';
import type { VideoService } from '../ports/service.ts';
import type { JobStore } from '../ports/store.ts';
import type { Rules } from '../rules.ts';
import type { Writer } from '../writer.ts';
import { backoff } from './delays.ts';

export interface RunnerParts {
  readonly store: JobStore;
  readonly service: VideoService;
  readonly files: VideoFiles;
  readonly shrinker: Shrinker;
  readonly pictures: PictureFiles;
  readonly links: PictureLinks;
  readonly replies: Replies;
  readonly models: Models;
  readonly rules: Rules;
  readonly pause: Pick<Pause, 'now'>;
  readonly house: Pick<House, 'pausedFor' | 'blocked'>;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly chance: () => number;
  /** By default as `rules.looks` says. Its tables take milliseconds to work out, so runners may share one. */
  readonly looks?: Looks;
  readonly observe: Observe;
  /** An unknown exception: the process has to end. */
  readonly fatal: (error: unknown) => void;
}

/** What the lanes share. */
export interface Work extends RunnerParts {
  readonly writer: Writer;
  /** Writes down what a step found. A full disk is waited for, unless the process stops. */
  readonly record: (job: Job, make: (job: Job) => Change | null) => Promise<Job | null>;
  readonly expectations: Expectations;
  readonly context: () => Context;
  /** Ends steps that lose nothing by it; the paid call is never among them. */
  readonly stopping: AbortSignal;
}

/** A disk that does not take what was found is tried so often, then the process ends. */
const WRITE_TRIES = 60;
const LONGEST_DISK_WAIT_MS = 10_000;

/** Waits before the next try of a write; false: no more of them. */
export async function waitForDisk(
  attempt: number,
  { clock, chance }: Pick<RunnerParts, 'clock' | 'chance'>,
  stopping: AbortSignal | null,
): Promise<boolean> {
  if (attempt >= WRITE_TRIES || stopping?.aborted) return false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const takeBack = clock.after(Math.min(backoff(attempt, chance), LONGEST_DISK_WAIT_MS), resolve);
  const stop = (): void => resolve();
  stopping?.addEventListener('abort', stop);
  await promise;
  stopping?.removeEventListener('abort', stop);
  takeBack();
  return !stopping?.aborted;
}

/** Due jobs in these states that no lane has in hand, and when the next will be. */
export async function takeDue(
  store: Pick<JobStore, 'due' | 'nextDueAt'>,
  now: number,
  from: readonly State[],
  limit: number,
  busy: ReadonlySet<string>,
): Promise<{ jobs: Job[]; nextAt: number | null }> {
  const due = await store.due(from, now, limit + busy.size);
  const jobs = due.filter((job) => !busy.has(job.id)).slice(0, limit);
  return { jobs, nextAt: await store.nextDueAt(from, now) };
}
