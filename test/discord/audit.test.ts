/** Where admins are told what needs them, and what they read there. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { alertMessage } from '../../src/discord/text/adminAlerts.ts';
import { CONTENT_MAX } from '../../src/discord/text/quote.ts';
import type { Ceiling, Matter } from '../../src/jobs/admins/alerts.ts';
import { Settings, serverScope } from '../../src/jobs/admins/settings.ts';
import type { Alert } from '../../src/jobs/admins/telling.ts';
import { alarmWords } from '../../src/ops/metrics.ts';
import { NOON } from '../jobs/samples.ts';
import { withAdmins } from './asAdmin.ts';

const alert = (matter: Matter, more: Partial<Alert> = {}): Alert => ({
  ...{ scope: 'bot', jobId: null, times: 1, toldBeforeAt: null, matter },
  ...more,
});
const lost = alert({ kind: 'answer lost', microUsd: 560_000 }, { jobId: '8f3kq2zd' });

describe('/veo-admin audit', () => {
  it('sets the channel of the whole bot, says hello there, and holds after a restart', async () => {
    await using on = await withAdmins();
    const { at, admin } = on;
    const room = at.server.createChannel({ name: 'admins' });
    assert.match(await on.says(admin, 'audit'), /No channel is told.*by direct message/);
    assert.match(
      await on.says(admin, 'audit', { channel: room }),
      new RegExp(
        `^📒 <#${room.id}> is told what needs admins in the whole bot, and what admins did\\.$`,
      ),
    );
    assert.match(
      (await room.nextMessage()).content,
      /^📒 From now on .*in the whole bot: .*members report, .*What admins change and do to videos/,
    );
    assert.equal(await at.bot.tell(lost, 'first'), 'told');
    const told = await room.nextMessage();
    assert.match(told.content, /^⚠️ The answer to a paid request was lost.*\$0\.56/);
    assert.ok(told.content.includes('`/veo-admin job id:8f3kq2zd`'));
    assert.deepEqual(admin.dm.messages, []);
    const next = new Settings(at.store);
    await next.load();
    assert.equal(next.get('bot', 'audit'), room.id);
    assert.match(await on.says(admin, 'audit', { off: true }), /No channel is told/);
    await at.bot.tell(lost, 'second');
    assert.match((await admin.dm.nextMessage()).content, /answer to a paid request was lost/);
    // Its last word: who turned it off.
    assert.match((await room.nextMessage()).content, /changed where admins are told/);
    assert.equal(room.messages.length, 3);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('of a server is its own admins’ and leaves that of the bot', async () => {
    await using on = await withAdmins();
    const { at, owner, admin } = on;
    const room = at.server.createChannel({ name: 'admins' });
    await on.says(owner, 'audit', { channel: room, of: 'whole bot' });
    assert.equal(at.house.get('bot', 'audit'), null);
    assert.equal(at.house.get(serverScope(at.server.id), 'audit'), room.id);
    assert.match((await room.nextMessage()).content, /in this server/);
    await at.bot.tell({ ...lost, scope: serverScope(at.server.id) }, 'here');
    const told = await room.nextMessage();
    assert.match(told.content, /The admins of the bot close it/);
    assert.ok(!told.content.includes('settle'));
    assert.deepEqual(admin.dm.messages, []);
    assert.equal(await at.bot.tell({ ...lost, scope: serverScope('77') }, 'there'), 'nobody');
  });

  it('is refused for members, and changes nothing where the bot cannot post', async () => {
    await using on = await withAdmins();
    const { at, member, owner, admin } = on;
    const locked = at.server.createChannel({ name: 'locked', botMay: { sendMessages: false } });
    const hidden = at.server.createChannel({ name: 'hidden', botMay: { viewChannel: false } });
    const away = at.sandbox.createServer({ name: 'away' }).createChannel({ name: 'x' });
    assert.match(await on.says(member, 'audit', { off: true }), /for the admins of this bot only/);
    for (const channel of [locked, hidden]) {
      assert.match(
        await on.says(owner, 'audit', { channel }),
        /cannot post in .*Nothing was chang/,
      );
    }
    at.sandbox.fault({ on: 'post-message', when: 'before', answer: { status: 503 } });
    assert.match(await on.says(admin, 'audit', { channel: at.channel }), /does not answer.*minute/);
    assert.deepEqual(await at.store.settingChanges(10), []);
    assert.deepEqual(away.messages, []);
  });

  it('of a server takes no channel of another', async () => {
    await using on = await withAdmins();
    const { at, owner } = on;
    const away = at.sandbox.createServer({ name: 'away' }).createChannel({ name: 'x' });
    assert.match(await on.says(owner, 'audit', { channel: away }), /is not in this server/);
    assert.deepEqual(away.messages, []);
  });
});

describe('an alert', () => {
  it('goes to every admin by direct message where no channel is set or the channel is gone', async () => {
    await using on = await withAdmins();
    const { at, admin } = on;
    const room = at.server.createChannel({ name: 'admins' });
    await on.says(admin, 'audit', { channel: room });
    room.delete();
    assert.equal(await at.bot.tell(lost, 'one'), 'told');
    const told = await admin.dm.nextMessage();
    assert.match(told.content, /the bot cannot post in <#\d+> any more: `\/veo-admin audit`/);
    assert.ok(at.events.some((event) => event.kind === 'not answered'));
  });

  it('is one message however often it is tried, and one that is lost is tried later', async () => {
    await using on = await withAdmins();
    const { at, admin } = on;
    at.sandbox.fault({ on: 'post-message', when: 'after', times: 1, answer: 'reset' });
    assert.equal(await at.bot.tell(lost, 'one'), 'told');
    assert.equal(await at.bot.tell(lost, 'one'), 'told');
    assert.equal(admin.dm.messages.length, 1);
    const away = { status: 503 };
    const fault = at.sandbox.fault({ on: 'open-dm', when: 'before', answer: away });
    assert.equal(await at.bot.tell(lost, 'two'), 'later');
    fault.clear();
    admin.dm.closed = true;
    assert.equal(await at.bot.tell(lost, 'two'), 'nobody');
    assert.equal(admin.dm.messages.length, 1);
  });

  it('is told again in the same words, whatever hindered it: a message of before is not it', async () => {
    let behindMs = 60_000;
    await using on = await withAdmins({ discord: { now: () => Date.now() - behindMs } });
    const { at, admin, member } = on;
    const room = at.server.createChannel({ name: 'admins' });
    await on.says(admin, 'audit', { channel: room });
    assert.equal(await at.bot.tell(lost, 'one'), 'told');
    const { content } = room.messages[1] ?? assert.fail('it was told');
    behindMs = 0;
    const busy = { status: 429, body: { message: 'busy', retry_after: 0.01, global: false } };
    for (const [key, answer] of [['two', busy] as const, ['three', 'reset'] as const]) {
      const fault = at.sandbox.fault({ on: 'post-message', when: 'before', answer });
      const many = room.messages.length;
      assert.equal(await at.bot.tell(lost, key), 'later');
      fault.clear();
      // Nor is a member's.
      member.says(content, { in: room });
      assert.equal(await at.bot.tell(lost, key), 'told');
      assert.equal(room.messages.length, many + 2, key);
      behindMs -= 60_000;
    }
  });

  it('is one message where its answer was lost and the next tries were turned away', async () => {
    await using on = await withAdmins({ discord: { nonceRememberedMs: -1_000 } });
    const { at, admin } = on;
    const busy = { status: 429, body: { message: 'busy', retry_after: 0.01, global: false } };
    at.sandbox.fault({ on: 'post-message', when: 'after', times: 1, answer: 'reset' });
    at.sandbox.fault({ on: 'post-message', when: 'before', times: 2, answer: busy });
    assert.equal(await at.bot.tell(lost, 'one'), 'later');
    assert.equal(await at.bot.tell(lost, 'one'), 'told');
    assert.equal(admin.dm.messages.length, 1);
  });

  it('pings nobody, whatever a model is called', async () => {
    await using on = await withAdmins();
    const { at, admin } = on;
    const model = '@everyone <@1> [x](http://evil.example) '.repeat(9);
    await at.bot.tell(alert({ kind: 'model withdrawn', model, successor: model }), 'one');
    const told = await admin.dm.nextMessage();
    assert.ok(told.content.includes('\\@') && !told.content.includes('(http://'));
    assert.deepEqual([told.pings, told.mentionsEveryone], [[], false]);
  });
});

test('what admins are told is as agreed, and fits', (t) => {
  const ceiling: Ceiling = {
    ...{ kind: 'ceiling', period: 'day', of: 'money', isUsedUp: false, used: 8_400_000 },
    ...{ max: 10_000_000, priceMicroUsd: 560_000, untilAt: NOON + 12 * 3_600_000 },
  };
  const one = { jobId: '8f3kq2zd' };
  const many = { ...one, times: 99, toldBeforeAt: NOON };
  const ofServer = { ...one, scope: serverScope('1') };
  const alarms = [...alarmWords.filter((word) => word !== 'model withdrawn'), 'something new'];
  const alerts: Alert[] = [
    lost,
    { ...lost, ...many },
    { ...lost, times: 7 },
    { ...lost, ...ofServer },
    alert({ kind: 'model withdrawn', model: 'veo-3.1', successor: 'gemini-omni-1.2-flash' }),
    alert({ kind: 'model withdrawn', model: 'veo-3.1', successor: null }, { ...many, jobId: null }),
    alert({ kind: 'undelivered', reason: 'too large' }, one),
    alert({ kind: 'undelivered', reason: 'unreachable' }, many),
    alert(ceiling),
    alert({ ...ceiling, isUsedUp: true, used: 9_600_000 }),
    alert({ ...ceiling, of: 'videos', period: 'month', isUsedUp: true, used: 40, max: 40 }),
    alert({ kind: 'another copy' }),
    ...alarms.map((what) => alert({ kind: 'alarm', what }, one)),
    ...['paid and not understood', 'failed and charged', 'operation gone', 'video file gone'].map(
      (what) => alert({ kind: 'alarm', what }, ofServer),
    ),
  ];
  const told = alerts.map((one) => {
    const { content, components, allowed_mentions } = alertMessage(one);
    assert.ok(content.length <= CONTENT_MAX);
    assert.deepEqual([components, allowed_mentions], [[], { parse: [] }]);
    return content;
  });
  // An alarm without words of its own would say no more than its name.
  const unknown = told.filter((text) => text.includes('and the log say more'));
  assert.deepEqual(unknown.length, 1);
  const path = join(import.meta.dirname, 'snapshots', 'admin-alerts.txt');
  t.assert.fileSnapshot(`${told.join('\n\n')}\n`, path, { serializers: [String] });
});
