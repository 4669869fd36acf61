/**
 * The forms of what Discord sends when somebody uses a command, presses a button or sends a form, as
 * far as it is read. Discord's types are a promise and no proof.
 * Source: Discord's documentation of interactions, API v10, 2026-08; what discord.js 14.28 hands on raw.
 */
import { ApplicationCommandOptionType, ApplicationCommandType } from 'discord.js';
import { z } from 'zod';

export const id = z.string().regex(/^\d{1,20}$/);

export const optionValue = z.union([z.string(), z.number(), z.boolean()]);

export const leaf = z.object({
  name: z.string(),
  type: z.number().optional(),
  value: optionValue,
  focused: z.boolean().optional(),
});

export const subcommand = z.object({
  name: z.string(),
  type: z.literal(ApplicationCommandOptionType.Subcommand),
  options: z.array(leaf).default([]),
});

export const group = z.object({
  name: z.string(),
  type: z.literal(ApplicationCommandOptionType.SubcommandGroup),
  options: z.tuple([subcommand]),
});

export const option = z.union([leaf, subcommand, group]);

export const envelope = z.object({
  id,
  application_id: id,
  type: z.number(),
  token: z.string().min(1),
  guild_id: id.nullish(),
  channel_id: id.nullish(),
  channel: z
    .object({
      id,
      nsfw: z.boolean().nullish(),
      type: z.number().nullish(),
      parent_id: id.nullish(),
    })
    .nullish(),
  member: z
    .object({
      user: z.object({ id }),
      permissions: z.string().nullish(),
      roles: z.array(id).nullish(),
    })
    .nullish(),
  user: z.object({ id }).nullish(),
  locale: z.string().max(20).nullish(),
  context: z.number().nullish(),
  authorizing_integration_owners: z.record(z.string(), z.string()).nullish(),
  attachment_size_limit: z.number().int().positive().nullish(),
});

export type Envelope = z.infer<typeof envelope>;

export const commandData = z.object({
  data: z.object({
    type: z.literal(1).default(1),
    name: z.string(),
    options: z.array(option).default([]),
    resolved: z
      .object({ attachments: z.record(z.string(), z.unknown()).default({}) })
      .default({ attachments: {} }),
  }),
});

export const messageCommandData = z.object({
  data: z.object({
    type: z.literal(ApplicationCommandType.Message),
    name: z.string(),
    target_id: id,
    resolved: z.object({ messages: z.record(z.string(), z.unknown()) }),
  }),
});

export const pressData = z.object({
  data: z.object({ component_type: z.literal(2), custom_id: z.string().min(1).max(100) }),
  message: z.object({ id, flags: z.number().default(0) }),
});

export const field = z.object({
  type: z.number().optional(),
  custom_id: z.string().min(1).max(100),
  value: z.string().nullish(),
  values: z.array(z.string()).nullish(),
});

export const submitData = z.object({
  data: z.object({
    custom_id: z.string().min(1).max(100),
    // A label around each field; text between them comes back too, and says nothing.
    components: z.array(z.object({ component: field.nullish() })),
    resolved: z
      .object({ attachments: z.record(z.string(), z.unknown()).default({}) })
      .default({ attachments: {} }),
  }),
});
