import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createActions } from './asking.ts';
import type { CommandBody } from './commands.ts';
import { type Fault, type FaultPlan, Faults } from './faults.ts';
import { Gateway, INTENT } from './gateway.ts';
import type { JournalEntry } from './journal.ts';
import type { Message } from './message.ts';
import type { Member, MemberPlan } from './people.ts';
import type { Channel, Server, ServerPlan } from './places.ts';
import { Rates } from './rates.ts';
import { createHttp } from './server.ts';
import * as wire from './wire.ts';
import { serverCreateJson } from './wire-servers.ts';
import { type Change, World } from './world.ts';

export type { Command, CommandOption } from './commands.ts';
export type { Component } from './components.ts';
export type { Fault, FaultPlan } from './faults.ts';
export type { Acknowledgement, Choice, Form, Interaction } from './interaction.ts';
export type { JournalEntry } from './journal.ts';
export type { Attachment, Button, Edit, Message } from './message.ts';
export { file, type Member, type Upload } from './people.ts';
export type { Channel, Server } from './places.ts';
export type { Change } from './world.ts';

const MEBIBYTE = 1024 * 1024;

export interface DiscordPlan {
  /** Default: any free one. */
  port?: number;
  /** Default: made up. */
  botToken?: string;
  /** How long an interaction's token lives. Default 15 min. */
  tokenLifetimeMs?: number;
  /** Default 3 s. */
  acknowledgeWithinMs?: number;
  /** How long a nonce is remembered. Default 3 min; Discord says "the past few minutes". */
  nonceRememberedMs?: number;
  /** How long a link to a file works. Default 24 h. */
  linkLifetimeMs?: number;
  heartbeatIntervalMs?: number;
  /** The largest file accepted where no server boost raises it. Default 20 MiB. */
  uploadLimitBytes?: number;
  /**
   * Default true: 429 above 5 edits and follow-ups in 2 s per interaction, 5 posts and 5 edits in
   * 5 s per channel. `strict` adds the 30 a minute and channel of all interactions together, which
   * Discord never promised but was seen to keep.
   */
  rateLimits?: boolean | 'strict';
  /** Default true: `violations` are noted. */
  validate?: boolean;
  /** Discord's clock. Default the machine's. */
  now?: () => number;
}

/** A Discord on loopback: REST and gateway of API v10, with people who use the bot. */
export type Discord = Awaited<ReturnType<typeof startDiscord>>;

