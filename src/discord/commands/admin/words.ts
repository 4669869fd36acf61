/** Terms that no prompt may hold. Shown to admins alone, and never logged. */
import type { House } from '../../../jobs/admins/house.ts';
import { LONGEST_TERM, normalTerm } from '../../../jobs/admins/refusedWords.ts';
import { serverScope } from '../../../jobs/admins/settings.ts';
import { wordAdded, wordRemoved, wordsText } from '../../text/adminHouse.ts';
import { type AdminCommand, subcommand, textOf, textOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

export const words: AdminCommand = {
  body: subcommand('words', 'Terms that no prompt may hold. Without options: shows them.', [
    { ...textOption('add', 'A word, or several side by side'), max_length: LONGEST_TERM },
    {
      ...textOption('remove', 'A term that may be used again'),
      ...{ max_length: LONGEST_TERM, autocomplete: true as const },
    },
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
    return wordsText(termsOf(house, guildId), guildId);
  },
  async complete(typing, { house }, by) {
    if (typing.focused.name !== 'remove') return [];
    const typed = normalTerm(typing.focused.typed);
    const found = termsOf(house, guildOf(typing, by)).filter((term) => term.includes(typed));
    return found.map((term) => ({ name: term, value: term }));
  },
};

function termsOf(house: House, guildId: string | null): readonly string[] {
  return house.get(guildId === null ? 'bot' : serverScope(guildId), 'words') ?? [];
}
