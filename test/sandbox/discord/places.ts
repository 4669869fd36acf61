import type { Message } from './message.ts';
import type { Member, Upload } from './people.ts';
import { type Permissions, permissions } from './permissions.ts';
import { Watch } from './watch.ts';
import type { World } from './world.ts';

export interface ServerPlan {
  name: string;
  /** 0 to 3; a higher level lets larger files in. */
  boostLevel?: number;
  botIsMember?: boolean;
  /** By its roles, as its list of servers says it; each channel has its own. */
  botMay?: Partial<Permissions>;
  locale?: string;
}
/** Channel types of the wire. A forum holds threads alone. */
export const TYPE_OF = {
  text: 0,
  dm: 1,
  voice: 2,
  group: 3,
  announcement: 5,
  'announcement thread': 10,
  thread: 11,
  'private thread': 12,
  stage: 13,
  forum: 15,
} as const;
export type ChannelKind = keyof typeof TYPE_OF;
export interface ChannelPlan {
  name: string;
  kind?: Exclude<ChannelKind, 'dm' | 'group'>;
  /** Of a thread: the channel it is in. Default the first text channel of the server. */
  of?: Channel;
  /** Of a private thread: somebody has added the bot to it. */
  botIsAdded?: boolean;
  /** A thread has those of its channel, unless they are said here. */
  botMay?: Partial<Permissions>;
  membersMay?: Partial<Permissions>;
  archived?: boolean;
  locked?: boolean;
  nsfw?: boolean;
}

const MEBIBYTE = 1024 * 1024;
const BOOSTED_BYTES = [0, 0, 50 * MEBIBYTE, 100 * MEBIBYTE];

export class Server {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  boostLevel: number;
  botIsMember: boolean;
  readonly botMay: Permissions;
  readonly channels: Channel[] = [];
  readonly members = new Set<Member>();
  readonly joinedAt: string;
  readonly #world: World;

  constructor(world: World, plan: ServerPlan) {
    this.#world = world;
    this.id = world.nextId();
    this.name = plan.name;
    this.boostLevel = plan.boostLevel ?? 0;
    this.botIsMember = plan.botIsMember ?? true;
    this.botMay = permissions(plan.botMay);
    this.locale = plan.locale ?? 'en-US';
    this.joinedAt = new Date(world.now()).toISOString();
  }

  createChannel(plan: ChannelPlan): Channel {
    const channel = new Channel(this.#world, {
      ...plan,
      kind: plan.kind ?? 'text',
      server: this,
    });
    this.channels.push(channel);
    this.#world.channels.set(channel.id, channel);
    this.#world.channelCreated(channel);
    return channel;
  }

  join(...members: Member[]): void {
    for (const member of members) this.members.add(member);
  }

  leave(member: Member): void {
    this.members.delete(member);
  }

  /** Kicks the bot. */
  removeBot(): void {
    this.botIsMember = false;
    this.#world.botRemoved(this);
  }

  addBot(): void {
    this.botIsMember = true;
    this.#world.botAdded(this);
  }
}

