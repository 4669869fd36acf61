/** Whether this process can do its work, for `/healthz`: what a restart may mend. */
import type { Clock } from '../jobs/ports/clock.ts';
import type { JobStore } from '../jobs/ports/store.ts';

export interface HealthParts {
  readonly store: Pick<JobStore, 'remember'>;
  readonly clock: Pick<Clock, 'monotonic' | 'wall'>;
  /** Whether the gateway is connected now. */
  readonly isConnected: () => boolean;
  /** When the runner last looked for work, in monotonic ms; null before its start. */
  readonly turnedAt: () => number | null;
}

/** It connects again by itself; only one that hangs is worth a restart. */
const CONNECTING_FOR_MS = 5 * 60_000;
/** Every lane of the runner looks for work each 30 s at the latest. */
const TURN_WITHIN_MS = 90_000;
/** However often it is asked, the disk is written to no more often. */
const WRITE_EVERY_MS = 3_000;

export class Health {
  readonly #parts: HealthParts;
  #awaySince: number | null;
  #written: { readonly at: number; readonly well: Promise<boolean> } | null = null;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#awaySince = parts.clock.monotonic();
  }

  /** To be called at each change of the connection. */
  noteGateway(): void {
    if (this.#parts.isConnected()) this.#awaySince = null;
    else this.#awaySince ??= this.#parts.clock.monotonic();
  }

  async checks(): Promise<Readonly<Record<string, boolean>>> {
    return {
      gateway: this.#isGatewayWell(),
      database: await this.#canWrite(),
      runner: this.#isRunnerWell(),
    };
  }

  #isGatewayWell(): boolean {
    this.noteGateway();
    const since = this.#awaySince;
    return since === null || this.#parts.clock.monotonic() - since < CONNECTING_FOR_MS;
  }

  #isRunnerWell(): boolean {
    const turnedAt = this.#parts.turnedAt();
    return turnedAt === null || this.#parts.clock.monotonic() - turnedAt < TURN_WITHIN_MS;
  }

  #canWrite(): Promise<boolean> {
    const { store, clock } = this.#parts;
    const now = clock.monotonic();
    if (this.#written === null || now - this.#written.at >= WRITE_EVERY_MS) {
      const at = new Date(clock.wall()).toISOString();
      const well = store.remember('health', at).then(
        () => true,
        () => false,
      );
      this.#written = { at: now, well };
    }
    return this.#written.well;
  }
}
