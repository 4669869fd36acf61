/** What admins of the bot, and of one server, decide there; and what members and others get of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Settings, serverScope } from '../../src/jobs/admins/settings.ts';
import { bringTo, sampleReply } from '../jobs/samples.ts';
import type { Message } from '../sandbox/discord/discord.ts';
import { file } from '../sandbox/discord/discord.ts';
import type { Member, OptionValue } from '../sandbox/discord/people.ts';
import type { Channel } from '../sandbox/discord/places.ts';
import { omni, running, veo } from './running.ts';

type Options = Record<string, OptionValue>;

/** `eve` is an admin of the bot, `owner` manages the first server alone, `ann` is a member of both. */
async function house() {
  const adminUserIds: string[] = [];
  const at = await running({ adminUserIds });
  const other = at.sandbox.createServer({ name: 'other' });
  const elsewhere = other.createChannel({ name: 'films' });
  other.join(at.ann);
  const eve = at.sandbox.createMember({ name: 'eve', in: [at.server, other], admin: true });
  adminUserIds.push(eve.id);
  const owner = at.sandbox.createMember({ name: 'owner', in: at.server, admin: true });
  const says = async (by: Member, command: string, options: Options = {}, where = at.channel) => {
    const typed = await by.types(`/veo-admin ${command}`, options, { in: where });
    const reply = await typed.reply();
    assert.ok(reply.ephemeral);
    return reply.content;
  };
  const asks = async (options: Options = {}, where: Channel = at.channel): Promise<Message> =>
    (await at.ann.types('/veo', { prompt: 'a cat', ...options }, { in: where })).reply();
  const isMade = async (options: Options = {}, where: Channel = at.channel) => {
    const typed = await at.ann.types('/veo', { prompt: 'a cat', ...options }, { in: where });
    return at.changed(({ reply, state }) => reply.interactionId === typed.id && state === 'queued');
  };
  const isRefused = async (words: RegExp, options: Options = {}, where: Channel = at.channel) => {
    const message = await asks(options, where);
    assert.match(message.content, words);
    assert.match(message.content, /Nothing charged\./);
    assert.ok(message.ephemeral);
    return message;
  };
  return {
    ...{ at, eve, owner, says, asks, isMade, isRefused, elsewhere, other },
    [Symbol.asyncDispose]: () => at.stop(),
  };
}

describe('/veo-admin of a member without rights', () => {
  it('is refused for everything', async () => {
    await using h = await house();
    const { at } = h;
    for (const command of ['models', 'block', 'unblock', 'words', 'server', 'pause', 'jobs']) {
      const where = { in: at.channel, shownAll: true };
      const reply = await (await at.ann.types(`/veo-admin ${command}`, {}, where)).reply();
      assert.match(reply.content, /for the admins of this bot only/);
    }
    assert.deepEqual(await at.store.settingChanges(10), []);
  });
});

describe('/veo-admin models', () => {
  it('of a server holds there: refused in words, another default, its own form and help', async () => {
    await using h = await house();
    const { at, owner } = h;
    assert.match(
      await h.says(owner, 'models', { make: 'off', model: omni.id, of: 'whole bot' }),
      /Omni 1\.2 is not offered any more in this server/,
    );
    const refused = await h.isRefused(/^Omni 1\.2 is not offered here\..*Choose Veo 3\.1\./, {
      model: omni.id,
    });
    assert.ok(refused.components.length > 0);
    assert.equal((await h.isMade()).request.modelId, veo.id);
    const help = await (await at.ann.types('/veo-help', {}, { in: at.channel })).reply();
    assert.ok(!help.content.includes('Omni 1.2 ·') && help.content.includes('Veo 3.1 ·'));
    const form = await at.ann.types('/veo', {}, { in: at.channel });
    assert.ok(!JSON.stringify(await form.form()).includes(omni.id));
    await h.isMade({ model: omni.id }, h.elsewhere);
    assert.match(await h.says(owner, 'models', { make: 'off', model: veo.id }), /the last model/);
    assert.match(await h.says(owner, 'models'), /Omni 1\.2 · off here\nVeo 3\.1 · on, the default/);
  });

  it('of the whole bot leaves what was asked for, and is completed as it is typed', async () => {
    await using h = await house();
    const { at, eve } = h;
    const before = await h.isMade({ model: veo.id });
    assert.match(await h.says(eve, 'models', { make: 'default', model: veo.id }), /is the default/);
    assert.equal(at.house.modelsIn(null)[0]?.id, veo.id);
    await h.says(eve, 'models', { make: 'off', model: veo.id });
    assert.deepEqual(at.house.modelsIn(h.other.id), [omni]);
    assert.equal((await at.store.find(before.id))?.state, 'queued');
    assert.match(await h.says(h.owner, 'models'), /Veo 3\.1 · off in the whole bot/);
    assert.match(await h.says(eve, 'models', { make: 'on', model: 'nothing' }), /no such model/);
    const where = { in: at.channel };
    const choices = await eve.completes('/veo-admin models', { model: 'om' }, 'model', where);
    assert.deepEqual(choices, [{ name: 'Omni 1.2', value: omni.id }]);
    assert.deepEqual(
      (await at.store.settingChanges(1)).map(({ by, key }) => [by, key]),
      [[eve.id, 'models']],
    );
  });
});

