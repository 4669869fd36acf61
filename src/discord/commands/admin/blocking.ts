/** Who gets no new videos, in the whole bot or in one server. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { Command } from '../../incoming/interaction.ts';
import {
  blockedText,
  blockText,
  notAnAdminBlocked,
  notAServer,
  notYourselfBlocked,
  serversAreNotYours,
  unblockText,
  whereText,
  whomToBlock,
} from '../../text/adminHouse.ts';
import { quote } from '../../text/quote.ts';
import { type Admin, type AdminCommand, subcommand, textOf, textOption } from './command.ts';
import { guildOf, placeOption } from './place.ts';

const options = [
  {
    type: ApplicationCommandOptionType.User as const,
    name: 'member',
    description: 'Whom',
  },
  { ...textOption('server', 'A whole server, by its id; for admins of the bot'), max_length: 20 },
  placeOption,
];

export const block: AdminCommand = {
  body: subcommand(
    'block',
    'Makes nothing new for a member or server. Alone: shows who is.',
    options,
  ),
  for: 'server',
  async answer(command, { ruling, house, adminUserIds }, by) {
    const { userId, serverId, wrong } = whom(command, by);
    if (wrong !== null) return wrong;
    const guildId = guildOf(command, by);
    if (serverId !== null) {
      const result = await ruling.blockServer(serverId, by.userId);
      return blockText(result, serverText(serverId), 'in the whole bot');
    }
    if (userId === null) return blockedText(house, guildId);
    if (adminUserIds.includes(userId)) return notAnAdminBlocked();
    if (userId === by.userId) return notYourselfBlocked();
    const result = await ruling.block(guildId, userId, by.userId);
    return blockText(result, `<@${userId}>`, whereText(guildId));
  },
};

export const unblock: AdminCommand = {
  body: subcommand('unblock', 'Makes videos for a member or server again.', options),
  for: 'server',
  async answer(command, { ruling }, by) {
    const { userId, serverId, wrong } = whom(command, by);
    if (wrong !== null) return wrong;
    const guildId = guildOf(command, by);
    if (serverId !== null) {
      const done = await ruling.unblockServer(serverId, by.userId);
      return unblockText(done, serverText(serverId), 'in the whole bot');
    }
    if (userId === null) return whomToBlock(by.ofBot);
    const done = await ruling.unblock(guildId, userId, by.userId);
    return unblockText(done, `<@${userId}>`, whereText(guildId));
  },
};

/** Admins of a server name members alone. `wrong`: what to say instead of doing anything. */
function whom(command: Command, { ofBot }: Admin) {
  const serverId = textOf(command, 'server');
  return { userId: textOf(command, 'member'), serverId, wrong: wrongServer(serverId, ofBot) };
}

function wrongServer(serverId: string | null, ofBot: boolean): string | null {
  if (serverId === null) return null;
  if (!ofBot) return serversAreNotYours();
  return /^\d{1,20}$/.test(serverId) ? null : notAServer();
}

function serverText(id: string): string {
  return `Server ${quote(id, 20)}`;
}
