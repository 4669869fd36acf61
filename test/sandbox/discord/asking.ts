import { randomBytes } from 'node:crypto';
import type { Command } from './commands.ts';
import { TYPE, within } from './components.ts';
import { checkPicked, filledIn, Resolved } from './filled.ts';
import { Interaction, KIND, type Kind } from './interaction.ts';
import type { Message } from './message.ts';
import type { Member, OptionValue, Where } from './people.ts';
import { grants, permissionBits, permissions } from './permissions.ts';
import type { Channel } from './places.ts';
import { fillIn } from './typed.ts';
import * as wire from './wire.ts';
import type { Actions, World } from './world.ts';

const SLASH = 1;
const MESSAGE_COMMAND = 3;

/** What members do with their client, made into interactions for the bot. */
export function createActions(world: World): Actions {
  const typed = (
    by: Member,
    line: string,
    values: Record<string, OptionValue>,
    where: Where,
    focused?: string,
  ) => {
    const [name = '', ...words] = line.replace(/^\//, '').split(/\s+/);
    const command = offered(world, by, SLASH, name, where);
    const resolved = new Resolved(world);
    const options = fillIn(command, words, values, resolved.toWire(where.in), focused);
    return ask(world, by, focused ? KIND.autocomplete : KIND.command, where, undefined, {
      ...commandData(command, where),
      options,
      ...resolved.json(),
    });
  };
  return {
    offers: (by, where) =>
      world.commands.all.filter(({ type, name, id }) => {
        try {
          return offered(world, by, type, name, where).id === id;
        } catch {
          return false;
        }
      }),
    typed: (by, line, values, where) => typed(by, line, values, where),
    completed: (by, line, values, focused, where) => typed(by, line, values, where, focused),
    chosen(by, name, message, where) {
      const command = offered(world, by, MESSAGE_COMMAND, name, where);
      return ask(world, by, KIND.command, where, undefined, {
        ...commandData(command, where),
        target_id: message.id,
        resolved: { messages: { [message.id]: world.json(message) } },
      });
    },
    pressed(by, message, button) {
      visible(by, message);
      const found = message.buttons.find(
        ({ customId, label }) => customId === button || label.startsWith(button),
      );
      if (!found) throw new Error(`There is no button "${button}" on:\n${message.describe()}`);
      if (found.disabled) throw new Error(`The button "${found.label}" is disabled`);
      if (!found.customId) throw new Error(`The button "${found.label}" is a link: ${found.url}`);
      const data = { custom_id: found.customId, component_type: TYPE.button };
      return ask(world, by, KIND.component, whereOf(message), message, data);
    },
    selected(by, message, menu, values) {
      visible(by, message);
      const found = message.selects.find(
        ({ custom_id, placeholder }) => custom_id === menu || placeholder === menu,
      );
      if (!found) throw new Error(`There is no menu "${menu}" on:\n${message.describe()}`);
      checkPicked(found, values);
      const data = { custom_id: found.custom_id, component_type: found.type, values };
      return ask(world, by, KIND.component, whereOf(message), message, data);
    },
    submitted(by, opened, values) {
      const form = opened.sentForm;
      if (!form) throw new Error('No form is open');
      const resolved = new Resolved(world);
      const components = form.components.map((component) =>
        filledIn(component, values, resolved, opened.in),
      );
      const names = [...within(form.components)].map(({ custom_id }) => custom_id);
      for (const name of Object.keys(values))
        if (!names.includes(name)) throw new Error(`The form has no field "${name}"`);
      const where = { in: opened.in, userInstall: '1' in opened.owners };
      const data = { custom_id: form.customId, components, ...resolved.json() };
      return ask(world, by, KIND.form, where, opened.on, data);
    },
  };
}

function whereOf(message: Message): Where {
  const owners = message.interaction?.owners ?? { 0: '' };
  return { in: message.channel, userInstall: '1' in owners };
}

function visible(by: Member, message: Message): void {
  if (message.deleted) throw new Error('The message is deleted');
  if (message.ephemeral && message.interaction?.by !== by)
    throw new Error(`${by.name} cannot see that message`);
}

function ask(
  world: World,
  by: Member,
  kind: Kind,
  where: Where,
  on: Message | undefined,
  data: wire.Json,
): Interaction {
  const channel = where.in;
  const { server } = channel;
  if (channel.holdsThreadsAlone) throw new Error(`Nobody writes in #${channel.name} itself`);
  if (channel.deleted) throw new Error(`#${channel.name} is deleted`);
  if (server && !server.members.has(by)) throw new Error(`${by.name} is not in ${server.name}`);
  const owners: Record<string, string> = {};
  if (server?.botIsMember) owners['0'] = server.id;
  if (channel.kind === 'dm') owners['0'] = '0';
  // A button of a message keeps the owner of the command that made it, whoever presses.
  if (where.userInstall) owners['1'] = on?.interaction?.owners['1'] ?? by.id;
  const userInstallOnly = !('0' in owners);
  const createdAt = world.now();
  const interaction = new Interaction({
    id: world.nextId(),
    token: randomBytes(48).toString('base64url'),
    kind,
    by,
    in: channel,
    command: kind === KIND.command ? writtenOut(data) : undefined,
    on,
    createdAt,
    acknowledgeWithinMs: world.plan.acknowledgeWithinMs,
    tokenLifetimeMs: world.plan.tokenLifetimeMs,
    userInstallOnly,
    forcedEphemeral: userInstallOnly && Boolean(server) && !channel.membersMay.useExternalApps,
    owners,
    now: world.now,
  });
  world.interactions.set(interaction.token, interaction);
  const user = wire.userJson(wire.memberAsUser(by));
  const mine = memberPermissions(by, channel);
  const json: wire.Json = {
    id: interaction.id,
    application_id: world.applicationId,
    type: kind,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...wire.channelJson(channel), permissions: mine },
    app_permissions: permissionBits(userInstallOnly ? channel.membersMay : channel.botMay),
    locale: by.locale,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: server ? 0 : channel.kind === 'dm' ? 1 : 2,
    attachment_size_limit: channel.announcesBytes,
    ...(on ? { message: world.json(on) } : {}),
    ...(server
      ? {
          guild_id: server.id,
          guild: { id: server.id, locale: server.locale, features: [] },
          guild_locale: server.locale,
          member: {
            ...wire.guildMemberJson(wire.memberAsUser(by), server.joinedAt),
            permissions: mine,
          },
        }
      : { user }),
  };
  world.gateway.dispatch('INTERACTION_CREATE', server?.id, () => json);
  return interaction;
}

