import type { JournalEntry } from './journal.ts';

/** What a route does, by the name a fault is planted on. */
export type Operation =
  | 'acknowledge'
  | 'edit-reply'
  | 'get-reply'
  | 'delete-reply'
  | 'follow-up'
  | 'post-message'
  | 'edit-message'
  | 'get-message'
  | 'get-messages'
  | 'delete-message'
  | 'open-dm'
  | 'refresh-links'
  | 'register'
  | 'commands'
  | 'gateway-bot'
  | 'application'
  | 'other';

export type FaultAnswer =
  /** Answered instead of the real answer; `html` goes out as a web page. */
  | { status: number; body?: unknown; html?: string; headers?: Record<string, string> }
  /** The connection is cut without an answer. */
  | 'reset'
  /** Nothing is ever answered. */
  | 'hang'
  /** The real answer, late. */
  | { delayMs: number };

export interface FaultPlan {
  on: Operation | 'any';
  /** How many requests it meets; without it every one until cleared. */
  times?: number;
  /** Before the request had its effect, or after. A delay before holds the effect back too. */
  when: 'before' | 'after';
  answer: FaultAnswer;
  where?: (request: JournalEntry) => boolean;
}

export interface Fault {
  readonly used: number;
  clear(): void;
}

export class Faults {
  #planted: { plan: FaultPlan; used: number }[] = [];

  plant(plan: FaultPlan): Fault {
    const planted = { plan, used: 0 };
    this.#planted.push(planted);
    return {
      get used() {
        return planted.used;
      },
      clear: () => {
        this.#planted = this.#planted.filter((other) => other !== planted);
      },
    };
  }

  /** The fault this request meets, used up by asking; decided once for a request. */
  meet(operation: Operation, request: JournalEntry): FaultPlan | undefined {
    const met = this.#planted.find(
      ({ plan, used }) =>
        (plan.on === 'any' || plan.on === operation) &&
        used < (plan.times ?? Number.POSITIVE_INFINITY) &&
        (plan.where?.(request) ?? true),
    );
    if (!met) return undefined;
    met.used += 1;
    return met.plan;
  }
}
