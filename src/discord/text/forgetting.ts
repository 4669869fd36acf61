/** "Delete my data": what goes, what stays, and what went. Only the member sees it. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Forgotten } from '../../jobs/keeping/forgetting.ts';
import { customId } from './customIds.ts';
import { type MessageBody, pingNobody } from './job.ts';
import type { Words } from './words.ts';

type Row = APIActionRowComponent<APIButtonComponentWithCustomId>;

export function forgetButton(words: Words): APIButtonComponentWithCustomId {
  return button(words.button.forget, 'ask', ButtonStyle.Secondary);
}

export function askedToForget(words: Words): MessageBody {
  return {
    content: words.forget.asked,
    components: [row(button(words.button.forgetNow, 'now', ButtonStyle.Danger))],
    allowed_mentions: pingNobody,
  };
}

export function forgotten({ videos, jobs, running }: Forgotten, words: Words): MessageBody {
  const { forget, grammar } = words;
  const went = jobs === 0 ? forget.nothing : forget.done(videos, jobs);
  const goesOn = running === 0 ? [] : [forget.running(running)];
  return {
    content: grammar.sentences([went, ...goesOn]),
    components: [],
    allowed_mentions: pingNobody,
  };
}

/** Where the operator says what is kept; null where they say nothing. */
export function privacyLine(privacyUrl: string | null, { forget }: Words): string | null {
  return privacyUrl === null ? null : forget.privacy(`<${privacyUrl}>`);
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
