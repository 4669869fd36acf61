/** What a job cost, in the only three ways that it is ever said. */
import type { Charge } from '../../jobs/job.ts';
import { money } from './money.ts';

/** `not charged`, `$0.56 charged` or `$0.56 may have been charged`. */
export function chargeWords(charge: Charge): string {
  switch (charge.kind) {
    case 'not charged':
      return 'not charged';
    case 'charged':
      return `${money(charge.microUsd)} charged`;
    case 'may have been charged':
      return `${money(charge.microUsd)} may have been charged`;
    default:
      return charge satisfies never;
  }
}
