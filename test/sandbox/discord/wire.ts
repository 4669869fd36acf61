import type { Component } from './components.ts';
import type { Interaction } from './interaction.ts';
import { KIND } from './interaction.ts';
import type { Attachment, Author, Message } from './message.ts';
import type { Member } from './people.ts';
import type { Channel } from './places.ts';

/**
 * The stand-in's things in Discord's JSON, API v10.
 * Source: Discord's documentation of 2026-08 and its OpenAPI document; each answer is checked
 * against the latter.
 */
export type Json = Record<string, unknown>;
/** The address of an attachment's bytes. */
export type LinkTo = (attachment: Attachment, channelId: string) => string;

export function userJson(user: Author): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replace(/\s+/g, '_'),
    global_name: user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function memberAsUser(member: Member): Author {
  return { id: member.id, name: member.name, bot: false };
}

export function guildMemberJson(user: Author, joinedAt: string): Json {
  return {
    user: userJson(user),
    nick: null,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function channelJson(channel: Channel): Json {
  const last_message_id = channel.messages.at(-1)?.id ?? null;
  if (channel.kind === 'dm' || channel.kind === 'group')
    return {
      id: channel.id,
      type: channel.type,
      flags: 0,
      last_message_id,
      recipients: channel.recipients.map((member) => userJson(memberAsUser(member))),
    };
  const common = {
    id: channel.id,
    guild_id: channel.server?.id,
    name: channel.name,
    flags: 0,
    last_message_id,
    rate_limit_per_user: 0,
  };
  if (channel.isThread)
    return {
      ...common,
      type: channel.type,
      parent_id: channel.parent?.id ?? null,
      owner_id: channel.server?.id,
      message_count: channel.messages.length,
      member_count: 1,
      total_message_sent: channel.messages.length,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: 1440,
        archive_timestamp: new Date(0).toISOString(),
      },
    };
  return {
    ...common,
    ...ownOf(channel),
    type: channel.type,
    position: 0,
    parent_id: null,
    topic: null,
    nsfw: channel.nsfw,
    permission_overwrites: [],
  };
}

/** What only channels of its kind have. */
function ownOf({ kind }: Channel): Json {
  switch (kind) {
    case 'voice':
    case 'stage':
      return { bitrate: 64_000, user_limit: 0, rtc_region: null };
    case 'forum':
      return { available_tags: [], default_reaction_emoji: null, default_sort_order: null };
    default:
      return {};
  }
}

export function attachmentJson(attachment: Attachment, channelId: string, linkTo: LinkTo): Json {
  const url = linkTo(attachment, channelId);
  return {
    id: attachment.id,
    filename: attachment.filename,
    size: attachment.sizeBytes,
    url,
    proxy_url: url,
    ...(attachment.contentType ? { content_type: attachment.contentType } : {}),
    ...(attachment.description ? { description: attachment.description } : {}),
  };
}

export function messageJson(message: Message, users: Map<string, Author>, linkTo: LinkTo): Json {
  const { channel, interaction } = message;
  const files = message.attachments.map((a) => attachmentJson(a, channel.id, linkTo));
  return {
    id: message.id,
    channel_id: channel.id,
    type: interaction && interaction.kind === KIND.command ? 20 : message.repliesTo ? 19 : 0,
    content: message.content,
    author: userJson(message.author),
    mentions: message.mentions
      .map((id) => users.get(id))
      .filter((user) => user !== undefined)
      .map(userJson),
    mention_roles: [],
    mention_everyone: message.mentionsEveryone,
    // The files of a V2 message are in its components only.
    attachments: message.isV2 ? [] : files,
    embeds: message.embeds,
    components: message.isV2 ? withLinks(message.components, files) : message.components,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt ? new Date(message.editedAt).toISOString() : null,
    flags: message.flags,
    pinned: false,
    tts: false,
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
    ...(interaction
      ? {
          application_id: message.author.id,
          webhook_id: message.author.id,
          interaction_metadata: metadataJson(interaction),
        }
      : {}),
    ...(message.repliesTo
      ? {
          message_reference: { type: 0, channel_id: channel.id, message_id: message.repliesTo.id },
          referenced_message: referenced(message.repliesTo, users, linkTo),
        }
      : {}),
    ...(message.forwards ? forwardJson(message.forwards, linkTo) : {}),
  };
}

/** As it is now, without what that one replies to in turn; null once it is deleted. */
function referenced(message: Message, users: Map<string, Author>, linkTo: LinkTo): Json | null {
  if (message.deleted) return null;
  const { referenced_message: _, ...json } = messageJson(message, users, linkTo);
  return json;
}

function metadataJson(interaction: Interaction): Json {
  const common = {
    id: interaction.id,
    user: userJson(memberAsUser(interaction.by)),
    authorizing_integration_owners: interaction.owners,
  };
  if (interaction.kind === KIND.component)
    return { ...common, type: 3, interacted_message_id: interaction.on?.id };
  if (interaction.kind === KIND.form)
    return {
      ...common,
      type: 5,
      triggering_interaction_metadata: { ...common, type: 2 },
    };
  return { ...common, type: 2 };
}

function forwardJson(forwarded: Message, linkTo: LinkTo): Json {
  return {
    message_reference: {
      type: 1,
      channel_id: forwarded.channel.id,
      message_id: forwarded.id,
    },
    message_snapshots: [
      {
        message: {
          type: 0,
          content: forwarded.content,
          mentions: [],
          mention_roles: [],
          attachments: forwarded.attachments.map((a) =>
            attachmentJson(a, forwarded.channel.id, linkTo),
          ),
          embeds: forwarded.embeds,
          components: [],
          timestamp: new Date(forwarded.createdAt).toISOString(),
          edited_timestamp: null,
          flags: 0,
        },
      },
    ],
  };
}

/** `attachment://name` becomes the file's own link and data. */
function withLinks(components: Component[], files: Json[]): Component[] {
  const resolved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== 'object' || value === null) return value;
    const made: Json = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolved(item)]),
    );
    const name = typeof made.url === 'string' && made.url.match(/^attachment:\/\/(.*)$/)?.[1];
    if (!name) return made;
    const found = files.find((attached) => attached.filename === name);
    if (!found) return made;
    const { id, url, proxy_url, content_type } = found;
    return { ...made, id, url, proxy_url, content_type, attachment_id: id };
  };
  return resolved(components) as Component[];
}
