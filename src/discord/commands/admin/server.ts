/** How videos are made and shown in the server that it is typed in. */
import { ApplicationCommandOptionType } from 'discord.js';
import { serverScope } from '../../../jobs/admins/settings.ts';
import type { Command } from '../../incoming/interaction.ts';
import { showingText } from '../../text/adminHouse.ts';
import { pausedBy } from '../../text/adminSteering.ts';
import { wordsOf } from '../../text/words.ts';
import { type AdminCommand, subcommand } from './command.ts';

function flagOption(name: string, description: string) {
  return { type: ApplicationCommandOptionType.Boolean as const, name, description };
}

export const server: AdminCommand = {
  body: subcommand('server', 'How videos are shown in this server. Without options: shows it.', [
    flagOption('private', 'Only whoever asks sees their video, whatever they choose'),
    flagOption('age_restricted_only', 'Videos are made only in age-restricted channels'),
    flagOption('spoilers', 'Videos stand behind a spoiler in channels that are not'),
  ]),
  for: 'server',
  async answer(command, { house, ruling }, { guildId, userId }) {
    if (guildId === null) return wordsOf(command).answer.outdatedOptions;
    const hidden = flag(command, 'private');
    const adults = flag(command, 'age_restricted_only');
    const spoilers = flag(command, 'spoilers');
    const changes = {
      ...(hidden !== null && { private: hidden }),
      ...(adults !== null && { ageRestrictedOnly: adults }),
      ...(spoilers !== null && { spoilers }),
    };
    const showing = await ruling.show(guildId, changes, userId);
    const paused = house.get(serverScope(guildId), 'paused');
    return showingText(showing, paused === null ? null : pausedBy(paused));
  },
};

function flag({ options }: Command, name: string): boolean | null {
  const value = options.get(name);
  return typeof value === 'boolean' ? value : null;
}
