/**
 * What admins set at run time, over what the configuration says. Kept in the database with who and
 * when; read at the start and held in memory, since nobody but this process writes it.
 */
import type { JobStore } from '../ports/store.ts';

/** Where a setting holds: in the whole bot, or in one server. */
export type SettingScope = 'bot' | `server ${string}`;

/** One change, as it stays on record. */
export interface SettingChange {
  readonly scope: SettingScope;
  /** E.g. `limits`; its owner says what form the value has. */
  readonly key: string;
  /** JSON; null: back to what the configuration says. */
  readonly value: string | null;
  /** User id of the admin. */
  readonly by: string;
  /** Wall clock in ms. */
  readonly at: number;
}

/** With what stood there till then, in the same form. */
export interface RecordedChange extends SettingChange {
  readonly before: string | null;
}

const SERVER = 'server ';

export class Settings {
  readonly #store: Pick<JobStore, 'settings' | 'changeSetting' | 'settingChanges'>;
  readonly #changed: (change: SettingChange, before: unknown) => void;
  readonly #held = new Map<string, unknown>();

  /** @param changed told of each change once it holds, with what was set before, or null */
  constructor(
    store: Pick<JobStore, 'settings' | 'changeSetting' | 'settingChanges'>,
    changed: (change: SettingChange, before: unknown) => void = () => {},
  ) {
    this.#store = store;
    this.#changed = changed;
  }

  /** Before anything is asked for. */
  async load(): Promise<void> {
    for (const { scope, key, value } of await this.#store.settings()) {
      if (value !== null) this.#held.set(name(scope, key), JSON.parse(value));
    }
  }

  /** Null: nothing was set. What is written is what is read: the caller knows its form. */
  get<T>(scope: SettingScope, key: string): T | null {
    return (this.#held.get(name(scope, key)) ?? null) as T | null;
  }

  /** The ids of the servers for which something is set. */
  servers(): string[] {
    const scopes = [...this.#held.keys()].map((key) => key.split('\n')[0] ?? '');
    return [...new Set(scopes.filter((scope) => scope.startsWith(SERVER)))].map((scope) =>
      scope.slice(SERVER.length),
    );
  }

  /** Holds once it is on disk. Null: back to what the configuration says. @throws StorageFull */
  async set(scope: SettingScope, key: string, value: unknown, by: string, at: number) {
    const json = value === null ? null : JSON.stringify(value);
    const change = { scope, key, value: json, by, at };
    await this.#store.changeSetting(change);
    const before = this.get(scope, key);
    if (json === null) this.#held.delete(name(scope, key));
    else this.#held.set(name(scope, key), JSON.parse(json));
    this.#changed(change, before);
  }

  /** The newest changes, newest first. @param scope null: of the bot and all servers */
  changes(limit: number, scope: SettingScope | null = null): Promise<RecordedChange[]> {
    return this.#store.settingChanges(limit, scope);
  }
}

export function serverScope(guildId: string): SettingScope {
  return `${SERVER}${guildId}`;
}

function name(scope: SettingScope, key: string): string {
  return `${scope}\n${key}`;
}
