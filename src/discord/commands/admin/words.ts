/** Terms that no prompt may hold. Shown to admins alone, and never logged. */
import { LONGEST_TERM } from '../../../jobs/refusedWords.ts';
import { serverScope } from '../../../jobs/settings.ts';
import { wordAdded, wordRemoved, wordsText } from '../../text/adminHouse.ts';
import { type AdminCommand, subcommand, textOf, textOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

export const words: AdminCommand = {
  body: subcommand('words', 'Terms that no prompt may hold. Without options: shows them.', [
    { ...textOption('add', 'A word, or several side by side'), max_length: LONGEST_TERM },
    { ...textOption('remove', 'A term that may be used again'), max_length: LONGEST_TERM },
    placeOption,
  ]),
  for: 'server',
  async answer(command, { house, ruling }, by) {
    const guildId = guildOf(command, by);
    const add = textOf(command, 'add');
    const remove = textOf(command, 'remove');
    const said: string[] = [];
    if (add !== null) said.push(wordAdded(await ruling.addWord(guildId, add, by.userId), guildId));
    if (remove !== null) {
      said.push(wordRemoved(await ruling.removeWord(guildId, remove, by.userId), guildId));
    }
    if (said.length > 0) return said.join('\n');
    const scope = guildId === null ? 'bot' : serverScope(guildId);
    return wordsText(house.get(scope, 'words') ?? [], guildId);
  },
};
