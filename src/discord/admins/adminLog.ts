/**
 * What admins did, line by line in the channels where admins are told. Nobody waits for it, and nobody is
 * written to where no channel is set: `/veo-admin changes` and the history of a video keep it anyway.
 */
import type { Act } from '../../jobs/admins/acts.ts';
import type { House } from '../../jobs/admins/house.ts';
import type { Lines } from '../../jobs/admins/lines.ts';
import { type SettingScope, serverScope } from '../../jobs/admins/settings.ts';
import { actLine } from '../text/adminLog.ts';

export interface AdminLog {
  note(act: Act): void;
}

export interface AdminLogParts {
  readonly lines: Pick<Lines, 'add'>;
  readonly house: Pick<House, 'get'>;
}

export function createAdminLog({ lines, house }: AdminLogParts): AdminLog {
  return {
    note(act) {
      const id = idOf(act);
      for (const [channelId, scope] of channelsOf(act, house)) {
        lines.add({ id, channelId, line: actLine(act, scope === 'bot') });
      }
    },
  };
}

/** In the server that it concerns, and in the bot's channel: once, where they are one. */
function channelsOf(act: Act, house: Pick<House, 'get'>): Map<string, SettingScope> {
  const told = new Map<string, SettingScope>();
  const own = scopeOf(act);
  for (const scope of [own, 'bot'] as const) {
    const isItself = act.kind === 'setting' && act.key === 'audit' && act.scope === scope;
    // A channel that is set says hello by itself; the one of before has it as its last word.
    const channelId = isItself ? channelBefore(act.before) : house.get(scope, 'audit');
    if (channelId !== null) told.set(channelId, scope);
  }
  return told;
}

function channelBefore(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function idOf(act: Act): string {
  if (act.kind === 'job') return `${act.job.id} ${act.job.revision}`;
  return `${act.scope} ${act.key} ${act.by} ${act.at}`;
}

function scopeOf(act: Act): SettingScope {
  if (act.kind === 'setting') return act.scope;
  const { place, guildId } = act.job.reply;
  return place === 'server' && guildId !== null ? serverScope(guildId) : 'bot';
}