describe('/veo-admin block', () => {
  it('of a member cancels what waits, refuses at every door, and ends with unblock', async () => {
    await using h = await house();
    const { at, eve } = h;
    const form = await at.ann.types('/veo', {}, { in: at.channel });
    await form.form();
    at.ann.dm.says('a fox');
    const offer = await at.ann.dm.nextMessage();
    await h.isMade();
    const paid = await bringTo(at.store, 'generating', {
      requester: { userId: at.ann.id, locale: 'en-US' },
    });
    assert.match(
      await h.says(eve, 'block', { member: at.ann }),
      /is blocked in the whole bot.*1 video that waited is cancelled, not charged/,
    );
    const job = await at.changed(({ state }) => state === 'cancelled');
    assert.deepEqual(job.state === 'cancelled' && job.charge, { kind: 'not charged' });
    assert.equal((await at.store.find(paid.id))?.state, 'generating');
    const refusal = /admins of this bot do not let you make videos/;
    await h.isRefused(refusal);
    const sent = await at.ann.submits(form, { prompt: 'a cow' });
    assert.match((await sent.reply()).content, refusal);
    const pressed = await at.ann.presses(offer, 'Make it');
    assert.match((await pressed.reply()).content, refusal);
    at.ann.dm.says('a wolf');
    assert.match((await at.ann.dm.nextMessage()).content, refusal);
    const photo = file(new Uint8Array(2_000), 'cat.png');
    const shown = at.bob.says('look', { in: at.channel, files: [photo] });
    const animated = await (await at.ann.chooses('Animate this image', shown)).reply();
    assert.match(animated.content, refusal);
    assert.equal(animated.components.length, 0);
    assert.match(await h.says(eve, 'block'), new RegExp(`<@${at.ann.id}>`));
    await h.says(eve, 'unblock', { member: at.ann });
    await h.isMade();
  });

  it('by the admin of a server holds there alone, and not for admins of the bot', async () => {
    await using h = await house();
    const { at, owner } = h;
    await h.isMade({}, h.elsewhere);
    assert.match(
      await h.says(owner, 'block', { member: at.ann, of: 'whole bot' }),
      /is blocked in this server.*Nothing of theirs was waiting/,
    );
    await h.isRefused(/admins of this server do not let you make videos here/);
    await h.isMade({}, h.elsewhere);
    assert.match(await h.says(owner, 'block', { member: h.eve }), /cannot be blocked/);
    assert.match(
      await h.says(owner, 'block', { server: h.other.id }),
      /Whole servers are blocked by the admins of the bot alone/,
    );
    assert.equal(at.house.blocked('1', h.other.id), null);
  });

  it('of a server refuses all that is new in it', async () => {
    await using h = await house();
    await h.says(h.eve, 'block', { server: h.other.id });
    await h.isRefused(/make no videos in this server/, {}, h.elsewhere);
    await h.isMade();
    await h.says(h.eve, 'unblock', { server: h.other.id });
    await h.isMade({}, h.elsewhere);
  });
});

describe('A decision of the house', () => {
  it('says nothing of a charge to the second press of what began before it', async () => {
    await using h = await house();
    const { at, eve } = h;
    for (const [command, options, back] of [
      ['words', { add: 'fox', of: 'whole bot' }, { remove: 'fox', of: 'whole bot' }],
      ['models', { make: 'off', model: omni.id }, { make: 'on', model: omni.id }],
    ] as const) {
      at.ann.dm.says('a fox');
      const offer = await at.ann.dm.nextMessage();
      const first = await at.ann.presses(offer, 'Make it');
      const job = await at.changed(
        ({ reply, state }) => reply.interactionId === first.id && state === 'queued',
      );
      await h.says(eve, command, options);
      // The message that the first press took, and no private "not charged" beside it.
      const again = await (await at.ann.presses(offer, 'Make it')).reply();
      assert.equal(again.id, offer.id);
      assert.equal((await at.store.find(job.id))?.state, 'queued');
      await h.says(eve, command, back);
    }
  });
});

