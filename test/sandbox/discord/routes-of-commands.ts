import type { CommandBody } from './commands.ts';
import { refuse } from './refusals.ts';
import type { RouteRequest, Row } from './route.ts';
import type { World } from './world.ts';

function ownApplication(world: World, { params }: RouteRequest): string | undefined {
  if (params.application_id !== world.applicationId) throw refuse(403, 50001);
  const { guild_id } = params;
  if (guild_id && !world.servers.get(guild_id)?.botIsMember) throw refuse(403, 50001);
  return guild_id;
}

function putCommands(world: World, request: RouteRequest) {
  const guildId = ownApplication(world, request);
  const made = world.registered(guildId, (request.body ?? []) as CommandBody[]);
  return { status: 200, body: made.map((command) => world.commands.json(command, true)) };
}

function postCommand(world: World, request: RouteRequest) {
  const guildId = ownApplication(world, request);
  const { command, isNew } = world.commands.add(guildId, request.body as CommandBody);
  world.registrations.notify();
  return { status: isNew ? 201 : 200, body: world.commands.json(command, true) };
}

function getCommands(world: World, request: RouteRequest) {
  const guildId = ownApplication(world, request);
  const localized = request.query.get('with_localizations') === 'true';
  const listed = world.commands.list(guildId);
  return { status: 200, body: listed.map((command) => world.commands.json(command, localized)) };
}

function deleteCommand(world: World, request: RouteRequest) {
  const guildId = ownApplication(world, request);
  world.commands.remove(guildId, request.params.command_id ?? '');
  return { status: 204 };
}

const rows = (template: string): Row[] => [
  ['GET', template, 'commands', getCommands],
  ['PUT', template, 'register', putCommands],
  ['POST', template, 'register', postCommand],
  ['DELETE', `${template}/{command_id}`, 'commands', deleteCommand],
];

/** Commands of the whole application, and those of one server. */
export const COMMAND_ROWS: readonly Row[] = [
  ...rows('/applications/{application_id}/commands'),
  ...rows('/applications/{application_id}/guilds/{guild_id}/commands'),
];
