/** What is expected of each kind of video, worked out from the store's samples and kept until more is learned. */
import type { DurationSample } from '../change.ts';
import type { JobStore } from '../ports/store.ts';
import type { VideoRequest } from '../request.ts';
import { type Expectation, expectationOf, SAMPLES_KEPT } from './learning.ts';

/** A fit costs milliseconds; with twenty videos finished a second it is not done for each. */
const FRESH_MS = 2_000;

export class Expectations {
  readonly #store: Pick<JobStore, 'samples'>;
  readonly #samples = new Map<string, DurationSample[]>();
  readonly #known = new Map<string, { readonly expected: Expectation; readonly at: number }>();
  readonly #monotonic: () => number;

  constructor(store: Pick<JobStore, 'samples'>, monotonic: () => number) {
    this.#store = store;
    this.#monotonic = monotonic;
  }

  /** Reads what was learned of these models; without it their catalogue's guess holds. */
  async load(modelIds: Iterable<string>): Promise<void> {
    for (const modelId of new Set(modelIds)) {
      if (this.#samples.has(modelId)) continue;
      this.#samples.set(modelId, [...(await this.#store.samples(modelId, SAMPLES_KEPT))]);
    }
  }

  learn(sample: DurationSample): void {
    const samples = this.#samples.get(sample.modelId) ?? [];
    samples.push(sample);
    if (samples.length > 2 * SAMPLES_KEPT) samples.splice(0, samples.length - SAMPLES_KEPT);
    this.#samples.set(sample.modelId, samples);
  }

  of(request: VideoRequest): Expectation {
    const { modelId, resolution, seconds, usuallyMs } = request;
    const key = `${modelId} ${resolution} ${seconds} ${usuallyMs}`;
    const known = this.#known.get(key);
    const at = this.#monotonic();
    if (known !== undefined && at - known.at < FRESH_MS) return known.expected;
    const expected = expectationOf(
      { resolution, seconds },
      (this.#samples.get(modelId) ?? []).slice(-SAMPLES_KEPT),
      usuallyMs,
    );
    this.#known.set(key, { expected, at });
    return expected;
  }
}
