/** The paid video service behind the proxy, and what it can say. */

import type { JobIn, Operation, VideoSource } from '../job.ts';
import type { Usage } from '../model.ts';
import type { VideoRequest } from '../request.ts';
import type { Incoming } from './files.ts';

/** Sorted once, at the edge. Every code but `unclear` is proof of what the service did. */
export type RefusalCode =
  | 'bad request' // the form of the request; `said` names the field
  | 'model gone'
  | 'key' // our key, or the Google key behind the proxy
  | 'setup' // the address leads elsewhere: unknown route, HTML
  | 'service budget'
  | 'rate limit'
  | 'gone' // the operation or file is definitely not known to the service
  | 'not yet' // a file that is still being processed
  | 'unclear'; // a 4xx that proves nothing about a paid operation

/** It answered, and the answer proves that no work began (submit) or what stands (look, download). */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly retryAfterMs: number | null;
  /** The service's own words; untrusted, shown to members only for `bad request`. */
  readonly said: string | null;

  constructor(
    code: RefusalCode,
    status: number,
    more: { retryAfterMs?: number | null; said?: string | null } = {},
  ) {
    super(`refused: ${code} (${status})`);
    this.name = 'Refused';
    this.code = code;
    this.status = status;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.said = more.said ?? null;
  }
}

/** No answer that proves anything. `left`: whether the request may have reached the service. */
export class NotReached extends Error {
  readonly left: boolean;
  /** A short word for the log: `ECONNREFUSED`, `HTTP 503`, `timeout`. */
  readonly how: string;

  constructor(how: string, left: boolean) {
    super(`not reached: ${how}`);
    this.name = 'NotReached';
    this.left = left;
    this.how = how;
  }
}

/** More came than any video has; what came was thrown away. */
export class TooLarge extends Error {
  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'TooLarge';
  }
}

/** What a look at a running operation found. */
export type Look =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'done';
      readonly source: VideoSource;
      readonly usage: Usage | null;
      /** The model that answered, where the service says so. */
      readonly answeredBy: string | null;
    }
  /** `charge` is what the service reports for a refusal: text and thought tokens, or nothing. */
  | { readonly kind: 'declined'; readonly said: string; readonly usage: Usage | null }
  /** `usage`: a failure that reports video tokens is paid for. */
  | {
      readonly kind: 'failed';
      readonly said: string | null;
      readonly code: string | null;
      readonly usage: Usage | null;
    }
  | { readonly kind: 'cancelled' }
  /** Finished and paid for, but no video can be found in it. Keep, alarm, never resubmit. */
  | { readonly kind: 'not understood'; readonly usage: Usage | null };

/** Whose call it is, for the service's own accounts. */
export interface OnBehalfOf {
  readonly userId: string;
  /** Null: asked for in no server. */
  readonly guildId: string | null;
}

/** Who asked for it is said with each call that has it to hand: `of`. */
export interface VideoService {
  /**
   * The paid call: sent at most once by this method. Throws Refused or NotReached. The signal breaks
   * it off only as long as nothing can have left: afterwards the proxy carries on all the same.
   */
  submit(job: JobIn<'submitting'>, signal: AbortSignal): Promise<Operation>;
  /**
   * Free. Looks at what a hint says is the operation of a job whose own answer was lost. Null when
   * what is there does not show itself to be this job's. Throws Refused or NotReached.
   */
  recognise(
    job: JobIn<'unconfirmed'>,
    told: string,
    signal: AbortSignal,
  ): Promise<Operation | null>;
  /** Free. Throws Refused or NotReached. */
  look(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<Look>;
  /**
   * Free. Writes the video to `into`, beginning at `into.sizeBytes` where the service allows it,
   * else from the start (after `into.restart()`). Throws Refused, NotReached or TooLarge.
   */
  download(
    operation: Operation,
    source: VideoSource,
    request: VideoRequest,
    into: Incoming,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void>;
  /** Asks the service to stop. What became of it is read by a look. Throws Refused or NotReached. */
  cancel(
    operation: Operation,
    request: VideoRequest,
    signal: AbortSignal,
    of?: OnBehalfOf,
  ): Promise<void>;
}
