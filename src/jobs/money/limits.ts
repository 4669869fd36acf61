/**
 * The limits that hold: what the configuration says, with what admins set in Discord in its place.
 * What the admins of a server set holds beside all that, in their server alone: they can only tighten.
 */

import { type SettingScope, type Settings, serverScope } from '../admins/settings.ts';
import type { MicroUsd } from '../model.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/store.ts';
import type { Calendar } from './calendar.ts';
import {
  checksFor,
  type Exempt,
  type Limit,
  type LimitCheck,
  type Spender,
  type Spent,
} from './spending.ts';

/** A limit as it was set, with who and when. */
export interface SetLimit extends Limit {
  readonly by: string;
  /** Wall clock in ms. */
  readonly at: number;
}

/** What a limit is about: of one hand, there is one for each. */
export type LimitOf = Pick<Limit, 'scope' | 'of' | 'period'>;

export type SetResult =
  | { readonly kind: 'set'; readonly limit: Limit }
  /** Back to what the configuration says; null: to no limit. */
  | { readonly kind: 'taken back'; readonly holds: Limit | null }
  /** Nothing was set there. */
  | { readonly kind: 'nothing set' }
  | { readonly kind: 'too many' };

const LIMITS = 'limits';
const EXEMPT = 'exempt';
const CONFIRM = 'confirm above';
/** What fits into one answer, and what every request is compared with. */
const MOST = 50;

export class LimitBook {
  readonly #configured: readonly Limit[];
  readonly #confirmAbove: MicroUsd | null;
  readonly #settings: Settings;
  readonly #known: readonly string[];
  #last: Promise<unknown> = Promise.resolve();
  /** Worked out anew after each change: it is asked for at every request. */
  #all: { readonly limits: readonly Limit[]; readonly exempt: readonly Exempt[] } | null = null;

  /** @param known user ids: whoever hosts the bot is nowhere a stranger to it */
  constructor(
    configured: readonly Limit[],
    confirmAbove: MicroUsd | null,
    settings: Settings,
    known: readonly string[] = [],
  ) {
    this.#configured = configured;
    this.#confirmAbove = confirmAbove;
    this.#settings = settings;
    this.#known = known;
  }

  /** All that hold, wherever. */
  limits(): readonly Limit[] {
    return this.#now().limits;
  }

  exempt(): readonly Exempt[] {
    return this.#now().exempt;
  }

  /** Of the whole bot. Null: a second press is never wanted. */
  confirmAboveMicroUsd(): MicroUsd | null {
    const set = this.#settings.get<{ readonly microUsd: MicroUsd | null }>('bot', CONFIRM);
    return set === null ? this.#confirmAbove : set.microUsd;
  }

  /** What was set by hand, by the bot's admins (null) or by those of a server. */
  setBy(guildId: string | null): readonly SetLimit[] {
    return this.#settings.get<readonly SetLimit[]>(scopeOf(guildId), LIMITS) ?? [];
  }

  exemptBy(guildId: string | null): Pick<Exempt, 'userIds' | 'roleIds'> {
    const none = { userIds: [], roleIds: [] };
    return (
      this.#settings.get<Pick<Exempt, 'userIds' | 'roleIds'>>(scopeOf(guildId), EXEMPT) ?? none
    );
  }

