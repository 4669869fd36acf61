/**
 * The connection to Discord's gateway: what comes in. Everything that goes out has REST clients
 * of its own, so that an upload or a wave of edits never holds up an answer.
 *
 * Interactions and messages are taken raw, as they arrive: discord.js queues its own objects
 * until it is ready and empties the queue one per turn of the event loop, which cost seconds of
 * the three that Discord gives. Its objects are therefore not used at all, and nor is a
 * partial needed to receive direct messages.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Events, GatewayIntentBits, Options, RESTEvents } from 'discord.js';
import { backoff } from '../../jobs/lanes/delays.ts';
import type { ObserveDiscord } from '../observe.ts';
import {
  type DiscordProblem,
  problemOfCloseCode,
  sessionEnded,
  tokenMissing,
  tokenRefused,
} from './problem.ts';
import { type Ready, readReady } from './ready.ts';

export interface GatewayState {
  readonly connected: boolean;
  /** Round trip of the last heartbeat, or null before the first one. */
  readonly pingMs: number | null;
  /** A few words about the last thing that went wrong, and when. */
  readonly lastProblem: { readonly at: number; readonly how: string } | null;
  /** Set once connecting again makes no sense before the operator changed something. */
  readonly fatal: DiscordProblem | null;
}

export interface GatewayOptions {
  readonly token: string;
  /** Default Discord's own; e.g. `http://127.0.0.1:PORT/api`. */
  readonly apiUrl?: string | undefined;
  readonly interaction: (raw: unknown) => void;
  readonly message: (raw: unknown) => void;
  /** At each new session, before anything that waited for it is sent. */
  readonly ready: (ready: Ready) => void;
  /** Called once when the connection is lost for good. */
  readonly fatal: (problem: DiscordProblem) => void;
  readonly observe: ObserveDiscord;
  readonly now: () => number;
}

export interface Gateway {
  /**
   * Connects. Where Discord cannot be reached it goes on trying, less and less often; resolves
   * once connected or stopped. Throws a DiscordProblem where the operator has to change something.
   */
  start(): Promise<void>;
  /** Safe to call twice, and before start. Ends within about 2 s even if Discord does not answer. */
  stop(): Promise<void>;
  state(): GatewayState;
}

const STOP_WITHIN_MS = 2_000;
/** How often discord.js looks whether 401, 403 and 429 pile up: at every so many of them. */
const WARN_EVERY_REFUSALS = 500;

