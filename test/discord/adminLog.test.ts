/** What admins did stands in the channels where admins are told, and nowhere else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Lines } from '../../src/jobs/admins/lines.ts';
import { Settings, serverScope } from '../../src/jobs/admins/settings.ts';
import { bringTo, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { MovedClock } from '../life/clock.ts';
import type { Channel } from '../sandbox/discord/discord.ts';
import { withAdmins } from './asAdmin.ts';

type With = Awaited<ReturnType<typeof withAdmins>>;

const clock = new MovedClock();

/** Lines of the channel, once there are so many. */
async function lines(room: Channel, many: number): Promise<string[]> {
  const all = () => room.messages.flatMap(({ content }) => content.split('\n'));
  await clock.passUntil(() => all().length >= many, 3_000, `${many} lines`);
  assert.equal(all().length, many);
  return all();
}

async function withChannels(with_: With) {
  const { at, admin, owner } = with_;
  const [ofBot, ofServer] = ['all', 'ours'].map((name) => at.server.createChannel({ name }));
  assert.ok(ofBot && ofServer);
  await with_.says(admin, 'audit', { channel: ofBot });
  await with_.says(owner, 'audit', { channel: ofServer });
  const [hello] = await lines(ofServer, 1);
  assert.match(hello ?? '', /^📒 From now on/);
  return { ofBot, ofServer };
}

