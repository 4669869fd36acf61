/** The video service as it really is: what runs there, what it charged, what it still knows. */

import type { VideoSource } from '../../src/jobs/job.ts';
import { estimate, type MicroUsd, priceOf, type Usage } from '../../src/jobs/model.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { modelNamed } from './models.ts';
import type { Chance } from './random.ts';
import type { VirtualTime } from './time.ts';

/** How a running operation ends if nobody stops it. */
export type End = 'done' | 'declined' | 'failed' | 'not understood' | 'never';

export interface Work {
  readonly name: string;
  readonly jobId: string;
  readonly request: VideoRequest;
  readonly startedAt: number;
  readonly endsAt: number;
  readonly end: End;
  readonly source: VideoSource;
  readonly sizeBytes: number;
  /** Of what it really made, which it bills. */
  readonly seconds: number;
  readonly usage: Usage | null;
  readonly answeredBy: string | null;
  /** From then on the service does not know it any more. */
  readonly goneAt: number;
  /** What it charges when it makes the video, or for one that never ends. */
  readonly priceMicroUsd: MicroUsd;
  cancelledAt: number | null;
  chargedForCancelled: boolean;
}

const minute = 60_000;
const ends: readonly (readonly [End, number])[] = [
  ['done', 0.8],
  ['declined', 0.07],
  ['failed', 0.05],
  ['never', 0.05],
  ['not understood', 0.03],
];

export class Google {
  readonly works: Work[] = [];
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #filesLiveMs: number;
  /** Ids of models that were withdrawn, and since when. */
  readonly withdrawn = new Map<string, number>();

  /** Somebody listens to what begins here. */
  onBegin: (work: Work) => void = () => {};

  constructor(time: VirtualTime, chance: Chance, filesLiveMs: number) {
    this.#time = time;
    this.#chance = chance;
    this.#filesLiveMs = filesLiveMs;
  }

  isWithdrawn(modelId: string): boolean {
    return (this.withdrawn.get(modelId) ?? Number.POSITIVE_INFINITY) <= this.#time.now;
  }

  /** The paid work begins. */
  begin(jobId: string, request: VideoRequest): Work {
    const chance = this.#chance;
    const startedAt = this.#time.now;
    const end = this.#end();
    const tookMs = end === 'declined' ? 3_000 : chance.around(request.usuallyMs, 0.4);
    const slow = chance.is(0.05) ? chance.between(10, 60) * minute : 0;
    const successor = modelNamed(request.modelId).successor;
    const reports = request.prices.perMillionTokens !== null;
    // The port tells who answered only with a video.
    const answeredBy =
      end !== 'done' || !reports || chance.is(0.3)
        ? null
        : chance.is(0.05)
          ? successor
          : request.modelId;
    // A failure that reports video tokens is charged for; mostly it reports nothing.
    const silent = end === 'failed' ? 0.8 : 0.2;
    const sizeBytes = chance.whole(1, 14) * 1_000_000;
    const isAsAsked = end !== 'done' || (answeredBy !== null && answeredBy !== request.modelId);
    const seconds = isAsAsked ? request.seconds : madeSeconds(request, sizeBytes);
    const usage = !reports || chance.is(silent) ? null : usageOf(seconds, chance);
    const work: Work = {
      name: `operations/${this.works.length + 1}`,
      ...{ jobId, request, startedAt, end, sizeBytes, seconds, usage, answeredBy },
      endsAt: startedAt + tookMs + slow,
      source: chance.is(0.3) ? { kind: 'inline' } : { kind: 'file', fileId: `f${jobId}` },
      goneAt: startedAt + (chance.is(0.02) ? chance.between(0, 30) * minute : this.#filesLiveMs),
      priceMicroUsd: priceFor(request, seconds, usage, answeredBy),
      cancelledAt: null,
      chargedForCancelled: chance.is(0.5),
    };
    this.works.push(work);
    this.onBegin(work);
    return work;
  }

  find(name: string): Work | null {
    const work = this.works.find((one) => one.name === name);
    return work === undefined || work.goneAt <= this.#time.now ? null : work;
  }

  hasEnded(work: Work): boolean {
    return work.cancelledAt !== null || (work.end !== 'never' && work.endsAt <= this.#time.now);
  }

  /** What it has charged for a job so far. */
  chargedFor(jobId: string): MicroUsd {
    return this.works
      .filter((work) => work.jobId === jobId)
      .reduce((sum, work) => sum + this.#charged(work), 0);
  }

  /** How often it began paid work for a job. */
  begunFor(jobId: string): number {
    return this.works.filter((work) => work.jobId === jobId).length;
  }

  #charged(work: Work): MicroUsd {
    if (work.cancelledAt !== null) return work.chargedForCancelled ? work.priceMicroUsd : 0;
    if (work.end === 'never') return work.chargedForCancelled ? work.priceMicroUsd : 0;
    if (work.endsAt > this.#time.now) return 0;
    if (work.end === 'failed') return work.usage === null ? 0 : work.priceMicroUsd;
    return work.end === 'declined' ? 0 : work.priceMicroUsd;
  }

  #end(): End {
    let left = this.#chance.next();
    for (const [end, share] of ends) {
      left -= share;
      if (left < 0) return end;
    }
    return 'done';
  }
}

/** Now and then it makes another length than was asked for, and bills that. */
function madeSeconds({ seconds, basis }: VideoRequest, sizeBytes: number): number {
  return basis === null && sizeBytes === 13_000_000 ? seconds * 2 : seconds;
}

function usageOf(seconds: number, chance: Chance): Usage {
  return {
    inputTokens: chance.whole(5, 200),
    textTokens: chance.whole(0, 400),
    videoTokens: seconds * 5_792,
  };
}

function priceFor(
  request: VideoRequest,
  made: number,
  usage: Usage | null,
  answeredBy: string | null,
): MicroUsd {
  const { modelId, basis, priceMicroUsd, resolution } = request;
  const another = answeredBy === null || answeredBy === modelId ? null : modelNamed(answeredBy);
  const really = another?.prices ?? request.prices;
  const isEstimated = another === null || basis !== null;
  if (usage !== null) return priceOf(usage, really) ?? estimate(really, made, resolution);
  if (!isEstimated) return estimate(really, made, resolution);
  return priceMicroUsd + estimate(really, made - request.seconds, resolution);
}
