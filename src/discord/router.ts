/** From what the gateway sends to the one handler for it. Whatever is not known is answered in words. */

import { StorageFull, StorageFullLater } from '../jobs/ports.ts';
import { type DirectMessage, readDirectMessage } from './dms.ts';
import type { Answers, CommandHandler, Completions, MessageCommandHandler } from './handlers.ts';
import { type Interaction, type Press, readInteraction, type Submit } from './interaction.ts';
import type { LocaleOf } from './locales.ts';
import type { ObserveDiscord } from './observe.ts';
import type { Placing } from './placing.ts';
import { pingNobody } from './text/job.ts';
import { type Words, wordsFor, wordsOf } from './text/words.ts';

export interface RouterParts {
  /** By the command's name. */
  readonly commands: Readonly<Record<string, CommandHandler>>;
  /** By what stands in the menu of a message. */
  readonly messageCommands: Readonly<Record<string, MessageCommandHandler>>;
  /** What a command that is being typed may go on with, by the command's name. */
  readonly completions: Readonly<Record<string, Completions>>;
  readonly press: (press: Press) => Promise<void>;
  readonly submit: (submit: Submit) => Promise<void>;
  readonly directMessage: (message: DirectMessage) => Promise<void>;
  readonly localeOf: LocaleOf;
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
  const { commands, messageCommands, completions, localeOf, answers, observe } = parts;
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
      if (message === null || !isNew(message.id)) return;
      try {
        await parts.directMessage(message);
      } catch (error) {
        observe({ kind: 'not handled', what: 'direct message', how: wordFor(error) });
        await answers.toDirectMessage(
          { channelId: message.channelId, messageId: message.id },
          {
            content: wordsForDm(error, wordsFor(await localeOf(message.authorId).catch(() => ''))),
            components: [],
            allowed_mentions: pingNobody,
          },
        );
        if (!isFromOutside(error)) throw error;
      }
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

function wordsForDm(error: unknown, { answer, refusal }: Words): string {
  return error instanceof StorageFull ? refusal.closed.storage : answer.brokeWhileReading;
}

/**
 * Failures of the system, the database or the network have a code or a name of their own. What
 * JavaScript throws by itself, and a bare Error, is a mistake in this program.
 */
function isFromOutside(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return !error.code.startsWith('ERR_');
  return !ours.has(error.name);
}
const ours = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** The name alone: a message could hold a prompt. */
function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
