/** A video that the real bot has posted is reported, once also over a restart, and taken down. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Member, Message } from '../sandbox/discord/discord.ts';
import { hasVideo, newMember, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const REPORT = 'Report video…';
const world = await startWorld();
const { discord, server } = world;
after(() => world.close());
const eve = discord.createMember({ name: 'Eve', in: server });
const owner = discord.createMember({ name: 'Owner', in: server, admin: true });
const admins = { ADMIN_USER_IDS: eve.id };
let bot = await world.startBot(admins);

async function report(by: Member, message: Message): Promise<string> {
  const opened = await by.chooses(REPORT, message);
  await opened.form();
  const reply = await (await by.submits(opened, { reason: 'it is mean' })).reply();
  await reply.becomes(({ thinking }) => !thinking);
  return reply.content;
}

test('a report reaches the nearest admins, is taken once, and its button works after a restart', async () => {
  const room = server.createChannel({ name: 'moderators' });
  const typed = await owner.types('/veo-admin audit', { channel: room }, { in: world.channel });
  await (await typed.reply()).becomes(says(/is told what needs admins in this server/));
  await room.nextMessage(says(/From now on/));
  const ask = await somebodyAsks(world, 'a secret cat');
  await ask.message.becomes(hasVideo);
  const reporter = newMember(world, 'Cid');
  assert.match(await report(reporter, ask.message), /admins of this server have been told/);
  const told = await room.nextMessage(says(/^🚩/));
  assert.match(told.content, /> it is mean$/);
  assert.doesNotMatch(told.content, /secret/);
  await bot.kill();
  bot = await world.startBot(admins);
  const again = await (await reporter.chooses(REPORT, ask.message)).reply();
  assert.match(again.content, /You have reported this video before/);
  await owner.presses(told, 'Take down');
  await ask.message.becomes((message) => !hasVideo(message));
  assert.match(ask.message.content, /taken down by an admin · \$0\.\d\d charged/);
  await told.becomes(({ buttons }) => buttons[0]?.label === 'Taken down');
  await room.nextMessage(says(new RegExp(`<@${owner.id}> took down video`)));
  assert.deepEqual(eve.dm.messages, []);
  for (const line of bot.lines) assert.doesNotMatch(JSON.stringify(line), /mean|secret/);
  assert.deepEqual(discord.violations, []);
});

test('where the server has no channel, the admins of the bot are told by direct message', async () => {
  const typed = await owner.types('/veo-admin audit', { off: true }, { in: world.channel });
  await (await typed.reply()).becomes(says(/goes to the admins of the bot/));
  const ask = await somebodyAsks(world, 'another cat');
  await ask.message.becomes(hasVideo);
  assert.match(await report(newMember(world, 'Dan'), ask.message), /admins of this bot/);
  await eve.presses(await eve.dm.nextMessage(says(/^🚩/)), 'Take down');
  await ask.message.becomes((message) => !hasVideo(message));
  assert.deepEqual(discord.violations, []);
});
