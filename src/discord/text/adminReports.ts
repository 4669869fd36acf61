/** What admins read of a video that a member reported, and of taking it down. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Job, JobId } from '../../jobs/job.ts';
import { chargeWords } from './charge.ts';
import { customId } from './customIds.ts';
import { type MessageBody, pingNobody } from './job.ts';
import { quote } from './quote.ts';
import { REASON_MAX } from './reporting.ts';
import { en } from './words/en.ts';

export interface Report {
  readonly userId: string;
  readonly reason: string;
  /** Members that have reported it by now. */
  readonly count: number;
  /** The message with the video. */
  readonly guildId: string | null;
  readonly channelId: string;
  readonly messageId: string;
}

const LONGEST_NAME = 60;
/** In a button's id: outside of servers. */
export const NOWHERE = '0';

/** @param mayLookUp whether who reads it may know what the video cost: it is of their server, or the bot theirs */
export function reportMessage(job: Job, report: Report, mayLookUp: boolean): MessageBody {
  const { userId, reason, count, guildId, channelId, messageId } = report;
  const where =
    guildId === null
      ? 'in a direct message or a group'
      : `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
  const charge = 'charge' in job ? ` · ${chargeWords(job.charge, en)}` : '';
  const more = mayLookUp ? `${charge} · \`/veo-admin job id:${job.id}\`` : ' · asked for elsewhere';
  const lines = [
    `🚩 <@${userId}> reported a video of <@${job.requester.userId}>: ${where}`,
    `Video ${job.id} · ${quote(job.request.modelName, LONGEST_NAME)}${more}`,
    ...(count === 1 ? [] : [`${count} members have reported it by now.`]),
    reason === '' ? 'No reason was given.' : `> ${quote(reason, REASON_MAX)}`,
  ];
  const what = [job.id, guildId ?? NOWHERE, channelId, messageId].join('-');
  return {
    content: lines.join('\n'),
    components: [row('Take down', customId('takedown', what), false)],
    allowed_mentions: pingNobody,
  };
}

/** Of the report's message, once that is done; its words stay. */
export function reportDone(what: string): Pick<MessageBody, 'components' | 'allowed_mentions'> {
  const components = [row('Taken down', customId('takedown', what), true)];
  return { components, allowed_mentions: pingNobody };
}

function row(label: string, custom_id: string, disabled: boolean) {
  const style = disabled ? (ButtonStyle.Secondary as const) : (ButtonStyle.Danger as const);
  const button = { type: ComponentType.Button as const, style, label, custom_id, disabled };
  return { type: ComponentType.ActionRow as const, components: [button] };
}

/** For the one who pressed. */
export function takenDown(jobId: JobId): string {
  return `🗑️ Video ${jobId} is taken out of its message. What it cost stays said there; nothing was charged for this. \`/veo-admin block\` keeps a member from making more.`;
}

/** For the one who pressed. @param guildId the server for which it counts; null: everywhere */
export function goneAlready(jobId: JobId, guildId: string | null): string {
  const where = guildId === null ? 'everywhere' : 'in this server';
  return `🗑️ The message with video ${jobId} is gone already. The video counts as taken down ${where} all the same: its member can bring it back for their own eyes alone. Nothing was charged for this.`;
}

/** For all others who read the report. */
export function takenDownBy(jobId: JobId, userId: string, wasGone: boolean): MessageBody {
  const gone = wasGone ? ': its message was gone already' : '';
  const content = `🗑️ <@${userId}> took down video ${jobId}${gone}.`;
  return { content, components: [], allowed_mentions: pingNobody };
}

export function notTakenDown(why: 'out of reach' | 'not now'): string {
  switch (why) {
    case 'out of reach':
      return 'The bot cannot reach the message with this video, so nothing was changed. Delete the message with Discord’s own menu, or ask those who run the place where it is.';
    case 'not now':
      return 'Discord does not answer at the moment, so it is not sure whether the video is taken down. Press again in a minute: that does no harm.';
    default:
      return why satisfies never;
  }
}

export function notYoursToTakeDown(): string {
  return 'Only an admin of the bot, or somebody who manages the server that this video is in, can take it down. Nothing was changed.';
}
