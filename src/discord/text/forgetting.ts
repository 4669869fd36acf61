/** "Delete my data": what goes, what stays, and what went. Only the member sees it. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Forgotten } from '../../jobs/forgetting.ts';
import { customId } from './customIds.ts';
import { type MessageBody, pingNobody } from './job.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export const FORGET_LABEL = 'Delete my data';

export function forgetButton(): APIButtonComponentWithCustomId {
  return button(FORGET_LABEL, 'ask', ButtonStyle.Secondary);
}

export function askedToForget(): MessageBody {
  return {
    content: [
      '**Delete your data here?** This cannot be undone.',
      '**Goes** the videos that are kept for you, also those that wait for you; the pictures you sent; your prompts and what the video service said about them.',
      '**Stays** when you asked, what it cost and your user id, for the accounts. What was posted stays in its channel: delete it there. Backups of the bot lose your data as they are replaced.',
      'What is still being made goes on, and is forgotten once it has ended.',
    ].join('\n'),
    components: [row(button('Delete it all', 'now', ButtonStyle.Danger))],
    allowed_mentions: pingNobody,
  };
}

export function forgotten({ videos, jobs, running }: Forgotten): MessageBody {
  const went =
    jobs === 0
      ? 'There was nothing to delete.'
      : `🗑️ Deleted: ${counted(videos, 'kept video')}, and the words and pictures of ${counted(jobs, 'request')}.`;
  const goesOn =
    running === 0
      ? ''
      : ` ${counted(running, 'request')} ${running === 1 ? 'has' : 'have'} not ended yet: ${running === 1 ? 'it goes' : 'they go'} on and will be forgotten then.`;
  return { content: went + goesOn, components: [], allowed_mentions: pingNobody };
}

/** Where the operator says what is kept; null where they say nothing. */
export function privacyLine(privacyUrl: string | null): string | null {
  return privacyUrl === null ? null : `Privacy: <${privacyUrl}>`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function button(
  label: string,
  id: 'ask' | 'now',
  style: ButtonStyle.Danger | ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId('forget', id) };
}

function row(...components: APIButtonComponentWithCustomId[]): Row {
  return { type: ComponentType.ActionRow, components };
}
