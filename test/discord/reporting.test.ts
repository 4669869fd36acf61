/** A video is reported to the admins: by members, once; and taken down by who may. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { reportDone, reportMessage } from '../../src/discord/text/adminReports.ts';
import { reportForm, takenDownMessage } from '../../src/discord/text/reporting.ts';
import { en } from '../../src/discord/text/words/en.ts';
import { translations } from '../../src/discord/text/words.ts';
import { createReporting } from '../../src/jobs/admins/reporting.ts';
import { serverScope } from '../../src/jobs/admins/settings.ts';
import { bringTo, sampleJob, sampleReply, sampleRequest, sampleVideo } from '../jobs/samples.ts';
import type { Member, Message } from '../sandbox/discord/discord.ts';
import type { Channel } from '../sandbox/discord/places.ts';
import { withAdmins } from './asAdmin.ts';
import type { RunningPlan } from './running.ts';

const REPORT = 'Report video…';
const HOUR_MS = 3_600_000;

async function reporting(plan: RunningPlan = {}) {
  const clock = { ms: 0, monotonic: () => clock.ms, wall: Date.now };
  const on = await withAdmins({ ...plan, clock });
  const { at } = on;
  let made = 0;

  /** A message with a video of Ann's, in her channel unless told. */
  async function video(where: Channel = at.channel): Promise<Message> {
    made += 1;
    const id = `film000${made}`;
    const kept = { ...sampleVideo, name: `${id}.mp4`, sizeBytes: 9 };
    await writeFile(join(at.folder, kept.name), 'its bytes');
    const over = {
      ...{ id, requester: { userId: at.ann.id, locale: 'en-US' } },
      askedAt: Date.now() + made * 1_000,
      request: sampleRequest({ prompt: 'a secret cat' }),
      reply: sampleReply({ guildId: where.server?.id ?? null, channelId: where.id }),
    };
    await bringTo(at.store, 'delivered', over, { video: kept });
    const list = await (await at.ann.types('/videos', {}, { in: where })).reply();
    const shown = await (await at.ann.presses(list, 'Show 1')).reply();
    await shown.becomes(({ attachments }) => attachments.length === 1);
    return shown;
  }

  async function says(by: Member, about: Message, reason = 'it is mean'): Promise<string> {
    const opened = await by.chooses(REPORT, about);
    await opened.form();
    const reply = await (await by.submits(opened, { reason })).reply();
    await reply.becomes(({ thinking }) => !thinking);
    assert.ok(reply.ephemeral);
    return reply.content;
  }

  /** Refused before a form opens. */
  async function isRefused(by: Member, about: Message): Promise<string> {
    const reply = await (await by.chooses(REPORT, about)).reply();
    assert.ok(reply.ephemeral);
    return reply.content;
  }

  async function channelOf(scope: 'bot' | 'server', by: Member): Promise<Channel> {
    const room = at.server.createChannel({ name: scope });
    await on.says(by, 'audit', { channel: room });
    await room.nextMessage();
    return room;
  }

  return { ...on, clock, video, says, isRefused, channelOf };
}

