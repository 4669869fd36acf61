/** Which models are offered, in the whole bot or in one server. */
import type { House } from '../../../jobs/admins/house.ts';
import type { Choice } from '../../answering/acknowledge.ts';
import { modelsText, modelText, whichModel } from '../../text/adminHouse.ts';
import { plainLine } from '../../text/quote.ts';
import { type AdminCommand, subcommand, textOf, textOption, wordsOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

/** Discord's: of choices, and of the characters of each. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const ways = ['on', 'off', 'default'] as const;

export const modelOption = {
  ...textOption('model', 'Which model'),
  autocomplete: true as const,
};

export const models: AdminCommand = {
  body: subcommand('models', 'Which models are offered. Without options: shows them.', [
    wordsOption('make', 'Offered, not offered, or taken where none is named', ways),
    modelOption,
    placeOption,
  ]),
  for: 'server',
  async answer(command, { house, ruling }, by) {
    const guildId = guildOf(command, by);
    const asked = textOf(command, 'make');
    const how = ways.find((one) => one === asked);
    const model = textOf(command, 'model');
    if (how === undefined) return modelsText(house, guildId);
    if (model === null) return whichModel();
    return modelText(await ruling.offerModel(guildId, model, how, by.userId), how, guildId);
  },
  complete: async ({ focused }, { house }) => modelChoices(house, focused.typed),
};

export function modelChoices(house: House, typed: string): Choice[] {
  const part = typed.trim().toLowerCase();
  return house
    .allModels()
    .filter(({ id, name }) => `${name}\n${id}`.toLowerCase().includes(part))
    .filter(({ id }) => id.length <= LONGEST_CHOICE)
    .slice(0, MOST_CHOICES)
    .map(({ id, name }) => ({ name: plainLine(name, LONGEST_CHOICE), value: id }));
}
