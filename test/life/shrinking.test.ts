/** Failure table: above the place's limit. A smaller copy, once; a link; or words: never a second charge. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Mode, StandInFfmpeg } from '../sandbox/ffmpeg/ffmpeg.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { freePort } from './free-port.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

const MIB = 2 ** 20;

const canTie = spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0;

function isRunning(pid = 0): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Place {
  readonly world: World;
  readonly ffmpeg: StandInFfmpeg;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A place that takes 10 MiB, videos of 14 MiB, and a program that makes them smaller. */
async function place(mode: Mode, more: WorldOptions = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'veo-ffmpeg-'));
  const ffmpeg = new StandInFfmpeg(folder, mode);
  const world = await startWorld({
    discord: { uploadLimitBytes: 10 * MIB },
    google: { videoSizeBytes: 14 * MIB, takesMs: 100, ...more.google },
    env: { FFMPEG_PATH: ffmpeg.path, ...more.env },
  });
  return {
    world,
    ffmpeg,
    async [Symbol.asyncDispose]() {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const filesOf = async ({ dataDir }: World, folder: string) =>
  (await readdir(join(dataDir, folder))).toSorted();

function uploadsOf({ discord }: World): number {
  return discord.journal.filter(({ files }) => files.length > 0).length;
}

async function isKept(world: World, ask: Ask): Promise<void> {
  await ask.message.becomes(
    says(
      /📦 Made, but it is 14 MB and Discord does not accept a file that large here\. It is kept/,
    ),
  );
  assert.match(ask.message.content, /\$0\.\d\d charged/);
  holds(world, ask, { paid: 1, videos: 0 });
}

describe('a video of 14 MiB where 10 MiB are accepted', { concurrency: 2 }, () => {
  test('is made smaller and posted once, and the message says so', async () => {
    await using at = await place('works');
    const { world, ffmpeg } = at;
    await world.startBot();
    const ask = await somebodyAsks(world, 'a large cat');
    await ask.message.becomes(hasVideo);
    assert.match(
      ask.message.content,
      /📦 Made smaller to fit here: 14 MB → 9(?:\.\d)? MB\. The original is kept until <t:\d+:D>\.$/,
    );
    assert.ok((ask.message.attachments[0]?.bytes.length ?? 0) <= 10 * MIB);
    assert.ok(!ask.message.buttons.some(({ label }) => label === 'Link'));
    holds(world, ask, { paid: 1, videos: 1 });
    assert.deepEqual([ffmpeg.runs.length, uploadsOf(world)], [1, 2]);
    // The place is remembered: the next one is not sent whole first.
    const next = await somebodyAsks(world, 'another large cat');
    await next.message.becomes(hasVideo);
    assert.deepEqual([ffmpeg.runs.length, uploadsOf(world)], [2, 3]);
    // Shown again here it is the copy; where there is room, it is the original.
    const { member } = ask;
    const list = await (await member.types('/videos', {}, { in: ask.channel })).reply();
    const copy = await (await member.presses(list, 'Show 1')).reply();
    await copy.becomes(hasVideo);
    assert.ok((copy.attachments[0]?.bytes.length ?? 0) <= 10 * MIB);
    world.discord.uploadLimitBytes = 50 * MIB;
    const dm = await (await member.types('/videos', {}, { in: member.dm })).reply();
    const original = await (await member.presses(dm, 'Show 1')).reply();
    await original.becomes(hasVideo);
    assert.equal(original.attachments[0]?.bytes.length, 14 * MIB);
  });

  test('killed while the copy is made: the next process makes it, and posts it once', async () => {
    await using at = await place('hangs');
    const { world, ffmpeg } = at;
    const bot = await world.startBot();
    const ask = await somebodyAsks(world, 'a large cat and a kill');
    await eventually(() => ffmpeg.runs.length === 1, 'the program');
    await ask.message.becomes(says(/📦 .* It is being made smaller\./));
    await bot.kill();
    // Where the system can do it, nothing of a killed bot goes on.
    const [orphan] = ffmpeg.runs;
    if (canTie) await eventually(() => !isRunning(orphan?.pid), 'that the program ended too');
    ffmpeg.mode = 'works';
    await world.startBot();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
    assert.equal(ffmpeg.runs.length, 2);
    assert.deepEqual(await filesOf(world, 'incoming'), []);
  });

  test('stopped while the copy is made: it ends in time, and the program with it', async () => {
    await using at = await place('hangs');
    const { world, ffmpeg } = at;
    const bot = await world.startBot();
    const ask = await somebodyAsks(world, 'a large cat and a stop');
    const run = await eventually(() => ffmpeg.runs[0], 'the program');
    const { code } = await bot.stop();
    assert.equal(code, 0);
    assert.ok(!isRunning(run.pid));
    ffmpeg.mode = 'works';
    await world.startBot();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  for (const mode of ['crashes', 'writes rubbish', 'fills the disk'] as const) {
    test(`and an ffmpeg that ${mode}: kept with words, and the next video is made all the same`, async () => {
      await using at = await place(mode);
      const { world, ffmpeg } = at;
      await world.startBot();
      const ask = await somebodyAsks(world, `a large cat, and ffmpeg ${mode}`);
      await isKept(world, ask);
      assert.deepEqual(await filesOf(world, 'incoming'), []);
      ffmpeg.mode = 'works';
      const next = await somebodyAsks(world, 'a cat after that');
      await next.message.becomes(hasVideo);
      holds(world, next, { paid: 1, videos: 1 });
    });
  }

  test('that would look bad: kept, and made smaller when its member asks', async () => {
    await using at = await place('works', { google: { videoSizeBytes: 14 * MIB } });
    const { world, ffmpeg } = at;
    world.discord.uploadLimitBytes = MIB;
    world.discord.announcedUploadLimitBytes = MIB;
    await world.startBot();
    const ask = await somebodyAsks(world, 'a cat for a very small place');
    await isKept(world, ask);
    assert.match(ask.message.content, /Smaller version makes a copy that fits; it looks worse\.$/);
    assert.equal(ffmpeg.runs.length, 0);
    const stranger = world.discord.createMember({ name: 'Eve' });
    world.server.join(stranger);
    const refused = await stranger.presses(ask.message, 'Smaller version');
    const words = await eventually(() => refused.followUps[0]?.content, 'the refusal');
    assert.match(words, /^Only the member who asked for this video/);
    await ask.member.presses(ask.message, 'Smaller version');
    await ask.message.becomes(hasVideo);
    assert.ok((ask.message.attachments[0]?.bytes.length ?? 0) <= MIB);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});

describe('without ffmpeg, with a way in from outside', { concurrency: 2 }, () => {
  async function withLinks(more: Readonly<Record<string, string>> = {}): Promise<Place> {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    return place('works', {
      env: { FFMPEG_PATH: 'off', OPS_PORT: String(port), PUBLIC_URL: publicUrl, ...more },
    });
  }

  async function linkFor(ask: Ask, by = ask.member): Promise<string> {
    const answer = await (await by.presses(ask.message, 'Link')).reply();
    assert.ok(answer.ephemeral);
    return /<(http[^>]+)>/.exec(answer.content)?.[1] ?? answer.content;
  }

  test('a large video is had by a link, in parts too, until it runs out or is forgotten', async () => {
    await using at = await withLinks();
    const { world } = at;
    const bot = await world.startBot();
    const ask = await somebodyAsks(world, 'a large cat behind a link');
    await isKept(world, ask);
    assert.match(ask.message.content, /Link lets you watch it outside of Discord\.$/);
    const link = await linkFor(ask);
    const whole = await fetch(link);
    assert.equal(whole.status, 200);
    assert.equal((await whole.arrayBuffer()).byteLength, 14 * MIB);
    const part = await fetch(link, { headers: { range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'ftyp']);
    // Anybody who sees the message may have it.
    const stranger = world.discord.createMember({ name: 'Eve' });
    world.server.join(stranger);
    assert.equal((await fetch(await linkFor(ask, stranger), { method: 'HEAD' })).status, 200);
    const forged = await fetch(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`);
    assert.equal(forged.status, 404);
    const words = await forged.text();
    // A restart changes nothing about it, and no log holds it.
    await bot.kill();
    const next = await world.startBot();
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
    assert.ok(![bot, next].some(({ output }) => output.includes(link.split('/').at(-1) ?? 'x')));
    const { member, channel } = ask;
    const list = await (await member.types('/videos', {}, { in: channel })).reply();
    const asked = await (await member.presses(list, 'Delete my data')).reply();
    await member.presses(asked, 'Delete it all');
    await asked.becomes(says(/^🗑️ Deleted/));
    const gone = await fetch(link);
    assert.deepEqual([gone.status, await gone.text()], [404, words]);
    assert.match(words, /^This link has run out, or the video is not kept any more\./);
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('a private video is given to its member alone, and a link runs out by itself', async () => {
    await using at = await withLinks({ LINK_HOURS: '0.1' });
    const { world } = at;
    await world.startBot();
    const ask = await somebodyAsks(world, 'a private cat', { options: { private: true } });
    await isKept(world, ask);
    const link = await linkFor(ask);
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
    const [, given = '', until = ''] = (link.split('/').at(-1) ?? '').split('.');
    assert.equal(Number.parseInt(until, 36) - Number.parseInt(given, 36), 360_000);
  });

  test('the list offers a link to what does not fit where it is shown', async () => {
    await using at = await withLinks();
    const { world } = at;
    world.discord.uploadLimitBytes = 50 * MIB;
    await world.startBot();
    const ask = await somebodyAsks(world, 'a cat for a large place');
    await ask.message.becomes(hasVideo);
    world.discord.uploadLimitBytes = 10 * MIB;
    const { member } = ask;
    const list = await (await member.types('/videos', {}, { in: member.dm })).reply();
    const shown = await (await member.presses(list, 'Show 1')).reply();
    await shown.becomes(says(/Discord does not accept a file that large here/));
    const link = await linkFor({ ...ask, message: shown });
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 200);
    // Deleted from its message it is not to be watched by old links either.
    const sure = await member.presses(ask.message, 'Delete');
    const question = await eventually(() => sure.followUps[0], 'the question');
    await member.presses(question, 'Delete it');
    await ask.message.becomes(({ attachments }) => attachments.length === 0);
    await eventually(() => /deleted/i.test(question.content), 'the answer');
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 404);
  });
});
