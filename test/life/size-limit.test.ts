/** A size limit that Discord announces wrongly: the video is kept, the words stay, nothing is paid again. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const MIB = 1024 * 1024;
const world = await startWorld({
  discord: { uploadLimitBytes: 10 * MIB },
  google: { videoSizeBytes: 12 * MIB, takesMs: 100 },
});
const { discord, google, server } = world;
discord.announcedUploadLimitBytes = 20 * MIB;
after(() => world.close());
let bot = await world.startBot();

/** Uploads that Discord read to their end; one with a dead token is refused at its door. */
function uploads({ channel, asked }: Ask): number {
  return discord.journal.filter(
    ({ files, path, status }) =>
      files.length > 0 &&
      status !== 401 &&
      (path.includes(channel.id) || path.includes(asked.token)),
  ).length;
}

async function isKept(ask: Ask): Promise<void> {
  await ask.message.becomes(
    says(
      /📦 Made, but it is 12 MB and Discord does not accept a file that large here\. It is kept/,
    ),
  );
  assert.match(ask.message.content, new RegExp(`^> ${ask.prompt}`));
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  assert.ok(ask.message.buttons.some(({ label }) => label === 'Show result'));
  holds(world, ask, { paid: 1, videos: 0 });
}

test('announced too high: one failed upload, then words; the place is remembered', async () => {
  const first = await somebodyAsks(world, 'a large cat');
  await isKept(first);
  assert.equal(uploads(first), 1);
  const second = await somebodyAsks(world, 'another large cat');
  await isKept(second);
  assert.equal(uploads(second), 0);
  await bot.kill();
  bot = await world.startBot();
  const third = await somebodyAsks(world, 'a large cat after a restart');
  await isKept(third);
  assert.equal(uploads(third), 0);
});

test('once the place accepts more, Show result posts it: one video, nothing paid again', async () => {
  const ask = await somebodyAsks(world, 'a large cat for later');
  await isKept(ask);
  server.boostLevel = 2;
  discord.announcedUploadLimitBytes = undefined;
  await ask.member.presses(ask.message, 'Show result');
  await ask.message.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
  server.boostLevel = 0;
  discord.announcedUploadLimitBytes = 20 * MIB;
});

describe('in other servers', () => {
  test('a refusal that is a page instead of JSON means the same', async () => {
    discord.tooLargeAnswer = 'html';
    const ask = await asksElsewhere('a large cat and a page');
    await isKept(ask);
    assert.equal(uploads(ask), 1);
    discord.tooLargeAnswer = 'json';
  });

  test('after the token has expired it is the same', async () => {
    google.videosTake(Number.POSITIVE_INFINITY);
    const ask = await asksElsewhere('a large cat after a long time');
    await ask.message.becomes(says(/Being made/));
    ask.asked.expire();
    (await eventually(() => google.operations.find((o) => o.prompt === ask.prompt), 'it')).finish();
    await isKept(ask);
    assert.equal(uploads(ask), 1);
    google.videosTake(100);
  });

  test('announced too low, it is posted all the same', async () => {
    const ask = await asksElsewhere('a cat in a boosted server', { boostLevel: 2, announces: MIB });
    await ask.message.becomes(hasVideo);
    assert.equal(uploads(ask), 1);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});

async function asksElsewhere(
  prompt: string,
  { boostLevel = 0, announces = 20 * MIB } = {},
): Promise<Ask> {
  const other = discord.createServer({ name: `Server of ${prompt}`, boostLevel });
  const member = discord.createMember({ name: 'Dora' });
  other.join(member);
  const channel = other.createChannel({ name: 'videos' });
  channel.announcedUploadLimitBytes = announces;
  return somebodyAsks(world, prompt, { member, channel });
}
