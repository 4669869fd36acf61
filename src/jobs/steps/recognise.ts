/** A look at what a hint says is the operation of a job whose own answer was lost. It is free. */
import type { JobIn, Operation } from '../job.ts';
import type { VideoService } from '../ports/service.ts';
import { type LookOutcome, withoutAnswer } from './look.ts';

export type RecogniseOutcome =
  | { readonly kind: 'ours'; readonly operation: Operation }
  /** Something else, or another job's. */
  | { readonly kind: 'not ours' }
  | Extract<LookOutcome, { kind: 'no answer' | 'gone' }>;

export async function recognise(
  job: JobIn<'unconfirmed'>,
  service: VideoService,
  signal: AbortSignal,
): Promise<RecogniseOutcome> {
  if (job.told === null) return { kind: 'not ours' };
  try {
    const operation = await service.recognise(job, job.told, signal);
    return operation === null ? { kind: 'not ours' } : { kind: 'ours', operation };
  } catch (error) {
    return withoutAnswer(error);
  }
}