export async function startDiscord(plan: DiscordPlan = {}) {
  const now = plan.now ?? Date.now;
  const world = new World({
    now,
    tokenLifetimeMs: plan.tokenLifetimeMs ?? 15 * 60_000,
    acknowledgeWithinMs: plan.acknowledgeWithinMs ?? 3_000,
    nonceRememberedMs: plan.nonceRememberedMs ?? 3 * 60_000,
    linkLifetimeMs: plan.linkLifetimeMs ?? 24 * 3_600_000,
    uploadLimitBytes: plan.uploadLimitBytes ?? 20 * MEBIBYTE,
  });
  let botToken = plan.botToken ?? madeUpToken(world.applicationId);
  const gateway = new Gateway({
    botToken: () => botToken,
    now,
    gatewayUrl: () => world.origin.replace('http', 'ws'),
    heartbeatIntervalMs: plan.heartbeatIntervalMs ?? 41_250,
    ready: () => ({
      user: { ...wire.userJson(world.bot), verified: true, mfa_enabled: false, email: null },
      guilds: homeServers(world).map(({ id }) => ({ id, unavailable: true })),
      private_channels: [],
      application: { id: world.applicationId, flags: 0 },
      _trace: [],
    }),
    afterReady: (intents) =>
      intents & INTENT.guilds
        ? homeServers(world).map((server) => ['GUILD_CREATE', serverCreateJson(server, world.bot)])
        : [],
  });
  world.gateway = gateway;
  world.actions = createActions(world);
  const changes = new EventEmitter<{ change: [Change] }>();
  world.onChange = (change) => changes.emit('change', change);
  const faults = new Faults();
  const journal: JournalEntry[] = [];
  const violations: string[] = [];
  const closing = new AbortController();
  const http = createHttp({
    world,
    faults,
    rates: plan.rateLimits === false ? undefined : new Rates(now),
    perChannel: plan.rateLimits === 'strict',
    journal,
    violations,
    validate: plan.validate ?? true,
    botToken: () => botToken,
    signal: closing.signal,
  });
  http.on('upgrade', (request, socket, head) => gateway.accept(request, socket, head));
  http.listen(plan.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  world.origin = `http://127.0.0.1:${port}`;
  let stopped: Promise<void> | undefined;

  return {
    /** For DISCORD_API_URL. */
    apiUrl: `${world.origin}/api`,
    origin: world.origin,
    port,
    applicationId: world.applicationId,
    get botToken() {
      return botToken;
    },
    gateway,
    /** Every request, in order of arrival. */
    journal: journal as readonly JournalEntry[],
    /** Where the bot's requests or our answers differ from Discord's published description. */
    violations,
    createServer: (server: ServerPlan): Server => world.createServer(server),
    createMember: (member: MemberPlan): Member => world.createMember(member),
    /** A group DM, where the bot is not. */
    createGroup: (name: string, members: readonly Member[]): Channel =>
      world.createGroup(name, members),
    /** The commands registered, for the application or one server. */
    commands: (server?: Server) => world.commands.list(server?.id),
    /** Commands that an earlier build left behind, for the application or in one server. */
    leaveCommands: (bodies: readonly CommandBody[], server?: Server): void => {
      world.registered(server?.id, bodies);
    },
    /** Resolves when a command of that name, or any, is registered. */
    registered: (name?: string, withinMs = 15_000): Promise<void> => {
      const look = () =>
        world.commands.all.some((command) => !name || command.name === name) || undefined;
      return world.registrations
        .until(look, withinMs, () => `The command ${name ?? ''} was not registered`)
        .then(() => {});
    },
    /** All interactions so far, oldest first. */
    interactions: () => [...world.interactions.values()],
    fault: (fault: FaultPlan): Fault => faults.plant(fault),
    /** A link to a file on the file host, fresh. @param path e.g. `/cdn/attachments/1/2/cat.png` */
    link: (path: string): string => world.link(path),
    /** A message in Discord's JSON, as everybody who sees it has it. */
    json: (message: Message) => world.json(message),
    /** Resolves when the bot is ready on the gateway. */
    connected: (withinMs?: number): Promise<void> => gateway.connected(withinMs),
    on: changes.on.bind(changes),
    off: changes.off.bind(changes),
    /** The largest file accepted by default, in bytes; a channel's own comes first. */
    get uploadLimitBytes() {
      return world.uploadLimitBytes;
    },
    set uploadLimitBytes(bytes: number) {
      world.uploadLimitBytes = bytes;
    },
    /** What interactions announce, where that differs from what is accepted. */
    get announcedUploadLimitBytes() {
      return world.announcedUploadLimitBytes;
    },
    set announcedUploadLimitBytes(bytes: number | undefined) {
      world.announcedUploadLimitBytes = bytes;
    },
    /** How the host of attachments is: there, away (503), gone (404) or moved (a redirect). */
    get fileHost() {
      return world.fileHost;
    },
    set fileHost(how: 'there' | 'away' | 'gone' | 'moved') {
      world.fileHost = how;
    },
    /** How a file that is too large is refused. */
    get tooLargeAnswer() {
      return world.tooLargeAnswer;
    },
    set tooLargeAnswer(form: 'json' | 'html') {
      world.tooLargeAnswer = form;
    },
    /** Every interaction token runs out now. */
    expireTokens(): void {
      for (const interaction of world.interactions.values()) interaction.expire();
    },
    /** The operator resets the bot's token: the old one is refused, connections close with 4004. */
    resetToken(): string {
      botToken = madeUpToken(world.applicationId);
      gateway.close(4004, 'Authentication failed.');
      return botToken;
    },
    stop(): Promise<void> {
      stopped ??= (async () => {
        closing.abort();
        for (const interaction of world.interactions.values()) interaction.stop();
        await gateway.stop();
        http.closeAllConnections();
        await new Promise<void>((resolve) => http.close(() => resolve()));
      })();
      return stopped;
    },
  };
}

function homeServers(world: World): Server[] {
  return [...world.servers.values()].filter((server) => server.botIsMember);
}

/** Of the form of a real one, whose first part is the application's id. */
function madeUpToken(applicationId: string): string {
  const id = Buffer.from(applicationId).toString('base64url');
  return `${id}.Gsand.${randomBytes(27).toString('base64url')}`;
}
