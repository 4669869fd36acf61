/** What is kept goes after its days, over a restart too, or as soon as its member wants it. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { Channel, Member, Message } from '../sandbox/discord/discord.ts';
import type { Operation } from '../sandbox/google/google.ts';
import { type Ask, eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { MovedClock } from './clock.ts';
import { startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const world = await startWorld({
  google: { takesMs: Number.POSITIVE_INFINITY },
  env: {
    ...{ KEEP_VIDEOS_DAYS: '3', KEEP_PROMPTS_DAYS: '5' },
    PRIVACY_URL: 'https://privacy.example/bot',
  },
});
const clock = new MovedClock();
let bot = await startInProcess(world, { clock });
after(() => bot.stop().finally(() => world.close()));

function operationFor(prompt: string): Promise<Operation> {
  const find = () => world.google.operations.find((operation) => operation.prompt === prompt);
  return eventually(find, 'the operation');
}

async function delivered(prompt: string): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt);
  (await operationFor(prompt)).finish();
  await clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
  return ask;
}

async function list(member: Member, where: Channel = world.channel): Promise<Message> {
  return (await member.types('/videos', {}, { in: where })).reply();
}

/** Looks, as often as it takes, at what only a question tells. */
async function until(look: () => Promise<boolean>, what: string): Promise<void> {
  const limit = Date.now() + 10_000;
  while (!(await look())) assert.ok(Date.now() < limit, `it was never seen: ${what}`);
}

const nothingKept = async () => (await readdir(join(world.env.DATA_DIR, 'videos'))).length === 0;

/** Days pass by the hour, as they do for the sweeper. */
async function days(count: number): Promise<void> {
  const until = clock.now() + count * DAY_MS;
  await clock.passUntil(() => clock.now() >= until, 12 * HOUR_MS, `${count} days`);
}

test('a video is shown again for its days, then its list says that it is gone, and nothing else changes', async () => {
  const ask = await delivered('a cat for three days');
  await days(2);
  const early = await list(ask.member, ask.channel);
  assert.match(early.content, /\nPrivacy: <https:\/\/privacy\.example\/bot>$/);
  const copy = await (await ask.member.presses(early, 'Show 1')).reply();
  await copy.becomes(hasVideo);
  const edits = ask.message.edits.length;
  await bot.stop();
  clock.pass(2 * DAY_MS);
  bot = await startInProcess(world, { clock });
  await until(nothingKept, 'that the file is gone');
  const late = await list(ask.member);
  assert.match(late.content, /a cat for three days · \$0\.\d\d charged, no longer kept/);
  const words = await (await ask.member.presses(early, 'Show 1')).reply();
  assert.match(words.content, /^This video is not kept here any more/);
  await days(2);
  await until(
    async () => /prompt deleted · \$0\.\d\d charged/.test((await list(ask.member)).content),
    'that the prompt is gone',
  );
  // The message with the video belongs to the channel.
  assert.equal(ask.message.edits.length, edits);
  assert.ok(hasVideo(ask.message) && says(/> a cat for three days/)(ask.message));
  holds(world, ask, { paid: 1, videos: 2 });
});

test('a member deletes what is kept of them, and a video that is being made comes all the same', async () => {
  const ask = await delivered('a cat for nobody else');
  const { member } = ask;
  const second = await member.types('/veo', { prompt: 'a late cat' }, { in: world.channel });
  const operation = await operationFor('a late cat');
  const asked = await (await member.presses(await list(member), 'Delete my data')).reply();
  await member.presses(asked, 'Delete it all');
  await asked.becomes(says(/^🗑️ Deleted: 1 kept video, and the words and pictures of 1 request\./));
  assert.match(asked.content, /1 request has not ended yet/);
  const message = await second.reply();
  operation.finish();
  await clock.passUntil(() => hasVideo(message), 1_000, 'the second video');
  await days(1);
  await until(nothingKept, 'that both files are gone');
  await until(
    async () => (await list(member)).content.match(/prompt deleted/g)?.length === 2,
    'that both prompts are gone',
  );
  assert.doesNotMatch((await list(member)).content, /a cat|a late cat/);
});

test('a start that waits for room on the disk gets it from a video whose time is over', async () => {
  const old = await delivered('a cat that is kept no longer');
  const hanging = world.discord.fault({
    on: 'edit-reply',
    when: 'before',
    times: 1,
    answer: 'hang',
    where: ({ files }) => files.length > 0,
  });
  const ask = await somebodyAsks(world, 'a cat whose upload hangs');
  (await operationFor('a cat whose upload hangs')).finish();
  await clock.passUntil(() => hanging.used > 0, 1_000, 'the upload');
  await bot.stop();
  clock.pass(4 * DAY_MS);
  const folder = join(world.env.DATA_DIR, 'videos');
  const before = await readdir(folder);
  assert.equal(before.length, 2);
  let refused = 0;
  bot = await startInProcess(world, {
    clock,
    parts: ({ store }) => ({
      store: {
        ...store,
        async apply(job, change) {
          if ((await readdir(folder)).length < before.length) return store.apply(job, change);
          refused += 1;
          throw new StorageFull('SQLITE_FULL');
        },
      },
    }),
  });
  assert.ok(refused > 0);
  await clock.passUntil(() => hasVideo(ask.message), 1_000, 'the video');
  holds(world, ask, { paid: 1, videos: 1 });
  holds(world, old, { paid: 1, videos: 1 });
});
