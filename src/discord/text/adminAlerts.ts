/** What admins are told without being asked: what happened, what it cost, what to do now. */

import type { Ceiling, Matter } from '../../jobs/admins/alerts.ts';
import type { Alert } from '../../jobs/admins/telling.ts';
import type { JobId } from '../../jobs/job.ts';
import { whereText } from './adminHouse.ts';
import { type MessageBody, pingNobody } from './job.ts';
import { money } from './money.ts';
import { quote } from './quote.ts';

const LONGEST_NAME = 60;

export function alertMessage(alert: Alert): MessageBody {
  const { matter, jobId, scope, times, toldBeforeAt } = alert;
  const isOfBot = scope === 'bot';
  const lines = [
    matterText(matter, isOfBot),
    ...(jobId === null ? [] : [whichJob(jobId, times)]),
    ...countText(times, toldBeforeAt),
  ];
  return { content: lines.join('\n'), components: [], allowed_mentions: pingNobody };
}

function matterText(matter: Matter, isOfBot: boolean): string {
  switch (matter.kind) {
    case 'alarm':
      return alarmText(matter.what, isOfBot);
    case 'model withdrawn': {
      const { model, successor } = matter;
      const next =
        successor === null
          ? 'No successor of it is known here: look for a newer version of the bot, or take it out of VIDEO_MODELS.'
          : `Its successor is ${quote(successor, LONGEST_NAME)}: name that in VIDEO_MODELS in its place.`;
      return `💤 The video service has withdrawn the model ${quote(model, LONGEST_NAME)}. It is not offered any more; what waited for it ended, not charged. Other models go on. ${next}`;
    }
    case 'answer lost': {
      const close = isOfBot
        ? ' Compare it with the bill and close it with `/veo-admin settle`; `/veo-admin jobs state: unconfirmed` lists all of them.'
        : ' The admins of the bot close it once the bill is there.';
      return `⚠️ The answer to a paid request was lost: it may have been charged (${money(matter.microUsd)}), and is not sent again by itself.${close}`;
    }
    case 'undelivered':
      return matter.reason === 'too large'
        ? '📦 A video is made and paid for, but Discord does not accept a file that large in its place. It is kept, and its member can get it. With ffmpeg or PUBLIC_URL the bot makes it smaller or gives a link.'
        : '📦 A video is made and paid for, but Discord did not let the bot post it anywhere: no right to post there, or no way to the member. It is kept, and its member can get it with **Show result**; `/veo-admin deliver` tries again.';
    case 'ceiling':
      return ceilingText(matter);
    case 'another copy':
      return '👥 Something else answered a command of this bot: another copy of it runs with the same token. Nothing is paid twice by that, but each copy has limits and accounts of its own. End the other copy, or change the token in the Developer Portal.';
    default:
      return matter satisfies never;
  }
}

/** The alarms that have words of their own; whatever else there is stands as it is observed. */
const alarmTexts: Readonly<Record<string, string>> = {
  'a paid video cannot be fetched':
    '⚠️ A video was made and paid for, but its file could not be fetched until the service dropped it. It is not paid for again by itself. If there are several, `npm run doctor` looks at the proxy and its keys.',
  'a paid video cannot be read':
    '⚠️ A video was made and paid for, but what the service sends is no video that can be read. The last file is kept as `videos/ID.unreadable` in the data folder. Nothing is paid again by itself.',
  'another model answered':
    '⚠️ A video was made by another model than was asked for; it is charged as that one. Look at what the proxy makes of the model’s name.',
  'clock wrong, so nothing old is deleted':
    '🕰️ The clock of this machine is more than a day wrong, so nothing old is deleted. Set the clock; then it goes on by itself.',
  'failed and charged':
    '⚠️ The video service failed, and charged for it. It is not tried again by itself. If there are several, `/veo-admin pause` stops new ones.',
  'its money is not what the ledger says':
    '🧾 What a video says of its money is not what the ledger says. Nothing was changed, and limits count what the video says. `npm run doctor` compares all of them.',
  'made otherwise than asked for':
    '🧾 A video came in another length or size than was asked for. Its member is told; where only an estimate was booked, it is booked at what it really costs. Compare it with the bill, and look at what the proxy does to requests.',
  'operation gone':
    '⚠️ The video service does not know a paid video any more. It may have been charged, and is not paid for again by itself. Many at once mean that the proxy has another project’s key.',
  'paid and not understood':
    '⚠️ A video was made and paid for, but none can be found in the answer of the service. It is not paid for again by itself. If there are several, the service has changed: `/veo-admin pause`, and look for a newer version.',
  'paid operation not written down':
    '💾 A paid request cannot be written down: the disk takes nothing. Free some room before anything else and leave the bot running: it holds it in memory and tries for some minutes.',
  'put back from a backup':
    '💾 The database was put back from a backup. What waited in it is not sent again: it is booked as “may have been charged”. Close each with `/veo-admin settle` once the bill is there.',
  'service budget':
    '🧾 The proxy’s key is over its budget. What is asked for now waits, not charged, and starts by itself once there is budget again; what is paid for is fetched then. Raise the budget at the proxy.',
  'set up wrongly':
    '🛠️ The proxy refuses the bot’s key or address, or Google the key behind it. What is asked for now waits, not charged, and starts by itself once it is mended; what is paid for is fetched then. `npm run doctor` says what to change.',
  storage:
    '💾 There is not enough room on the disk. Nothing new is paid for until there is; what is paid for goes on. Free some room, or keep videos for fewer days (KEEP_VIDEOS_DAYS).',
  'use not believed':
    '🧾 The service reports a use that cannot be, so a video is booked at its estimate. Compare it with the bill.',
  'video file gone':
    '⚠️ The file of a paid video is gone from the data folder before it was posted. It is not paid for again by itself. Look at who else writes there.',
};

