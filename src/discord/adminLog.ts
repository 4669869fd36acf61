/**
 * What admins did, line by line in the channels where admins are told. Nobody waits for it, and nobody is
 * written to where no channel is set: `/veo-admin changes` and the history of a video keep it anyway.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Act } from '../jobs/acts.ts';
import type { House } from '../jobs/house.ts';
import { type SettingScope, serverScope } from '../jobs/settings.ts';
import type { Audit } from './audit.ts';
import { actLine, actsMessage } from './text/adminLog.ts';

export interface AdminLog {
  note(act: Act): void;
}

export interface AdminLogParts {
  readonly audit: Pick<Audit, 'post'>;
  readonly house: Pick<House, 'get'>;
  readonly signal: AbortSignal;
}

/** Several at once are one message. */
const GATHER_MS = 500;
/** A channel that cannot be written to would otherwise pile them up. */
const MOST_WAITING = 50;

export function createAdminLog({ audit, house, signal }: AdminLogParts): AdminLog {
  const waiting = new Map<SettingScope, string[]>();
  let messages = 0;

  async function tell(scope: SettingScope): Promise<void> {
    const lines = waiting.get(scope) ?? [];
    while (lines.length > 0 && !signal.aborted) {
      await sleep(GATHER_MS, undefined, { signal }).catch(() => {});
      const { message, told } = actsMessage(lines);
      lines.splice(0, told);
      messages += 1;
      // A restart counts anew, and its messages are others.
      await audit.post(scope, message, `acts ${process.pid} ${Date.now()} ${messages}`);
    }
    waiting.delete(scope);
  }

  return {
    note(act) {
      for (const scope of scopesOf(act, house)) {
        const line = actLine(act, scope === 'bot');
        const lines = waiting.get(scope);
        if (lines === undefined) {
          waiting.set(scope, [line]);
          void tell(scope);
        } else if (lines.length < MOST_WAITING) lines.push(line);
      }
    },
  };
}

/** Where it is told: in the server that it concerns and in the bot's channel, where they are two. */
function scopesOf(act: Act, house: Pick<House, 'get'>): SettingScope[] {
  const own = scopeOf(act);
  const channels = new Set<string>();
  return (['bot', own] as const).filter((scope) => {
    const channelId = house.get(scope, 'audit');
    // A channel that is set says hello by itself.
    const isItself = act.kind === 'setting' && act.key === 'audit' && act.scope === scope;
    if (channelId === null || channels.has(channelId) || isItself) return false;
    channels.add(channelId);
    return true;
  });
}

function scopeOf(act: Act): SettingScope {
  if (act.kind === 'setting') return act.scope;
  const { place, guildId } = act.job.reply;
  return place === 'server' && guildId !== null ? serverScope(guildId) : 'bot';
}
