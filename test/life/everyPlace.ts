/** The places in which people use the bot, each made anew when it is asked for, with its people. */
import type { Channel, Member, Server } from '../sandbox/discord/discord.ts';
import { type Ask, eventually, newMember, says } from './asking.ts';
import type { World } from './world.ts';

export interface Place {
  readonly channel: Channel;
  readonly member: Member;
  /** Somebody else who sees what is posted there; nobody else is in a direct message. */
  readonly passerBy: Member | null;
  /** The bot is there by the member's own installation. */
  readonly userInstall?: boolean;
}

type Make = () => Place;
type ChannelPlan = Parameters<Server['createChannel']>[0];

/** In a server of its own; a thread with a channel of its own. */
export function inServer(
  world: World,
  plan: Omit<ChannelPlan, 'name'>,
  of?: Omit<ChannelPlan, 'name'>,
): Place {
  const server = world.discord.createServer({ name: 'A server' });
  const [member, passerBy] = [newMember(world, 'Ann'), newMember(world, 'Eve')];
  server.join(member, passerBy);
  const parent =
    of === undefined ? {} : { of: server.createChannel({ name: 'its channel', ...of }) };
  return {
    channel: server.createChannel({ name: 'videos', ...plan, ...parent }),
    member,
    passerBy,
  };
}

export function everyPlace(world: World) {
  const { discord } = world;

  /** Where the bot is a member and may post. */
  const home: Record<string, Make> = {
    'a text channel': () => inServer(world, { kind: 'text' }),
    'a thread': () => inServer(world, { kind: 'thread' }, { kind: 'text' }),
    'a private thread with the bot': () =>
      inServer(world, { kind: 'private thread', botIsAdded: true }, { kind: 'text' }),
    'a forum post': () => inServer(world, { kind: 'thread' }, { kind: 'forum' }),
    'an announcement channel': () => inServer(world, { kind: 'announcement' }),
    'a thread under an announcement': () =>
      inServer(world, { kind: 'announcement thread' }, { kind: 'announcement' }),
    'the chat of a voice channel': () => inServer(world, { kind: 'voice' }),
    'the chat of a stage': () => inServer(world, { kind: 'stage' }),
    'a direct message'() {
      const member = newMember(world, 'Ann');
      return { channel: member.dm, member, passerBy: null };
    },
  };

  function withoutBot(): Place {
    const server = discord.createServer({ name: 'Elsewhere', botIsMember: false });
    const [member, passerBy] = [newMember(world, 'Ann'), newMember(world, 'Eve')];
    server.join(member, passerBy);
    return { channel: server.createChannel({ name: 'chat' }), member, passerBy, userInstall: true };
  }

  /** Where nothing but the token of an interaction reaches what was posted. */
  const abroad: Record<string, Make> = {
    'a server without the bot': withoutBot,
    'a thread of a server without the bot'() {
      const place = withoutBot();
      const thread = place.channel.server?.createChannel({ name: 'thread', kind: 'thread' });
      return { ...place, channel: thread ?? place.channel };
    },
    'a group'() {
      const [member, passerBy] = [newMember(world, 'Ann'), newMember(world, 'Eve')];
      const channel = discord.createGroup('friends', [member, passerBy]);
      return { channel, member, passerBy, userInstall: true };
    },
  };

  /** The bot is in the server and does not see this place: there too only a token reaches anything. */
  const unseen: Record<string, Make> = {
    'a private thread without the bot': () =>
      inServer(world, { kind: 'private thread' }, { kind: 'text' }),
    'the chat of a voice channel that the bot may not join': () =>
      inServer(world, { kind: 'voice', botMay: { connect: false } }),
  };

  return { home, abroad, unseen };
}

export async function asksIn(
  { channel, member, userInstall = false }: Place,
  prompt: string,
  options: Parameters<Member['types']>[1] = {},
): Promise<Ask> {
  const asked = await member.types('/veo', { prompt, ...options }, { in: channel, userInstall });
  return { member, prompt, channel, asked, message: await asked.reply() };
}

/** The video service makes prompts with this word only when it is told to. */
export const LATE = /\blate\b/;

export async function isReady({ google }: World, prompt: string): Promise<void> {
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  (await eventually(find, 'the operation')).finish();
}

/** So long that the token of the command is dead. */
export async function askedLongAgo(place: Place, prompt: string): Promise<Ask> {
  const ask = await asksIn(place, `${prompt}, late`);
  await ask.message.becomes(says(/Being made/));
  ask.asked.expire();
  return ask;
}