describe('Report video…', () => {
  it('tells the admins of the server in their channel: who, which, why, and nothing of the prompt', async () => {
    await using on = await reporting();
    const { at, owner, admin } = on;
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    assert.match(
      await on.says(at.bob, shown, '@everyone look: **mean**\nvery'),
      /^🚩 Reported: the admins of this server have been told, with your name\. Nothing charged\./,
    );
    const report = await room.nextMessage();
    assert.ok(report.content.startsWith(`🚩 <@${at.bob.id}> reported a video of <@${at.ann.id}>`));
    const link = `https://discord.com/channels/${at.server.id}/${at.channel.id}/${shown.id}`;
    assert.ok(report.content.includes(link));
    assert.match(report.content, /Video film0001 · Omni 1\.2 · \$0\.80 charged/);
    assert.match(report.content, /> \\@.everyone look: \\\*\\\*mean\\\*\\\* very$/);
    assert.ok(!report.content.includes('secret'));
    assert.deepEqual([report.pings, report.mentionsEveryone], [[], false]);
    assert.deepEqual(admin.dm.messages, []);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('takes one report of each member for each video, also after a restart, and tells once', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video();
    const opened = await at.bob.chooses(REPORT, shown);
    await opened.form();
    assert.match(await on.says(at.bob, shown, ''), /the admins of this bot have been told/);
    const report = await admin.dm.nextMessage();
    assert.match(report.content, /No reason was given/);
    assert.match(await on.isRefused(at.bob, shown), /You have reported this video before/);
    // A form that was open already.
    const sent = await (await at.bob.submits(opened, { reason: 'again' })).reply();
    await sent.becomes(({ content }) => /reported this video before/.test(content));
    const next = createReporting({ store: at.store, clock: on.clock });
    assert.equal((await next.report('film0001', at.bob.id, 'x')).kind, 'reported before');
    assert.match(await on.says(at.bob, await on.video()), /Reported/);
    assert.equal(admin.dm.messages.length, 2);
  });

  it('of many members tells the first and then fewer, and says so truly', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video();
    const said: string[] = [];
    for (let n = 0; n < 6; n++) {
      const member = at.sandbox.createMember({ name: `m${n}`, in: at.server });
      said.push(await on.says(member, shown));
    }
    assert.match(said[3] ?? '', /you are one of 4 members, and the admins know of it/);
    assert.deepEqual(
      admin.dm.messages.map(({ content }) => /(\d+) members/.exec(content)?.[1] ?? '1'),
      ['1', '2', '3', '5'],
    );
  });

  it('is limited by the hour, for a member and for a place', async () => {
    await using on = await reporting();
    const { at, clock } = on;
    const shown = await on.video();
    const reports = createReporting({ store: at.store, clock });
    const report = (userId: string, place: string, id = 'film0001') =>
      reports.report(id, userId, place);
    for (let n = 0; n < 30; n++) assert.equal((await report(`${n}`, 'here')).kind, 'reported');
    assert.equal((await report('30', 'here')).kind, 'too many');
    assert.equal((await report('31', 'there')).kind, 'reported');
    clock.ms += HOUR_MS;
    assert.equal((await report('30', 'here')).kind, 'reported');
    assert.equal((await report('1', 'here', 'nosuchid')).kind, 'no such job');
    for (let n = 0; n < 5; n++) {
      assert.match(await on.says(at.bob, await on.video()), /Reported/);
    }
    assert.match(await on.says(at.bob, shown), /many reports within an hour.*not taken/);
  });

  it('does not count what reaches nobody, and says so', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video();
    const fault = at.sandbox.fault({ on: 'open-dm', when: 'before', answer: { status: 503 } });
    assert.match(
      await on.says(at.bob, shown),
      /not sure whether your report arrived.*not count yet/,
    );
    fault.clear();
    admin.dm.closed = true;
    assert.match(await on.says(at.bob, shown), /no admin whom it could tell/);
    admin.dm.closed = false;
    assert.match(await on.says(at.bob, shown), /have been told/);
    assert.equal(admin.dm.messages.length, 1);
  });

  it('whose answer was lost is the same message when it is sent again', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video();
    at.sandbox.fault({ on: 'post-message', when: 'after', answer: 'reset', times: 3 });
    assert.match(await on.says(at.bob, shown), /not count yet.*read it only once/);
    assert.match(await on.says(at.bob, shown, 'other words'), /admins of this bot have been told/);
    assert.match(await on.isRefused(at.bob, shown), /reported this video before/);
    assert.equal(admin.dm.messages.length, 1);
    assert.match(await on.says(at.ann, shown), /have been told/);
    assert.equal(admin.dm.messages.length, 2);
  });

  it('is not told a second time either where Discord has forgotten the first', async () => {
    await using on = await reporting({ discord: { nonceRememberedMs: -1_000 } });
    const { at, owner } = on;
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    const lost = { on: 'post-message', answer: { status: 503 } } as const;
    at.sandbox.fault({ ...lost, when: 'after', times: 1 });
    at.sandbox.fault({ ...lost, when: 'before', times: 2 });
    assert.match(await on.says(at.bob, shown), /not count yet/);
    assert.match(await on.says(at.bob, shown, 'other words'), /admins of this server/);
    assert.match((await room.nextMessage()).content, /> it is mean$/);
    assert.equal(room.messages.length, 2);
  });

  it('tells admins of a server what a video cost only where it was asked for there', async () => {
    await using on = await reporting();
    const { at, owner, admin } = on;
    const room = await on.channelOf('server', owner);
    const other = at.sandbox.createServer({ name: 'other' });
    other.join(at.ann, at.bob);
    const elsewhere = await on.video(other.createChannel({ name: 'films' }));
    const list = await (await at.ann.types('/videos', {}, { in: at.channel })).reply();
    const copy = await (await at.ann.presses(list, 'Show 1')).reply();
    await copy.becomes(({ attachments }) => attachments.length === 1);
    await on.says(at.bob, copy);
    const report = await room.nextMessage();
    assert.match(report.content, /Video film0001 · Omni 1\.2 · asked for elsewhere$/m);
    assert.doesNotMatch(report.content, /\$|charged|veo-admin/);
    await on.says(at.ann, elsewhere);
    assert.match((await admin.dm.nextMessage()).content, /\$0\.80 charged · `\/veo-admin job/);
  });

  it('goes to the admins of the bot where the channel of the server is gone', async () => {
    await using on = await reporting();
    const { owner, admin, at } = on;
    const room = await on.channelOf('server', owner);
    room.delete();
    assert.match(await on.says(at.bob, await on.video()), /admins of this bot/);
    assert.match((await admin.dm.nextMessage()).content, /^🚩/);
  });

  it('is for videos of this bot alone', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const bytes = new Uint8Array([1]);
    const files = [{ filename: 'x.mp4', contentType: 'video/mp4', bytes }];
    const said = at.ann.says('a video of mine', { in: at.channel, files });
    const waiting = await (await at.ann.types('/veo', { prompt: 'x' }, { in: at.channel })).reply();
    await at.show(await at.changed(({ state }) => state === 'queued'));
    assert.deepEqual(
      waiting.buttons.map(({ label }) => label),
      ['Cancel'],
    );
    const anothers = await on.video();
    Object.assign(anothers, { author: { ...anothers.author, id: '77' } });
    for (const message of [said, waiting, anothers]) {
      assert.match(await on.isRefused(at.bob, message), /no video of this bot in this message/);
    }
    assert.deepEqual(admin.dm.messages, []);
  });

  it('works in a direct message, and is said in the member’s language', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video(at.ann.dm);
    at.ann.locale = 'de';
    assert.match(await on.says(at.ann, shown), /^🚩 Gemeldet: .*Nichts berechnet/);
    const report = await admin.dm.nextMessage();
    assert.match(report.content, /in a direct message or a group/);
    await admin.presses(report, 'Take down');
    await shown.becomes(({ attachments }) => attachments.length === 0);
  });
});

describe('Take down', () => {
  it('by who manages the server empties the message, and shows that it is done', async () => {
    await using on = await reporting();
    const { at, owner } = on;
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    await on.says(at.bob, shown);
    const report = await room.nextMessage();
    const before = report.content;
    const refused = await (await at.bob.presses(report, 'Take down')).reply();
    assert.match(refused.content, /Only an admin of the bot/);
    await owner.presses(report, 'Take down');
    await shown.becomes(({ attachments }) => attachments.length === 0);
    assert.equal(
      shown.content,
      '🗑️ A video was here. It was taken down by an admin · $0.80 charged',
    );
    assert.deepEqual(shown.buttons, []);
    await report.becomes(({ buttons }) => buttons[0]?.disabled === true);
    assert.equal(report.content, before);
    assert.equal(report.buttons[0]?.label, 'Taken down');
    const line = await room.nextMessage();
    assert.equal(line.content, `🗑️ <@${owner.id}> took down video film0001.`);
    assert.deepEqual([line.pings, report.pings], [[], []]);
    const said = await room.nextPrivateMessage(({ content }) => !/^Only/.test(content));
    assert.match(said.content, /taken out of its message\. What it cost stays said/);
    assert.match(await on.isRefused(at.bob, shown), /no video of this bot/);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('lets its member bring the video back for their own eyes alone: there, or everywhere by an admin of the bot', async () => {
    await using on = await reporting();
    const { at, admin, owner } = on;
    const other = at.sandbox.createServer({ name: 'other' });
    other.join(at.ann, at.bob);
    const elsewhere = other.createChannel({ name: 'films' });
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    await on.says(at.bob, shown);
    const backIn = async (where: Channel) => {
      const list = await (await at.ann.types('/videos', {}, { in: where })).reply();
      const copy = await (await at.ann.presses(list, 'Show 1')).reply();
      await copy.becomes(({ attachments }) => attachments.length === 1);
      return copy;
    };
    await owner.presses(await room.nextMessage(), 'Take down');
    await shown.becomes(({ attachments }) => attachments.length === 0);
    assert.ok((await backIn(at.channel)).ephemeral);
    const copy = await backIn(elsewhere);
    assert.ok(!copy.ephemeral);
    await on.says(at.ann, copy);
    await admin.presses(await admin.dm.nextMessage(), 'Take down');
    await copy.becomes(({ attachments }) => attachments.length === 0);
    for (const where of [at.channel, elsewhere]) assert.ok((await backIn(where)).ephemeral);
    assert.ok(!(await backIn(at.ann.dm)).ephemeral);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('by an admin of the bot works from a direct message', async () => {
    await using on = await reporting();
    const { at, admin } = on;
    const shown = await on.video();
    await on.says(at.bob, shown);
    await admin.presses(await admin.dm.nextMessage(), 'Take down');
    await shown.becomes(({ attachments }) => attachments.length === 0);
  });

  it('is refused for members, and for who manages another server alone', async () => {
    await using on = await reporting();
    const { at, admin, owner, member } = on;
    const other = at.sandbox.createServer({ name: 'other' });
    const elsewhere = other.createChannel({ name: 'films' });
    other.join(at.ann, at.bob, admin);
    const room = await on.channelOf('bot', admin);
    const shown = await on.video(elsewhere);
    assert.match(await on.says(at.bob, shown), /admins of this bot/);
    const report = await room.nextMessage();
    for (const who of [member, owner, at.bob]) {
      const reply = await (await who.presses(report, 'Take down')).reply();
      assert.ok(reply.ephemeral);
      assert.match(reply.content, /Only an admin of the bot.*Nothing was changed/);
    }
    assert.equal(shown.attachments.length, 1);
    await admin.presses(report, 'Take down');
    await shown.becomes(({ attachments }) => attachments.length === 0);
  });

  it('says what it could not do', async () => {
    await using on = await reporting();
    const { at, owner } = on;
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    await on.says(at.bob, shown);
    const report = await room.nextMessage();
    at.channel.botMay.viewChannel = false;
    await owner.presses(report, 'Take down');
    assert.match((await room.nextPrivateMessage()).content, /cannot reach .*nothing was changed/);
    at.channel.botMay.viewChannel = true;
    const away = { on: 'edit-message', when: 'before', answer: { status: 503 } } as const;
    const fault = at.sandbox.fault(away);
    await owner.presses(report, 'Take down');
    assert.match((await room.nextPrivateMessage()).content, /Press again in a minute/);
    fault.clear();
    assert.equal(shown.attachments.length, 1);
    assert.equal(room.messages.length, 2);
    assert.equal(at.house.get(serverScope(at.server.id), 'audit'), room.id);
  });

  it('of a message that is gone says what was done all the same, to the others too', async () => {
    await using on = await reporting();
    const { at, owner } = on;
    const room = await on.channelOf('server', owner);
    const shown = await on.video();
    await on.says(at.bob, shown);
    const report = await room.nextMessage();
    at.ann.deletes(shown);
    await owner.presses(report, 'Take down');
    const said = await room.nextPrivateMessage();
    assert.match(said.content, /film0001 is gone already.*counts as taken down in this server/);
    assert.doesNotMatch(said.content, /Nothing was changed/);
    const line = await room.nextMessage();
    const what = 'took down video film0001: its message was gone already.';
    assert.equal(line.content, `🗑️ <@${owner.id}> ${what}`);
    await report.becomes(({ buttons }) => buttons[0]?.label === 'Taken down');
    const list = await (await at.ann.types('/videos', {}, { in: at.channel })).reply();
    const copy = await (await at.ann.presses(list, 'Show 1')).reply();
    await copy.becomes(({ attachments }) => attachments.length === 1);
    assert.ok(copy.ephemeral);
  });
});

test('what is read of a report is as agreed, in every language', (t) => {
  const job = { ...sampleJob('delivered'), id: '8f3kq2zd' };
  const where = { guildId: '11', channelId: '22', messageId: '33' };
  const report = { ...where, userId: '44', reason: 'it is mean', count: 1 };
  const seen = (body: Partial<ReturnType<typeof reportMessage>>) => {
    assert.deepEqual(body.allowed_mentions, { parse: [] });
    const buttons = (body.components ?? []).flatMap((row) =>
      row.components.map((one) => `[${'label' in one ? one.label : ''}] ${one.custom_id}`),
    );
    return [body.content ?? '(its words stay)', ...buttons].join('\n');
  };
  const told = [
    seen(reportMessage(job, report, true)),
    seen(reportMessage(job, report, false)),
    seen(reportMessage(job, { ...report, guildId: null, count: 3, reason: '' }, true)),
    seen(reportDone('8f3kq2zd-11-22-33')),
    ...[{ locales: ['en-US'], words: en }, ...translations].map(({ locales, words }) => {
      const form = reportForm({ jobId: job.id, messageId: '33' }, words);
      const [label] = form.components;
      assert.ok(form.title.length <= 45 && label?.type === 18 && label.label.length <= 45);
      assert.ok((label.description ?? '').length <= 100 && words.command.report.length <= 32);
      const locale = locales[0] ?? '';
      const asked = { ...job, requester: { ...job.requester, locale } };
      return [
        `── ${locale}: ${words.command.report}`,
        `${form.title} · ${label.label} · ${label.description}`,
        seen(takenDownMessage(asked)),
        ...Object.entries(words.report).flatMap(([key, text]) =>
          /^(title|reason)/.test(key) ? [] : [typeof text === 'string' ? text : text(4)],
        ),
      ].join('\n');
    }),
  ];
  const path = join(import.meta.dirname, 'snapshots', 'reports.txt');
  t.assert.fileSnapshot(`${told.join('\n\n')}\n`, path, { serializers: [String] });
});
