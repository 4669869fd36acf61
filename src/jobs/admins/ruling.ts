/** What admins decide, written down: each decision holds once it is on disk, with who and when. */

import type { Job } from '../job.ts';
import type { Model } from '../model.ts';
import { cancelled, notCharged } from '../outcomes/parts.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobStore } from '../ports/store.ts';
import type { Writer } from '../writer.ts';
import type { Decided, House, Showing } from './house.ts';
import type { Paused } from './pause.ts';
import { LONGEST_TERM, MOST_TERMS, normalTerm } from './refusedWords.ts';
import { type RecordedChange, type SettingScope, type Settings, serverScope } from './settings.ts';

/** Of one list; more than anybody blocks by hand. */
const MOST_BLOCKED = 1_000;

export type ModelResult =
  | { readonly kind: 'done'; readonly model: Model }
  | { readonly kind: 'as before'; readonly model: Model }
  /** The last one that is offered there stays. */
  | { readonly kind: 'last one'; readonly model: Model }
  /** It is off, there or in the whole bot. */
  | { readonly kind: 'not offered'; readonly model: Model }
  | { readonly kind: 'no such model' };

export type BlockResult =
  /** `cancelled`: what waited of theirs; nothing of it was paid. */
  | { readonly kind: 'done'; readonly cancelled: number }
  | { readonly kind: 'as before'; readonly cancelled: number }
  | { readonly kind: 'too many'; readonly most: number };

export type WordsResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'as before' }
  | { readonly kind: 'nothing to compare' }
  | { readonly kind: 'too long'; readonly most: number }
  | { readonly kind: 'too many'; readonly most: number };

/** What of the bot is paused; its whole is another's, see pause.ts. */
export type Part =
  | { readonly kind: 'server'; readonly guildId: string }
  | { readonly kind: 'model'; readonly model: Model };

export type PausePartResult =
  | { readonly kind: 'done'; readonly paused: Paused }
  | { readonly kind: 'as before'; readonly paused: Paused | null };

/** Null as `guildId`: the whole bot. */
export interface Ruling {
  offerModel(
    guildId: string | null,
    id: string,
    how: 'on' | 'off' | 'default',
    by: string,
  ): Promise<ModelResult>;
  block(guildId: string | null, userId: string, by: string): Promise<BlockResult>;
  unblock(guildId: string | null, userId: string, by: string): Promise<boolean>;
  blockServer(guildId: string, by: string): Promise<BlockResult>;
  unblockServer(guildId: string, by: string): Promise<boolean>;
  addWord(guildId: string | null, term: string, by: string): Promise<WordsResult>;
  removeWord(guildId: string | null, term: string, by: string): Promise<boolean>;
  pausePart(part: Part, by: string, reason: string | null): Promise<PausePartResult>;
  /** Which jobs may go on then is asked of the house. */
  resumePart(part: Part, by: string): Promise<PausePartResult>;
  show(guildId: string, changes: Partial<Showing>, by: string): Promise<Showing>;
  /** Null: nowhere. */
  setAudit(guildId: string | null, channelId: string | null, by: string): Promise<void>;
  /** What was decided last, the newest first; null: in the whole bot and in every server. */
  changes(guildId: string | null, limit: number): Promise<RecordedChange[]>;
}

export interface RulingParts {
  readonly settings: Pick<Settings, 'set' | 'changes'>;
  readonly house: House;
  readonly store: Pick<JobStore, 'inStates'>;
  readonly writer: Writer;
  readonly clock: Clock;
  /** What is offered has changed. */
  readonly modelsChanged: () => void;
}

