/**
 * One process of the bot. Each call of a port goes through it, so that it can die before or after
 * any of them: from then on nothing of it has an effect and nothing it waits for comes.
 */
import type { Clock } from '../../src/jobs/ports/clock.ts';
import { clockOf } from './time.ts';
import type { World } from './world.ts';

/** What a call to somebody else came to. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'not sent' }
  /** It may have had its effect. */
  | { readonly kind: 'lost' };

export interface CallSize {
  readonly sizeBytes?: number;
  readonly timeoutMs?: number;
  /** Once it has left it is waited for, whatever the signal says. */
  readonly carriesOn?: boolean;
}

/** A caller gives up waiting after this. */
const TIMEOUT_MS = 20_000;

export class BotProcess {
  readonly clock: Clock;
  readonly nth: number;
  readonly #world: World;
  #dead = false;

  constructor(world: World, nth: number) {
    this.#world = world;
    this.nth = nth;
    const { time } = world;
    this.clock = {
      ...clockOf(time, () => world.wall()),
      after: (ms, call) => time.after(ms, () => this.#dead || call()),
    };
  }

  get dead(): boolean {
    return this.#dead;
  }

  die(why: string): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#world.died(this, why);
  }

  /** A call on the same machine: its effect is there when it answers. */
  async local<T>(what: string, effect: () => Promise<T>, often = false): Promise<T> {
    if (this.#dead || this.#diesAt('before', what, often)) return never();
    const { weather, time } = this.#world;
    const waitMs = weather.storeMs();
    if (waitMs > 0) await time.wait(waitMs);
    if (this.#dead) return never();
    const result = await settled(effect);
    if (this.#dead || this.#diesAt('after', what, often)) return never();
    return result();
  }

  /** A call to somebody else. Once sent it has its effect, whether or not somebody still listens. */
  remote<T>(
    who: 'google' | 'discord',
    what: string,
    effect: () => T,
    signal?: AbortSignal,
    { sizeBytes = 0, timeoutMs = TIMEOUT_MS, carriesOn = false }: CallSize = {},
  ): Promise<Answer<T>> {
    if (this.#dead || this.#diesAt('before', what)) return never();
    const world = this.#world;
    const { time, weather } = world;
    const fate = weather.fate(who, time.now, sizeBytes);
    return new Promise((resolve) => {
      let open = true;
      const answer = (found: Answer<T>) => {
        if (!open || this.#dead) return;
        open = false;
        resolve(found);
      };
      if (signal?.aborted) return answer({ kind: 'not sent' });
      let left = false;
      const breakOff = () => {
        if (!carriesOn || !left) answer({ kind: carriesOn ? 'not sent' : 'lost' });
      };
      signal?.addEventListener('abort', breakOff, { once: true });
      time.after(fate.sendMs, () => {
        if (this.#dead || !open) return;
        left = true;
        if (!fate.leaves) return answer({ kind: 'not sent' });
        if (!fate.arrives) return void time.after(timeoutMs, () => answer({ kind: 'lost' }));
        world.inFlight += 1;
        time.after(fate.workMs, () => {
          world.inFlight -= 1;
          const value = effect();
          world.tell(() => `${what} arrived${fate.answered ? '' : ', its answer is lost'}`);
          if (this.#dead || this.#diesAt('after', what)) return;
          if (fate.answered) time.after(fate.answerMs, () => answer({ kind: 'answered', value }));
          else time.after(timeoutMs, () => answer({ kind: 'lost' }));
        });
      });
    });
  }

  #diesAt(when: string, what: string, often = false): boolean {
    if (!this.#world.weather.crash(this.#world.time.now, often)) return false;
    this.die(`killed ${when} ${what}`);
    return true;
  }
}

/** What a dead process waits for. */
function never(): Promise<never> {
  return new Promise(() => {});
}

async function settled<T>(effect: () => Promise<T>): Promise<() => T> {
  try {
    const result = await effect();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