describe('/veo-admin words', () => {
  it('refuses a prompt without naming the term, and leads on to a form', async () => {
    await using h = await house();
    const { at, owner } = h;
    assert.match(await h.says(owner, 'words', { add: 'Ugly  Cat' }), /refused in this server/);
    assert.equal(await h.says(owner, 'words'), '🚫 Refused in this server (1): ugly cat');
    const refused = await h.isRefused(/The rules here do not allow something in this prompt/, {
      prompt: 'one ｕｇｌｙ c\u0336at',
    });
    assert.ok(!/ugly|cat/i.test(refused.content));
    const form = await at.ann.presses(refused, 'Change');
    await form.form();
    const sent = await at.ann.submits(form, { prompt: 'an UGLY CAT again' });
    assert.match((await sent.reply()).content, /The rules here/);
    await h.isMade({ prompt: 'ugly cats' });
    await h.isMade({ prompt: 'ugly cat' }, h.elsewhere);
    assert.ok(!JSON.stringify(at.events).includes('ugly'));
    assert.match(await h.says(owner, 'words', { remove: 'ugly cat' }), /not refused .* any more/);
    await h.isMade({ prompt: 'ugly cat' });
  });

  it('of the whole bot holds in direct messages too, up to so many', async () => {
    await using h = await house();
    const { at, eve } = h;
    await h.says(eve, 'words', { add: 'wolf' });
    at.ann.dm.says('a wolf');
    assert.match((await at.ann.dm.nextMessage()).content, /The rules here/);
    await h.isRefused(/The rules here/, { prompt: 'wolf' }, h.elsewhere);
    assert.match(await h.says(eve, 'words', { add: '🙂' }), /no letter or digit/);
    const many = Array.from({ length: 200 }, (_, i) => `term${i}`);
    await at.settings.set('bot', 'words', many, eve.id, 0);
    assert.match(await h.says(eve, 'words', { add: 'one more' }), /At most 200 terms/);
  });
});

describe('/veo-admin pause of a part', () => {
  it('of a server is its own admins’, and lets what waited start', async () => {
    await using h = await house();
    const { at, owner } = h;
    assert.match(await h.says(owner, 'pause', { scope: 'whole bot' }), /for the admins of the bot/);
    assert.match(await h.says(owner, 'pause', { reason: 'late' }), /New videos of this server are/);
    assert.equal(at.pause.now(), null);
    const here = await bringTo(at.store, 'queued', {}, { trouble: 'paused' });
    const inServer = (guildId: string) => ({ ...here, reply: { ...here.reply, guildId } });
    assert.equal(at.house.pausedFor(inServer(at.server.id))?.reason, 'late');
    assert.equal(at.house.pausedFor(inServer(h.other.id)), null);
    const next = new Settings(at.store);
    await next.load();
    assert.ok(next.get(serverScope(at.server.id), 'paused'));
    assert.match(
      await h.says(owner, 'resume'),
      /are made again; .*late.*1 video that waited starts/,
    );
    assert.equal(at.house.pausedFor(inServer(at.server.id)), null);
  });

  it('of a model is the bot’s admins’', async () => {
    await using h = await house();
    const { at, eve } = h;
    assert.match(await h.says(eve, 'pause', { scope: 'model', model: veo.id }), /of Veo 3\.1 are/);
    const job = await bringTo(at.store, 'queued', {}, { trouble: 'paused' });
    const of = (modelId: string) => ({ ...job, request: { ...job.request, modelId } });
    assert.ok(at.house.pausedFor(of(veo.id)) && !at.house.pausedFor(of(omni.id)));
    assert.match(await h.says(eve, 'models'), /Veo 3\.1 · on · ⏸️ paused/);
    assert.match(await h.says(eve, 'pause', { scope: 'model' }), /Say which model/);
    await h.says(eve, 'resume', { scope: 'model', model: veo.id });
    assert.equal(at.house.pausedFor(of(veo.id)), null);
  });
});

describe('/veo-admin server', () => {
  it('private shows every result to its member alone, whatever they choose', async () => {
    await using h = await house();
    assert.match(await h.says(h.owner, 'server', { private: true }), /`private` on/);
    assert.ok((await h.asks({ private: false })).ephemeral);
    assert.ok(!(await h.asks({}, h.elsewhere)).ephemeral);
    await h.says(h.owner, 'server', { private: false });
    assert.ok(!(await h.asks()).ephemeral);
  });

  it('age_restricted_only refuses elsewhere, and takes threads of such channels', async () => {
    await using h = await house();
    const { at, eve } = h;
    const club = at.sandbox.createServer({ name: 'club' });
    const adults = club.createChannel({ name: 'adults', nsfw: true });
    const thread = club.createChannel({ name: 'thread', kind: 'thread' });
    const all = club.createChannel({ name: 'all' });
    club.join(at.ann, eve);
    await h.says(eve, 'server', { age_restricted_only: true, spoilers: true }, all);
    await h.isRefused(/only in channels that are marked age-restricted/, {}, all);
    assert.equal((await h.isMade({}, adults)).reply.spoiler, undefined);
    assert.equal((await h.isMade({}, thread)).reply.spoiler, undefined);
    await h.says(eve, 'server', { age_restricted_only: false }, all);
    assert.equal((await h.isMade({}, all)).reply.spoiler, true);
  });
});