export function createRuling(parts: RulingParts): Ruling {
  const { settings, house, store, writer, clock } = parts;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each begins with what the one before it left. */
  function inTurn<T>(decide: () => Promise<T>): Promise<T> {
    const turn = last.catch(() => {}).then(decide);
    last = turn;
    return turn;
  }

  function set<K extends keyof Decided>(
    scope: SettingScope,
    key: K,
    value: Decided[K] | null,
    by: string,
  ): Promise<void> {
    return settings.set(scope, key, value, by, clock.wall());
  }

  /** Adds to a list of ids; false: it was there. */
  async function add(
    scope: SettingScope,
    key: 'blocked members' | 'blocked servers',
    id: string,
    by: string,
  ): Promise<'done' | 'as before' | 'too many'> {
    const before = house.get(scope, key) ?? [];
    if (before.includes(id)) return 'as before';
    if (before.length >= MOST_BLOCKED) return 'too many';
    await set(scope, key, [...before, id], by);
    return 'done';
  }

  async function remove(
    scope: SettingScope,
    key: 'blocked members' | 'blocked servers' | 'words',
    one: string,
    by: string,
  ): Promise<boolean> {
    const before = house.get(scope, key) ?? [];
    if (!before.includes(one)) return false;
    const left = before.filter((other) => other !== one);
    await set(scope, key, left.length === 0 ? null : left, by);
    return true;
  }

  /** What is not paid yet; the rest is finished and delivered. */
  async function cancelWaiting(whose: (job: Job) => boolean, by: string): Promise<number> {
    let count = 0;
    for (const job of await store.inStates(['received', 'gathering', 'queued'])) {
      if (!whose(job)) continue;
      const stored = await writer.write(job, (current) =>
        current.state === 'received' || current.state === 'gathering' || current.state === 'queued'
          ? {
              ...cancelled({ now: clock.now() }, 'by admin', notCharged, { kind: 'give back' }),
              note: { event: 'cancelled', detail: { why: 'blocked', by } },
            }
          : null,
      );
      if (stored !== null) count += 1;
    }
    return count;
  }

  async function blocking(
    kind: 'done' | 'as before' | 'too many',
    whose: (job: Job) => boolean,
    by: string,
  ): Promise<BlockResult> {
    if (kind === 'too many') return { kind, most: MOST_BLOCKED };
    return { kind, cancelled: await cancelWaiting(whose, by) };
  }

  return {
    changes: (guildId, limit) =>
      settings.changes(limit, guildId === null ? null : serverScope(guildId)),
    offerModel: (guildId, id, how, by) =>
      inTurn(async () => {
        const scope = scopeOf(guildId);
        const model = house.allModels().find((one) => one.id === id);
        if (model === undefined) return { kind: 'no such model' };
        const before = house.get(scope, 'models') ?? { off: [], byDefault: null };
        const isOff = before.off.includes(id);
        const isDefault = before.byDefault === id;
        const offered = house.modelsIn(guildId);
        if (how === 'default' && !offered.includes(model)) return { kind: 'not offered', model };
        if (how === 'off' && offered.length === 1 && offered[0] === model) {
          return { kind: 'last one', model };
        }
        const isSo = { on: !isOff, off: isOff, default: isDefault }[how];
        if (isSo) return { kind: 'as before', model };
        const off = before.off.filter((other) => other !== id);
        const byDefault = how === 'default' ? id : before.byDefault;
        const now = {
          off: how === 'off' ? [...off, id] : off,
          byDefault: how === 'off' && isDefault ? null : byDefault,
        };
        await set(scope, 'models', now, by);
        if (guildId === null) parts.modelsChanged();
        return { kind: 'done', model };
      }),

    block: (guildId, userId, by) =>
      inTurn(async () => {
        const kind = await add(scopeOf(guildId), 'blocked members', userId, by);
        return blocking(
          kind,
          ({ requester, reply }) =>
            requester.userId === userId && (guildId === null || reply.guildId === guildId),
          by,
        );
      }),
    unblock: (guildId, userId, by) =>
      inTurn(() => remove(scopeOf(guildId), 'blocked members', userId, by)),
    blockServer: (guildId, by) =>
      inTurn(async () => {
        const kind = await add('bot', 'blocked servers', guildId, by);
        return blocking(kind, ({ reply }) => reply.guildId === guildId, by);
      }),
    unblockServer: (guildId, by) => inTurn(() => remove('bot', 'blocked servers', guildId, by)),

    addWord: (guildId, typed, by) =>
      inTurn(async () => {
        const scope = scopeOf(guildId);
        const term = normalTerm(typed);
        const before = house.get(scope, 'words') ?? [];
        if (term === '') return { kind: 'nothing to compare' };
        if ([...term].length > LONGEST_TERM) return { kind: 'too long', most: LONGEST_TERM };
        if (before.includes(term)) return { kind: 'as before' };
        if (before.length >= MOST_TERMS) return { kind: 'too many', most: MOST_TERMS };
        await set(scope, 'words', [...before, term], by);
        return { kind: 'done' };
      }),
    removeWord: (guildId, typed, by) =>
      inTurn(() => remove(scopeOf(guildId), 'words', normalTerm(typed), by)),

    pausePart: (part, by, reason) =>
      inTurn(async () => {
        const before = pausedPart(part);
        if (before !== null) return { kind: 'as before', paused: before };
        const paused = { by, at: clock.wall(), reason };
        await setPause(part, paused, by);
        return { kind: 'done', paused };
      }),
    resumePart: (part, by) =>
      inTurn(async () => {
        const before = pausedPart(part);
        if (before === null) return { kind: 'as before', paused: null };
        await setPause(part, null, by);
        return { kind: 'done', paused: before };
      }),

    show: (guildId, changes, by) =>
      inTurn(async () => {
        const before = house.showing(guildId);
        const now = { ...before, ...changes };
        if (JSON.stringify(now) !== JSON.stringify(before)) {
          await set(serverScope(guildId), 'showing', now, by);
        }
        return now;
      }),

    setAudit: (guildId, channelId, by) =>
      inTurn(() => set(scopeOf(guildId), 'audit', channelId, by)),
  };

  function pausedPart(part: Part): Paused | null {
    if (part.kind === 'server') return house.get(serverScope(part.guildId), 'paused');
    return house.get('bot', 'paused models')?.[part.model.id] ?? null;
  }

  function setPause(part: Part, paused: Paused | null, by: string): Promise<void> {
    if (part.kind === 'server') return set(serverScope(part.guildId), 'paused', paused, by);
    const { [part.model.id]: _before, ...others } = house.get('bot', 'paused models') ?? {};
    const now = paused === null ? others : { ...others, [part.model.id]: paused };
    return set('bot', 'paused models', Object.keys(now).length === 0 ? null : now, by);
  }
}

function scopeOf(guildId: string | null): SettingScope {
  return guildId === null ? 'bot' : serverScope(guildId);
}
