/** `/veo`: one command, one job. */
import type { CommandHandler, HandlerParts } from '../handlers.ts';
import { outdatedOptions } from '../text/answers.ts';
import { refusalText } from '../text/refusals.ts';
import { wishOf } from './wish.ts';

export function createVeo({ actions, answers }: HandlerParts): CommandHandler {
  return async (command) => {
    const wish = wishOf(command.options);
    if (wish === null) return answers.privately(command, outdatedOptions());
    const { requester, reply } = command;
    const result = await actions.ask(
      { origin: `interaction:${command.id}`, wish, requester, reply },
      (job) => answers.takeWithNewMessage(command, job),
    );
    // In every other case the reply speaks, or Discord did not take the acknowledgement.
    if (result.kind === 'refused') await answers.privately(command, refusalText(result.refusal));
  };
}
