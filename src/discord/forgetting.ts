/** The button "Delete my data": asked once more, privately, then done. Everybody has only their own. */
import type { HandlerParts } from './handlers.ts';
import type { Press } from './incoming/interaction.ts';
import { askedToForget, forgotten } from './text/forgetting.ts';
import { wordsOf } from './text/words.ts';

export interface ForgettingButtons {
  ask(press: Press): Promise<void>;
  now(press: Press): Promise<void>;
}

export function createForgettingButtons({
  actions,
  answers,
}: Pick<HandlerParts, 'actions' | 'answers'>): ForgettingButtons {
  return {
    ask: (press) => answers.privately(press, askedToForget(wordsOf(press))),

    async now(press) {
      const taken = await answers.takeOnItsMessage(press);
      if (taken.kind === 'not ours') return;
      await answers.updateItsMessage(
        press,
        forgotten(await actions.forget(press.requester.userId), wordsOf(press)),
      );
    },
  };
}
