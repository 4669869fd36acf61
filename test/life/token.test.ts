/** Failure table: the interaction's token has expired or is dead. The next rung of the ladder. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  type Ask,
  eventually,
  hasVideo,
  holds,
  newMember,
  says,
  somebodyAsks,
  videosFor,
} from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { discord, google } = world;
after(() => world.close());
let bot = await world.startBot();

const missingAccess = { status: 403, body: { message: 'Missing Access', code: 50001 } };

async function askedLongAgo(prompt: string): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(says(/Being made/));
  ask.asked.expire();
  return ask;
}

async function isReady({ prompt }: Pick<Ask, 'prompt'>): Promise<void> {
  const running = () => google.operations.find((operation) => operation.prompt === prompt);
  (await eventually(running, 'the operation')).finish();
}

/** Discord counts refusals: above 10,000 in 10 minutes it shuts the bot out. */
function refusedOnce({ asked }: Ask): void {
  const refused = discord.journal.filter(
    ({ path, status }) => path.includes(asked.token) && status === 401,
  );
  assert.ok(refused.length <= 1, `${refused.length} calls with a dead token`);
}

describe('the video is ready after the token has expired', { concurrency: 8 }, () => {
  test('the bot edits its own message: one video, nobody is pinged', async () => {
    const ask = await askedLongAgo('a cat after a long time');
    await isReady(ask);
    await ask.message.becomes(hasVideo);
    assert.deepEqual(ask.message.pings, []);
    refusedOnce(ask);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('where the bot may not edit, a new message pings its requester and nobody else', async () => {
    const ask = await askedLongAgo('@everyone a cat in a channel without access');
    const { message } = ask;
    discord.fault({
      on: 'edit-message',
      when: 'before',
      answer: missingAccess,
      where: ({ path }) => path.includes(message.id),
    });
    await isReady(ask);
    const video = await ask.channel.nextMessage(hasVideo);
    assert.deepEqual(video.pings, [ask.member.id]);
    refusedOnce(ask);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('where the channel is gone, it comes as a direct message', async () => {
    const ask = await askedLongAgo('a cat in a deleted channel');
    ask.channel.delete();
    await isReady(ask);
    await ask.member.dm.nextMessage(hasVideo);
    refusedOnce(ask);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('where the bot was kicked, it comes as a direct message', async () => {
    const server = discord.createServer({ name: 'Another server' });
    const member = newMember(world);
    server.join(member);
    const channel = server.createChannel({ name: 'videos' });
    const ask = await somebodyAsks(world, 'a cat in a lost server', { member, channel });
    await ask.message.becomes(says(/Being made/));
    ask.asked.expire();
    server.removeBot();
    await isReady(ask);
    await member.dm.nextMessage(hasVideo);
    refusedOnce(ask);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('where only the token reached the reply, a press on Show result brings it there', async () => {
    const server = discord.createServer({ name: 'A server without the bot', botIsMember: false });
    const member = newMember(world);
    server.join(member);
    const channel = server.createChannel({ name: 'videos' });
    const prompt = 'a cat for myself';
    const asked = await member.types('/veo', { prompt }, { in: channel, userInstall: true });
    const message = await asked.reply();
    await message.becomes(says(/Being made/));
    member.dm.closed = true;
    asked.expire();
    await isReady({ prompt });
    await bot.says((line) => line.state === 'undelivered', 'that no way is left');
    await member.presses(message, 'Show result');
    await message.becomes(hasVideo);
    holds(world, { member, prompt, channel }, { paid: 1, videos: 1 });
  });
});

test('a token that expires while the bot is down: one video after the restart', async () => {
  const ask = await somebodyAsks(world, 'a cat and a restart');
  await ask.message.becomes(says(/Being made/));
  await bot.kill();
  ask.asked.expire();
  await isReady(ask);
  bot = await world.startBot();
  await ask.message.becomes(hasVideo);
  refusedOnce(ask);
  assert.equal(videosFor(ask)[0], ask.message);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a token that Discord does not know any more is as good as expired', async () => {
  const ask = await somebodyAsks(world, 'a cat with an unknown token');
  await ask.message.becomes(says(/Being made/));
  discord.fault({
    on: 'edit-reply',
    when: 'before',
    answer: { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
    where: ({ path }) => path.includes(ask.asked.token),
  });
  await isReady(ask);
  await ask.message.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
});

test('a reply that its requester deleted is not posted against their will, but kept', async () => {
  const ask = await somebodyAsks(world, 'a cat that nobody wants any more');
  await ask.message.becomes(says(/Being made/));
  ask.member.deletes(ask.message);
  await isReady(ask);
  const line = await bot.says((l) => l.event === 'removed', 'that it was removed');
  assert.equal(line.state, 'undelivered');
  holds(world, ask, { paid: 1, videos: 0 });
});
