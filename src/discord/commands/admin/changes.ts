import { changesText } from '../../text/adminChanges.ts';
import { type AdminCommand, subcommand } from './command.ts';
import { guildOf, placeOption } from './place.ts';

/** Their lines fit into one message, however long the names in them are. */
const LISTED = 12;

export const changes: AdminCommand = {
  body: subcommand('changes', 'Who changed which limit or rule here, and when.', [placeOption]),
  for: 'server',
  async answer(command, { ruling }, by) {
    const guildId = guildOf(command, by);
    return changesText(await ruling.changes(guildId, LISTED), guildId);
  },
};
