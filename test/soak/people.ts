/** Members who ask for videos, in servers, direct messages and places where the bot is not. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Discord, Interaction, Member, Message } from '../sandbox/discord/discord.ts';
import type { Chance } from '../simulation/random.ts';

export interface Town {
  readonly members: readonly Member[];
  /** What each may do where. */
  readonly places: readonly Place[];
}

interface Place {
  readonly member: Member;
  readonly channel: Channel;
  readonly how: 'server' | 'dm' | 'dm text' | 'user install';
}

export interface Asked {
  readonly prompt: string;
  readonly place: Place;
  /** Commands and presses that wanted a new video of this prompt. */
  readonly wishes: Interaction[];
  /** Nobody heard it: the bot was away, or its answer came too late. */
  heard: boolean;
  /** Presses on "Show result", each of which may post it once more. */
  shows: number;
  deletes: number;
  trouble: string | null;
}

const SERVERS = 20;
const PATIENCE_MS = 60_000;
const MOST_SHOWS = 3;

export function settle(discord: Discord, chance: Chance, count: number): Town {
  const servers = Array.from({ length: SERVERS }, (_, i) => {
    const server = discord.createServer({ name: `server ${i}` });
    const open = server.createChannel({ name: 'videos' });
    // Where only the reply's own token can write.
    const shut = server.createChannel({
      name: 'shut',
      botMay: { viewChannel: false, sendMessages: false },
    });
    if (i === 0) {
      // It announces more than it takes.
      open.uploadLimitBytes = 50_000;
      open.announcedUploadLimitBytes = 10_000_000;
    }
    return { server, open, shut };
  });
  const elsewhere = discord.createServer({ name: 'elsewhere', botIsMember: false });
  const away = elsewhere.createChannel({ name: 'far away' });
  const members: Member[] = [];
  const places: Place[] = [];
  for (let i = 0; i < count; i++) {
    const at = servers[i % SERVERS];
    if (at === undefined) break;
    const member = discord.createMember({ name: `member ${i}`, in: [at.server, elsewhere] });
    // Some take no messages from the bot; who writes to it by direct message takes them.
    member.dm.closed = chance.is(0.2);
    members.push(member);
    for (let n = 0; n < 6; n++) places.push({ member, channel: at.open, how: 'server' });
    places.push({ member, channel: at.shut, how: 'server' });
    places.push({ member, channel: at.shut, how: 'server' });
    places.push({ member, channel: away, how: 'user install' });
    if (member.dm.closed) continue;
    places.push({ member, channel: member.dm, how: 'dm' });
    places.push({ member, channel: member.dm, how: 'dm text' });
  }
  return { members, places };
}

/** One wish, and what its member does with what comes of it. Never rejects. */
export async function ask(
  { places }: Town,
  chance: Chance,
  nth: number,
  signal: AbortSignal,
): Promise<Asked> {
  const place = chance.pick(places);
  const prompt = `take ${nth} of a cat with yarn${chance.is(0.05) ? ', declined' : ''}`;
  const asked: Asked = {
    ...{ prompt, place, wishes: [], heard: false },
    ...{ shows: 0, deletes: 0, trouble: null },
  };
  // Decided at once, so that what chance says does not hang on who is faster.
  const does = {
    cancels: chance.is(0.05),
    clicksTwice: chance.is(0.5),
    deletes: chance.is(0.03),
    runsAgain: chance.is(0.5),
    shows: chance.is(0.7),
    afterMs: chance.between(0, 6_000),
    model: chance.is(0.3) ? 'veo-3.1-fast-generate-preview' : null,
  };
  try {
    const reply = await begin(asked, does.model);
    if (reply === null) return asked;
    asked.heard = true;
    if (does.deletes && !reply.ephemeral) {
      await wait(does.afterMs, signal);
      asked.deletes += 1;
      if (!reply.deleted) place.member.deletes(reply);
      return asked;
    }
    if (does.cancels) {
      await wait(does.afterMs, signal);
      await press(asked, reply, 'Cancel', does.clicksTwice);
    }
    await follow(asked, reply, does, signal);
  } catch (error) {
    if (!signal.aborted) asked.trouble = String(error).split('\n')[0] ?? '';
  }
  return asked;
}

/** The message that shows it; null where the bot did not answer in time. */
async function begin(asked: Asked, model: string | null): Promise<Message | null> {
  const { place, prompt } = asked;
  const { member, channel, how } = place;
  if (how === 'dm text') {
    member.dm.says(prompt);
    const offer = await member.dm
      .nextMessage(({ content }) => content.includes(prompt), 8_000)
      .catch(() => null);
    if (offer === null) return null;
    const wish = await member.presses(offer, 'Make it');
    asked.wishes.push(wish);
    return (await isHeard(wish)) ? offer : null;
  }
  const options = { prompt, ...(model === null ? {} : { model }) };
  const where = { in: channel, userInstall: how === 'user install' };
  const wish = await member.types('/veo', options, where);
  asked.wishes.push(wish);
  return (await isHeard(wish)) ? await wish.reply(PATIENCE_MS) : null;
}

function isHeard(wish: Interaction): Promise<boolean> {
  return wish.acknowledged.then(
    () => true,
    () => false,
  );
}

/** Until its end is shown, or the soak is over. */
async function follow(
  asked: Asked,
  reply: Message,
  does: { readonly runsAgain: boolean; readonly shows: boolean; readonly clicksTwice: boolean },
  signal: AbortSignal,
): Promise<void> {
  const has = (label: string) => reply.buttons.some((button) => button.label.startsWith(label));
  const isOver = () => reply.deleted || reply.attachments.length > 0 || has('Run again');
  const canShow = () => does.shows && has('Show result') && !has('Cancel');
  for (let pressed = 0; pressed < MOST_SHOWS && !isOver() && !signal.aborted; ) {
    // Now and then it is looked up whether all is over.
    await reply.becomes(() => isOver() || canShow(), 5_000).catch(() => {});
    if (isOver() || !canShow()) continue;
    pressed += 1;
    asked.shows += 1;
    await press(asked, reply, 'Show result', false);
    await wait(2_000, signal);
  }
  if (has('Run again') && does.runsAgain && reply.attachments.length === 0) {
    await press(asked, reply, 'Run again', does.clicksTwice);
  }
}

async function press(asked: Asked, on: Message, label: string, twice: boolean): Promise<void> {
  if (on.deleted || !on.buttons.some((button) => button.label.startsWith(label))) return;
  const { member } = asked.place;
  const presses = [await member.presses(on, label)];
  if (twice) presses.push(await member.presses(on, label));
  if (label === 'Run again') asked.wishes.push(...presses);
  await Promise.all(presses.map(isHeard));
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal });
}
