/** What happened, told once, for logs, metrics and alarms. */
import type { Note } from '../change.ts';
import type { Job, State } from '../job.ts';

/** Says once that something happened; logs and metrics listen. Never a prompt, token or key. */
export type Observe = (event: JobEvent) => void;

export type JobEvent =
  | { readonly kind: 'change'; readonly job: Job; readonly from: State | null; readonly note: Note }
  | {
      readonly kind: 'step';
      readonly job: Job;
      readonly step: string;
      readonly tookMs: number;
      readonly found: string;
    }
  /** An admin should know: once, not in a storm. */
  | {
      readonly kind: 'alarm';
      readonly job: Job | null;
      readonly what: string;
      readonly detail?: Note['detail'];
    }
  | { readonly kind: 'stale'; readonly job: Job; readonly step: string };
