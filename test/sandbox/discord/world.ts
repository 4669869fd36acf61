import { type Command, type CommandBody, Commands } from './commands.ts';
import type { DataFor, Gateway } from './gateway.ts';
import { INTENT } from './gateway.ts';
import { createIds } from './ids.ts';
import type { Interaction } from './interaction.ts';
import { Links } from './links.ts';
import { mentionsIn, SAID_NOTHING } from './mentions.ts';
import { type Attachment, type Author, Message } from './message.ts';
import { Member, type MemberPlan, type OptionValue, type Upload, type Where } from './people.ts';
import { Channel, Server, type ServerPlan } from './places.ts';
import { attach } from './posting.ts';
import { Watch } from './watch.ts';
import * as wire from './wire.ts';
import { serverCreateJson } from './wire-servers.ts';

export interface Change {
  what: 'created' | 'edited' | 'deleted';
  channel: Channel;
  message: Message;
}
/** What a member does that becomes an interaction; `asking.ts` has them. */
export interface Actions {
  /** The commands that the member's client shows in a place. */
  offers(by: Member, where: Where): Command[];
  typed(
    by: Member,
    command: string,
    options: Record<string, OptionValue>,
    where: Where,
  ): Interaction;
  completed(
    by: Member,
    command: string,
    options: Record<string, OptionValue>,
    focused: string,
    where: Where,
  ): Interaction;
  chosen(by: Member, command: string, message: Message, where: Where): Interaction;
  pressed(by: Member, message: Message, button: string): Interaction;
  selected(by: Member, message: Message, menu: string, values: readonly string[]): Interaction;
  submitted(
    by: Member,
    opened: Interaction,
    values: Record<string, string | boolean | readonly string[] | readonly Upload[]>,
  ): Interaction;
}
export interface WorldPlan {
  now: () => number;
  tokenLifetimeMs: number;
  acknowledgeWithinMs: number;
  nonceRememberedMs: number;
  linkLifetimeMs: number;
  uploadLimitBytes: number;
}

/** Everything that exists on this Discord, and what happens when something changes. */
export class World {
  readonly now: () => number;
  readonly nextId: () => string;
  readonly plan: WorldPlan;
  readonly applicationId: string;
  readonly bot: Author;
  readonly commands: Commands;
  readonly users = new Map<string, Author>();
  readonly members = new Map<string, Member>();
  readonly servers = new Map<string, Server>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  readonly attachments = new Map<string, Attachment>();
  /** By token. */
  readonly interactions = new Map<string, Interaction>();
  uploadLimitBytes: number;
  announcedUploadLimitBytes: number | undefined;
  tooLargeAnswer: 'json' | 'html' = 'json';
  /** How the host of attachments is: away answers 503, gone 404, moved a redirect. */
  fileHost: 'there' | 'away' | 'gone' | 'moved' = 'there';
  /** Origin of the links to attachments. */
  origin = '';
  gateway!: Gateway;
  actions!: Actions;
  readonly links: Links;
  onChange: (change: Change) => void = () => {};
  readonly registrations = new Watch();

  constructor(plan: WorldPlan) {
    this.plan = plan;
    this.now = plan.now;
    this.nextId = createIds(plan.now);
    this.applicationId = this.nextId();
    this.bot = { id: this.applicationId, name: 'Veo', bot: true };
    this.users.set(this.bot.id, this.bot);
    this.commands = new Commands(this.nextId, this.applicationId);
    this.uploadLimitBytes = plan.uploadLimitBytes;
    this.links = new Links(plan.now, plan.linkLifetimeMs);
  }

  createServer(plan: ServerPlan): Server {
    const server = new Server(this, plan);
    this.servers.set(server.id, server);
    if (server.botIsMember) this.botAdded(server);
    return server;
  }

  createMember(plan: MemberPlan): Member {
    const member = new Member(this, plan);
    this.members.set(member.id, member);
    this.users.set(member.id, wire.memberAsUser(member));
    const joins = plan.in instanceof Server ? [plan.in] : (plan.in ?? []);
    for (const server of joins) server.join(member);
    return member;
  }

  createDm(member: Member): Channel {
    return this.#privateChannel('dm', member.name, [member]);
  }

  createGroup(name: string, members: readonly Member[]): Channel {
    return this.#privateChannel('group', name, members);
  }