export class Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly server: Server | undefined;
  /** Of a thread. */
  readonly parent: Channel | undefined;
  /** Of a private thread: the bot is one of its members. */
  botIsAdded: boolean;
  /** Those in a DM or a group DM; for a server, see its members. */
  readonly recipients: readonly Member[];
  readonly botMay: Permissions;
  readonly membersMay: Permissions;
  archived: boolean;
  locked: boolean;
  nsfw: boolean;
  deleted = false;
  /** Of a DM: the member takes no messages from the bot (50007). */
  closed = false;
  /** Of a DM: posting is refused with 50001 until the bot opens the DM anew. */
  mustBeReopened = false;
  /** Of a DM: no common server (50278). */
  outOfReach = false;
  /** The largest file that is really accepted here, in bytes; else the server's or Discord's. */
  uploadLimitBytes: number | undefined;
  /** What interactions here announce as `attachment_size_limit`; else what is accepted. */
  announcedUploadLimitBytes: number | undefined;
  /** What everybody here sees, oldest first, deleted ones left out. */
  readonly messages: Message[] = [];
  /** What only one member sees. */
  readonly privateMessages: Message[] = [];
  readonly #world: World;
  readonly #arrivals = new Watch();
  readonly #seen = new WeakSet<Message>();

  constructor(
    world: World,
    plan: Omit<ChannelPlan, 'kind'> & {
      kind: ChannelKind;
      server?: Server;
      recipients?: readonly Member[];
    },
  ) {
    this.#world = world;
    this.id = world.nextId();
    this.name = plan.name;
    this.kind = plan.kind;
    this.server = plan.server;
    this.recipients = plan.recipients ?? [];
    this.parent = this.isThread
      ? (plan.of ?? plan.server?.channels.find(({ kind }) => kind === 'text'))
      : undefined;
    this.botIsAdded = plan.botIsAdded ?? false;
    this.botMay = granted(plan.botMay, this.parent?.botMay);
    this.membersMay = granted(plan.membersMay, this.parent?.membersMay);
    this.archived = plan.archived ?? false;
    this.locked = plan.locked ?? false;
    this.nsfw = plan.nsfw ?? false;
  }

  get type(): number {
    return TYPE_OF[this.kind];
  }

  get isThread(): boolean {
    return this.type >= 10 && this.type <= 12;
  }

  /** Only threads can be begun in it. */
  get holdsThreadsAlone(): boolean {
    return this.kind === 'forum';
  }

  /** Closed, and a message does not open it again: that takes the right to manage threads. */
  get isShut(): boolean {
    return this.isThread && this.archived && this.locked && !this.botMay.manageThreads;
  }

  /** Whether the bot's own token sees what is here. */
  get botSees(): boolean {
    if (!this.botIsHere) return false;
    if (this.server === undefined) return true;
    const { viewChannel, connect, manageThreads } = this.botMay;
    // Without the right to connect, a voice channel is as good as hidden.
    const isVoice = this.kind === 'voice' || this.kind === 'stage';
    if (!viewChannel || (isVoice && !connect)) return false;
    return this.kind !== 'private thread' || this.botIsAdded || manageThreads;
  }

  /** Whether the bot belongs here at all. */
  get botIsHere(): boolean {
    return this.server ? this.server.botIsMember : this.kind === 'dm';
  }

  /** The largest file accepted here, in bytes. */
  get acceptsBytes(): number {
    if (this.uploadLimitBytes !== undefined) return this.uploadLimitBytes;
    const boosted = BOOSTED_BYTES[this.server?.boostLevel ?? 0] ?? 0;
    return Math.max(this.#world.uploadLimitBytes, boosted);
  }

  get announcesBytes(): number {
    return (
      this.announcedUploadLimitBytes ?? this.#world.announcedUploadLimitBytes ?? this.acceptsBytes
    );
  }

  /** The bot's next message that everybody sees and that was not handed out before. */
  nextMessage(where: (message: Message) => boolean = () => true, withinMs = 10_000) {
    return this.#next(this.messages, where, withinMs);
  }

  /** The bot's next message that only one member sees. */
  nextPrivateMessage(where: (message: Message) => boolean = () => true, withinMs = 10_000) {
    return this.#next(this.privateMessages, where, withinMs);
  }

  #next(from: Message[], where: (message: Message) => boolean, withinMs: number): Promise<Message> {
    const look = () => {
      const found = from.find((m) => m.author.bot && !this.#seen.has(m) && where(m));
      if (found) this.#seen.add(found);
      return found;
    };
    return this.#arrivals.until(
      look,
      withinMs,
      () =>
        `No such message came in #${this.name}. There are:\n${from.map((m) => m.describe()).join('\n') || 'none'}`,
    );
  }

  /** In a DM: its member writes to the bot. */
  says(text: string, files: readonly Upload[] = [], repliesTo?: Message): Message {
    const [member] = this.recipients;
    if (!member || this.kind !== 'dm')
      throw new Error('Say who: member.says(text, { in: channel })');
    return this.#world.memberSays(member, this, text, files, repliesTo);
  }

  delete(): void {
    this.deleted = true;
    this.#world.channelDeleted(this);
  }

  /** Called when a message appears, changes or goes. */
  stirred(): void {
    this.#arrivals.notify();
  }
}

function granted(said: Partial<Permissions> | undefined, inherited: Permissions | undefined) {
  return said === undefined && inherited !== undefined ? inherited : permissions(said);
}
