import type { MessageBody } from './forms.ts';
import type { Message } from './message.ts';
import type { Channel } from './places.ts';
import { fill } from './posting.ts';
import { invalidForm, refuse } from './refusals.ts';
import type { Rate, Route, RouteRequest, Row } from './route.ts';
import { COMMAND_ROWS } from './routes-of-commands.ts';
import * as wire from './wire.ts';
import { myServerJson, serverJson } from './wire-servers.ts';
import type { World } from './world.ts';

/** What the bot's own token opens. */
const POSTS: Rate = { bucket: 'posts', per: 'channel', count: 5, withinMs: 5_000 };
const EDITS: Rate = { bucket: 'edits', per: 'channel', count: 5, withinMs: 5_000 };
const MOST_LISTED = 100;
const MOST_REFRESHED = 50;

/** @throws Refusal 10003, 50001 */
function channelOf(world: World, { params }: RouteRequest): Channel {
  const channel = world.channels.get(params.channel_id ?? '');
  if (!channel || channel.deleted) throw refuse(404, 10003);
  if (!channel.botSees) throw refuse(403, 50001);
  return channel;
}

/** A message the bot's token can see: nothing ephemeral. */
function messageOf(world: World, request: RouteRequest): Message {
  const channel = channelOf(world, request);
  const message = channel.messages.find(({ id }) => id === request.params.message_id);
  if (!message) throw refuse(404, 10008);
  return message;
}

function mayPost(channel: Channel, withFiles: boolean): void {
  if (channel.kind === 'dm') {
    if (channel.outOfReach) throw refuse(403, 50278);
    if (channel.mustBeReopened) throw refuse(403, 50001);
    if (channel.closed) throw refuse(403, 50007);
    return;
  }
  const { sendMessages, sendMessagesInThreads, attachFiles, manageThreads } = channel.botMay;
  if (channel.holdsThreadsAlone) throw refuse(400, 40058);
  if (channel.isShut) throw refuse(400, 50083);
  if (channel.isThread && channel.locked && !manageThreads) throw refuse(400, 160005);
  if (!(channel.isThread ? sendMessagesInThreads : sendMessages)) throw refuse(403, 50013);
  if (withFiles && !attachFiles) throw refuse(403, 50013);
}

function post(world: World, request: RouteRequest) {
  const channel = channelOf(world, request);
  const body = (request.body ?? {}) as MessageBody;
  mayPost(channel, request.files.size > 0);
  const nonce = body.nonce ?? undefined;
  if (nonce !== undefined && body.enforce_nonce) {
    const before = sameNonce(world, channel, nonce);
    if (before?.deleted) throw refuse(404, 10008);
    if (before) return { status: 200, body: world.json(before) };
  }
  const message = world.newMessage(channel);
  message.nonce = nonce;
  refer(world, message, body);
  fill(world, message, body, request.files, { how: 'new', as: 'bot' });
  world.add(message);
  return { status: 200, body: world.json(message) };
}

function sameNonce(world: World, channel: Channel, nonce: string | number): Message | undefined {
  const oldest = world.now() - world.plan.nonceRememberedMs;
  return [...world.messages.values()].find(
    (other) =>
      other.channel === channel &&
      other.author.id === world.bot.id &&
      String(other.nonce) === String(nonce) &&
      other.createdAt > oldest,
  );
}

