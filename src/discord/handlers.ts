/** What the handlers of commands, presses and messages are given. */
import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Actions, Actor } from '../jobs/actions.ts';
import type { JobIn, Requester } from '../jobs/job.ts';
import type { AckOutcome } from '../jobs/ports/replies.ts';
import type { Choice, PrivateMessage } from './answering/acknowledge.ts';
import type { LateMessage } from './answering/lateAnswers.ts';
import type { Attached } from './incoming/attachments.ts';
import type {
  Autocomplete,
  Command,
  Interaction,
  MessageCommand,
  Press,
} from './incoming/interaction.ts';
import type { MessageBody } from './text/job.ts';

/** The ways to answer. None throws for what Discord or the network does; that is observed. */
export interface Answers {
  /** A new message, "thinking" until its first edit. */
  takeWithNewMessage(
    interaction: Interaction,
    job?: JobIn<'received'>,
    seenByOne?: boolean,
  ): Promise<AckOutcome>;
  /** Takes a press quietly: its token now edits the message that the button is on. */
  takeOnItsMessage(press: Press, job?: JobIn<'received'>): Promise<AckOutcome>;
  /** The first answer, only for the one who used the command or button. */
  privately(interaction: Interaction, message: string | PrivateMessage): Promise<void>;
  /**
   * The same for what takes longer than Discord's 3 s, or brings files: deferred at once, said when
   * it is made. Null: it was said there already.
   */
  privatelyLater(
    interaction: Interaction,
    make: () => Promise<string | LateMessage | null>,
  ): Promise<void>;
  /** Choices for a command that is being typed. */
  offer(typing: Autocomplete, choices: readonly Choice[]): Promise<void>;
  /** The first answer; not possible to a form that was sent. */
  openForm(interaction: Interaction, form: APIModalInteractionResponseCallbackData): Promise<void>;
  /** Where it is not known whether it was answered before: first as an answer, else afterwards. */
  privatelyInAnyCase(interaction: Interaction, text: string): Promise<void>;
  /** After the press was taken: words only for the one who pressed. */
  privatelyAfterwards(press: Press, message: string | PrivateMessage): Promise<void>;
  /** After the press was taken: the message that the button is on, anew; what is left out stays. */
  updateItsMessage(press: Press, body: Partial<MessageBody>): Promise<void>;
  /**
   * Replies to a text in a direct message, at most once for each. True: the answer is there, or
   * Discord takes none; false: it could not be reached for it.
   */
  toDirectMessage(
    to: { channelId: string; messageId: string },
    body: MessageBody,
  ): Promise<boolean>;
}

export interface HandlerParts {
  readonly actions: Actions;
  readonly answers: Answers;
  readonly adminUserIds: readonly string[];
  /** The link of it that leads to Discord's own file hosts, or null: no other is followed. */
  readonly linkOf: (attached: Pick<Attached, 'url' | 'proxyUrl'>) => string | null;
}

export type CommandHandler = (command: Command) => Promise<void>;
/** At most 25 are shown; nothing to offer is no mistake. */
export type Completions = (typing: Autocomplete) => Promise<readonly Choice[]>;
export type MessageCommandHandler = (command: MessageCommand) => Promise<void>;

export function actorOf(
  { userId, roleIds }: Pick<Requester, 'userId' | 'roleIds'>,
  adminUserIds: readonly string[],
): Actor {
  const isAdmin = adminUserIds.includes(userId);
  return { userId, isAdmin, ...(roleIds !== undefined && { roleIds }) };
}
