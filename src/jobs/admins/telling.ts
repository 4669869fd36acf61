/**
 * When admins are told: each matter once in its time, what came meanwhile counted and said with the
 * next. What was told, and what is still to be, outlives a restart. Nobody waits for it.
 */

import type { JobId } from '../job.ts';
import type { Clock } from '../ports/clock.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import type { Matter } from './alerts.ts';
import type { SettingScope } from './settings.ts';

export interface News {
  /** Whose admins. */
  readonly scope: SettingScope;
  readonly matter: Matter;
  readonly jobId: JobId | null;
}

/** What is told: the newest of its kind. */
export interface Alert extends News {
  /** So often since it was told before, this time included. */
  readonly times: number;
  /** Null: it was not told before. As `Clock.now`. */
  readonly toldBeforeAt: number | null;
}

/** How often a matter may be told. */
export interface Pace {
  /** Between two messages. */
  readonly everyMs: number;
  /**
   * What comes in that time: `counted` and told when it is over; counted and `carried` into the next
   * that comes after it; or no news at all while it `lasts`.
   */
  readonly meanwhile: 'counted' | 'carried' | 'lasts';
}

/** `nobody`: it will reach nobody, however often it is tried. `later`: nobody yet. */
export type TellResult = 'told' | 'nobody' | 'later';

export interface TellingParts {
  readonly store: Pick<JobStore, 'recall' | 'remember'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Never rejects. `key` is the same where it is tried again, also after a restart. */
  readonly tell: (alert: Alert, key: string) => Promise<TellResult>;
  /** A mistake in this program. */
  readonly fatal: (error: unknown) => void;
}

interface Entry extends News {
  readonly pace: Pace;
  readonly toldAt: number | null;
  /** It reached nobody then, and is told with the next. */
  readonly isUnheard?: boolean;
  /** So often since then. */
  readonly waiting: number;
  /** When it is told; null: not by itself. */
  readonly dueAt: number | null;
  /** Of what lasts: it has ended, so that the next is news. */
  readonly isOver?: boolean;
}

const MEMORY = 'alerts';
const HOUR_MS = 3_600_000;
const AGAIN_AFTER_MS = 5 * 60_000;
/** Longer than a month, whose ceiling is told once. */
const FORGOTTEN_AFTER_MS = 40 * 24 * HOUR_MS;

export class Telling {
  readonly #parts: TellingParts;
  readonly #entries = new Map<string, Entry>();
  #runs = false;
  #takeBack: (() => void) | null = null;
  #underWay: Promise<void> | null = null;
  #saving: Promise<void> | null = null;
  #isUnsaved = false;

  constructor(parts: TellingParts) {
    this.#parts = parts;
  }

  /** Before anything is heard of. */
  async load(): Promise<void> {
    const kept = await this.#parts.store.recall(MEMORY);
    if (kept === null) return;
    for (const [key, entry] of JSON.parse(kept) as [string, Entry][]) this.#entries.set(key, entry);
  }

  start(): void {
    this.#runs = true;
    this.#turn();
  }