export function createGateway(options: GatewayOptions): Gateway {
  const { observe, now } = options;
  const connectedShards = new Set<number>();
  const stopping = new AbortController();
  const stopAsked = once(stopping.signal, 'abort');
  let client: Client | null = null;
  let lastProblem: GatewayState['lastProblem'] = null;
  let fatal: DiscordProblem | null = null;
  let started: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;

  function note(how: string, what: 'lost' | 'error' = 'error'): void {
    lastProblem = { at: now(), how };
    observe({ kind: 'gateway', what, how });
  }

  function giveUp(problem: DiscordProblem): void {
    if (fatal !== null) return;
    fatal = problem;
    lastProblem = { at: now(), how: problem.message };
    observe({ kind: 'gateway', what: 'fatal', how: problem.message });
    options.fatal(problem);
  }

  function connectShard(shardId: number, what: 'connected' | 'resumed'): void {
    connectedShards.add(shardId);
    observe({ kind: 'gateway', what });
  }

  function listen(to: Client): void {
    // Typed for discord.js's own use; what it emits is (data, shardId) of each dispatch.
    const dispatches: NodeJS.EventEmitter = to.ws as unknown as NodeJS.EventEmitter;
    dispatches.on('READY', (raw: unknown, shardId: number) => {
      connectShard(shardId, 'connected');
      const ready = readReady(raw);
      if (ready === null) observe({ kind: 'not understood', what: 'READY' });
      else options.ready(ready);
    });
    dispatches.on('RESUMED', (_raw: unknown, shardId: number) => connectShard(shardId, 'resumed'));
    dispatches.on('INTERACTION_CREATE', options.interaction);
    dispatches.on('MESSAGE_CREATE', options.message);

    to.on(Events.ShardReconnecting, (shardId) => {
      connectedShards.delete(shardId);
      if (stopping.signal.aborted) return;
      note('the connection was lost; connecting again', 'lost');
    });
    to.on(Events.ShardDisconnect, ({ code }, shardId) => {
      connectedShards.delete(shardId);
      note(`closed by Discord with code ${code}`, 'lost');
      giveUp(problemOfCloseCode(code) ?? sessionEnded());
    });
    to.on(Events.ShardError, (error) => note(wordFor(error)));
    to.on(Events.Invalidated, () => giveUp(sessionEnded()));
    // Without a listener, an error of discord.js's own listeners would end the process.
    to.on(Events.Error, (error) => note(wordFor(error)));
    to.rest.on(RESTEvents.InvalidRequestWarning, ({ count }) =>
      observe({ kind: 'many refusals', count }),
    );
  }

  async function connect(): Promise<void> {
    if (options.token === '') throw tokenMissing();
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      const attempted = createClient(options.apiUrl);
      client = attempted;
      listen(attempted);
      observe({ kind: 'gateway', what: 'connecting' });
      try {
        // A Discord that says nothing must not hold up a stop.
        await Promise.race([attempted.login(options.token), stopAsked]);
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (isTokenInvalid(error)) giveUp(tokenRefused());
        if (fatal !== null) throw fatal;
        if (!mayPass(error)) throw error;
        note(wordFor(error));
        const waitMs = backoff(attempt, Math.random);
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  async function disconnect(): Promise<void> {
    stopping.abort();
    connectedShards.clear();
    const last = client;
    if (last === null) return;
    // discord.js waits for a close frame, without one for 30 s.
    const enough = new AbortController();
    await Promise.race([
      last.destroy().catch((error: unknown) => note(wordFor(error))),
      sleep(STOP_WITHIN_MS, undefined, { signal: enough.signal }).catch(() => {}),
    ]);
    enough.abort();
    observe({ kind: 'gateway', what: 'stopped' });
  }

  return {
    start() {
      started ??= connect();
      return started;
    },
    stop() {
      stopped ??= disconnect();
      return stopped;
    },
    state() {
      const shards = client?.ws.shards.size ?? 0;
      const pingMs = client?.ws.ping ?? -1;
      return {
        connected: fatal === null && shards > 0 && connectedShards.size === shards,
        pingMs: pingMs >= 0 ? Math.round(pingMs) : null,
        lastProblem,
        fatal,
      };
    },
  };
}

function createClient(apiUrl: string | undefined): Client {
  const client: Client = new Client({
    // Interactions need no intent; texts of direct messages need this one. None is privileged.
    intents: [GatewayIntentBits.DirectMessages],
    allowedMentions: { parse: [] },
    // Otherwise everybody who ever pressed a button stays in memory.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === client.user?.id },
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === client.user?.id },
    }),
    waitGuildTimeout: 0,
    rest: {
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      invalidRequestWarningInterval: WARN_EVERY_REFUSALS,
    },
  });
  return client;
}

/** A few words for the log. discord.js's messages hold addresses of the gateway, never the token. */
function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  return `${error.name}: ${error.message.slice(0, 200)}${code}`;
}

function isTokenInvalid(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TokenInvalid';
}

/** Whether a failed login may pass by itself: the network, Discord's 5xx, or a used-up day. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('status' in error && typeof error.status === 'number') {
    return error.status >= 500 || error.status === 429;
  }
  if (error.name === 'AbortError') return true; // discord.js's own timeout
  // Thrown before an identify, so trying again costs none: the thousand of this day are used.
  if (error.message.startsWith('Not enough sessions remaining')) return true;
  return 'code' in error && /^(E[A-Z_]+|UND_ERR_\w+)$/.test(String(error.code));
}
