/** `/veo-admin changes`: who decided what and when, without what members wrote or may not write. */
import type { RecordedChange, SettingScope } from '../../jobs/admins/settings.ts';
import { CONTENT_MAX, quote } from './quote.ts';
import { settingDetail } from './settingDetail.ts';

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
export function changesText(changes: readonly RecordedChange[], guildId: string | null): string {
  const where = guildId === null ? 'in the bot and its servers' : 'in this server';
  if (changes.length === 0) {
    return `🗂️ Nothing was changed ${where}: all is as it was configured.`;
  }
  const head = `🗂️ What admins changed ${where}, the newest first`;
  const lines = [head, ...changes.map((change) => changeLine(change, guildId === null))];
  while (lines.join('\n').length > CONTENT_MAX) lines.pop();
  return lines.join('\n');
}

function changeLine(change: RecordedChange, withScope: boolean): string {
  const { scope, key, value, before, by, at } = change;
  const what = quote(settingName(scope, key), KEY_MAX);
  const of = withScope ? ` · ${scope === 'bot' ? 'whole bot' : scope}` : '';
  const to =
    key === PAUSED && value === null ? ', over' : changedTo(key, parsed(value), parsed(before));
  return `<t:${Math.floor(at / 1000)}:f> · ${what}${to}${of} · <@${by}>`;
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}

/** Behind the name of what was changed, e.g. `: <@5> blocked`. */
export function changedTo(key: string, value: unknown, before: unknown): string {
  const detail = settingDetail(key, value, before);
  if (detail !== '') return `: ${detail}`;
  return value === null ? ', back to the configuration' : '';
}
