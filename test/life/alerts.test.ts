/** Admins are told by message what needs them: each by the event itself, once, and not in a storm. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Message } from '../sandbox/discord/discord.ts';
import { budgetExceeded, keyRefused, retiredModel } from '../sandbox/google/said.ts';
import { eventually, hasVideo, newMember, says, somebodyAsks } from './asking.ts';
import { type BotInProcess, startInProcess } from './inProcess.ts';
import { startWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const always = { times: Number.POSITIVE_INFINITY };

async function watched(
  env: Readonly<Record<string, string>> = {},
  more: Parameters<typeof startWorld>[0] = {},
) {
  const world = await startWorld({ ...more, env });
  const eve = world.discord.createMember({ name: 'Eve', in: world.server });
  const withAdmin = { ADMIN_USER_IDS: eve.id };
  let bot: BotInProcess = await startInProcess(world, { env: withAdmin });
  const { clock } = bot;
  const told = (words: RegExp): Message[] => eve.dm.messages.filter(says(words));
  return {
    ...{ ...world, world, eve, clock, told },
    isTold: (words: RegExp) => eventually(() => told(words)[0], String(words)),
    async restart() {
      await bot.stop();
      bot = await startInProcess(world, { env: withAdmin, clock });
    },
    async [Symbol.asyncDispose]() {
      await bot.stop();
      await world.close();
      for (const { content, pings, components } of eve.dm.messages) {
        assert.deepEqual([pings, components], [[], []]);
        assert.doesNotMatch(content, /a cat|sk-|AIza|anything/);
      }
      assert.deepEqual(world.discord.violations, []);
    },
  };
}

/** By Discord's own form, with a job that is looked up as it says. */
async function pointsTo(message: Message, world: Awaited<ReturnType<typeof watched>>) {
  const [, id = ''] = /`\/veo-admin job id:([0-9a-z]{8})`/.exec(message.content) ?? [];
  const typed = await world.eve.types(
    '/veo-admin job',
    { id },
    { in: world.channel, shownAll: true },
  );
  const { content } = await typed.reply();
  assert.match(content, new RegExp(`Video ${id}`));
  return content;
}

test('a lost answer: told with its job, and a hundred of them are two messages in an hour', async () => {
  await using at = await watched({ MAX_RUNNING_VIDEOS: '50', LIMIT_MEMBER_DAY_VIDEOS: '200' });
  const { world, google, clock } = at;
  google.next('submit', 'reset-after', always);
  const first = await somebodyAsks(world, 'a cat that is lost');
  const message = await at.isTold(/answer to a paid request was lost: .*\(\$0\.56\)/);
  assert.match(await pointsTo(message, at), /unconfirmed/);
  const member = newMember(world);
  for (let n = 1; n < 100; n++) {
    await somebodyAsks(world, `a cat, lost, ${n}`, { member, channel: first.channel });
  }
  await eventually(() => google.paid.length === 100, 'a hundred paid calls', 20_000);
  await eventually(
    () => first.channel.messages.filter(says(/may have been charged/)).length === 100,
    'all of them unconfirmed',
    20_000,
  );
  assert.equal(at.eve.dm.messages.length, 1);
  clock.pass(HOUR_MS);
  const later = await at.isTold(/99 more since it was told before/);
  assert.notEqual(later, message);
  await at.restart();
  clock.pass(3 * HOUR_MS);
  await somebodyAsks(world, 'a cat of the next process');
  await eventually(() => at.told(/1 more since it was told before/)[0], 'that of the next process');
  assert.equal(at.told(/request was lost/).length, 3);
});

test('paid and not understood: told in the channel of the bot, and of its server', async () => {
  await using at = await watched({}, { google: { takesMs: Number.POSITIVE_INFINITY } });
  const { world, google, eve } = at;
  eve.admin = true;
  const owner = world.discord.createMember({ name: 'Owner', in: world.server, admin: true });
  const room = world.server.createChannel({ name: 'operators' });
  const home = world.server.createChannel({ name: 'moderators' });
  for (const [who, channel] of [[eve, room] as const, [owner, home] as const]) {
    const typed = await who.types('/veo-admin audit', { channel }, { in: world.channel });
    const reply = await typed.reply();
    await reply.becomes(says(/is told what needs admins/));
    await channel.nextMessage(says(/From now on/));
  }
  const ask = await somebodyAsks(world, 'a cat that is nowhere');
  const operation = await eventually(() => google.operations[0], 'its operation');
  operation.finish({ lost: true });
  await ask.message.becomes(says(/no video could be found/));
  for (const channel of [room, home]) {
    const told = await channel.nextMessage(says(/paid for, but none can be found/));
    await pointsTo(told, at);
  }
  assert.deepEqual(eve.dm.messages, []);
});

