/** `/veo-admin`: checked here, since Discord's own permission for it can be overridden by servers. */
import type { AdminView } from '../adminView.ts';
import type { GatewayState } from '../client.ts';
import { actorOf, type CommandHandler, type HandlerParts } from '../handlers.ts';
import { notAnAdmin, statusText } from '../text/admin.ts';
import { unknownCommand } from '../text/answers.ts';

export interface AdminParts extends Pick<HandlerParts, 'answers' | 'adminUserIds'> {
  readonly admin: AdminView;
  readonly gateway: () => GatewayState;
}

export function createAdmin({ admin, gateway, answers, adminUserIds }: AdminParts): CommandHandler {
  return async (command) => {
    if (!actorOf(command.requester.userId, adminUserIds).isAdmin) {
      return answers.privately(command, notAnAdmin());
    }
    if (command.subcommand !== 'status') return answers.privately(command, unknownCommand());
    await answers.privately(command, statusText(await admin.status(), gateway()));
  };
}
