/** The commands as Discord wants them, made from what the models accept. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { estimate, type Model } from '../../jobs/model.ts';
import { money } from '../text/money.ts';
import { option } from './wish.ts';

/** Discord's: at most 25 choices, each name and value of at most 100 characters. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const LONGEST_PROMPT = 4_000;

export type CommandBody = RESTPostAPIChatInputApplicationCommandsJSONBody;

export function commandsFor(models: readonly Model[]): CommandBody[] {
  return [veoCommand(models), videosCommand(), helpCommand(), adminCommand()];
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
        description: 'What should be seen and heard?',
        required: true,
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
    ],
  };
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
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'status',
        description: 'What needs you, what runs, and what it costs.',
      },
    ],
  };
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