describe('/veo-admin job and cancel of a server’s admin', () => {
  it('reach what was asked for there, and nothing of other servers', async () => {
    await using h = await house();
    const { at, owner } = h;
    const here = await h.isMade();
    const there = await h.isMade({}, h.elsewhere);
    for (const command of ['job', 'cancel']) {
      assert.match(await h.says(owner, command, { id: there.id }), /There is no video/);
    }
    assert.match(
      await h.says(owner, 'settle', { id: here.id, outcome: 'charged' }),
      /for the admins of the whole bot/,
    );
    assert.equal((await at.store.find(there.id))?.state, there.state);
    const told = await h.says(owner, 'job', { id: here.id });
    assert.ok(told.includes(`Video ${here.id}`) && !told.includes('a cat'), told);
    assert.match(await h.says(owner, 'cancel', { id: here.id }), /is cancelled, not charged/);
  });
});

describe('/veo-admin changes', () => {
  it('says who changed what and when: everything to the admins of the bot, one server to its own', async () => {
    await using h = await house();
    const { at, eve, owner } = h;
    assert.match(await h.says(owner, 'changes'), /Nothing was changed in this server/);
    await h.says(owner, 'words', { add: 'secretterm' });
    await h.says(eve, 'limits set', { of: 'bot', period: 'day', usd: 5 });
    await h.says(eve, 'limits set', { of: 'bot', period: 'day' });
    const all = await h.says(eve, 'changes');
    const lines = all.split('\n').slice(1);
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /limits: the whole bot, a day: taken back · whole bot · <@\d+>$/);
    assert.match(
      lines[1] ?? '',
      new RegExp(`limits: the whole bot, a day: \\$5\\.00 · whole bot · <@${eve.id}>$`),
    );
    assert.match(
      lines[2] ?? '',
      new RegExp(`refused words: 1 added · server ${at.server.id} · <@${owner.id}>$`),
    );
    assert.doesNotMatch(all, /secretterm/);
    const own = (await h.says(owner, 'changes', { of: 'whole bot' })).split('\n');
    assert.equal(own.length, 2);
    assert.match(own[1] ?? '', /<t:\d+:f> · refused words: 1 added · <@\d+>$/);
  });
});

describe('What is being typed', () => {
  it('as an id is completed from the videos that the command can do something about', async () => {
    await using h = await house();
    const { at, eve, owner } = h;
    const reply = sampleReply({ guildId: at.server.id });
    const lost = await bringTo(at.store, 'unconfirmed', { reply, origin: 'a' });
    const kept = await bringTo(at.store, 'undelivered', { reply, origin: 'b' });
    const waits = await bringTo(at.store, 'queued', { reply, origin: 'c' });
    const other = await bringTo(at.store, 'queued', {
      ...{ reply: sampleReply({ guildId: h.other.id }), origin: 'd' },
    });
    const ids = async (by: Member, command: string, typed = '') => {
      const where = { in: at.channel, shownAll: true };
      const choices = await by.completes(`/veo-admin ${command}`, { id: typed }, 'id', where);
      for (const { name } of choices) assert.doesNotMatch(name, /yarn/);
      return choices.map(({ value }) => value).toSorted();
    };
    assert.deepEqual(await ids(eve, 'settle'), [lost.id]);
    assert.deepEqual(await ids(eve, 'deliver'), [kept.id]);
    assert.deepEqual(await ids(eve, 'cancel'), [waits.id, other.id].toSorted());
    assert.deepEqual(await ids(owner, 'cancel'), [waits.id]);
    assert.deepEqual(await ids(owner, 'job', lost.id.slice(0, 8)), [lost.id]);
    assert.deepEqual(await ids(owner, 'settle'), []);
    assert.deepEqual(await ids(at.ann, 'job'), []);
  });

  it('as a refused term is completed from those that are there', async () => {
    await using h = await house();
    const { at, owner } = h;
    await h.says(owner, 'words', { add: 'Ugly Cat' });
    await h.says(owner, 'words', { add: 'dog' });
    const where = { in: at.channel };
    const choices = await owner.completes('/veo-admin words', { remove: 'UGLY' }, 'remove', where);
    assert.deepEqual(choices, [{ name: 'ugly cat', value: 'ugly cat' }]);
  });
});
