/** `/veo-help`: what the bot does, with the prices of the models that can be had now. */
import type { Model } from '../../jobs/model.ts';
import type { CommandHandler, HandlerParts } from '../handlers.ts';
import { helpText } from '../text/help.ts';
import { wordsOf } from '../text/words.ts';

export interface HelpParts extends Pick<HandlerParts, 'answers'> {
  readonly models: (guildId: string | null) => readonly Model[];
  readonly privacyUrl: string | null;
}

export function createHelp({ answers, models, privacyUrl }: HelpParts): CommandHandler {
  return (command) =>
    answers.privately(
      command,
      helpText(models(command.reply.guildId), wordsOf(command), privacyUrl),
    );
}
