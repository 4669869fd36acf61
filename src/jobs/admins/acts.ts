/** What an admin did, as it is observed: worth a line where admins are told. */
import type { Note } from '../change.ts';
import type { Job } from '../job.ts';
import type { JobEvent } from '../ports/observe.ts';
import type { SettingChange } from './settings.ts';

export type Act =
  /** `before`: what was set till now, or null. */
  | ({ readonly kind: 'setting'; readonly before: unknown } & SettingChange)
  | {
      readonly kind: 'job';
      readonly job: Job;
      readonly did:
        | 'cancelled'
        /** Paid for and under way: what becomes of it the service decides. */
        | 'asked to stop'
        | 'asked to deliver again'
        | 'settled as charged'
        | 'settled as not charged';
      /** User id of the admin. */
      readonly by: string;
    };

/** Null: nothing that an admin did to a single video. */
export function actIn(event: JobEvent): Act | null {
  if (event.kind !== 'change') return null;
  const did = didIn(event.note);
  const by = event.note.detail?.by;
  return did === null || typeof by !== 'string' ? null : { kind: 'job', job: event.job, did, by };
}

function didIn({ event, detail }: Note): Extract<Act, { kind: 'job' }>['did'] | null {
  switch (event) {
    case 'cancelled':
      return detail?.why === 'by admin' ? 'cancelled' : null;
    case 'cancel asked':
      return detail?.why === 'by admin' ? 'asked to stop' : null;
    case 'delivered again by an admin':
      return 'asked to deliver again';
    case 'settled by an admin':
      return detail?.outcome === 'charged' ? 'settled as charged' : 'settled as not charged';
    default:
      return null;
  }
}