  /** Resolves when what is known is on disk, as far as the disk takes it. */
  async stop(): Promise<void> {
    this.#runs = false;
    this.#takeBack?.();
    await this.#underWay;
    while (this.#saving !== null) await this.#saving;
  }

  news(key: string, news: News, pace: Pace): void {
    const { everyMs, meanwhile } = pace;
    const now = this.#parts.clock.now();
    const before = this.#entries.get(key);
    const isAnew = meanwhile === 'lasts' && before?.isOver === true;
    // A time of before that is still to come is of a clock that was wrong.
    const toldAt = before?.toldAt == null ? null : Math.min(before.toldAt, now);
    const freeAt = toldAt === null ? now : toldAt + (isAnew ? Math.min(HOUR_MS, everyMs) : everyMs);
    if (meanwhile === 'lasts' && !isAnew && now < freeAt) return;
    const isHeldBack = now < freeAt && meanwhile === 'carried';
    this.#put(key, {
      ...{ ...news, pace, toldAt, ...(before?.isUnheard === true && { isUnheard: true }) },
      waiting: (before?.waiting ?? 0) + 1,
      dueAt: before?.dueAt ?? (isHeldBack ? null : Math.max(now, freeAt)),
    });
  }

  knows(key: string): boolean {
    return this.#entries.has(key);
  }

  /** What lasted is over; what was not told of it yet is told no more. */
  over(key: string): void {
    const before = this.#entries.get(key);
    if (before === undefined || before.isOver === true) return;
    if (before.toldAt === null) {
      this.#entries.delete(key);
      this.#changed();
    } else this.#put(key, { ...before, waiting: 0, dueAt: null, isOver: true });
  }

  /** Behind all others: the one that was not touched for the longest stands first. */
  #put(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#changed();
  }

  #changed(): void {
    this.#isUnsaved = true;
    this.#saving ??= this.#save();
    this.#turn();
  }

  /** One after the other, so that a burst of them is none at Discord. */
  #turn(): void {
    if (!this.#runs || this.#underWay !== null) return;
    this.#takeBack?.();
    this.#takeBack = null;
    let next: { readonly key: string; readonly entry: Entry; readonly dueAt: number } | null = null;
    for (const [key, entry] of this.#entries) {
      const { dueAt } = entry;
      if (dueAt !== null && (next === null || dueAt < next.dueAt)) next = { key, entry, dueAt };
    }
    if (next === null) return;
    const { clock, fatal } = this.#parts;
    const waitMs = next.dueAt - clock.now();
    if (waitMs > 0) {
      this.#takeBack = clock.after(waitMs, () => this.#turn());
      return;
    }
    this.#underWay = this.#tell(next.key, next.entry)
      .catch(fatal)
      .finally(() => {
        this.#underWay = null;
        this.#turn();
      });
  }

  async #tell(key: string, entry: Entry): Promise<void> {
    const { clock, tell } = this.#parts;
    const { scope, matter, jobId, waiting, toldAt, isUnheard = false } = entry;
    const toldBeforeAt = isUnheard ? null : toldAt;
    const alert = { scope, matter, jobId, times: waiting, toldBeforeAt };
    const result = await tell(alert, `${key} ${toldAt ?? 0}`);
    const now = clock.now();
    // Gone: it was over while it was being told.
    const after = this.#entries.get(key) ?? { ...entry, waiting: 0, isOver: true };
    if (result === 'later') {
      if (after.waiting > 0) this.#put(key, { ...after, dueAt: now + AGAIN_AFTER_MS });
      return;
    }
    const { isUnheard: _before, ...rest } = after;
    if (result === 'nobody') {
      this.#put(key, { ...rest, toldAt: now, dueAt: null, isUnheard: true });
      return;
    }
    const { everyMs, meanwhile } = after.pace;
    const left = meanwhile === 'lasts' ? 0 : Math.max(0, after.waiting - waiting);
    const dueAt = left > 0 && meanwhile === 'counted' ? now + everyMs : null;
    this.#put(key, { ...rest, toldAt: now, waiting: left, dueAt });
  }

  async #save(): Promise<void> {
    const { store, clock, fatal } = this.#parts;
    while (this.#isUnsaved) {
      this.#isUnsaved = false;
      const since = clock.now() - FORGOTTEN_AFTER_MS;
      for (const [key, { toldAt, dueAt }] of this.#entries) {
        if (dueAt === null && (toldAt ?? 0) < since) this.#entries.delete(key);
      }
      try {
        await store.remember(MEMORY, JSON.stringify([...this.#entries]));
      } catch (error) {
        // Written with the next one; until then a restart tells it once more.
        if (!(error instanceof StorageFull)) fatal(error);
      }
    }
    // In the step that found nothing new: what comes after it is saved by a save of its own.
    this.#saving = null;
  }
}
