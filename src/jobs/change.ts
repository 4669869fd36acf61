/** One step of a job, written as a whole: its next state, its money, what was learned, why. */
import type { NextState, Reply } from './job.ts';
import type { MicroUsd } from './model.ts';
import type { VideoRequest } from './request.ts';

/** What happens to the money of a job, in the same transaction as its change. */
export type MoneyMove =
  /** The service charged; `basis` tells whether by reported use or by our estimate. */
  | {
      readonly kind: 'settle';
      readonly microUsd: MicroUsd;
      readonly basis: 'reported' | 'estimate';
    }
  /** Not charged: the reservation is given back. */
  | { readonly kind: 'give back' }
  /** Unknown: booked as "maybe" for the admin; the member's allowance is kept or given back. */
  | { readonly kind: 'maybe'; readonly microUsd: MicroUsd; readonly countsForMember: boolean }
  /** Settled at the estimate, and now known better: the whole sum that holds instead. */
  | { readonly kind: 'correct'; readonly microUsd: MicroUsd };

/** How long a video took: it was not done at `notDoneMs` and done at `doneMs` after the submit. */
export interface DurationSample {
  readonly modelId: string;
  readonly resolution: string;
  readonly seconds: number;
  readonly notDoneMs: number;
  readonly doneMs: number;
  /** Ended by the safety filter: quick, and tells nothing about how long a video takes. */
  readonly declined: boolean;
}

/** The one guarded write made of an outcome. */
export interface Change {
  readonly at: number;
  readonly to: NextState;
  readonly attempts: number;
  readonly reply?: Reply;
  /** Only on the way from gathering to queued: the request with its pictures kept. */
  readonly request?: VideoRequest;
  readonly money?: MoneyMove;
  readonly learned?: DurationSample;
  /** One line of the job's history: what happened, without prompt or secret. */
  readonly note: Note;
  /** What an admin should know of it. */
  readonly alarm?: string;
}

export interface Note {
  readonly event: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}
