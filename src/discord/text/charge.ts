/** What a job cost, in the only three ways that it is ever said. */
import type { Charge } from '../../jobs/job.ts';
import { money } from './money.ts';
import type { Words } from './words.ts';

/** Within a line: `not charged`, `$0.56 charged` or `$0.56 may have been charged`. */
export function chargeWords(charge: Charge, words: Words): string {
  switch (charge.kind) {
    case 'not charged':
      return words.charge.not;
    case 'charged':
      return words.charge.charged(money(charge.microUsd));
    case 'may have been charged':
      return words.charge.maybe(money(charge.microUsd));
    default:
      return charge satisfies never;
  }
}

/** A sentence: `Not charged.`, `Charged $0.56.` or `It may have been charged ($0.56).` */
export function chargeSentence(charge: Charge, words: Words): string {
  switch (charge.kind) {
    case 'not charged':
      return words.charge.saidNot;
    case 'charged':
      return words.charge.saidCharged(money(charge.microUsd));
    case 'may have been charged':
      return words.charge.saidMaybe(money(charge.microUsd));
    default:
      return charge satisfies never;
  }
}
