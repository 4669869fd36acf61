/** `/veo-admin changes`: who decided what and when, without what members wrote or may not write. */
import type { SettingChange, SettingScope } from '../../jobs/admins/settings.ts';
import { CONTENT_MAX, quote } from './quote.ts';

const KEY_MAX = 60;

/** Its end is no return to what was configured. */
export const PAUSED = 'paused';

/** A key that stands here for itself is named well enough by its own name. */
const names: Readonly<Record<string, string>> = {
  exempt: 'who is exempt from limits',
  'confirm above': 'the price above which a second press is needed',
  models: 'which models are offered',
  words: 'refused words',
  showing: 'how videos are made and shown',
  audit: 'where admins are told',
};

/** What is settled under a key, e.g. `which models are offered`. */
export function settingName(scope: SettingScope, key: string): string {
  if (key === PAUSED) return `the pause of the ${scope === 'bot' ? 'whole bot' : 'server'}`;
  return names[key] ?? key;
}

/** @param guildId the server whose changes these are; null: of the bot and of all servers */
export function changesText(changes: readonly SettingChange[], guildId: string | null): string {
  const where = guildId === null ? 'in the bot and its servers' : 'in this server';
  if (changes.length === 0) {
    return `🗂️ Nothing was changed ${where}: all is as it was configured.`;
  }
  const head = `🗂️ What admins changed ${where}, the newest first`;
  const lines = changes.map((change) => changeLine(change, guildId === null));
  return [head, ...lines].join('\n').slice(0, CONTENT_MAX);
}

function changeLine({ scope, key, value, by, at }: SettingChange, withScope: boolean): string {
  const what = quote(settingName(scope, key), KEY_MAX);
  const of = withScope ? ` · ${scope === 'bot' ? 'whole bot' : scope}` : '';
  const back = value !== null ? '' : key === PAUSED ? ', over' : ', back to the configuration';
  return `<t:${Math.floor(at / 1000)}:f> · ${what}${back}${of} · <@${by}>`;
}