function refer(world: World, message: Message, body: MessageBody): void {
  const reference = body.message_reference;
  if (!reference) return;
  const found = world.messages.get(reference.message_id);
  if (message.channel.server && !message.channel.botMay.readMessageHistory)
    throw refuse(403, 160002);
  if (!found || found.deleted) {
    if (reference.fail_if_not_exists === false) return;
    throw invalidForm([
      { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
  }
  if (reference.type === 1) message.forwards = found;
  else message.repliesTo = found;
}

function edit(world: World, request: RouteRequest) {
  const message = messageOf(world, request);
  if (message.author.id !== world.bot.id) throw refuse(403, 50005);
  if (message.channel.isThread && message.channel.archived) throw refuse(400, 50083);
  const body = (request.body ?? {}) as MessageBody;
  fill(world, message, body, request.files, { how: 'edit', as: 'bot' });
  world.edited(message);
  return { status: 200, body: world.json(message) };
}

function remove(world: World, request: RouteRequest) {
  const message = messageOf(world, request);
  const { channel } = message;
  const isOwn = message.author.id === world.bot.id;
  if (!isOwn && (!channel.server || !channel.botMay.manageMessages))
    throw refuse(403, channel.server ? 50013 : 50001);
  world.remove(message);
  return { status: 204 };
}

function list(world: World, request: RouteRequest) {
  const channel = channelOf(world, request);
  const { query } = request;
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw invalidForm([
      { path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'int value should be 1 to 100.' },
    ]);
  if (channel.server && !channel.botMay.readMessageHistory) return { status: 200, body: [] };
  const [after, before] = [query.get('after'), query.get('before')];
  const fitting = channel.messages.filter(
    ({ id }) => (!after || BigInt(id) > BigInt(after)) && (!before || BigInt(id) < BigInt(before)),
  );
  const page = after ? fitting.slice(0, limit) : fitting.slice(-limit);
  return { status: 200, body: page.toReversed().map((message) => world.json(message)) };
}

function openDm(world: World, request: RouteRequest) {
  const { recipient_id } = request.body as { recipient_id?: string };
  const member = world.members.get(recipient_id ?? '');
  if (!member) throw refuse(400, 50033);
  member.dm.mustBeReopened = false;
  return { status: 200, body: wire.channelJson(member.dm) };
}

function application(world: World) {
  const owner = { id: '1', name: 'operator', bot: false };
  return {
    status: 200,
    body: {
      id: world.applicationId,
      name: world.bot.name,
      icon: null,
      description: '',
      type: null,
      flags: 0,
      flags_new: '0',
      bot: wire.userJson(world.bot),
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      redirect_uris: [],
      interactions_endpoint_url: null,
      role_connections_verification_url: null,
      owner: wire.userJson(owner),
      approximate_guild_count: world.servers.size,
      approximate_user_install_count: 0,
      approximate_user_authorization_count: 0,
      integration_types_config: { 0: {}, 1: {} },
      explicit_content_filter: 0,
      team: null,
      eligible_oauth2_scopes: [],
    },
  };
}

function gatewayBot(world: World) {
  return {
    status: 200,
    body: {
      url: world.origin.replace('http', 'ws'),
      shards: 1,
      session_start_limit: {
        total: 1_000,
        remaining: Math.max(0, 1_000 - world.gateway.identifies.length),
        reset_after: 86_400_000,
        max_concurrency: 1,
      },
    },
  };
}

function serverOf(world: World, { params }: RouteRequest) {
  const server = world.servers.get(params.guild_id ?? '');
  if (!server?.botIsMember) throw refuse(404, 10004);
  return server;
}

function memberOf(world: World, request: RouteRequest) {
  const server = serverOf(world, request);
  const user = world.users.get(request.params.user_id ?? '');
  if (!user) throw refuse(404, 10013);
  const member = world.members.get(user.id);
  if (member ? !server.members.has(member) : user.id !== world.bot.id) throw refuse(404, 10007);
  return { status: 200, body: wire.guildMemberJson(user, server.joinedAt) };
}

function me(world: World) {
  const body = { ...wire.userJson(world.bot), mfa_enabled: false, locale: 'en-US', verified: true };
  return { status: 200, body };
}

function myServers(world: World) {
  const mine = [...world.servers.values()].filter((server) => server.botIsMember);
  return { status: 200, body: mine.map(myServerJson) };
}

function userOf(world: World, { params }: RouteRequest) {
  const user = world.users.get(params.user_id ?? '');
  if (!user) throw refuse(404, 10013);
  return { status: 200, body: wire.userJson(user) };
}

function channelsOf(world: World, request: RouteRequest) {
  const { channels } = serverOf(world, request);
  const shown = channels.filter((channel) => !channel.deleted && !channel.isThread);
  return { status: 200, body: shown.map(wire.channelJson) };
}

/**
 * Fresh links for such as have run out. Not in Discord's documentation; its client uses it, and it takes
 * the bot's token. Whether the file is still there is not looked at: that the link says.
 */
function refreshLinks(world: World, { body }: RouteRequest) {
  const urls = (body as { attachment_urls?: unknown } | undefined)?.attachment_urls;
  const issue = (path: (string | number)[], code: string, message: string) =>
    invalidForm([{ path: ['attachment_urls', ...path], code, message }]);
  if (!Array.isArray(urls)) throw issue([], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (urls.length < 1 || urls.length > MOST_REFRESHED)
    throw issue([], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${MOST_REFRESHED} in length.`);
  const refreshed_urls = urls.map((original, index) => {
    const url = URL.canParse(String(original)) ? new URL(String(original)) : undefined;
    if (url?.origin !== world.origin || !/^\/cdn\/attachments\/\d+\/\d+\//.test(url.pathname))
      throw issue([index], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    return { original, refreshed: world.link(url.pathname) };
  });
  return { status: 200, body: { refreshed_urls } };
}

const MESSAGES = '/channels/{channel_id}/messages';
const MESSAGE = `${MESSAGES}/{message_id}`;

const ROWS: Row[] = [
  ['GET', '/gateway/bot', 'gateway-bot', gatewayBot],
  [
    'GET',
    '/gateway',
    'other',
    (world) => ({ status: 200, body: { url: gatewayBot(world).body.url } }),
  ],
  ['GET', '/applications/@me', 'application', application],
  ['GET', '/oauth2/applications/@me', 'application', application],
  [
    'GET',
    '/applications/{application_id}/entitlements',
    'other',
    () => ({ status: 200, body: [] }),
  ],
  ...COMMAND_ROWS,
  ['POST', MESSAGES, 'post-message', post, POSTS],
  ['GET', MESSAGES, 'get-messages', list],
  ['GET', MESSAGE, 'get-message', (w, r) => ({ status: 200, body: w.json(messageOf(w, r)) })],
  ['PATCH', MESSAGE, 'edit-message', edit, EDITS],
  ['DELETE', MESSAGE, 'delete-message', remove],
  ['POST', '/channels/{channel_id}/typing', 'other', (w, r) => channelOf(w, r) && { status: 204 }],
  [
    'GET',
    '/channels/{channel_id}',
    'other',
    (w, r) => ({ status: 200, body: wire.channelJson(channelOf(w, r)) }),
  ],
  [
    'GET',
    '/guilds/{guild_id}',
    'other',
    (w, r) => ({ status: 200, body: serverJson(serverOf(w, r)) }),
  ],
  ['GET', '/guilds/{guild_id}/channels', 'other', channelsOf],
  [
    'GET',
    '/guilds/{guild_id}/roles',
    'other',
    (w, r) => ({ status: 200, body: serverJson(serverOf(w, r)).roles }),
  ],
  ['GET', '/guilds/{guild_id}/members/{user_id}', 'other', memberOf],
  ['GET', '/users/@me', 'other', me],
  ['GET', '/users/@me/guilds', 'other', myServers],
  ['GET', '/users/{user_id}', 'other', userOf],
  ['POST', '/users/@me/channels', 'open-dm', openDm],
  ['POST', '/attachments/refresh-urls', 'refresh-links', refreshLinks],
];

export const ROUTES_BY_BOT: readonly Route[] = ROWS.map(
  ([method, template, operation, handle, rate]) => ({
    method,
    template,
    operation,
    byBot: true,
    handle,
    ...(rate ? { rate } : {}),
  }),
);
