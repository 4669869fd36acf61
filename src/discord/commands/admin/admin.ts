/** `/veo-admin`: checked here, since Discord's own permission for it can be overridden by servers. */
import type { CommandHandler, Completions, HandlerParts } from '../../handlers.ts';
import type { Autocomplete, Command } from '../../incoming/interaction.ts';
import { notAnAdmin, notForServerAdmins } from '../../text/admin.ts';
import { wordsOf } from '../../text/words.ts';
import type { Admin, AdminCommand, AdminParts } from './command.ts';
import { adminCommands } from './list.ts';

export function createAdmin(parts: AdminParts & Pick<HandlerParts, 'answers' | 'adminUserIds'>): {
  readonly command: CommandHandler;
  readonly complete: Completions;
} {
  const { answers, adminUserIds } = parts;

  function adminIn({ requester, reply }: Command | Autocomplete): Admin {
    const { userId } = requester;
    return { userId, ofBot: adminUserIds.includes(userId), guildId: reply.guildId };
  }

  return {
    async command(command) {
      const by = adminIn(command);
      const found = find(command);
      if (!by.ofBot && !managesHere(by, command)) return answers.privately(command, notAnAdmin());
      if (found === undefined) {
        return answers.privately(command, wordsOf(command).answer.unknownCommand);
      }
      if (!isFor(found, by, command)) {
        return answers.privately(command, notForServerAdmins(ofServers));
      }
      if (found.isSlow !== true) {
        return answers.privately(command, await found.answer(command, parts, by));
      }
      await answers.privatelyLater(command, () => found.answer(command, parts, by));
    },
    async complete(typing) {
      const by = adminIn(typing);
      const found = find(typing);
      return isFor(found, by, typing) ? ((await found?.complete?.(typing, parts, by)) ?? []) : [];
    },
  };
}

const ofServers = adminCommands.filter((one) => one.for === 'server').map(nameOf);

function nameOf({ group, body }: AdminCommand): string {
  return group === undefined ? body.name : `${group} ${body.name}`;
}

function find({ subcommand }: Command | Autocomplete): AdminCommand | undefined {
  return adminCommands.find((one) => nameOf(one) === subcommand);
}

/** Those who manage a server steer what is theirs, where the bot itself is a member of it. */
function isFor(found: AdminCommand | undefined, by: Admin, typed: Command | Autocomplete): boolean {
  return by.ofBot || (found?.for === 'server' && managesHere(by, typed));
}

function managesHere({ guildId }: Admin, { member, reply }: Command | Autocomplete): boolean {
  return guildId !== null && reply.place === 'server' && member.managesServer;
}
