/**
 * What Discord sends when somebody uses a command or presses a button, checked in form.
 * Source: Discord's documentation of interactions, API v10, 2026-08; what discord.js 14.28 hands
 * on raw. Discord's types are a promise and no proof: what does not fit is answered in words.
 */

import {
  ApplicationCommandOptionType,
  ChannelType,
  ComponentType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { z } from 'zod';
import type { Reply, Requester } from '../../jobs/job.ts';
import { type Attached, picturesIn, readAttachment } from './attachments.ts';
import {
  commandData,
  type Envelope,
  envelope,
  type leaf,
  messageCommandData,
  type option,
  pressData,
  submitData,
} from './interactionForms.ts';
import { type Target, targetOf } from './target.ts';

interface Common {
  /** One press or command: the key by which a repeated event is recognised. */
  readonly id: string;
  readonly applicationId: string;
  /** A secret for 15 minutes: never in a log. */
  readonly token: string;
  readonly requester: Requester;
  /** Where a new message in answer to this will be; its id is not known yet. */
  readonly reply: Reply;
  readonly member: MemberHere;
  /** A place for adults only, as its server has marked it. A thread does not say. */
  readonly ageRestricted: boolean;
  /** The channel that the place is a thread of. */
  readonly threadOf: string | null;
}

/** What the server says of the one who acts; nothing outside of servers. */
interface MemberHere {
  readonly roleIds: readonly string[];
  /** By the server's own permissions: Manage Server or Administrator. */
  readonly managesServer: boolean;
}

export type OptionValue = string | number | boolean;

export interface Command extends Common {
  readonly kind: 'command';
  readonly name: string;
  /** With its group before it, e.g. `limits set`. */
  readonly subcommand: string | null;
  readonly options: ReadonlyMap<string, OptionValue>;
  /** Files, by the name of the option they are attached to. */
  readonly attachments: ReadonlyMap<string, Attached>;
}

/** A command that is still being typed: choices are asked for, and nothing else. */
export interface Autocomplete extends Common {
  readonly kind: 'autocomplete';
  readonly name: string;
  readonly subcommand: string | null;
  /** What stands there so far; any of it may be half a word. */
  readonly options: ReadonlyMap<string, OptionValue>;
  readonly focused: { readonly name: string; readonly typed: string };
}

/** A command chosen from the menu of a message. */
export interface MessageCommand extends Common {
  readonly kind: 'message command';
  readonly name: string;
  readonly target: Target;
  /** What in that message may be a picture. */
  readonly pictures: readonly Attached[];
}

export interface Press extends Common {
  readonly kind: 'press';
  readonly customId: string;
  /** The message that the button is on, reached with the fresh token of this press. */
  readonly message: Reply & { readonly messageId: string };
}

/** A form that was filled in. */
export interface Submit extends Common {
  readonly kind: 'submit';
  readonly customId: string;
  /** What was written or chosen, by the field's custom id. */
  readonly fields: ReadonlyMap<string, string | readonly string[]>;
  /** Files, by the custom id of the field they are attached to. */
  readonly attachments: ReadonlyMap<string, readonly Attached[]>;
}

/** It can be answered, but is nothing that this bot knows. */
export interface Strange extends Common {
  readonly kind: 'strange';
}

export type Interaction = Command | Autocomplete | MessageCommand | Press | Submit | Strange;

/** @returns null where it cannot be answered at all: no id or token, a ping. */
export function readInteraction(raw: unknown): Interaction | null {
  const read = envelope.safeParse(raw);
  if (!read.success || !answered.has(read.data.type)) return null;
  const common = commonOf(read.data);
  if (common === null) return null;
  if (read.data.type === InteractionType.ApplicationCommand) return commandOf(raw, common);
  if (read.data.type === InteractionType.ApplicationCommandAutocomplete) {
    return autocompleteOf(raw, common);
  }
  if (read.data.type === InteractionType.MessageComponent) return pressOf(raw, common);
  return submitOf(raw, common);
}

const answered = new Set<number>([
  InteractionType.ApplicationCommand,
  InteractionType.ApplicationCommandAutocomplete,
  InteractionType.MessageComponent,
  InteractionType.ModalSubmit,
]);

function commonOf(from: Envelope): Common | null {
  const userId = from.member?.user.id ?? from.user?.id;
  const channelId = from.channel_id ?? from.channel?.id;
  if (userId === undefined || channelId === undefined) return null;
  const place = placeOf(from);
  return {
    id: from.id,
    applicationId: from.application_id,
    token: from.token,
    requester: {
      ...{ userId, locale: from.locale ?? 'en-US' },
      ...(from.member?.roles?.length ? { roleIds: from.member.roles } : {}),
    },
    reply: {
      interactionId: from.id,
      applicationId: from.application_id,
      token: from.token,
      tokenDead: false,
      place,
      guildId: from.guild_id ?? null,
      channelId,
      messageId: null,
      ephemeral: place === 'elsewhere' && isForcedEphemeral(from),
      announcedLimitBytes: from.attachment_size_limit ?? null,
    },
    member: { roleIds: from.member?.roles ?? [], managesServer: managesServer(from) },
    ageRestricted: from.channel?.nsfw === true,
    threadOf: threads.has(from.channel?.type ?? -1) ? (from.channel?.parent_id ?? null) : null,
  };
}

const threads = new Set<number>([
  ...[ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread],
]);

function managesServer(from: Envelope): boolean {
  const may = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;
  return (permissionsOf(from) & may) !== 0n;
}

/** None where nothing, or nothing that can be read, is said of them. */
function permissionsOf(from: Envelope): bigint {
  const bits = from.member?.permissions;
  return from.guild_id && bits != null && /^\d{1,30}$/.test(bits) ? BigInt(bits) : 0n;
}

/**
 * `authorizing_integration_owners` names who installed the bot: "0" the server (its id) or, in a
 * DM with the bot, "0"; "1" the member. With "1" alone the bot itself is not in the place.
 */
function placeOf(from: Envelope): Reply['place'] {
  const server = from.authorizing_integration_owners?.['0'];
  if (from.guild_id) {
    return from.authorizing_integration_owners == null || server === from.guild_id
      ? 'server'
      : 'elsewhere';
  }
  return from.context === 1 || server === '0' ? 'dm' : 'elsewhere';
}

/**
 * Without the permission to use external apps, Discord shows the answer to the member alone. A
 * first guess: what Discord says to the acknowledgement decides.
 */
function isForcedEphemeral(from: Envelope): boolean {
  if (!from.guild_id || from.member?.permissions == null) return false;
  return (permissionsOf(from) & PermissionFlagsBits.UseExternalApps) === 0n;
}

function commandOf(raw: unknown, common: Common): Interaction {
  const onMessage = messageCommandData.safeParse(raw);
  if (onMessage.success) {
    const { name, target_id, resolved } = onMessage.data.data;
    const message = resolved.messages[target_id];
    const pictures = picturesIn(message);
    const target = targetOf(target_id, message);
    return { kind: 'message command', ...common, name, target, pictures };
  }
  const read = commandData.safeParse(raw);
  if (!read.success) return { kind: 'strange', ...common };
  const { name, options, resolved } = read.data.data;
  const { subcommand, values } = chosen(options);
  const files = values.filter(({ type }) => type === ApplicationCommandOptionType.Attachment);
  const attachments = files.map(
    ({ name, value }) => [name, readAttachment(resolved.attachments[String(value)])] as const,
  );
  // A file that Discord names and does not describe: not the command that was typed.
  if (attachments.some(([, attached]) => attached === null)) return { kind: 'strange', ...common };
  return {
    kind: 'command',
    ...common,
    name,
    subcommand,
    options: byName(values.filter((one) => !files.includes(one))),
    attachments: new Map(attachments.flatMap(([name, a]) => (a === null ? [] : [[name, a]]))),
  };
}

function autocompleteOf(raw: unknown, common: Common): Autocomplete | null {
  const read = commandData.safeParse(raw);
  if (!read.success) return null;
  const { name, options } = read.data.data;
  const { subcommand, values } = chosen(options);
  const focused = values.find((one) => one.focused === true);
  if (focused === undefined) return null;
  const typed = String(focused.value);
  return {
    kind: 'autocomplete',
    ...common,
    name,
    subcommand,
    options: byName(values),
    focused: { name: focused.name, typed },
  };
}

/** The options themselves, out of the subcommand and its group that they may lie in. */
function chosen(options: readonly z.infer<typeof option>[]) {
  const [first] = options;
  if (first === undefined || !('options' in first)) {
    return { subcommand: null, values: options.filter((one) => 'value' in one) };
  }
  if (first.type === ApplicationCommandOptionType.Subcommand) {
    return { subcommand: first.name, values: first.options };
  }
  const [inner] = first.options;
  return { subcommand: `${first.name} ${inner.name}`, values: inner.options };
}

function byName(values: readonly z.infer<typeof leaf>[]): Map<string, OptionValue> {
  return new Map(values.map(({ name, value }) => [name, value]));
}

function pressOf(raw: unknown, common: Common): Interaction {
  const read = pressData.safeParse(raw);
  if (!read.success) return { kind: 'strange', ...common };
  const { data, message } = read.data;
  return {
    kind: 'press',
    ...common,
    customId: data.custom_id,
    message: {
      ...common.reply,
      messageId: message.id,
      ephemeral: (message.flags & MessageFlags.Ephemeral) !== 0,
    },
  };
}

function submitOf(raw: unknown, common: Common): Interaction {
  const read = submitData.safeParse(raw);
  if (!read.success) return { kind: 'strange', ...common };
  const { custom_id: customId, components, resolved } = read.data.data;
  const fields = new Map<string, string | readonly string[]>();
  const attachments = new Map<string, readonly Attached[]>();
  for (const { component } of components) {
    if (component == null) continue;
    const content = component.value ?? component.values ?? null;
    if (content === null) continue;
    if (component.type !== ComponentType.FileUpload || typeof content === 'string') {
      fields.set(component.custom_id, content);
      continue;
    }
    const files = content.map((id) => readAttachment(resolved.attachments[id]));
    // A file that Discord names and does not describe: not the form that was sent.
    if (files.includes(null)) return { kind: 'strange', ...common };
    attachments.set(
      component.custom_id,
      files.filter((file) => file !== null),
    );
  }
  return { kind: 'submit', ...common, customId, fields, attachments };
}
