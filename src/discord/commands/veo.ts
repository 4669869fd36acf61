/** `/veo`: one command, one job; without a prompt, a form. */
import type { Forms } from '../forms.ts';
import type { CommandHandler, HandlerParts } from '../handlers.ts';
import { wordsOf } from '../text/words.ts';
import { placeOf, type WaysOut } from '../waysOut.ts';
import { option, wishOf } from './wish.ts';

export interface VeoParts extends HandlerParts {
  readonly forms: Pick<Forms, 'openNew'>;
  readonly waysOut: WaysOut;
}

export function createVeo({ actions, answers, forms, waysOut }: VeoParts): CommandHandler {
  return async (command) => {
    const wish = wishOf(command.options, command.attachments);
    if (wish === null) return answers.privately(command, wordsOf(command).answer.outdatedOptions);
    if (!command.options.has(option.prompt)) return forms.openNew(command, wish);
    const { requester, reply } = command;
    const result = await actions.ask(
      { origin: `interaction:${command.id}`, wish, requester, reply },
      (job) => answers.takeWithNewMessage(command, job),
    );
    // In every other case the reply speaks, or Discord did not take the acknowledgement.
    if (result.kind === 'refused') {
      await answers.privately(command, await waysOut(result, { ...requester, ...placeOf(reply) }));
    }
  };
}
