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
import { adminCommands, groupDescriptions } from './admin/list.ts';
import { option } from './wish.ts';

/** Discord's: at most 25 choices, each name and value of at most 100 characters. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const LONGEST_PROMPT = 4_000;

export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;
type MessageCommandBody = RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** Its name is what stands in the menu of every message. */
export const ANIMATE = 'Animate this image';

/** The slash commands, `/veo` first, then what stands in the menu of a message. */
export function commandsFor(
  models: readonly Model[],
): [CommandBody, ...(CommandBody | MessageCommandBody)[]] {
  return [
    veoCommand(models),
    videosCommand(),
    helpCommand(),
    adminCommand(),
    ...(models.some(({ pictures }) => pictures.firstFrame) ? [animateCommand()] : []),
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
    description: 'Make a video from your words. The price is shown before anything is paid.',
    ...everywhere,
    options: [
      {
        type: text,
        name: option.prompt,
        description: 'What should be seen and heard? Without it a form opens.',
        required: false,
        min_length: 1,
        max_length: LONGEST_PROMPT,
      },
      ...choiceOption(text, option.model, 'Which model makes it', models.map(modelChoice)),
      ...choiceOption(
        ApplicationCommandOptionType.Integer,
        option.seconds,
        'How long the video is',
        union(models.map((m) => m.seconds))
          .toSorted((a, b) => a - b)
          .map((seconds) => ({ name: `${seconds} s`, value: seconds })),
      ),
      ...choiceOption(
        text,
        option.aspectRatio,
        'Wide, tall or square',
        union(models.map((m) => m.aspectRatios)).map((r) => ({ name: shapeName(r), value: r })),
      ),
      ...choiceOption(
        text,
        option.resolution,
        'How sharp the video is',
        union(models.map((m) => m.resolutions)).map((r) => ({ name: r, value: r })),
      ),
      ...(models.some((model) => draftResolution(model.defaultResolution, model) !== null)
        ? [flagOption(option.draft, 'First a cheap try that is not sharp; in full by a button')]
        : []),
      flagOption(option.private, 'Only you see it'),
      ...pictureOptions(models),
    ],
  };
}

function flagOption(name: string, description: string) {
  return { type: ApplicationCommandOptionType.Boolean as const, name, description };
}

/** Only what one of the models takes. What goes together is checked when the command comes. */
function pictureOptions(models: readonly Model[]) {
  const { firstFrame, lastFrame, references } = option;
  const most = Math.max(0, ...models.map(({ pictures }) => pictures.references));
  return [
    ...(models.some(({ pictures }) => pictures.firstFrame)
      ? [pictureOption(firstFrame, 'A picture that the video begins with')]
      : []),
    ...(models.some(({ pictures }) => pictures.lastFrame)
      ? [pictureOption(lastFrame, 'A picture that the video ends with; needs a first one')]
      : []),
    ...references
      .slice(0, most)
      .map((name) => pictureOption(name, 'A picture of somebody or something to be seen in it')),
  ];
}

function pictureOption(name: string, description: string) {
  const type = ApplicationCommandOptionType.Attachment as const;
  const file_types: 'image'[] = ['image'];
  return { type, name, description, file_types };
}

function animateCommand(): MessageCommandBody {
  return { type: ApplicationCommandType.Message, name: ANIMATE, ...everywhere };
}

function videosCommand(): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'videos',
    description: 'Your videos: show one again, and see what is left for you.',
    ...everywhere,
  };
}

function helpCommand(): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: 'veo-help',
    description: 'What this bot does, what a video costs, and what is kept.',
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
  readonly value: T;
}

/** Nothing to choose from is no option: without choices anything could be typed. */
function choiceOption<
  T extends ApplicationCommandOptionType.String | ApplicationCommandOptionType.Integer,
>(
  type: T,
  name: string,
  description: string,
  choices: readonly Choice<T extends ApplicationCommandOptionType.String ? string : number>[],
) {
  const fitting = choices
    .filter(({ value }) => String(value).length <= LONGEST_CHOICE)
    .slice(0, MOST_CHOICES);
  return fitting.length === 0 ? [] : [{ type, name, description, choices: fitting }];
}

function modelChoice(model: Model): Choice<string> {
  const price = estimate(model.prices, model.defaultSeconds, model.defaultResolution);
  const about = ` · ≈ ${money(price)} for ${model.defaultSeconds} s`;
  return {
    name: `${[...model.name].slice(0, LONGEST_CHOICE - about.length).join('')}${about}`,
    value: model.id,
  };
}

function shapeName(ratio: string): string {
  const [width = 0, height = 0] = ratio.split(':').map(Number);
  if (width > height) return `${ratio} · wide`;
  if (width < height) return `${ratio} · tall`;
  return width === height && width > 0 ? `${ratio} · square` : ratio;
}

function union<T>(lists: readonly (readonly T[])[]): T[] {
  return [...new Set(lists.flat())];
}
