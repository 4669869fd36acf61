/** `/veo-admin`: checked here, since Discord's own permission for it can be overridden by servers. */
import { SnowflakeUtil as DiscordSnowflake } from 'discord.js';
import type { AdminView } from '../adminView.ts';
import type { GatewayState } from '../client.ts';
import { actorOf, type CommandHandler, type HandlerParts } from '../handlers.ts';
import { notAnAdmin, statusText } from '../text/admin.ts';
import { unknownCommand } from '../text/answers.ts';

export interface AdminParts extends Pick<HandlerParts, 'answers' | 'adminUserIds'> {
  readonly admin: AdminView;
  readonly gateway: () => GatewayState;
  /** Wall clock in ms. */
  readonly now: () => number;
}

export function createAdmin(parts: AdminParts): CommandHandler {
  const { admin, gateway, answers, adminUserIds, now } = parts;
  return async (command) => {
    // The command's id holds Discord's own time; it was on its way for a fraction of a second.
    const clockAheadMs = now() - DiscordSnowflake.timestampFrom(command.id);
    if (!actorOf(command.requester.userId, adminUserIds).isAdmin) {
      return answers.privately(command, notAnAdmin());
    }
    if (command.subcommand !== 'status') return answers.privately(command, unknownCommand());
    const status = { ...(await admin.status()), clockAheadMs };
    await answers.privately(command, statusText(status, gateway()));
  };
}
