/** Registers the commands: once, and again only when they changed. Removes what earlier builds left. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { backoff } from '../../jobs/lanes/delays.ts';
import type { Model } from '../../jobs/model.ts';
import { StorageFull } from '../../jobs/ports/storageFull.ts';
import { commandsFor } from '../commands/payload.ts';
import type { ObserveDiscord } from '../observe.ts';
import type { Ready } from './ready.ts';

export interface RegistrationOptions {
  /** Authenticated with the bot token. */
  readonly rest: REST;
  readonly models: () => readonly Model[];
  readonly recall: (key: string) => Promise<string | null>;
  readonly remember: (key: string, value: string) => Promise<void>;
  readonly observe: ObserveDiscord;
}

const COMMANDS_KEY = 'discord commands';
const MOST_ATTEMPTS = 8;

/**
 * Sends the commands unless exactly these were sent before and still stand there: another build with
 * the same token may have replaced them. A list read back leaves parts out, so a hash of what was
 * sent is compared, and of the list only what is called how. Throws only what the store throws.
 */
export async function registerCommands(
  options: RegistrationOptions,
  applicationId: string,
  signal: AbortSignal,
): Promise<void> {
  const { recall, remember, observe } = options;
  const commands = commandsFor(options.models());
  const hash = createHash('sha256')
    .update(JSON.stringify([applicationId, commands]))
    .digest('hex');
  if (
    (await recall(COMMANDS_KEY)) === hash &&
    (await stand(options, applicationId, commands, signal))
  ) {
    observe({ kind: 'commands', what: 'unchanged' });
    return;
  }
  if (!(await send(options, Routes.applicationCommands(applicationId), commands, signal))) return;
  await remembered(remember(COMMANDS_KEY, hash));
  observe({ kind: 'commands', what: 'registered' });
}

/** Also where Discord does not say what stands there: then nothing is known to be wrong. */
async function stand(
  { rest }: RegistrationOptions,
  applicationId: string,
  commands: readonly unknown[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const found = named.safeParse(
      await rest.get(Routes.applicationCommands(applicationId), { signal }),
    );
    return !found.success || outline(found.data) === outline(named.parse(commands));
  } catch {
    return true;
  }
}

interface Named {
  readonly name: string;
  readonly options?: readonly Named[] | undefined;
}

const option: z.ZodType<Named> = z.lazy(() =>
  z.object({ name: z.string(), options: z.array(option).optional() }),
);
const named = z.array(option);

/** The names of commands in any order, of their options in theirs. */
function outline(commands: readonly Named[]): string {
  const of = ({ name, options = [] }: Named): string => `${name}(${options.map(of).join()})`;
  return commands.map(of).toSorted().join();
}

/** False where Discord refuses them, or could not be reached; the next connection tries again. */
async function send(
  { rest, observe }: RegistrationOptions,
  route: `/${string}`,
  body: unknown,
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && !signal.aborted; attempt++) {
    try {
      await rest.put(route, { body, signal });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      observe({ kind: 'commands', what: 'not registered', how: howItFailed(error) });
      if (error instanceof DiscordAPIError && error.status < 500) return false;
      await sleep(backoff(attempt, Math.random), undefined, { signal }).catch(() => {});
    }
  }
  return false;
}

/**
 * Commands that an earlier build registered for one server stand there beside the global ones.
 * Looked for once per application: one request for each server, one after the other.
 */
export async function removeStaleGuildCommands(
  options: Pick<RegistrationOptions, 'rest' | 'recall' | 'remember' | 'observe'>,
  ready: Ready,
  signal: AbortSignal,
): Promise<void> {
  const { rest, recall, remember, observe } = options;
  const key = `discord stale commands ${ready.applicationId}`;
  if ((await recall(key)) !== null) return;
  for (const guildId of ready.guildIds) {
    const route = Routes.applicationGuildCommands(ready.applicationId, guildId);
    try {
      const found = list.safeParse(await rest.get(route, { signal }));
      if (!found.success || found.data.length === 0) continue;
      await rest.put(route, { body: [], signal });
      observe({ kind: 'stale commands removed', guildId, count: found.data.length });
    } catch (error) {
      // A server that the bot was invited to without its commands refuses; it cannot have any.
      if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) {
        continue;
      }
      return; // not reached: looked for at the next start
    }
  }
  await remembered(remember(key, 'removed'));
}

/** On a full disk it is forgotten, and done once more at the next start: no reason to end. */
async function remembered(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
  }
}

const list = z.array(z.unknown());

function howItFailed(error: unknown): string {
  if (error instanceof DiscordAPIError) {
    if (error.status === 401) return 'Discord refuses the bot token (401): check DISCORD_TOKEN';
    if (error.status === 403 || error.status === 404) {
      return `the application is not ready for commands (${error.status}, code ${error.code}): check that DISCORD_TOKEN belongs to a bot application that still exists`;
    }
    return `Discord refused them (${error.status}, code ${error.code})`;
  }
  return error instanceof Error ? `not reached: ${error.name}` : 'not reached';
}