describe('what admins did', () => {
  it('of a server is written in its channel, and with the server’s id in the bot’s', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, owner, member } = with_;
    const { ofBot, ofServer } = await withChannels(with_);
    await with_.says(owner, 'words', { add: 'dragon' });
    await with_.says(owner, 'pause', { reason: '@everyone *stop*' });
    await with_.says(owner, 'resume');
    await with_.says(owner, 'block', { member });
    const [, ...here] = await lines(ofServer, 5);
    assert.deepEqual(here, [
      `🗂️ <@${owner.id}> changed refused words in this server.`,
      `⏸️ <@${owner.id}> paused new videos in this server.`,
      `▶️ <@${owner.id}> lets new videos be made again in this server.`,
      `🗂️ <@${owner.id}> changed blocked members in this server.`,
    ]);
    const [, audit, ...there] = await lines(ofBot, 6);
    assert.ok(audit?.includes(`changed where admins are told in server ${at.server.id}`), audit);
    assert.deepEqual(
      there,
      here.map((line) => line.replace('this server', `server ${at.server.id}`)),
    );
    for (const { pings } of [...ofBot.messages, ...ofServer.messages]) assert.deepEqual(pings, []);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('to single videos is written with whose they are', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, admin, member } = with_;
    const { ofBot, ofServer } = await withChannels(with_);
    const reply = sampleReply({ guildId: at.server.id, channelId: at.channel.id });
    const requester = { userId: member.id, locale: 'en-US' };
    const lost = await bringTo(at.store, 'unconfirmed', { reply, requester }, { told: null });
    await with_.says(admin, 'settle', { id: lost.id, outcome: 'not charged' });
    const waits = await bringTo(at.store, 'queued', { reply, requester });
    await with_.says(admin, 'cancel', { id: waits.id });
    const runs = async (canCancel: boolean) => {
      const request = sampleRequest({ canCancel });
      return bringTo(at.store, 'generating', { reply, requester, request });
    };
    const [stops, stays] = [await runs(true), await runs(false)];
    for (const { id } of [stops, stays]) await with_.says(admin, 'cancel', { id });
    const [by, of] = [`<@${admin.id}>`, `of <@${member.id}>`];
    const expected = [
      `🧾 ${by} settled video ${lost.id} ${of} as not charged.`,
      `✋ ${by} cancelled video ${waits.id} ${of}: not charged.`,
      `✋ ${by} asked to stop video ${stops.id} ${of}: it may still be made and charged.`,
      `✋ ${by} cancelled video ${stays.id} ${of}: $0.80 may have been charged.`,
    ];
    assert.deepEqual((await lines(ofServer, 5)).slice(1), expected);
    assert.deepEqual((await lines(ofBot, 6)).slice(2), expected);
  });

  it('is written to nobody where no channel is set, and once where both are the same', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, admin, owner } = with_;
    await with_.says(admin, 'words', { add: 'dragon' });
    const room = at.server.createChannel({ name: 'admins' });
    await with_.says(admin, 'audit', { channel: room });
    await with_.says(owner, 'audit', { channel: room });
    await with_.says(owner, 'words', { add: 'unicorn' });
    const said = await lines(room, 4);
    assert.equal(said.filter((line) => line.includes('refused words')).length, 1);
    assert.deepEqual([admin.dm.messages, owner.dm.messages], [[], []]);
    const settings = new Settings(at.store);
    await settings.load();
    assert.equal(settings.get(serverScope(at.server.id), 'audit'), room.id);
  });

  it('is few messages for many at once, and what is too much is counted', async () => {
    await using with_ = await withAdmins({ linesClock: clock, discord: { rateLimits: false } });
    const { at, admin } = with_;
    const room = at.server.createChannel({ name: 'admins' });
    await with_.says(admin, 'audit', { channel: room });
    await lines(room, 1);
    const act = { scope: 'bot', key: 'words', value: '[]', by: admin.id, before: null } as const;
    for (let i = 0; i < 200; i++) at.bot.noteAct({ kind: 'setting', ...act, at: i });
    const said = await lines(room, 52);
    assert.match(said.at(-1) ?? '', /^… and 150 more. `\/veo-admin changes` .*`\/veo-admin job`/);
    assert.ok(room.messages.length <= 12, `${room.messages.length} messages`);
  });

  it('to the channel itself is the last word in the one of before', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, owner } = with_;
    const [first, next] = ['first', 'next'].map((name) => at.server.createChannel({ name }));
    assert.ok(first && next);
    await with_.says(owner, 'audit', { channel: first });
    await with_.says(owner, 'audit', { channel: next });
    await with_.says(owner, 'audit', { off: true });
    const changed = `🗂️ <@${owner.id}> changed where admins are told in this server`;
    assert.equal((await lines(first, 2))[1], `${changed}.`);
    assert.equal((await lines(next, 2))[1], `${changed}, back to the configuration.`);
  });

  it('is answered all the same where Discord takes no message there', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, admin } = with_;
    const room = at.server.createChannel({ name: 'admins' });
    await with_.says(admin, 'audit', { channel: room });
    const fault = at.sandbox.fault({ on: 'post-message', when: 'before', answer: 'hang' });
    assert.match(await with_.says(admin, 'pause'), /^⏸️ New videos are paused/);
    fault.clear();
    room.delete();
    assert.match(await with_.says(admin, 'resume'), /^▶️ Videos are made again/);
    assert.deepEqual(admin.dm.messages, []);
  });

  it('is told though the same was told before, where Discord has no room at first', async () => {
    let behindMs = 60_000;
    await using with_ = await withAdmins({
      linesClock: clock,
      discord: { now: () => Date.now() - behindMs },
    });
    const { at, admin } = with_;
    const room = at.server.createChannel({ name: 'admins' });
    await with_.says(admin, 'audit', { channel: room });
    await with_.says(admin, 'pause');
    await with_.says(admin, 'resume');
    await lines(room, 3);
    behindMs = 0;
    const busy = { status: 429, body: { message: 'busy', retry_after: 0.01, global: false } };
    const fault = at.sandbox.fault({ on: 'post-message', when: 'before', answer: busy });
    await with_.says(admin, 'pause');
    await clock.passUntil(() => fault.used === 3, 3_000, 'three tries');
    fault.clear();
    const again = () => room.messages.length > 3;
    await clock.passUntil(again, 60_000, 'told after all');
    assert.equal((await lines(room, 4))[3], `⏸️ <@${admin.id}> paused new videos in the whole bot.`);
  });

  it('is told once after a restart where its answer was lost before', async () => {
    await using with_ = await withAdmins({ linesClock: clock });
    const { at, admin } = with_;
    const room = at.server.createChannel({ name: 'admins' });
    await with_.says(admin, 'audit', { channel: room });
    const lost = { on: 'post-message', when: 'after', answer: { status: 503 } } as const;
    const fault = at.sandbox.fault(lost);
    await with_.says(admin, 'pause');
    await clock.passUntil(() => fault.used === 3, 0, 'three tries');
    await at.lines.stop();
    fault.clear();
    const next = new Lines({
      ...{ store: at.store, clock, tell: at.bot.tellLines },
      fatal: (error) => assert.fail(String(error)),
    });
    await next.load();
    next.start();
    clock.pass(5 * 60_000);
    await next.stop();
    assert.equal(await at.store.recall('lines'), '[]');
    assert.equal((await lines(room, 2)).length, 2);
  });
});