function memberPermissions(by: Member, channel: Channel): string {
  return permissionBits(channel.server ? channel.membersMay : permissions(), by.admin);
}

/** The command as the member's client offers it, or the reason why it does not. */
function offered(world: World, by: Member, type: number, name: string, where: Where): Command {
  const command = world.command(type, name, where.in);
  const known = world.commands.all.map((other) => other.name).join(', ') || 'none at all';
  if (!command) throw new Error(`There is no command "${name}" here; there are: ${known}`);
  const { server, kind } = where.in;
  const context = server ? 0 : kind === 'dm' ? 1 : 2;
  const types = command.integration_types ?? [0];
  const installed =
    (types.includes(0) && where.in.botIsHere) || (types.includes(1) && Boolean(where.userInstall));
  if (!installed) throw new Error(`The command "${name}" is not installed here`);
  if (command.contexts && !command.contexts.includes(context))
    throw new Error(`The command "${name}" is not offered in context ${context}`);
  const wanted = command.default_member_permissions;
  const isRestricted = wanted !== undefined && wanted !== null && !where.shownAll;
  if (server && isRestricted && !by.admin) {
    if (String(wanted) === '0' || !grants(memberPermissions(by, where.in), String(wanted)))
      throw new Error(`The command "${name}" is hidden from ${by.name}`);
  }
  return command;
}

/** Its name and subcommands, without options. */
function writtenOut({ name, options }: wire.Json): string {
  const [inner] = (options ?? []) as wire.Json[];
  const isSubcommand = inner !== undefined && Number(inner.type) <= 2;
  return isSubcommand ? `${name} ${writtenOut(inner)}` : String(name);
}

function commandData(command: Command, where: Where): wire.Json {
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guildId && where.in.server ? { guild_id: where.in.server.id } : {}),
  };
}