  #privateChannel(kind: 'dm' | 'group', name: string, recipients: readonly Member[]): Channel {
    const channel = new Channel(this, { name, kind, recipients });
    this.channels.set(channel.id, channel);
    return channel;
  }

  offers: Actions['offers'] = (...given) => this.actions.offers(...given);
  typed: Actions['typed'] = (...given) => this.actions.typed(...given);
  completed: Actions['completed'] = (...given) => this.actions.completed(...given);
  chosen: Actions['chosen'] = (...given) => this.actions.chosen(...given);
  pressed: Actions['pressed'] = (...given) => this.actions.pressed(...given);
  selected: Actions['selected'] = (...given) => this.actions.selected(...given);
  submitted: Actions['submitted'] = (...given) => this.actions.submitted(...given);

  memberSays(
    member: Member,
    channel: Channel,
    text: string,
    files: readonly Upload[],
    repliesTo?: Message,
  ): Message {
    if (channel.server && !channel.server.members.has(member))
      throw new Error(`${member.name} is not in ${channel.server.name}`);
    const message = this.newMessage(channel, wire.memberAsUser(member));
    message.content = text;
    message.repliesTo = repliesTo;
    message.attachments = files.map((upload) => attach(this, upload));
    message.mentions = mentionsIn(text, SAID_NOTHING.bot).users.filter((id) => this.users.has(id));
    this.add(message);
    return message;
  }

  newMessage(channel: Channel, author: Author = this.bot): Message {
    return new Message(this.nextId(), channel, author, this.now());
  }

  /** Makes a message visible. */
  add(message: Message): void {
    this.messages.set(message.id, message);
    const { channel } = message;
    (message.ephemeral ? channel.privateMessages : channel.messages).push(message);
    // One that only its reader sees opens nothing.
    const opens = !message.ephemeral && !channel.locked;
    if (channel.archived && opens) channel.archived = false;
    this.#stirred('created', message);
    this.#messageEvent('MESSAGE_CREATE', message);
  }

  edited(message: Message): void {
    message.edited(this.now());
    this.#stirred('edited', message);
    this.#messageEvent('MESSAGE_UPDATE', message);
  }

  remove(message: Message): void {
    message.deleted = true;
    for (const list of [message.channel.messages, message.channel.privateMessages]) {
      const index = list.indexOf(message);
      if (index >= 0) list.splice(index, 1);
    }
    this.#stirred('deleted', message);
    const { channel } = message;
    const data = { id: message.id, channel_id: channel.id, ...serverIdOf(channel) };
    this.#channelEvent('MESSAGE_DELETE', channel, messageIntent(channel), () => data);
  }

  #stirred(what: Change['what'], message: Message): void {
    message.changed();
    message.channel.stirred();
    message.interaction?.changed();
    this.onChange({ what, channel: message.channel, message });
  }

  #messageEvent(event: string, message: Message): void {
    const { channel } = message;
    this.#channelEvent(event, channel, messageIntent(channel), (intents) => {
      const json = this.json(message);
      const isRead =
        !channel.server ||
        message.author.id === this.bot.id ||
        message.mentions.includes(this.bot.id) ||
        (intents & INTENT.messageContent) !== 0;
      return {
        ...json,
        ...(isRead ? {} : { content: '', attachments: [], embeds: [], components: [] }),
        ...serverIdOf(channel),
        channel_type: channel.type,
      };
    });
  }

  /** To the sessions that asked for it, if the bot is there to see it. */
  #channelEvent(event: string, channel: Channel, intent: number, data: DataFor): void {
    if (!channel.botSees) return;
    this.gateway.dispatch(event, channel.server?.id, (intents) =>
      intents & intent ? data(intents) : undefined,
    );
  }

  channelCreated(channel: Channel): void {
    const event = channel.isThread ? 'THREAD_CREATE' : 'CHANNEL_CREATE';
    this.#channelEvent(event, channel, INTENT.guilds, () => wire.channelJson(channel));
  }

  channelDeleted(channel: Channel): void {
    const event = channel.isThread ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
    this.#channelEvent(event, channel, INTENT.guilds, () => wire.channelJson(channel));
  }

  botAdded(server: Server): void {
    this.gateway?.dispatch('GUILD_CREATE', server.id, (intents) =>
      intents & INTENT.guilds ? serverCreateJson(server, this.bot) : undefined,
    );
  }

  botRemoved(server: Server): void {
    this.gateway.dispatch('GUILD_DELETE', server.id, (intents) =>
      intents & INTENT.guilds ? { id: server.id } : undefined,
    );
  }

  /** Of a message, in Discord's JSON. */
  json(message: Message): wire.Json {
    return wire.messageJson(message, this.users, this.linkTo);
  }

  /** Links carry their end and a signature, as Discord's do; fetched again they are fresh. */
  linkTo: wire.LinkTo = (attachment, channelId) =>
    this.link(`/cdn/attachments/${channelId}/${attachment.id}/${attachment.filename}`);

  link(path: string): string {
    return `${this.origin}${path}${this.links.signed(path)}`;
  }

  /** Commands by what the client shows in a place: a server's own come first. */
  command(type: number, name: string, channel: Channel) {
    const own = channel.server && this.commands.find(type, name, channel.server.id);
    return own ?? this.commands.find(type, name, undefined);
  }

  registered(guildId: string | undefined, bodies: readonly CommandBody[]) {
    const made = this.commands.replace(guildId, bodies);
    this.registrations.notify();
    return made;
  }
}

function messageIntent(channel: Channel): number {
  return channel.server ? INTENT.guildMessages : INTENT.directMessages;
}

function serverIdOf(channel: Channel): { guild_id?: string } {
  return channel.server ? { guild_id: channel.server.id } : {};
}
