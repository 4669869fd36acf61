/** How the tests here speak: somebody asks for a video, and what must hold whatever went wrong. */
import assert from 'node:assert/strict';
import type { Channel, Interaction, Member, Message } from '../sandbox/discord/discord.ts';
import type { World } from './world.ts';

type Options = Parameters<Member['types']>[1];

export interface Ask {
  readonly member: Member;
  readonly prompt: string;
  /** Its own, so that nothing of another ask is seen in it. */
  readonly channel: Channel;
  readonly asked: Interaction;
  readonly message: Message;
}

/** Somebody nobody has seen before; the limits of members begin anew with them. */
export function newMember(world: World, name = 'Bob'): Member {
  const member = world.discord.createMember({ name });
  world.server.join(member);
  return member;
}

/** A new member types `/veo` in a channel of their own and sees the reply come. */
export async function somebodyAsks(
  world: World,
  prompt: string,
  more: { options?: Options | undefined; member?: Member; channel?: Channel } = {},
): Promise<Ask> {
  const member = more.member ?? newMember(world);
  const channel = more.channel ?? world.server.createChannel({ name: 'videos' });
  const asked = await member.types('/veo', { prompt, ...more.options }, { in: channel });
  return { member, prompt, channel, asked, message: await asked.reply() };
}

export function paidFor(world: World, prompt: string): number {
  return world.google.paid.filter((call) => call.prompt === prompt).length;
}

/** Messages with a video, wherever the member can see one. */
export function videosFor({ member, channel }: Pick<Ask, 'member' | 'channel'>): Message[] {
  const seen = [...new Set([channel, member.dm])].flatMap((place) => [
    ...place.messages,
    ...place.privateMessages,
  ]);
  return seen.filter(({ attachments }) => attachments.length > 0);
}

/**
 * What every test ends with: so many paid calls, so many videos, each message with at most one,
 * and nothing that Discord would have refused.
 */
export function holds(
  world: World,
  ask: Pick<Ask, 'member' | 'channel' | 'prompt'>,
  facts: { paid: number; videos: number },
): void {
  assert.equal(paidFor(world, ask.prompt), facts.paid, 'paid calls');
  const videos = videosFor(ask);
  assert.equal(videos.length, facts.videos, 'messages with a video');
  for (const { attachments } of videos) assert.equal(attachments.length, 1);
  assert.deepEqual(world.discord.violations, []);
}

/** The id of its job, by the buttons under it. */
export function jobOf({ message }: Pick<Ask, 'message'>): string | undefined {
  return message.buttons[0]?.customId?.split(':')[1];
}

export const hasVideo = ({ attachments }: Message): boolean => attachments.length > 0;

export const says =
  (words: RegExp) =>
  ({ content }: Message): boolean =>
    words.test(content);

/** Resolves with the first answer of `look` that is neither undefined nor false. */
export async function eventually<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  withinMs = 10_000,
): Promise<T> {
  const limit = AbortSignal.timeout(withinMs);
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    assert.ok(!limit.aborted, `never seen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
