/** Whose accounts are asked for: the whole bot's, or those of the server that it is typed in. */
import type { Command } from '../../incoming/interaction.ts';
import { type Admin, textOf, wordsOption } from './command.ts';

const HERE = 'this server';

export const placeOption = wordsOption('of', 'Admins of a server see that server alone', [
  'whole bot',
  HERE,
]);

/** Null: the whole bot. Those who manage only a server get no more than that, whatever they choose. */
export function guildOf(
  command: Pick<Command, 'options'>,
  { ofBot, guildId }: Admin,
): string | null {
  if (ofBot && (guildId === null || textOf(command, 'of') !== HERE)) return null;
  // Only a server's own admins come here without being the bot's; see admin.ts.
  if (guildId === null) throw new Error('an admin of no server');
  return guildId;
}
