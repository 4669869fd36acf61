/** What a wish would cost, with the button that starts it and the
 * form in which it can be said otherwise. Nobody pays by sending a picture or a text. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { Quote } from '../jobs/actions.ts';
import { customId } from './text/customIds.ts';
import { offer, startLabel } from './text/dm.ts';
import { type MessageBody, pingNobody } from './text/job.ts';
import type { Words } from './text/words.ts';

/** @param note said first, on a line of its own */
export function offerMessage(
  { request, left, draft }: Extract<Quote, { kind: 'quoted' }>,
  words: Words,
  note?: string,
): MessageBody {
  return {
    content: [...(note === undefined ? [] : [note]), offer(request, left, words)].join('\n'),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Primary,
            label: startLabel(request, words),
            custom_id: customId('start', draft.id),
          },
          {
            type: ComponentType.Button,
            style: ButtonStyle.Secondary,
            label: words.button.options,
            custom_id: customId('form', draft.id),
          },
        ],
      },
    ],
    allowed_mentions: pingNobody,
  };
}
