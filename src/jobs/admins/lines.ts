/**
 * Lines that are told in channels: of what admins did. One message at a time for each channel, and what
 * came meanwhile together in the next: a storm of lines is none of messages. What is still to be told
 * outlives a restart, and nobody waits for it.
 */
import type { Clock } from '../ports/clock.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import type { TellResult } from './telling.ts';

export interface Line {
  /** The same for the same matter: it is told once in a channel. */
  readonly id: string;
  readonly channelId: string;
  readonly line: string;
}

export interface LinesParts {
  readonly store: Pick<JobStore, 'recall' | 'remember'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /**
   * Never rejects. `more`: so many came besides, too many to be told. `key` is the same where the same
   * is tried again, also after a restart.
   */
  readonly tell: (
    channelId: string,
    lines: readonly string[],
    more: number,
    key: string,
  ) => Promise<TellResult>;
  /** A mistake in this program. */
  readonly fatal: (error: unknown) => void;
}

interface Waiting {
  readonly acts: readonly Omit<Line, 'channelId'>[];
  /** Came while too many waited. */
  readonly more: number;
  /** The first of them, as they were tried: tried again they are the same message. */
  readonly tried: { readonly count: number; readonly more: number } | null;
  readonly dueAt: number;
}

const MEMORY = 'lines';
/** Of one message; so many lines fit into it, however long the names in them are. */
const LINES_AT_ONCE = 5;
/** For each channel; further ones are counted. */
const MOST_WAITING = 50;
const EVERY_MS = 3_000;
const AGAIN_AFTER_MS = 5 * 60_000;
const none: Waiting = { acts: [], more: 0, tried: null, dueAt: 0 };

export class Lines {
  readonly #parts: LinesParts;
  readonly #channels = new Map<string, Waiting>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, () => void>();
  #runs = false;
  #saved: Promise<void> = Promise.resolve();

  constructor(parts: LinesParts) {
    this.#parts = parts;
  }

  /** Before anything is added. */
  async load(): Promise<void> {
    const kept = await this.#parts.store.recall(MEMORY);
    if (kept === null) return;
    for (const [id, waiting] of JSON.parse(kept) as [string, Waiting][]) {
      this.#channels.set(id, waiting);
    }
  }

  start(): void {
    this.#runs = true;
    for (const channelId of this.#channels.keys()) this.#turn(channelId);
  }

  /** Resolves when what is still to be told is on disk, as far as the disk takes it. */
  async stop(): Promise<void> {
    this.#runs = false;
    for (const takeBack of this.#timers.values()) takeBack();
    this.#timers.clear();
    await Promise.all(this.#underWay.values());
    await this.#saved;
  }

  add({ id, channelId, line }: Line): void {
    const { acts, more, ...rest } = this.#channels.get(channelId) ?? none;
    if (acts.some((other) => other.id === id)) return;
    const isRoom = acts.length < MOST_WAITING;
    this.#channels.set(channelId, {
      ...rest,
      acts: isRoom ? [...acts, { id, line }] : acts,
      more: isRoom ? more : more + 1,
    });
    void this.#save();
    this.#turn(channelId);
  }

  #turn(channelId: string): void {
    const { acts, dueAt } = this.#channels.get(channelId) ?? none;
    if (!this.#runs || acts.length === 0 || this.#underWay.has(channelId)) return;
    this.#timers.get(channelId)?.();
    this.#timers.delete(channelId);
    const { clock, fatal } = this.#parts;
    const waitMs = dueAt - clock.now();
    // Further away it is of a clock that was wrong.
    if (waitMs > 0 && waitMs <= AGAIN_AFTER_MS) {
      this.#timers.set(
        channelId,
        clock.after(waitMs, () => this.#turn(channelId)),
      );
      return;
    }
    const told = this.#tell(channelId)
      .catch(fatal)
      .finally(() => {
        this.#underWay.delete(channelId);
        this.#turn(channelId);
      });
    this.#underWay.set(channelId, told);
  }

  async #tell(channelId: string): Promise<void> {
    const { clock, tell } = this.#parts;
    const waiting = this.#channels.get(channelId) ?? none;
    const count = waiting.tried?.count ?? Math.min(waiting.acts.length, LINES_AT_ONCE);
    const isAll = count === waiting.acts.length;
    const tried = waiting.tried ?? { count, more: isAll ? waiting.more : 0 };
    this.#channels.set(channelId, { ...waiting, tried });
    // Else the next process would try another message, and not find out that this one arrived.
    await this.#save();
    const told = waiting.acts.slice(0, count);
    const lines = told.map(({ line }) => line);
    const result = await tell(channelId, lines, tried.more, `lines ${told[0]?.id} ${count}`);
    const after = this.#channels.get(channelId) ?? none;
    const now = clock.now();
    this.#channels.set(
      channelId,
      result === 'later'
        ? { ...after, dueAt: now + AGAIN_AFTER_MS }
        : {
            acts: after.acts.slice(count),
            more: after.more - tried.more,
            tried: null,
            dueAt: now + EVERY_MS,
          },
    );
    await this.#save();
  }

  /** One after the other; resolves when what is known now is on disk. */
  #save(): Promise<void> {
    const { store, fatal } = this.#parts;
    const waiting = [...this.#channels].filter(([, { acts }]) => acts.length > 0);
    const kept = JSON.stringify(waiting);
    this.#saved = this.#saved
      .then(() => store.remember(MEMORY, kept))
      .catch((error: unknown) => {
        // Written with the next one; until then a restart tells less, or once more.
        if (!(error instanceof StorageFull)) fatal(error);
      });
    return this.#saved;
  }
}
