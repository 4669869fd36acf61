/** Failure table: a video that no way led to, and what a member can get back later. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Channel, Member, Message } from '../sandbox/discord/discord.ts';
import { type Ask, eventually, hasVideo, holds, newMember, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: 300 },
  env: { LIMIT_MEMBER_DAY_USD: '2', LIMIT_MEMBER_MONTH_USD: '20' },
});
const { discord } = world;
after(() => world.close());
let bot = await world.startBot();

/** A room of a server without the bot, where only a token reaches a reply. */
function roomElsewhere(...members: readonly Member[]): Channel {
  const server = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  server.join(...members);
  return server.createChannel({ name: 'room' });
}

/** Asked for where only the token reaches, which dies; direct messages are closed. */
async function stranded(prompt: string): Promise<Ask> {
  const member = newMember(world);
  const channel = roomElsewhere(member);
  const asked = await member.types('/veo', { prompt }, { in: channel, userInstall: true });
  const message = await asked.reply();
  await message.becomes(({ thinking }) => !thinking);
  const jobId = idOf(message);
  member.dm.closed = true;
  asked.expire();
  await bot.says(
    (line) => line.job === jobId && line.state === 'undelivered',
    `that ${prompt} is undelivered`,
  );
  return { member, prompt, channel, asked, message };
}

/** The job's, as its buttons have it. */
function idOf(message: Message): string {
  const [button] = message.buttons;
  return button?.customId?.split(':')[1] ?? '';
}

async function list(member: Member, where: Channel, userInstall = false): Promise<Message> {
  const typed = await member.types('/videos', {}, { in: where, userInstall });
  const message = await typed.reply();
  assert.ok(message.ephemeral);
  return message;
}

async function delivered(ask: Ask): Promise<Ask> {
  await ask.message.becomes(hasVideo);
  // Seen in the channel a moment before the bot has the answer to its upload.
  const jobId = idOf(ask.message);
  await bot.says((line) => line.job === jobId && line.state === 'delivered');
  return ask;
}

describe('a video that was delivered', () => {
  test('is shown again to everybody in the channel by its member, and costs nothing', async () => {
    const ask = await delivered(await somebodyAsks(world, 'shown twice'));
    const message = await list(ask.member, ask.channel);
    assert.match(
      message.content,
      /shown twice · \$0\.\d\d charged\nLeft today: \$1\.\d\d of \$2\.00/,
    );
    assert.match(message.content, / · this month: \$19\.\d\d of \$20\.00$/);
    const copy = await (await ask.member.presses(message, 'Show 1')).reply();
    await copy.becomes(hasVideo);
    assert.ok(!copy.ephemeral);
    assert.equal(copy.attachments[0]?.description, 'Video: shown twice');
    assert.deepEqual(copy.attachments[0]?.bytes, ask.message.attachments[0]?.bytes);
    holds(world, ask, { paid: 1, videos: 2 });
    const bob = newMember(world);
    await assert.rejects(bob.presses(message, 'Show 1'), /cannot see that message/);
    assert.match((await list(bob, ask.channel)).content, /^You have no videos yet/);
  });

  test('is shown where its member is now: in a direct message, and without the bot being there', async () => {
    const ask = await delivered(await somebodyAsks(world, 'carried about'));
    const { member } = ask;
    const inDm = await (await member.presses(await list(member, member.dm), 'Show 1')).reply();
    await inDm.becomes(hasVideo);
    assert.equal(inDm.channel, member.dm);
    const room = roomElsewhere(member);
    const pressed = await member.presses(await list(member, room, true), 'Show 1');
    const there = await pressed.reply();
    await there.becomes(hasVideo);
    assert.equal(there.channel, room);
    holds(world, ask, { paid: 1, videos: 2 });
  });
});

