import { changesText } from '../../text/adminChanges.ts';
import { type AdminCommand, subcommand } from './command.ts';
import { guildOf, placeOption } from './place.ts';

/** What does not fit into one message is left out from the end. */
const LISTED = 12;

export const changes: AdminCommand = {
  body: subcommand('changes', 'Who changed which limit or rule here, and when.', [placeOption]),
  for: 'server',
  async answer(command, { ruling }, by) {
    const guildId = guildOf(command, by);
    return changesText(await ruling.changes(guildId, LISTED), guildId);
  },
};
