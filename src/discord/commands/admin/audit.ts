/** The channel in which admins are told what needs them: of the whole bot, or of one server. */
import { ApplicationCommandOptionType, ChannelType } from 'discord.js';
import { serverScope } from '../../../jobs/admins/settings.ts';
import { auditNotSet, auditText } from '../../text/adminAlerts.ts';
import { type AdminCommand, subcommand, textOf } from './command.ts';
import { guildOf, placeOption } from './place.ts';

export const audit: AdminCommand = {
  body: subcommand(
    'audit',
    'Where admins are told what needs them and what they did. Without options: shows it.',
    [
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'channel',
        description: 'Whoever can read it reads what members report and what admins do',
        channel_types: [ChannelType.GuildText],
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        name: 'off',
        description: 'Tell it in no channel any more',
      },
      placeOption,
    ],
  ),
  for: 'server',
  // The channel is tried out, which can take longer than Discord waits.
  isSlow: true,
  async answer(command, { audit, house, ruling }, by) {
    const guildId = guildOf(command, by);
    const channelId = textOf(command, 'channel');
    if (channelId !== null) {
      const why = await audit.tryChannel(channelId, guildId, `hello ${command.id}`);
      if (why !== null) return auditNotSet(channelId, why);
      await ruling.setAudit(guildId, channelId, by.userId);
    } else if (command.options.get('off') === true) {
      await ruling.setAudit(guildId, null, by.userId);
    }
    return auditText(house.get(guildId === null ? 'bot' : serverScope(guildId), 'audit'), guildId);
  },
};
