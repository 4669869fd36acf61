import { type Component, numbered } from './components.ts';
import { checkModal, type MessageBody } from './forms.ts';
import { type Choice, type Interaction, KIND } from './interaction.ts';
import type { Message } from './message.ts';
import { fill } from './posting.ts';
import { invalidForm, refuse } from './refusals.ts';
import type { Rate, Route, RouteRequest } from './route.ts';
import type { Json } from './wire.ts';
import type { World } from './world.ts';

/** What an interaction's token opens: its acknowledgement, its reply, its follow-ups. */
const BY_TOKEN: Rate = { bucket: 'by-token', per: 'token', count: 5, withinMs: 2_000 };
const MOST_FOLLOW_UPS_OF_USER_INSTALL = 5;
const EPHEMERAL = 64;

interface CallbackBody {
  type: number;
  data?: MessageBody & {
    custom_id?: string;
    title?: string;
    choices?: Choice[];
  };
}

/** Which callback answers which kind of interaction. */
const FITTING: Record<number, readonly number[]> = {
  [KIND.command]: [4, 5, 9],
  [KIND.component]: [4, 5, 6, 7, 9],
  [KIND.autocomplete]: [8],
  [KIND.form]: [4, 5, 6, 7],
};

function callback(world: World, request: RouteRequest) {
  const { interaction_id, interaction_token = '' } = request.params;
  const body = request.body as CallbackBody;
  const interaction = world.interactions.get(interaction_token);
  if (!interaction || interaction.id !== interaction_id) throw refuse(404, 10062);
  if (interaction.acknowledgement) throw refuse(400, 40060);
  if (interaction.tooLate) throw refuse(404, 10062);
  if (interaction.in.deleted) throw refuse(404, 10003);
  const needsMessage = body.type === 6 || body.type === 7;
  if (!FITTING[interaction.kind]?.includes(body.type) || (needsMessage && !interaction.on))
    throw invalidForm([
      { path: ['type'], code: 'INTERACTION_TYPE_INVALID', message: 'The callback does not fit' },
    ]);
  // A reply of its own opens an archived thread again, a message in it cannot be changed.
  const { in: channel } = interaction;
  const isClosed = body.type === 7 ? channel.isThread && channel.archived : channel.isShut;
  if ([4, 5, 7].includes(body.type) && isClosed) throw refuse(400, 50083);
  act(world, interaction, body, request);
  interaction.acknowledge(body.type);
  interaction.changed();
  if (request.query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: callbackJson(world, interaction, body.type) };
}

function act(world: World, interaction: Interaction, body: CallbackBody, request: RouteRequest) {
  const data = body.data ?? {};
  switch (body.type) {
    case 4: {
      const reply = replyOf(world, interaction, data.flags);
      fill(world, reply, data, request.files, { how: 'new', as: 'webhook', path: ['data'] });
      interaction.original = reply;
      world.add(reply);
      return;
    }
    case 5: {
      const reply = replyOf(world, interaction, data.flags);
      reply.setLoading(true);
      interaction.original = reply;
      world.add(reply);
      return;
    }
    case 6:
      interaction.original = interaction.on;
      return;
    case 7: {
      const pressed = interaction.on as Message;
      if (pressed.deleted) throw refuse(404, 10008);
      fill(world, pressed, data, request.files, { how: 'edit', as: 'webhook', path: ['data'] });
      interaction.original = pressed;
      world.edited(pressed);
      return;
    }
    case 8:
      interaction.sentChoices = data.choices ?? [];
      return;
    case 9: {
      const components = (data.components ?? []) as Component[];
      checkModal(components, ['data']);
      interaction.sentForm = {
        customId: data.custom_id ?? '',
        title: data.title ?? '',
        components: numbered(components),
      };
    }
  }
}

function replyOf(world: World, interaction: Interaction, flags: number | null | undefined) {
  const reply = world.newMessage(interaction.in);
  reply.interaction = interaction;
  if ((flags ?? 0) & EPHEMERAL || interaction.forcedEphemeral) reply.setEphemeral();
  return reply;
}

