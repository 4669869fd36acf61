/** From what the gateway sends to the one handler for it. Whatever is not known is answered in words. */

import { StorageFull, StorageFullLater } from '../../jobs/ports/storageFull.ts';
import { isFromOutside, wordFor } from '../connection/faults.ts';
import { type DirectMessage, readDirectMessage } from '../dms.ts';
import type { Answers, CommandHandler, Completions, MessageCommandHandler } from '../handlers.ts';
import type { ObserveDiscord } from '../observe.ts';
import type { Placing } from '../placing.ts';
import { wordsOf } from '../text/words.ts';
import { type Interaction, type Press, readInteraction, type Submit } from './interaction.ts';

export interface RouterParts {
  /** By the command's name. */
  readonly commands: Readonly<Record<string, CommandHandler>>;
  /** By what stands in the menu of a message. */
  readonly messageCommands: Readonly<Record<string, MessageCommandHandler>>;
  /** What a command that is being typed may go on with, by the command's name. */
  readonly completions: Readonly<Record<string, Completions>>;
  readonly press: (press: Press) => Promise<void>;
  readonly submit: (submit: Submit) => Promise<void>;
  /** Knows by itself which it has met before. */
  readonly directMessage: (message: DirectMessage) => Promise<void>;
  /** A command was used in a direct message. */
  readonly met: (command: Interaction) => Promise<void>;
  readonly placing: Placing;
  readonly answers: Answers;
  readonly observe: ObserveDiscord;
}

export interface Router {
  /**
   * Handles what INTERACTION_CREATE brought. Rejects, after an answer in words, with what neither
   * Discord nor the network did: a bug or a broken store, which the process must not outlive.
   */
  interaction(raw: unknown): Promise<void>;
  /** The same for MESSAGE_CREATE. */
  message(raw: unknown): Promise<void>;
}

/** Events repeat within seconds; the ids of so many are remembered. */
const REMEMBERED = 2_000;

export function createRouter(parts: RouterParts): Router {
  const { commands, messageCommands, completions, answers, observe } = parts;
  const isNew = createRecent(REMEMBERED);

  async function handle(interaction: Interaction): Promise<void> {
    switch (interaction.kind) {
      case 'command': {
        const handler = Object.hasOwn(commands, interaction.name)
          ? commands[interaction.name]
          : undefined;
        return (
          handler?.(interaction) ??
          answers.privately(interaction, wordsOf(interaction).answer.unknownCommand)
        );
      }
      case 'autocomplete': {
        const { name } = interaction;
        const offer = Object.hasOwn(completions, name) ? completions[name] : undefined;
        return answers.offer(interaction, (await offer?.(interaction)) ?? []);
      }
      case 'message command': {
        const { name } = interaction;
        const handler = Object.hasOwn(messageCommands, name) ? messageCommands[name] : undefined;
        return (
          handler?.(interaction) ??
          answers.privately(interaction, wordsOf(interaction).answer.unknownCommand)
        );
      }
      case 'press':
        return parts.press(interaction);
      case 'submit':
        return parts.submit(interaction);
      case 'strange':
        return answers.privately(interaction, wordsOf(interaction).answer.notUnderstood);
      default:
        return interaction satisfies never;
    }
  }

  return {
    async interaction(raw) {
      const read = readInteraction(raw);
      if (read === null) return observe({ kind: 'not understood', what: 'interaction' });
      if (!isNew(read.id)) return;
      const interaction = await parts.placing(read);
      try {
        await handle(interaction);
        const isInDm = interaction.kind === 'command' && interaction.reply.place === 'dm';
        if (isInDm) await parts.met(interaction);
      } catch (error) {
        observe({ kind: 'not handled', what: interaction.kind, how: wordFor(error) });
        if (interaction.kind !== 'autocomplete') {
          await answers.privatelyInAnyCase(interaction, wordsAfter(interaction, error));
        }
        if (!isFromOutside(error)) throw error;
      }
    },
    async message(raw) {
      const message = readDirectMessage(raw);
      if (message !== null) await parts.directMessage(message);
    },
  };
}

/** Whether an id was not seen before; the oldest ones are forgotten. */
function createRecent(most: number): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= most) break;
      seen.delete(oldest);
    }
    return true;
  };
}

function wordsAfter(interaction: Interaction, error: unknown): string {
  const words = wordsOf(interaction);
  if (error instanceof StorageFullLater) return words.answer.keptForLater;
  if (error instanceof StorageFull) return words.refusal.closed.storage;
  return interaction.kind === 'press'
    ? words.answer.brokeWhilePressing
    : words.answer.brokeWhileAsking;
}
