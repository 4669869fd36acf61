/** One subcommand of `/veo-admin`: how Discord offers it, who may, what it answers. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
} from 'discord.js';
import type { Actions } from '../../../jobs/actions.ts';
import type { House } from '../../../jobs/admins/house.ts';
import type { Redelivery } from '../../../jobs/admins/redelivery.ts';
import type { Ruling } from '../../../jobs/admins/ruling.ts';
import type { Steering } from '../../../jobs/admins/steering.ts';
import type { Accounting } from '../../../jobs/money/accounting.ts';
import type { DrawChart } from '../../../jobs/money/chart.ts';
import type { LimitBook } from '../../../jobs/money/limits.ts';
import type { LimitCheck, Spender, Spent } from '../../../jobs/money/spending.ts';
import type { AdminView } from '../../admins/adminView.ts';
import type { Audit } from '../../admins/audit.ts';
import type { Choice, PrivateMessage } from '../../answering/acknowledge.ts';
import type { LateMessage } from '../../answering/lateAnswers.ts';
import type { GatewayState } from '../../connection/client.ts';
import type { Autocomplete, Command } from '../../incoming/interaction.ts';
import type { PostCopy } from '../../posting/copies.ts';

export interface AdminParts {
  readonly actions: Actions;
  readonly admin: AdminView;
  readonly steering: Steering;
  readonly house: House;
  readonly ruling: Ruling;
  readonly audit: Pick<Audit, 'tryChannel'>;
  readonly adminUserIds: readonly string[];
  readonly limits: LimitBook;
  /** What is used of each limit that holds for somebody at a place. */
  readonly spent: (by: Spender) => Promise<readonly { check: LimitCheck; spent: Spent }[]>;
  readonly accounting: Accounting;
  readonly redelivery: Redelivery;
  readonly postCopy: PostCopy;
  readonly draw: DrawChart;
  /** Ends what takes its time when the process stops. */
  readonly signal: AbortSignal;
  readonly gateway: () => GatewayState;
  /** Wall clock in ms. */
  readonly now: () => number;
}

/** Who uses it, as it was checked. */
export interface Admin {
  readonly userId: string;
  /** One of the operator's own; everything is theirs to steer. */
  readonly ofBot: boolean;
  /** The server it was typed in: all that an admin of a server alone may steer. */
  readonly guildId: string | null;
}

export type AdminCommand = Quick | Slow;

interface Common {
  /** The group it stands in, e.g. `limits`. */
  readonly group?: string;
  /** Names on the wire stand in Discord's clients, so a new name is a new option. */
  readonly body: APIApplicationCommandSubcommandOption;
  /** `server`: also those who manage the server that it is typed in, for that server alone. */
  readonly for: 'bot' | 'server';
  /** Choices for what is being typed; where a list exists. */
  complete?(typing: Autocomplete, parts: AdminParts, by: Admin): Promise<readonly Choice[]>;
}

/** Answers within Discord's 3 s. */
interface Quick extends Common {
  readonly isSlow?: false;
  answer(command: Command, parts: AdminParts, by: Admin): Promise<string | PrivateMessage>;
}

/** Takes its time, or brings files: Discord is told at once that it is being thought about. */
interface Slow extends Common {
  readonly isSlow: true;
  /** Null: it was said into the deferred answer already. */
  answer(command: Command, parts: AdminParts, by: Admin): Promise<string | LateMessage | null>;
}

export function subcommand(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[] = [],
): APIApplicationCommandSubcommandOption {
  return { type: ApplicationCommandOptionType.Subcommand, name, description, options };
}

export function textOption(name: string, description: string) {
  return { type: ApplicationCommandOptionType.String as const, name, description };
}

/** A choice among words that stand for themselves. */
export function wordsOption(name: string, description: string, words: readonly string[]) {
  return {
    ...textOption(name, description),
    choices: words.map((value) => ({ name: value, value })),
  };
}

/** What was typed, without the space around it; null where that is nothing. */
export function textOf({ options }: Pick<Command, 'options'>, name: string): string | null {
  const value = options.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
