/** The accounts: what each job cost, line by line, for sums and for export. */
import type { JobId, State } from '../job.ts';
import type { MicroUsd } from '../model.ts';
import type { JobStore } from '../ports/store.ts';

/** Which jobs: asked for from `sinceAt` to before `untilAt`, wall times in ms. */
export interface AccountsAsked {
  readonly sinceAt: number;
  readonly untilAt: number;
  /** Only of this server; null: of the whole bot. */
  readonly guildId: string | null;
}

export interface AccountLine {
  readonly id: JobId;
  readonly askedAt: number;
  readonly userId: string;
  /** Null: in a direct message. */
  readonly guildId: string | null;
  readonly channelId: string;
  readonly modelId: string;
  /** Null where the row's request cannot be read. */
  readonly seconds: number | null;
  readonly resolution: string | null;
  readonly state: State;
  /** Why it failed, was cancelled or could not be delivered. */
  readonly reason: string | null;
  /** What it was estimated at. */
  readonly priceMicroUsd: MicroUsd;
  readonly reservedMicroUsd: MicroUsd;
  readonly chargedMicroUsd: MicroUsd;
  readonly maybeMicroUsd: MicroUsd;
  /** Known not to have been charged. */
  readonly givenBack: boolean;
  /** What the charge was settled by; null where nothing was. */
  readonly basis: 'reported' | 'estimate' | null;
  /** Empty once it was forgotten. */
  readonly prompt: string;
}

/** One row of the ledger: what it adds to the job's sums, negative where it takes away. */
export interface LedgerLine {
  readonly at: number;
  readonly kind: 'reserved' | 'settled' | 'given back' | 'maybe';
  readonly reservedMicroUsd: MicroUsd;
  readonly chargedMicroUsd: MicroUsd;
  readonly maybeMicroUsd: MicroUsd;
  readonly basis: 'reported' | 'estimate' | null;
}

/** A few milliseconds of the database each. */
const PAGE = 500;

/**
 * All lines, the longest ago first, page by page: between two pages everything else gets its turn.
 * A job that changes meanwhile stands there as it was when its page was read, once.
 */
export async function* accountLines(
  store: Pick<JobStore, 'accounts'>,
  asked: AccountsAsked,
): AsyncGenerator<AccountLine> {
  for (let after: AccountLine | null = null; ; ) {
    const page: readonly AccountLine[] = await store.accounts(asked, after, PAGE);
    yield* page;
    after = page.at(-1) ?? null;
    if (after === null || page.length < PAGE) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
