/** A look at the books when the bot starts: what a job says of its money is what the ledger says. */

import type { Observe } from '../ports/observe.ts';
import type { JobStore } from '../ports/store.ts';
import { findReadable } from '../readable.ts';

const MOST_TOLD = 5;

/** Tells the admins of jobs where it is not. Nothing is changed: only a person can know which is right. */
export async function checkAgreement(
  store: Pick<JobStore, 'mismatched' | 'find'>,
  observe: Observe,
): Promise<void> {
  for (const id of await store.mismatched(MOST_TOLD)) {
    const job = await findReadable(store, id);
    const detail = { id };
    observe({ kind: 'alarm', job, what: 'its money is not what the ledger says', detail });
  }
}
