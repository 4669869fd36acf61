/** What admins read in their channel of what one of them did. */
import type { Act } from '../../jobs/admins/acts.ts';
import type { SettingScope } from '../../jobs/admins/settings.ts';
import type { Job } from '../../jobs/job.ts';
import { PAUSED, settingName } from './adminChanges.ts';
import { chargeWords } from './charge.ts';
import { type MessageBody, pingNobody } from './job.ts';
import { en } from './words/en.ts';

/** @param forBot the admins of the bot read it, to whom a server has to be named */
export function actLine(act: Act, forBot: boolean): string {
  const by = `<@${act.by}>`;
  if (act.kind === 'setting') {
    const where = whereText(act.scope, forBot);
    if (act.key === PAUSED) {
      return act.value === null
        ? `▶️ ${by} lets new videos be made again${where}.`
        : `⏸️ ${by} paused new videos${where}.`;
    }
    const back = act.value === null ? ', back to the configuration' : '';
    return `🗂️ ${by} changed ${settingName(act.scope, act.key)}${where}${back}.`;
  }
  const video = `video ${act.job.id} of <@${act.job.requester.userId}>`;
  switch (act.did) {
    case 'cancelled':
      return `✋ ${by} cancelled ${video}${chargeOf(act.job)}.`;
    case 'asked to stop':
      return `✋ ${by} asked to stop ${video}: it may still be made and charged.`;
    case 'asked to deliver again':
      return `📨 ${by} asked to deliver ${video} again.`;
    case 'settled as charged':
    case 'settled as not charged':
      return `🧾 ${by} ${act.did.replace(' as ', ` ${video} as `)}.`;
    default:
      return act.did satisfies never;
  }
}

/** @param more so many came besides */
export function actsMessage(lines: readonly string[], more: number): MessageBody {
  const rest =
    more === 0
      ? []
      : [
          `… and ${more} more. \`/veo-admin changes\` tells what was set; what was done to a video stands in its history (\`/veo-admin job\`, for the admins of the bot).`,
        ];
  const content = [...lines, ...rest].join('\n');
  return { content, components: [], allowed_mentions: pingNobody };
}

function chargeOf(job: Job): string {
  return 'charge' in job ? `: ${chargeWords(job.charge, en)}` : '';
}

function whereText(scope: SettingScope, forBot: boolean): string {
  if (scope === 'bot') return ' in the whole bot';
  return forBot ? ` in ${scope}` : ' in this server';
}