/** Source: Discord's documentation; `resource.message` comes with types 4 and 7 only. */
function callbackJson(world: World, interaction: Interaction, type: number): Json {
  const { original } = interaction;
  const { server } = interaction.in;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.kind,
      channel_id: interaction.in.id,
      ...(server ? { guild_id: server.id } : {}),
      ...(original
        ? {
            response_message_id: original.id,
            response_message_loading: original.thinking,
            response_message_ephemeral: original.ephemeral,
          }
        : {}),
    },
    ...(original && (type === 4 || type === 7)
      ? { resource: { type, message: world.json(original) } }
      : {}),
  };
}

/** @throws Refusal 10015, 50027, 10003 */
function byToken(world: World, { params }: RouteRequest): Interaction {
  const interaction = world.interactions.get(params.webhook_token ?? '');
  if (!interaction || params.webhook_id !== world.applicationId) throw refuse(404, 10015);
  if (interaction.expired) throw refuse(401, 50027);
  if (!interaction.acknowledgement) throw refuse(404, 10015);
  if (interaction.in.deleted) throw refuse(404, 10003);
  return interaction;
}

function named(
  world: World,
  request: RouteRequest,
): { interaction: Interaction; message: Message } {
  const interaction = byToken(world, request);
  const id = request.params.message_id ?? '@original';
  const reachable = [interaction.original, ...interaction.followUps];
  const message =
    id === '@original' ? interaction.original : reachable.find((other) => other?.id === id);
  if (!message || message.deleted) throw refuse(404, 10008);
  return { interaction, message };
}

function get(world: World, request: RouteRequest) {
  return { status: 200, body: world.json(named(world, request).message) };
}

function edit(world: World, request: RouteRequest) {
  const { message, interaction } = named(world, request);
  if (message.channel.archived && message.channel.isThread) throw refuse(400, 50083);
  const posting = { how: 'edit', as: 'webhook' } as const;
  fill(world, message, (request.body ?? {}) as MessageBody, request.files, posting);
  world.edited(message);
  interaction.changed();
  return { status: 200, body: world.json(message) };
}

function remove(world: World, request: RouteRequest) {
  world.remove(named(world, request).message);
  return { status: 204 };
}

function followUp(world: World, request: RouteRequest) {
  const interaction = byToken(world, request);
  const body = (request.body ?? {}) as MessageBody;
  const { original } = interaction;
  // The first follow-up after a deferral becomes the deferred message.
  if (original?.thinking && !original.deleted) {
    fill(world, original, body, request.files, { how: 'edit', as: 'webhook' });
    world.edited(original);
    return { status: 200, body: world.json(original) };
  }
  if (
    interaction.userInstallOnly &&
    interaction.followUps.length >= MOST_FOLLOW_UPS_OF_USER_INSTALL
  )
    throw refuse(400, 40094);
  if (interaction.in.isShut) throw refuse(400, 50083);
  const message = replyOf(world, interaction, body.flags);
  fill(world, message, body, request.files, { how: 'new', as: 'webhook' });
  interaction.followUps.push(message);
  world.add(message);
  return { status: 200, body: world.json(message) };
}

const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}';
const messageRoutes = (template: string): Route[] => [
  { method: 'GET', template, operation: 'get-reply', byBot: false, rate: BY_TOKEN, handle: get },
  {
    method: 'PATCH',
    template,
    operation: 'edit-reply',
    byBot: false,
    rate: BY_TOKEN,
    handle: edit,
  },
  {
    method: 'DELETE',
    template,
    operation: 'delete-reply',
    byBot: false,
    rate: BY_TOKEN,
    handle: remove,
  },
];

export const ROUTES_BY_TOKEN: readonly Route[] = [
  {
    method: 'POST',
    template: '/interactions/{interaction_id}/{interaction_token}/callback',
    operation: 'acknowledge',
    byBot: false,
    handle: callback,
  },
  {
    method: 'POST',
    template: WEBHOOK,
    operation: 'follow-up',
    byBot: false,
    rate: BY_TOKEN,
    handle: followUp,
  },
  ...messageRoutes(`${WEBHOOK}/messages/@original`),
  ...messageRoutes(`${WEBHOOK}/messages/{message_id}`),
];
