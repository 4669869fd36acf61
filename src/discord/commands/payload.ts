/** The commands as Discord wants them, made from what the models accept. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import { draftResolution } from '../../jobs/basis.ts';
import { estimate, type Model } from '../../jobs/model.ts';
import { money } from '../text/money.ts';
import { en } from '../text/words/en.ts';
import type { Words } from '../text/words.ts';
import { adminCommands, groupDescriptions } from './admin/list.ts';
import { localizedDescription, localizedName, localizedOption } from './localized.ts';
import { option } from './wish.ts';

/** Discord's: at most 25 choices, each name and value of at most 100 characters. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const LONGEST_PROMPT = 4_000;

export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;
type MessageCommandBody = RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** Their names are what stands in the menu of every message. */
export const ANIMATE = en.command.animate;
export const REPORT = en.command.report;

/** The slash commands, `/veo` first, then what stands in the menu of a message. */
export function commandsFor(
  models: readonly Model[],
): [CommandBody, ...(CommandBody | MessageCommandBody)[]] {
  return [
    veoCommand(models),
    videosCommand(),
    helpCommand(),
    adminCommand(),
    ...(models.some(({ pictures }) => pictures.firstFrame)
      ? [messageCommand(ANIMATE, ({ command }) => command.animate)]
      : []),
    messageCommand(REPORT, ({ command }) => command.report),
  ];
}

const everywhere = {
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

function veoCommand(models: readonly Model[]): CommandBody {
  const text = ApplicationCommandOptionType.String;
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'veo',
    description: en.command.veo,
    ...localizedDescription(({ command }) => command.veo),
    ...everywhere,
    options: [
      {
        ...optionOf(text, option.prompt, ({ command }) => command.prompt),
        required: false,
        min_length: 1,
        max_length: LONGEST_PROMPT,
      },
      ...choiceOption(
        optionOf(text, option.model, ({ command }) => command.model),
        models.map(modelChoice),
      ),
      ...choiceOption(
        optionOf(
          ApplicationCommandOptionType.Integer,
          option.seconds,
          ({ command }) => command.duration,
        ),
        union(models.map((m) => m.seconds))
          .toSorted((a, b) => a - b)
          .map((seconds) => ({ name: `${seconds} s`, value: seconds })),
      ),
      ...choiceOption(
        optionOf(text, option.aspectRatio, ({ command }) => command.aspect),
        union(models.map((m) => m.aspectRatios)).map((ratio) => ({
          name: shapeName(ratio, en),
          ...localizedName((words) => shapeName(ratio, words)),
          value: ratio,
        })),
      ),
      ...choiceOption(
        optionOf(text, option.resolution, ({ command }) => command.resolution),
        union(models.map((m) => m.resolutions)).map((r) => ({ name: r, value: r })),
      ),
      ...(models.some((model) => draftResolution(model.defaultResolution, model) !== null)
        ? [optionOf(flag, option.draft, ({ command }) => command.draft)]
        : []),
      optionOf(flag, option.private, ({ command }) => command.private),
      ...pictureOptions(models),
    ],
  };
}

const flag = ApplicationCommandOptionType.Boolean;

function optionOf<T extends ApplicationCommandOptionType>(
  type: T,
  name: string,
  of: (words: Words) => { readonly name: string; readonly description: string },
) {
  return { type, name, description: of(en).description, ...localizedOption(of) };
}

/** Only what one of the models takes. What goes together is checked when the command comes. */
function pictureOptions(models: readonly Model[]) {
  const { firstFrame, lastFrame, references } = option;
  const most = Math.max(0, ...models.map(({ pictures }) => pictures.references));
  return [
    ...(models.some(({ pictures }) => pictures.firstFrame)
      ? [pictureOption(firstFrame, ({ command }) => command.firstFrame)]
      : []),
    ...(models.some(({ pictures }) => pictures.lastFrame)
      ? [pictureOption(lastFrame, ({ command }) => command.lastFrame)]
      : []),
    ...references.slice(0, most).map((name, at) =>
      pictureOption(name, ({ command: { reference } }) => ({
        ...reference,
        name: reference.name(at + 1),
      })),
    ),
  ];
}

function pictureOption(name: string, of: Parameters<typeof optionOf>[2]) {
  const file_types: 'image'[] = ['image'];
  return { ...optionOf(ApplicationCommandOptionType.Attachment as const, name, of), file_types };
}

function messageCommand(name: string, of: (words: Words) => string): MessageCommandBody {
  return {
    type: ApplicationCommandType.Message,
    name,
    ...localizedName(of),
    ...everywhere,
  };
}

function videosCommand(): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'videos',
    description: en.command.videos,
    ...localizedDescription(({ command }) => command.videos),
    ...everywhere,
  };
}

function helpCommand(): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'veo-help',
    description: en.command.help,
    ...localizedDescription(({ command }) => command.help),
    ...everywhere,
  };
}

function adminCommand(): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'veo-admin',
    description: 'For the admins of this bot.',
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    // Only a hint that a server can override: who may is checked when the command comes.
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: adminOptions(),
  };
}

/** The subcommands in their order; those of a group where the first of it stands. */
function adminOptions() {
  const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;
  const groups = Object.groupBy(adminCommands, ({ group, body }) => group ?? body.name);
  return Object.entries(groups).map(([name, commands = []]) => {
    const [first] = commands;
    if (first?.group === undefined) return { ...first?.body, type: Subcommand } as const;
    const options = commands.map(({ body }) => body);
    return { type: SubcommandGroup, name, description: groupDescriptions[name] ?? name, options };
  }) as NonNullable<CommandBody['options']>;
}

interface Choice<T> {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly value: T;
}

/** Nothing to choose from is no option: without choices anything could be typed. */
function choiceOption<T extends { readonly type: ApplicationCommandOptionType }, V>(
  option: T,
  choices: readonly Choice<V>[],
) {
  const fitting = choices
    .filter(({ value }) => String(value).length <= LONGEST_CHOICE)
    .slice(0, MOST_CHOICES);
  return fitting.length === 0 ? [] : [{ ...option, choices: fitting }];
}

function modelChoice(model: Model): Choice<string> {
  const price = money(estimate(model.prices, model.defaultSeconds, model.defaultResolution));
  const name = ({ command }: Words) => {
    const about = ` · ${command.about(price, model.defaultSeconds)}`;
    return `${[...model.name].slice(0, LONGEST_CHOICE - about.length).join('')}${about}`;
  };
  return { name: name(en), ...localizedName(name), value: model.id };
}

function shapeName(ratio: string, { shape }: Words): string {
  const [width = 0, height = 0] = ratio.split(':').map(Number);
  if (width > height) return `${ratio} · ${shape.wide}`;
  if (width < height) return `${ratio} · ${shape.tall}`;
  return width === height && width > 0 ? `${ratio} · ${shape.square}` : ratio;
}

function union<T>(lists: readonly (readonly T[])[]): T[] {
  return [...new Set(lists.flat())];
}
