import type { Chance } from './chance.ts';
import type { Order } from './order.ts';
import { costOfUsage, expectedCost, type Usage, usageOfRefusal, usageOfVideo } from './usage.ts';
import { frameSize, type VideoShape } from './video-file.ts';
import type { Json } from './wire.ts';

/** Where a failed interaction says why. `nowhere`: only its status tells. */
export type FailurePlace = 'errors' | 'step' | 'error' | 'nowhere';

export type MadeVideo = { fileId: string; shape: VideoShape; as: 'uri' | 'data' };

export type Ending =
  | { status: 'completed'; result: 'video'; video: MadeVideo; usage: Usage; filtered?: string }
  | { status: 'completed'; result: 'refusal'; reason: string; usage: Usage }
  /** Paid and nothing to show: video tokens in the usage, but no video. */
  | { status: 'completed'; result: 'lost'; usage: Usage }
  | { status: 'failed'; code: number | string; message: string; place: FailurePlace }
  | { status: 'cancelled' }
  /** Any other status an interaction can end with, and ones not thought of yet. */
  | { status: 'odd'; word: string };

export type FinishOptions = Partial<VideoShape> & {
  as?: 'uri' | 'data';
  /** Veo: a sample was filtered beside the one that is there. */
  filtered?: string;
  /** Omni: completed and billed, but without the video. */
  lost?: boolean;
  /** The model that made it in truth, where Google has routed the request to another. */
  model?: string;
};

export type Surroundings = {
  chance: Chance;
  now: () => number;
  resultsAs: 'uri' | 'data' | 'either';
  videoSizeBytes: number | undefined;
  onEnd: (operation: Operation) => void;
};

/**
 * One accepted submit. Starts running; ends once, by its own time or by a call here.
 * What ends it says whether it did: false where something else was first.
 */
export class Operation {
  /** `v1_…` of an interaction, `models/…/operations/…` of Veo. */
  readonly id: string;
  readonly at: number;
  /** The body of the submit. */
  readonly request: Json;
  readonly order: Order;
  readonly tags: string[];
  /** For what is chance in its answers: every poll of it draws the same. */
  readonly seed: number;
  /** The answering model. */
  model: string;
  ending: Ending | undefined;
  endedAt: number | undefined;
  /** Until set, polls tell the truth; then they answer this, whatever it is. */
  pollAnswer: unknown;
  /** Settled when it has ended. */
  readonly done: Promise<void>;
  readonly #around: Surroundings;
  readonly #settle: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(id: string, order: Order, tags: string[], around: Surroundings) {
    const done = Promise.withResolvers<void>();
    this.id = id;
    this.order = order;
    this.request = order.body;
    this.tags = tags;
    this.model = order.model;
    this.at = around.now();
    this.seed = around.chance.between(1, 1_000_000_000);
    this.#around = around;
    this.done = done.promise;
    this.#settle = done.resolve;
  }

  get protocol() {
    return this.order.protocol;
  }
  get prompt(): string {
    return this.order.prompt;
  }
  get status(): string {
    if (!this.ending) return 'in_progress';
    return this.ending.status === 'odd' ? this.ending.word : this.ending.status;
  }
  /** What it costs by what is known now: the estimate while it runs, then what was used. */
  get costMicroUsd(): number {
    if (!this.ending) return expectedCost(this.order);
    if (this.ending.status !== 'completed') return 0;
    if (this.protocol === 'omni') return costOfUsage(this.ending.usage, this.model);
    if (this.ending.result === 'refusal') return 0;
    const made = this.ending.result === 'video' ? this.ending.video.shape.seconds : undefined;
    return expectedCost(this.order, made);
  }
  /** Of the finished video. */
  get fileId(): string | undefined {
    return this.ending?.status === 'completed' && this.ending.result === 'video'
      ? this.ending.video.fileId
      : undefined;
  }

  /** Calls `then` after so many milliseconds, unless it is held or has ended by then. */
  after(ms: number, then: () => void): void {
    this.hold();
    if (!Number.isFinite(ms)) return;
    this.#timer = setTimeout(then, ms);
  }
  /** Runs on until it is ended by hand. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  finish(options: FinishOptions = {}): boolean {
    const { chance, resultsAs, videoSizeBytes } = this.#around;
    const { as, filtered, lost, model, ...shape } = options;
    if (!this.ending && model) this.model = model;
    const seconds = shape.seconds ?? this.order.seconds;
    const usage = usageOfVideo(this.order, seconds, chance);
    if (lost) return this.#end({ status: 'completed', result: 'lost', usage });
    const either = resultsAs === 'either' ? chance.pick(['uri', 'data'] as const) : resultsAs;
    const sizeBytes = shape.sizeBytes ?? videoSizeBytes;
    const video: MadeVideo = {
      fileId: newFileId(chance),
      shape: {
        ...frameSize(this.order.resolution, this.order.aspect),
        ...shape,
        seconds,
        ...(sizeBytes !== undefined && { sizeBytes }),
      },
      as: as ?? (this.order.asUri ? either : 'data'),
    };
    const ending = { status: 'completed', result: 'video', video, usage } as const;
    return this.#end(filtered === undefined ? ending : { ...ending, filtered });
  }

  /** The safety filter's answer. Omni: completed with this text; Veo: filtered for this reason. */
  refuse(reason: string): boolean {
    const usage = usageOfRefusal(this.order, this.#around.chance);
    return this.#end({ status: 'completed', result: 'refusal', reason, usage });
  }

  /** Where Omni says why is a matter of chance, unless told. Veo has one place only. */
  fail(why: { code?: number | string; message?: string; place?: FailurePlace } = {}): boolean {
    const { code = 13, message = INTERNAL_FAILURE, place } = why;
    const somewhere = this.#around.chance.pick(['errors', 'step', 'error', 'nowhere'] as const);
    return this.#end({ status: 'failed', code, message, place: place ?? somewhere });
  }

  cancel(): boolean {
    return this.#end({ status: 'cancelled' });
  }

  /** With a status that is none of the usual ones: `incomplete`, `requires_action`, `mystery`. */
  end(word: string): boolean {
    return this.#end({ status: 'odd', word });
  }

  #end(ending: Ending): boolean {
    if (this.ending) return false;
    this.hold();
    this.ending = ending;
    this.endedAt = this.#around.now();
    this.#settle();
    this.#around.onEnd(this);
    return true;
  }
}

/** Source: recorded exchange with the live API, 2026-10 (a failed Veo operation). */
const INTERNAL_FAILURE =
  'Video generation failed due to an internal server issue. Please try again in a few minutes. If the problem persists, please contact Gemini API support.';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Twelve small letters and digits, as in names of files and of Veo operations. */
export function newFileId(chance: Chance): string {
  return Array.from({ length: 12 }, () => LETTERS[chance.between(0, 35)]).join('');
}