  /**
   * A part that is null stays as it holds: who limits the videos must not lift the limit in money
   * by it, least of all the ceiling of a fresh bot.
   *
   * @throws StorageFull; then nothing is changed
   */
  set(
    asked: Omit<Limit, 'within'>,
    guildId: string | null,
    by: string,
    at: number,
  ): Promise<SetResult> {
    return this.#inTurn(async () => {
      const before = this.setBy(guildId);
      const others = before.filter((one) => !isSame(one, asked));
      if (others.length >= MOST) return { kind: 'too many' };
      const held = before.find((one) => isSame(one, asked)) ?? this.#configuredFor(asked, guildId);
      const limit = {
        ...asked,
        maxMicroUsd: asked.maxMicroUsd ?? held?.maxMicroUsd ?? null,
        maxVideos: asked.maxVideos ?? held?.maxVideos ?? null,
      };
      await this.#write(guildId, LIMITS, [...others, { ...limit, by, at }], by, at);
      return { kind: 'set', limit };
    });
  }

  takeBack(of: LimitOf, guildId: string | null, by: string, at: number): Promise<SetResult> {
    return this.#inTurn(async () => {
      const before = this.setBy(guildId);
      const others = before.filter((one) => !isSame(one, of));
      if (others.length === before.length) return { kind: 'nothing set' };
      await this.#write(guildId, LIMITS, others, by, at);
      return { kind: 'taken back', holds: this.#configuredFor(of, guildId) ?? null };
    });
  }

  /** False where nothing changes by it, or where there are too many. */
  exemptFrom(
    who: { readonly userId: string } | { readonly roleId: string },
    isExempt: boolean,
    guildId: string | null,
    by: string,
    at: number,
  ): Promise<boolean> {
    return this.#inTurn(async () => {
      const before = this.exemptBy(guildId);
      const [key, id] =
        'userId' in who ? (['userIds', who.userId] as const) : (['roleIds', who.roleId] as const);
      const ids = before[key];
      if (ids.includes(id) === isExempt || (isExempt && ids.length >= MOST)) return false;
      const after = isExempt ? [...ids, id] : ids.filter((one) => one !== id);
      await this.#write(guildId, EXEMPT, { ...before, [key]: after }, by, at);
      return true;
    });
  }

  async confirmAbove(microUsd: MicroUsd | null, by: string, at: number): Promise<void> {
    await this.#write(null, CONFIRM, { microUsd }, by, at);
  }

  /** What is read before a change is still so when it is written: two admins at once change both. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  #configuredFor(of: LimitOf, guildId: string | null): Limit | undefined {
    return guildId === null ? this.#configured.find((one) => isSame(one, of)) : undefined;
  }

  async #write(guildId: string | null, key: string, value: unknown, by: string, at: number) {
    await this.#settings.set(scopeOf(guildId), key, value, by, at);
    this.#all = null;
  }

  #now() {
    this.#all ??= this.#workedOut();
    return this.#all;
  }

  #workedOut() {
    const set = this.setBy(null);
    const limits: Limit[] = [
      ...this.#configured.filter((one) => !set.some((other) => isSame(one, other))),
      ...set,
    ];
    const exempt: Exempt[] = [
      this.exemptBy(null),
      { userIds: this.#known, roleIds: [], from: 'stranger' },
    ];
    for (const guildId of this.#settings.servers()) {
      limits.push(...this.setBy(guildId).map((one) => ({ ...one, within: guildId })));
      exempt.push({ ...this.exemptBy(guildId), within: guildId });
    }
    return { limits, exempt };
  }
}

/** What is used of each limit that holds for somebody at a place. */
export function spentBy(
  spender: Spender,
  book: LimitBook,
  parts: {
    readonly store: Pick<JobStore, 'spent'>;
    readonly clock: Pick<Clock, 'wall'>;
    readonly calendar: Pick<Calendar, 'counted'>;
  },
): Promise<{ readonly check: LimitCheck; readonly spent: Spent }[]> {
  const { store, clock, calendar } = parts;
  const holding = { limits: book.limits(), exempt: book.exempt(), calendar };
  const checks = checksFor(spender, clock.wall(), holding);
  return Promise.all(checks.map(async (check) => ({ check, spent: await store.spent(check) })));
}

function isSame(a: LimitOf, b: LimitOf): boolean {
  return a.scope === b.scope && a.of === b.of && a.period === b.period;
}

function scopeOf(guildId: string | null): SettingScope {
  return guildId === null ? 'bot' : serverScope(guildId);
}
