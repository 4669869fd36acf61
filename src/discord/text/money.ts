/** Money as people read it. */
import type { MicroUsd } from '../../jobs/model.ts';

const MICRO_PER_CENT = 10_000;

/** `$0.56`; a sum too small for cents is `<$0.01`, so that nothing paid ever reads as free. */
export function money(microUsd: MicroUsd): string {
  if (microUsd > 0 && microUsd < MICRO_PER_CENT / 2) return '<$0.01';
  const cents = Math.round(Math.abs(microUsd) / MICRO_PER_CENT);
  const dollars = `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  return microUsd < 0 && cents > 0 ? `-${dollars}` : dollars;
}
