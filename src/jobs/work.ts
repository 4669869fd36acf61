/** What the lanes share, and how each takes its due jobs. */
import type { Expectations } from './expectations.ts';
import type { Job, State } from './job.ts';
import type { Looks } from './looks.ts';
import type { Models } from './models.ts';
import type { Context } from './outcomes/parts.ts';
import type { Clock, JobStore, Observe, Replies, VideoFiles, VideoService } from './ports.ts';
import type { Rules } from './rules.ts';
import type { Writer } from './writer.ts';

export interface RunnerParts {
  readonly store: JobStore;
  readonly service: VideoService;
  readonly files: VideoFiles;
  readonly replies: Replies;
  readonly models: Models;
  readonly rules: Rules;
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
  readonly expectations: Expectations;
  readonly context: () => Context;
  /** Ends steps that lose nothing by it; the paid call is never among them. */
  readonly stopping: AbortSignal;
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