/** Words that those who only manage a server can do nothing with are left out. */
const alarmTextsOfServers: Readonly<Record<string, string>> = {
  'a paid video cannot be fetched':
    '⚠️ A video was made and paid for, but its file could not be fetched until the service dropped it. It is not paid for again by itself.',
  'a paid video cannot be read':
    '⚠️ A video was made and paid for, but what the service sends is no video that can be read. Nothing is paid again by itself.',
  'failed and charged':
    '⚠️ The video service failed, and charged for it. It is not tried again by itself. If there are several, `/veo-admin pause` stops new ones here.',
  'operation gone':
    '⚠️ The video service does not know a paid video any more. It may have been charged, and is not paid for again by itself.',
  'paid and not understood':
    '⚠️ A video was made and paid for, but none can be found in the answer of the service. It is not paid for again by itself. If there are several, `/veo-admin pause` stops new ones here.',
  'video file gone':
    '⚠️ The file of a paid video was lost before it was posted. It is not paid for again by itself.',
};

function alarmText(what: string, isOfBot: boolean): string {
  const known = (isOfBot ? alarmTexts : alarmTextsOfServers)[what] ?? alarmTexts[what];
  return known ?? `⚠️ ${quote(what, LONGEST_NAME)}. \`/veo-admin status\` and the log say more.`;
}

function ceilingText(ceiling: Ceiling): string {
  const { period, of, isUsedUp, used, max, priceMicroUsd, untilAt } = ceiling;
  const sums =
    of === 'money'
      ? `${money(used)} of ${money(max)} are used`
      : `${used} of ${max} videos are used`;
  const when = period === 'day' ? 'today' : 'this month';
  const until = `<t:${Math.ceil(untilAt / 1000)}:f>`;
  const raise = '`/veo-admin limits set of: bot` raises it, `/veo-admin spend` tells who used it.';
  if (!isUsedUp) {
    return `🧾 The bot's ceiling ${when} is nearly reached: ${sums}. What does not fit any more is refused until ${until}, not charged. ${raise}`;
  }
  const next = of === 'money' ? `A video like the last one (${money(priceMicroUsd)})` : 'A video';
  return `🧾 The bot's ceiling ${when} is reached: ${sums}. ${next} is refused until ${until}, not charged. ${raise}`;
}

function whichJob(jobId: JobId, times: number): string {
  const which = times > 1 ? 'The newest is video' : 'Video';
  return `${which} ${jobId}: \`/veo-admin job id:${jobId}\``;
}

function countText(times: number, toldBeforeAt: number | null): string[] {
  if (toldBeforeAt === null) return times === 1 ? [] : [`It happened ${times} times by now.`];
  return [`${times} more since it was told before, <t:${Math.floor(toldBeforeAt / 1000)}:R>.`];
}

export function auditHello(guildId: string | null): string {
  return `📒 From now on the admins are told here what needs them ${whereText(guildId)}: what went wrong with paid videos, what members report${guildId === null ? ', what keeps the bot from working' : ''}. What admins change and do to videos stands here too.`;
}

export function auditText(channelId: string | null, guildId: string | null): string {
  const where = whereText(guildId);
  if (channelId !== null)
    return `📒 <#${channelId}> is told what needs admins ${where}, and what admins did.`;
  return guildId === null
    ? '📒 No channel is told what needs admins: the bot writes to those in ADMIN_USER_IDS by direct message. `/veo-admin audit channel:` sets one.'
    : '📒 No channel is told what needs admins in this server: what members report goes to the admins of the bot. `/veo-admin audit channel:` sets one.';
}

export function auditNotSet(
  channelId: string,
  why: 'not there' | 'not allowed' | 'not now',
): string {
  const nothing = 'Nothing was changed.';
  switch (why) {
    case 'not there':
      return `<#${channelId}> is not in this server. ${nothing} Choose one that is.`;
    case 'not allowed':
      return `The bot cannot post in <#${channelId}>. ${nothing} Let it see the channel and send messages there, then try again.`;
    case 'not now':
      return `Discord does not answer for <#${channelId}> at the moment. ${nothing} Try again in a minute.`;
    default:
      return why satisfies never;
  }
}

export function channelLost(channelId: string): string {
  return `(Told here because the bot cannot post in <#${channelId}> any more: \`/veo-admin audit\` sets another channel.)`;
}
