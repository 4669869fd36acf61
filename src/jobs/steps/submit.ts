/** The paid call. It happens at most once in a job's life; everything here serves that. */

import type { JobIn, Operation } from '../job.ts';
import { NotReached, Refused, type VideoService } from '../ports/service.ts';
import type { FailureReason, Trouble } from '../reasons.ts';

export type SubmitOutcome =
  | { readonly kind: 'accepted'; readonly operation: Operation }
  /** Refused for good, and proof that nothing was charged. */
  | {
      readonly kind: 'refused';
      readonly reason: FailureReason;
      /** For the member. */
      readonly said: string | null;
      /** Where the member need not know it: sums, key ids. */
      readonly saidToAdmins?: string | null;
    }
  /** Provably not sent, or refused before any work: it may be sent again later. */
  | { readonly kind: 'wait'; readonly trouble: Trouble; readonly retryAfterMs: number | null }
  /** Nobody can tell whether it was accepted. */
  | { readonly kind: 'unknown'; readonly how: string };

export async function submit(
  job: JobIn<'submitting'>,
  service: VideoService,
  signal: AbortSignal,
): Promise<SubmitOutcome> {
  try {
    return { kind: 'accepted', operation: await service.submit(job, signal) };
  } catch (error) {
    if (error instanceof NotReached) {
      return error.left
        ? { kind: 'unknown', how: error.how }
        : { kind: 'wait', trouble: 'service away', retryAfterMs: null };
    }
    if (error instanceof Refused) return refused(error, job.request.basis !== null);
    throw error;
  }
}

function forAdmins(reason: FailureReason, { said }: Refused): SubmitOutcome {
  return { kind: 'refused', reason, said: null, saidToAdmins: said };
}

function refused(error: Refused, isOfClip: boolean): SubmitOutcome {
  switch (error.code) {
    case 'rate limit':
      return { kind: 'wait', trouble: 'rate limit', retryAfterMs: error.retryAfterMs };
    case 'gone':
      if (isOfClip) return { kind: 'refused', reason: 'clip gone', said: null };
      return { kind: 'refused', reason: 'not accepted', said: error.said };
    case 'bad request':
    case 'not yet':
      return { kind: 'refused', reason: 'not accepted', said: error.said };
    case 'model gone':
      return { kind: 'refused', reason: 'model gone', said: null };
    case 'key':
    case 'setup':
      return forAdmins('set up wrongly', error);
    case 'service budget':
      return forAdmins('service budget', error);
    case 'unclear':
      return { kind: 'unknown', how: `HTTP ${error.status}` };
    default:
      return error.code satisfies never;
  }
}