describe('a video that no way led to', () => {
  test('is delivered once by the member’s next direct message, besides its answer', async () => {
    const ask = await stranded('reached later');
    const { member } = ask;
    holds(world, ask, { paid: 1, videos: 0 });
    assert.match((await list(member, world.channel)).content, /^\*\*Waiting for you: 1\*\*/);
    member.dm.closed = false;
    member.dm.says('a fox');
    member.dm.says('a hen');
    await member.dm.nextMessage(says(/^> a fox\n/));
    await member.dm.nextMessage(says(/^> a hen\n/));
    await member.dm.nextMessage(hasVideo);
    const after = await list(member, world.channel);
    assert.doesNotMatch(after.content, /Waiting for you/);
    holds(world, ask, { paid: 1, videos: 1 });
    member.dm.says('a dog');
    await member.dm.nextMessage(says(/^> a dog\n/));
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('stays kept where direct messages are still closed, and comes with the next one', async () => {
    const ask = await stranded('closed twice');
    const { member } = ask;
    const jobId = idOf(ask.message);
    const isUndelivered = () =>
      bot.lines.filter((line) => line.job === jobId && line.state === 'undelivered').length;
    const before = isUndelivered();
    member.dm.says('a fox');
    await eventually(() => isUndelivered() > before, 'that it is undelivered again');
    holds(world, ask, { paid: 1, videos: 0 });
    member.dm.closed = false;
    member.dm.says('a hen');
    await member.dm.nextMessage(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('is delivered into a new message by Show, once, however often it is pressed', async () => {
    const ask = await stranded('pressed twice');
    const { member } = ask;
    const message = await list(member, world.channel);
    const presses = await Promise.all([
      member.presses(message, 'Show 1'),
      member.presses(message, 'Show 1'),
    ]);
    const types = await Promise.all(presses.map(async (press) => (await press.acknowledged).type));
    assert.deepEqual(types.toSorted(), [5, 6]);
    const isHere = (one: Message) => hasVideo(one) && one.content.includes(ask.prompt);
    await eventually(() => world.channel.messages.find(isHere), 'the video in the channel');
    await bot.says((line) => line.job === idOf(ask.message) && line.state === 'delivered');
    assert.equal(world.channel.messages.filter(isHere).length, 1);
    holds(world, ask, { paid: 1, videos: 0 });
    member.dm.closed = false;
    member.dm.says('a fox');
    await member.dm.nextMessage(says(/^> a fox\n/));
    holds(world, ask, { paid: 1, videos: 0 });
  });
});

test('a video that may have arrived where nobody can look is sent again only by Show', async () => {
  const member = newMember(world);
  const channel = roomElsewhere(member);
  const prompt = 'perhaps there';
  const asked = await member.types('/veo', { prompt }, { in: channel, userInstall: true });
  const isUpload = { on: 'edit-reply', times: 1, when: 'after', answer: 'reset' } as const;
  const where = ({ path, files }: { path: string; files: unknown[] }) =>
    path.includes(asked.token) && files.length > 0;
  discord.fault({ ...isUpload, where });
  const message = await asked.reply();
  const ask = { member, prompt, channel, asked, message };
  await message.becomes(({ thinking }) => !thinking);
  const jobId = idOf(message);
  await message.becomes(hasVideo);
  asked.expire();
  await bot.says((line) => line.job === jobId && line.state === 'undelivered');
  member.dm.says('a fox');
  await member.dm.nextMessage(says(/^> a fox\n/));
  holds(world, ask, { paid: 1, videos: 1 });
  assert.match((await list(member, world.channel)).content, /^\*\*Waiting for you: 1\*\*/);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a video whose message was deleted comes only by Show, not by a direct message', async () => {
  const ask = await somebodyAsks(world, 'thrown away');
  const { member, message } = ask;
  await message.becomes(({ thinking }) => !thinking);
  const jobId = idOf(message);
  member.deletes(message);
  await bot.says((line) => line.job === jobId && line.state === 'undelivered');
  member.dm.says('a fox');
  await member.dm.nextMessage(says(/^> a fox\n/));
  const kept = await list(member, ask.channel);
  assert.match(kept.content, /thrown away · its message was deleted, \$0\.\d\d charged/);
  holds(world, ask, { paid: 1, videos: 0 });
  const shown = await (await member.presses(kept, 'Show 1')).reply();
  await shown.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
});

describe('after the bot was killed', () => {
  test('a list from before still works, and a delivery that had begun ends with one video', async () => {
    const first = await delivered(await somebodyAsks(world, 'from before'));
    const old = await list(first.member, first.channel);
    const ask = await stranded('cut short');
    const { member } = ask;
    const message = await list(member, world.channel);
    discord.fault({ on: 'edit-reply', times: 1, when: 'after', answer: 'hang' });
    const shown = await (await member.presses(message, 'Show 1')).reply();
    // It has arrived, and the bot will never know.
    await shown.becomes(hasVideo);
    await bot.kill();
    bot = await world.startBot();
    const copy = await (await first.member.presses(old, 'Show 1')).reply();
    await copy.becomes(hasVideo);
    holds(world, first, { paid: 1, videos: 2 });
    await bot.says((line) => line.job === idOf(ask.message) && line.state === 'delivered');
    const isHere = (one: Message) => hasVideo(one) && one.content.includes(ask.prompt);
    assert.deepEqual(world.channel.messages.filter(isHere), [shown]);
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('a direct message brings what had stranded before', async () => {
    const ask = await stranded('over the night');
    await bot.kill();
    bot = await world.startBot();
    ask.member.dm.closed = false;
    ask.member.dm.says('a fox');
    await ask.member.dm.nextMessage(says(/^> a fox\n/));
    await ask.member.dm.nextMessage(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});
