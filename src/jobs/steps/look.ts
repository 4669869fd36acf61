/** One look at a running operation, which is paid: no answer but a definite one ends it. */
import { behalfOf, type Job, type JobIn, type Operation } from '../job.ts';
import {
  type Look,
  NotReached,
  type RefusalCode,
  Refused,
  type VideoService,
} from '../ports/service.ts';
import type { Trouble } from '../reasons.ts';

export type LookOutcome =
  | Look
  /** The answer says nothing about the operation. */
  | {
      readonly kind: 'no answer';
      readonly trouble: Trouble;
      readonly retryAfterMs: number | null;
      readonly how: string;
    }
  /** Definitely not known to the service; believed only when it is said again and again. */
  | { readonly kind: 'gone' };

export async function look(
  job: Pick<Job, 'request' | 'requester' | 'reply'> & { readonly operation: Operation },
  service: VideoService,
  signal: AbortSignal,
): Promise<LookOutcome> {
  try {
    return await service.look(job.operation, job.request, signal, behalfOf(job));
  } catch (error) {
    return withoutAnswer(error);
  }
}

export type CancelOutcome =
  | { readonly kind: 'told' }
  | { readonly kind: 'not told'; readonly how: string };

/** Tells the service to stop. Whatever it says, a look decides what became of the operation. */
export async function cancel(
  job: JobIn<'cancelling'>,
  service: VideoService,
  signal: AbortSignal,
): Promise<CancelOutcome> {
  try {
    await service.cancel(job.operation, job.request, signal, behalfOf(job));
    return { kind: 'told' };
  } catch (error) {
    const found = withoutAnswer(error);
    // Such a refusal is an answer too: it may be finished already.
    const answered: readonly RefusalCode[] = ['bad request', 'unclear'];
    if (error instanceof Refused && answered.includes(error.code)) return { kind: 'told' };
    if (found.kind === 'gone') return { kind: 'told' };
    return { kind: 'not told', how: found.how };
  }
}

/** What an error of the service's edge means for paid work. Shared by look and download. */
export function withoutAnswer(
  error: unknown,
): Extract<LookOutcome, { kind: 'no answer' | 'gone' }> {
  if (error instanceof NotReached) {
    return { kind: 'no answer', trouble: 'service away', retryAfterMs: null, how: error.how };
  }
  if (!(error instanceof Refused)) throw error;
  const { retryAfterMs } = error;
  const how = `HTTP ${error.status} ${error.code}`;
  switch (error.code) {
    case 'gone':
      return { kind: 'gone' };
    case 'rate limit':
      return { kind: 'no answer', trouble: 'rate limit', retryAfterMs, how };
    case 'service budget':
      return { kind: 'no answer', trouble: 'service budget', retryAfterMs, how };
    case 'key':
    case 'setup':
      return { kind: 'no answer', trouble: 'set up wrongly', retryAfterMs, how };
    case 'bad request':
    case 'model gone':
    case 'not yet':
    case 'unclear':
      return { kind: 'no answer', trouble: 'service away', retryAfterMs, how };
    default:
      return error.code satisfies never;
  }
}
