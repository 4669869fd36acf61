/**
 * What admins decided about the whole bot or one server, as it holds now: which models are offered,
 * who is blocked, which words are refused, what is paused, how videos are shown there. What it says of
 * a wish holds at the time of asking; a job that is written down keeps what was frozen in it.
 */
import type { Job, Reply } from '../job.ts';
import type { Model } from '../model.ts';
import type { Models } from '../models.ts';
import type { Wish } from '../request.ts';
import type { Paused } from './pause.ts';
import { holdsTerm } from './refusedWords.ts';
import { type SettingScope, type Settings, serverScope } from './settings.ts';

/** The keys in the settings, and what stands under each. */
export interface Decided {
  models: { readonly off: readonly string[]; readonly byDefault: string | null };
  /** User ids. */
  'blocked members': readonly string[];
  /** Server ids; of the whole bot only. */
  'blocked servers': readonly string[];
  /** As `normalTerm` makes them. */
  words: readonly string[];
  /** Of a server; that of the whole bot is pause.ts's. */
  paused: Paused;
  /** By model id; of the whole bot only. */
  'paused models': Readonly<Record<string, Paused>>;
  /** Of a server only. */
  showing: Showing;
  /** Id of the channel where admins are told. */
  audit: string;
}

/** How videos are made and shown in a server. */
export interface Showing {
  /** Only whoever asked sees the result. */
  readonly private: boolean;
  /** Videos are made only in channels that are marked age-restricted. */
  readonly ageRestrictedOnly: boolean;
  /** Videos stand behind a spoiler in channels that are not. */
  readonly spoilers: boolean;
}

/** Nothing was written, nothing charged. */
export type HouseRefusal =
  | { readonly why: 'blocked'; readonly who: 'member here' | 'member' | 'server' }
  | { readonly why: 'refused words' }
  | { readonly why: 'not age-restricted' }
  | { readonly why: 'model off'; readonly model: Model; readonly models: readonly Model[] };

/** A model of the whole bot, or a server, in which no new videos are made. */
export type PausedPart = { readonly paused: Paused } & (
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'server'; readonly guildId: string }
);

type Here = Pick<Reply, 'guildId' | 'ageRestricted'>;

const openly: Showing = { private: false, ageRestrictedOnly: false, spoilers: false };

export class House {
  readonly #settings: Pick<Settings, 'get' | 'servers'>;
  readonly #models: Models;

  constructor(settings: Pick<Settings, 'get' | 'servers'>, models: Models) {
    this.#settings = settings;
    this.#models = models;
  }

  get<K extends keyof Decided>(scope: SettingScope, key: K): Decided[K] | null {
    return this.#settings.get<Decided[K]>(scope, key);
  }

  /** What can be had there now; the first is the default. Null: outside of servers. */
  modelsIn(guildId: string | null): readonly Model[] {
    const scopes = scopesOf(guildId).map((scope) => this.get(scope, 'models'));
    const off = new Set(scopes.flatMap((decided) => decided?.off ?? []));
    const offered = this.#models.offered().filter(({ id }) => !off.has(id));
    const wanted = scopes
      .map((decided) => offered.find(({ id }) => id === decided?.byDefault))
      .find((model) => model !== undefined);
    if (wanted === undefined) return offered;
    return [wanted, ...offered.filter((model) => model !== wanted)];
  }

  /** Everything that is configured and not withdrawn, also what is off. */
  allModels(): readonly Model[] {
    return this.#models.offered();
  }

  /** Before anything is written or paid. */
  refuses(wish: Wish, userId: string, here: Here): HouseRefusal | null {
    const who = this.blocked(userId, here.guildId);
    if (who !== null) return { why: 'blocked', who };
    const terms = scopesOf(here.guildId).flatMap((scope) => this.get(scope, 'words') ?? []);
    if (holdsTerm(wish.prompt, terms)) return { why: 'refused words' };
    if (this.showing(here.guildId).ageRestrictedOnly && here.ageRestricted !== true) {
      return { why: 'not age-restricted' };
    }
    const asked = this.allModels().find(({ id }) => id === wish.modelId);
    const models = this.modelsIn(here.guildId);
    if (asked !== undefined && models.length > 0 && !models.includes(asked)) {
      return { why: 'model off', model: asked, models };
    }
    return null;
  }

  blocked(
    userId: string,
    guildId: string | null,
  ): Extract<HouseRefusal, { why: 'blocked' }>['who'] | null {
    const has = (scope: SettingScope, key: 'blocked members' | 'blocked servers', id: string) =>
      this.get(scope, key)?.includes(id) === true;
    if (has('bot', 'blocked members', userId)) return 'member';
    if (guildId === null) return null;
    if (has('bot', 'blocked servers', guildId)) return 'server';
    return has(serverScope(guildId), 'blocked members', userId) ? 'member here' : null;
  }

  /** Besides the pause of the whole bot. */
  pausedFor({ request, reply }: Pick<Job, 'request' | 'reply'>): Paused | null {
    const model = this.get('bot', 'paused models')?.[request.modelId] ?? null;
    if (model !== null || reply.guildId === null) return model;
    return this.get(serverScope(reply.guildId), 'paused');
  }

  pausedParts(): PausedPart[] {
    const models = Object.entries(this.get('bot', 'paused models') ?? {});
    return [
      ...models.map(([id, paused]) => {
        return { kind: 'model', name: this.#models.find(id)?.name ?? id, paused } as const;
      }),
      ...this.#settings.servers().flatMap((guildId) => {
        const paused = this.get(serverScope(guildId), 'paused');
        return paused === null ? [] : [{ kind: 'server', guildId, paused } as const];
      }),
    ];
  }

  showing(guildId: string | null): Showing {
    return (guildId === null ? null : this.get(serverScope(guildId), 'showing')) ?? openly;
  }

  /** Whether a new message with a video is for its member's eyes alone. */
  isUnseen({ guildId, ageRestricted }: Here): boolean {
    const { private: isPrivate, ageRestrictedOnly } = this.showing(guildId);
    return isPrivate || (ageRestrictedOnly && ageRestricted !== true);
  }
}

/** The nearest first. */
function scopesOf(guildId: string | null): SettingScope[] {
  return guildId === null ? ['bot'] : [serverScope(guildId), 'bot'];
}
