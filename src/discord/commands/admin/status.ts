import { SnowflakeUtil as DiscordSnowflake } from 'discord.js';
import { statusText } from '../../text/admin.ts';
import { type AdminCommand, subcommand } from './command.ts';

export const status: AdminCommand = {
  body: subcommand('status', 'What needs you, what runs, and what it costs.'),
  for: 'bot',
  async answer(command, { admin, gateway, now }) {
    // The command's id holds Discord's own time; it was on its way for a fraction of a second.
    const clockAheadMs = now() - DiscordSnowflake.timestampFrom(command.id);
    return statusText({ ...(await admin.status()), clockAheadMs }, gateway());
  },
};
