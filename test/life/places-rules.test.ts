/** What a server's rules, a closed thread and Discord's own limits make of a place. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Channel } from '../sandbox/discord/discord.ts';
import {
  eventually,
  hasVideo,
  holds,
  jobOf,
  newMember,
  paidFor,
  says,
  videosFor,
} from './asking.ts';
import {
  askedLongAgo,
  asksIn,
  everyPlace,
  inServer,
  isReady,
  LATE,
  type Place,
} from './everyPlace.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: ({ prompt }) => (LATE.test(prompt) ? Number.POSITIVE_INFINITY : 0) },
  env: { MAX_RUNNING_VIDEOS: '100' },
});
const { discord } = world;
after(() => world.close());
const bot = await world.startBot();

const places = everyPlace(world);

async function rule(channel: Channel, options: Record<string, boolean>): Promise<void> {
  const owner = discord.createMember({ name: 'Owner', admin: true });
  channel.server?.join(owner);
  const typed = await owner.types('/veo-admin server', options, { in: channel });
  assert.ok((await typed.reply()).ephemeral);
}

const isHidden = ({ attachments }: { attachments: readonly { filename: string }[] }) =>
  attachments.every(({ filename }) => filename.startsWith('SPOILER_'));

describe('a server’s rules', { concurrency: 6 }, () => {
  const restricted: [string, () => Place][] = [
    ['a text channel', () => inServer(world, { kind: 'text', nsfw: true })],
    ['the chat of a voice channel', () => inServer(world, { kind: 'voice', nsfw: true })],
    ['an announcement channel', () => inServer(world, { kind: 'announcement', nsfw: true })],
    ['a thread', () => inServer(world, { kind: 'thread' }, { kind: 'text', nsfw: true })],
    ['a forum post', () => inServer(world, { kind: 'thread' }, { kind: 'forum', nsfw: true })],
    [
      'a private thread without the bot',
      () => inServer(world, { kind: 'private thread' }, { kind: 'text', nsfw: true }),
    ],
    [
      'a thread under an announcement',
      () => inServer(world, { kind: 'announcement thread' }, { kind: 'announcement', nsfw: true }),
    ],
  ];
  for (const [where, make] of restricted) {
    test(`${where}, age-restricted by its channel, is one for adults: made and not hidden`, async () => {
      const place = make();
      await rule(place.channel, { age_restricted_only: true, spoilers: true });
      const ask = await asksIn(place, `a cat for adults in ${where}`);
      await ask.message.becomes(hasVideo);
      assert.ok(!isHidden(ask.message));
      const again = await (await ask.member.presses(ask.message, 'Run again $0.56')).reply();
      await again.becomes(hasVideo);
      assert.ok(!isHidden(again));
      holds(world, ask, { paid: 2, videos: 2 });
    });
  }

  const { 'a direct message': _noServer, ...inServers } = { ...places.home, ...places.unseen };
  for (const [where, make] of Object.entries(inServers)) {
    test(`${where} that anybody may read: hidden, or refused where the server wants that`, async () => {
      const place = make();
      await rule(place.channel, { spoilers: true });
      const ask = await asksIn(place, `a cat hidden in ${where}`);
      await ask.message.becomes(hasVideo);
      assert.ok(isHidden(ask.message));
      await rule(place.channel, { age_restricted_only: true });
      const refused = await asksIn(place, `a cat refused in ${where}`);
      assert.match(refused.message.content, /only in channels that are marked age-restricted/);
      assert.equal(paidFor(world, refused.prompt), 0);
      const pressed = await ask.member.presses(ask.message, 'Run again $0.56');
      assert.match((await pressed.reply()).content, /only in channels that are marked/);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }
});

describe('a thread', { concurrency: 6 }, () => {
  const thread = () => inServer(world, { kind: 'thread' }, { kind: 'text' });

  for (const how of ['', ', for long']) {
    test(`archived while the video was made${how}: a new message opens it again`, async () => {
      const prompt = `a cat in an archived thread${how}`;
      const ask =
        how !== ''
          ? await askedLongAgo(thread(), prompt)
          : await asksIn(thread(), `${prompt}, late`);
      await ask.message.becomes(says(/Being made/));
      ask.channel.archived = true;
      await isReady(world, ask.prompt);
      const video = await ask.channel.nextMessage(hasVideo);
      assert.deepEqual(video.pings, [ask.member.id]);
      assert.equal(ask.channel.archived, false);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  test('that was closed for good while the video was made: it comes as a direct message', async () => {
    const ask = await asksIn(thread(), 'a cat in a closed thread, late');
    await ask.message.becomes(says(/Being made/));
    ask.channel.archived = true;
    ask.channel.locked = true;
    await isReady(world, ask.prompt);
    await ask.member.dm.nextMessage(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('that is locked and still open has the video in its message', async () => {
    const ask = await askedLongAgo(thread(), 'a cat in a locked thread');
    ask.channel.locked = true;
    await isReady(world, ask.prompt);
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('that is closed takes no command: nothing is paid, and the bot goes on', async () => {
    const place = thread();
    Object.assign(place.channel, { archived: true, locked: true });
    const prompt = 'a cat that cannot be answered';
    const asked = await place.member.types('/veo', { prompt }, { in: place.channel });
    await eventually(
      () =>
        discord.journal.some(({ path, status }) => path.includes(asked.token) && status === 400),
      'that Discord refuses the answer',
    );
    const next = await asksIn(thread(), 'a cat after that');
    await next.message.becomes(hasVideo);
    assert.equal(paidFor(world, prompt), 0);
    assert.deepEqual(discord.violations, []);
  });

  test('in which the bot may not write has the video in its reply, and late ones too', async () => {
    const place = inServer(
      world,
      { kind: 'thread', botMay: { sendMessages: true, sendMessagesInThreads: false } },
      { kind: 'text' },
    );
    const ask = await askedLongAgo(place, 'a cat where the bot may not write');
    await isReady(world, ask.prompt);
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('with a video in it, archived since: its buttons work', async () => {
    const ask = await asksIn(thread(), 'a cat in a thread that was archived');
    await ask.message.becomes(hasVideo);
    ask.channel.archived = true;
    const again = await (await ask.member.presses(ask.message, 'Run again $0.56')).reply();
    await again.becomes(hasVideo);
    assert.equal(ask.channel.archived, false);
    holds(world, ask, { paid: 2, videos: 2 });
  });

  test('with a video in it, archived since: Delete says what to do first', async () => {
    const ask = await asksIn(thread(), 'a cat to be deleted from an archived thread');
    await ask.message.becomes(hasVideo);
    ask.channel.archived = true;
    const sure = await (await ask.member.presses(ask.message, 'Delete')).nextFollowUp();
    const deletes = () => ask.member.presses(sure, sure.buttons[0]?.label ?? '');
    const words = await (await deletes()).nextFollowUp();
    assert.match(words.content, /this thread is archived.* Write something in it/);
    holds(world, ask, { paid: 1, videos: 1 });
    ask.member.says('open again', { in: ask.channel });
    assert.equal(ask.channel.archived, false);
    await deletes();
    await sure.becomes(says(/The video is deleted/));
    holds(world, ask, { paid: 1, videos: 0 });
  });
});

describe('elsewhere', { concurrency: 6 }, () => {
  test('where apps of members answer them alone, the video is seen by its member alone', async () => {
    const place = places.abroad['a server without the bot']?.() as Place;
    place.channel.membersMay.useExternalApps = false;
    const ask = await asksIn(place, 'a cat that only I see');
    await ask.message.becomes(hasVideo);
    assert.ok(ask.message.ephemeral);
    assert.equal(videosFor(ask).length, 1);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  for (const [where, make] of Object.entries(places.abroad)) {
    test(`${where} that takes no file so large: kept, and shown in a direct message`, async () => {
      const place = make();
      place.channel.announcedUploadLimitBytes = place.channel.acceptsBytes;
      place.channel.uploadLimitBytes = 1_000;
      const ask = await asksIn(place, `a large cat in ${where}`);
      await ask.message.becomes(says(/📦 Made, but it is .* Discord does not accept/));
      holds(world, ask, { paid: 1, videos: 0 });
      const list = await (await ask.member.types('/videos', {}, { in: ask.member.dm })).reply();
      await ask.member.presses(list, 'Show 1');
      await ask.member.dm.nextMessage(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  test('a member shows a video of one server in another, where it stays theirs', async () => {
    const ask = await asksIn(inServer(world, { kind: 'text' }), 'a cat of one server');
    await bot.says((l) => l.state === 'delivered' && l.job === jobOf(ask), 'that it is delivered');
    const other = inServer(world, { kind: 'voice' });
    other.channel.server?.join(ask.member);
    const list = await (await ask.member.types('/videos', {}, { in: other.channel })).reply();
    await ask.member.presses(list, 'Show 1');
    const shown = await other.channel.nextMessage(hasVideo);
    assert.deepEqual(shown.pings, []);
    assert.equal(paidFor(world, ask.prompt), 1);
    const stranger = newMember(world, 'Eve');
    other.channel.server?.join(stranger);
    const theirs = await (await stranger.types('/videos', {}, { in: other.channel })).reply();
    assert.match(theirs.content, /You have no videos yet/);
    assert.deepEqual(discord.violations, []);
  });
});