test('a refused key: told once, not again by a restart, and anew when it is refused again later', async () => {
  await using at = await watched();
  const { world, google, clock } = at;
  google.next('submit', keyRefused('unknown'), always);
  await somebodyAsks(world, 'a cat and a wrong key');
  await at.isTold(/🛠️ The proxy refuses the bot’s key/);
  await somebodyAsks(world, 'a cat after a wrong key');
  await at.restart();
  const again = await somebodyAsks(world, 'a cat after a restart');
  await again.message.becomes(says(/set up wrongly/));
  assert.equal(at.told(/refuses the bot’s key/).length, 1);
  google.calm();
  const well = await somebodyAsks(world, 'a cat that is made');
  await clock.passUntil(() => hasVideo(well.message), 20_000, 'the video');
  clock.pass(2 * HOUR_MS);
  google.next('submit', keyRefused('unknown'), always);
  await somebodyAsks(world, 'a cat and another wrong key');
  await eventually(() => at.told(/refuses the bot’s key/).length === 2, 'the second time');
});

test('a budget that is used up at the proxy is told, without its sums', async () => {
  await using at = await watched();
  at.google.next('submit', budgetExceeded(400));
  await somebodyAsks(at.world, 'a cat and no budget');
  const message = await at.isTold(/🧾 The proxy’s key is over its budget/);
  assert.doesNotMatch(message.content, /\d\.\d|beef/);
});

test('a withdrawn model is told with its replacement, once also over a restart', async () => {
  await using at = await watched();
  const { world, google } = at;
  const model = 'gemini-omni-1.1-flash';
  const where = ({ body }: { body: unknown }) => (body as { model?: unknown }).model === model;
  google.next('submit', retiredModel(model), { ...always, where });
  const ask = async () => {
    const asked = await somebodyAsks(world, 'an old cat', { options: { model } });
    await asked.message.becomes(says(/💤 This model has been retired/));
  };
  await ask();
  await at.isTold(
    /💤 .*withdrawn the model gemini-omni-1\.1-flash\..*successor is gemini-omni-1\.2-flash/,
  );
  await at.restart();
  await ask();
  assert.equal(at.eve.dm.messages.length, 1);
});

test('too little room on the disk is told once for all that wait', async () => {
  await using at = await watched({ MIN_FREE_DISK_MB: '10000000' });
  for (let n = 0; n < 3; n++) {
    const ask = await somebodyAsks(at.world, `a cat without room, ${n}`);
    await ask.message.becomes(says(/out of storage/));
  }
  await at.isTold(/💾 There is not enough room on the disk/);
  for (let minutes = 0; minutes < 20; minutes++) at.clock.pass(60_000);
  assert.equal(at.eve.dm.messages.length, 1);
});

test('a video that Discord does not let the bot post is told with its job', async () => {
  await using at = await watched();
  const { world, clock } = at;
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  world.discord.fault({
    on: 'any',
    when: 'before',
    answer: { status: 403, body: { message: 'Missing Permissions', code: 50013 } },
    where: ({ files }) => files.length > 0,
  });
  await somebodyAsks(world, 'a cat that nobody sees', { member, channel });
  const message = await clock.passUntil(
    () => at.told(/📦 .*Discord did not let the bot post it anywhere/)[0],
    1_000,
    'that it could not be posted',
  );
  assert.match(await pointsTo(message, at), /undelivered/);
});

test('the ceiling of the day is told nearly reached and reached, once each over a restart', async () => {
  await using at = await watched({ LIMIT_BOT_DAY_VIDEOS: '5' });
  const { world, clock } = at;
  const ask = async (prompt: string) => {
    const asked = await somebodyAsks(world, prompt);
    await eventually(() => hasVideo(asked.message), 'the video');
    clock.pass(1_000);
  };
  for (let n = 1; n <= 3; n++) await ask(`a cat, ${n}`);
  assert.equal(at.eve.dm.messages.length, 0);
  await ask('a cat, the fourth');
  await at.isTold(/🧾 The bot's ceiling today is nearly reached: 4 of 5 videos/);
  await at.restart();
  await ask('a cat, the fifth');
  await at.isTold(/🧾 The bot's ceiling today is reached: 5 of 5 videos/);
  const refused = await somebodyAsks(world, 'a cat too many');
  await refused.message.becomes(says(/used up/));
  assert.equal(at.eve.dm.messages.length, 2);
});

test('a second copy of the bot is told by the one that was slower, once', async () => {
  const otherData = await mkdtemp(join(tmpdir(), 'veo-bot-copy-'));
  try {
    await using at = await watched();
    const env = { DATA_DIR: otherData, ADMIN_USER_IDS: at.eve.id };
    const other = await startInProcess(at.world, { env });
    try {
      for (let n = 0; n < 4; n++) {
        const ask = await somebodyAsks(at.world, `a cat for both, ${n}`);
        await ask.message.becomes(hasVideo);
      }
      await at.isTold(/👥 Something else answered a command of this bot/);
      // Each of the two can have been slower.
      assert.ok(at.eve.dm.messages.length <= 2);
    } finally {
      await other.stop();
    }
  } finally {
    await rm(otherData, { recursive: true, force: true });
  }
});
