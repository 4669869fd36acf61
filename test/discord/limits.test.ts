/** Limits as admins set them and members meet them, also many at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import { states } from '../../src/jobs/states.ts';
import type { DiscordPlan } from '../sandbox/discord/discord.ts';
import { running, veo } from './running.ts';

const oneVideo: Limit = { scope: 'member', period: 'day', maxMicroUsd: null, maxVideos: 1 };

async function stage(limits: readonly Limit[] = [], discord: DiscordPlan = {}) {
  const adminUserIds: string[] = [];
  const at = await running({ limits, adminUserIds, discord });
  const eve = at.sandbox.createMember({ name: 'eve', in: at.server, admin: true });
  const sam = at.sandbox.createMember({ name: 'sam', in: at.server, admin: true });
  adminUserIds.push(eve.id);
  const say = async (by: typeof eve, command: string, options: Record<string, unknown> = {}) => {
    const typed = await by.types(`/veo-admin limits ${command}`, options as never, {
      in: at.channel,
    });
    const reply = await typed.reply();
    assert.ok(reply.ephemeral);
    return reply.content;
  };
  const ask = async (by: typeof eve, prompt = 'a cat') =>
    (await by.types('/veo', { prompt }, { in: at.channel })).reply();
  const jobs = (): Promise<Job[]> => at.store.inStates(states);
  return { at, eve, sam, say, ask, jobs, [Symbol.asyncDispose]: () => at.stop() };
}

describe('the limit of strangers', () => {
  const stranger: Limit = { scope: 'stranger', period: 'day', maxMicroUsd: null, maxVideos: 1 };
  const holds =
    /You have had 1 video today \(limit 1\)\. Nothing charged\. Back <t:\d+:f>\. This limit holds in direct messages/;

  /** A member, with the places in which they are: the bot's server, one without it, a direct message. */
  async function places(limits: readonly Limit[]) {
    const on = await stage(limits);
    const { at } = on;
    const strange = at.sandbox.createServer({ name: 'elsewhere', botIsMember: false });
    strange.join(at.ann);
    const ask = async (place: object, by = at.ann) =>
      (await (await by.types('/veo', { prompt: 'a cat' }, place as never)).reply()).content;
    return {
      ...on,
      ask,
      inServer: { in: at.channel },
      inDm: { in: at.ann.dm },
      elsewhere: { in: strange.createChannel({ name: 'room' }), userInstall: true },
      [Symbol.asyncDispose]: () => at.stop(),
    };
  }

  it('holds in a direct message, and says where it does not', async () => {
    await using on = await places([stranger]);
    assert.doesNotMatch(await on.ask(on.inDm), /limit/);
    assert.match(await on.ask(on.inDm), holds);
    assert.match(await on.ask(on.elsewhere), holds);
    assert.equal((await on.jobs()).length, 1);
    // In a server that the bot is in they are no stranger.
    for (let n = 0; n < 2; n++) assert.doesNotMatch(await on.ask(on.inServer), /limit/);
    assert.equal((await on.jobs()).length, 3);
    assert.deepEqual(on.at.sandbox.violations, []);
  });

  it('holds for who brought the bot into a server that it is not in', async () => {
    await using on = await places([stranger]);
    assert.doesNotMatch(await on.ask(on.elsewhere), /limit/);
    assert.match(await on.ask(on.elsewhere), holds);
    assert.equal((await on.jobs()).length, 1);
  });

  it('holds for what is written in a direct message, before a price is offered', async () => {
    await using on = await places([{ ...stranger, maxVideos: null, maxMicroUsd: 600_000 }]);
    const { at } = on;
    at.ann.dm.says('a cat');
    assert.match((await at.ann.dm.nextMessage()).content, /You have \$0\.60 left today/);
    await on.ask(on.elsewhere);
    at.ann.dm.says('another cat');
    assert.match(
      (await at.ann.dm.nextMessage()).content,
      /left today \(limit \$0\.60\).* Nothing charged\. Back .* This limit holds in direct messages/,
    );
  });

  it('of nothing is said to be none, not to come back tomorrow', async () => {
    await using on = await places([{ ...stranger, maxVideos: null, maxMicroUsd: 0 }]);
    const said =
      /makes no videos in direct messages and in servers that it is not in\. Nothing charged/;
    for (const place of [on.inDm, on.elsewhere]) assert.match(await on.ask(place), said);
    assert.equal((await on.jobs()).length, 0);
    await on.ask(on.inServer);
    assert.equal((await on.jobs()).length, 1);
  });

  it('is set by the admins of the bot alone, and does not hold for them', async () => {
    await using on = await places([stranger]);
    const { at, eve, sam, say } = on;
    const set = { of: 'stranger', period: 'day', videos: 2 };
    assert.match(await say(sam, 'set', set), /set by its own admins/);
    assert.match(
      await say(eve, 'set', set),
      /^✅ Each stranger \(who asks by direct message, .*: 2 videos/,
    );
    assert.match(await say(eve, 'show'), /Each stranger .*, a day: 2 videos \(set by/);
    for (let n = 0; n < 3; n++) await on.ask(on.inDm);
    assert.equal((await on.jobs()).length, 2);
    for (let n = 0; n < 3; n++) await on.ask({ in: eve.dm }, eve);
    assert.equal((await on.jobs()).length, 5);
    assert.deepEqual(at.sandbox.violations, []);
  });
});

describe('/veo-admin limits', () => {
  it('sets what each member may have, from the next request on, and takes it back', async () => {
    await using on = await stage();
    const { at, eve, say, ask } = on;
    const set = await say(eve, 'set', { of: 'member', period: 'day', videos: 1 });
    assert.match(set, /^✅ Each member, a day: 1 video\./);
    await ask(at.ann);
    assert.match(
      (await ask(at.ann)).content,
      /You have had 1 video today \(limit 1\)\. Nothing charged/,
    );
    assert.match(await say(eve, 'show'), /Each member, a day: 1 video \(set by <@\d+> <t:\d+:R>\)/);
    assert.match(
      await say(eve, 'set', { of: 'member', period: 'day' }),
      /^✅ Each member, a day: no limit is set any more/,
    );
    assert.match((await ask(at.ann)).content, /thinking|Waiting|^$/);
    assert.equal((await on.jobs()).length, 2);
  });

  it('lets one member have more, exempts another, and never from the bot’s own limit', async () => {
    await using on = await stage([oneVideo, { ...oneVideo, scope: 'bot', maxVideos: 4 }]);
    const { at, eve, say, ask } = on;
    await say(eve, 'set', { of: 'member', period: 'day', videos: 2, member: at.ann });
    assert.match(await say(eve, 'exempt', { what: 'exempt', member: at.bob }), /is exempt/);
    for (let n = 0; n < 3; n++) await ask(at.ann);
    assert.equal((await on.jobs()).length, 2);
    for (let n = 0; n < 3; n++) await ask(at.bob);
    assert.equal((await on.jobs()).length, 4);
    assert.match((await ask(at.bob)).content, /The bot's number of videos today is used up/);
  });

  it('lets the admins of a server tighten there, and see nothing of elsewhere', async () => {
    await using on = await stage([{ ...oneVideo, maxVideos: 5 }]);
    const { at, sam, eve, say, ask } = on;
    await say(eve, 'set', { of: 'channel', period: 'day', videos: 9 });
    assert.match(
      await say(sam, 'set', { of: 'bot', period: 'day', usd: 1 }),
      /set by its own admins/,
    );
    await say(sam, 'set', { of: 'member', period: 'day', videos: 1 });
    const shown = await say(sam, 'show');
    assert.match(shown, /Each member, a day: 1 video \(set by .* in this server alone\)/);
    assert.doesNotMatch(shown, /5 videos|9 videos/);
    await ask(at.ann);
    assert.match((await ask(at.ann)).content, /limit 1/);
    assert.equal(at.book.setBy(null).length, 1);
    await at.book.set({ ...oneVideo, maxVideos: 7 }, '99', '9', Date.now());
    assert.match(await say(eve, 'show'), /7 videos \(set by .* in server 99 alone\)/);
    const member = await at.ann.types('/veo', { prompt: 'x' }, { in: at.channel });
    assert.match((await member.reply()).content, /limit 1/);
  });

  it('is refused to members, and mixed up options change nothing', async () => {
    await using on = await stage();
    const { at, eve, say } = on;
    await assert.rejects(say(at.ann, 'set', { of: 'bot', period: 'day', usd: 1 }), /hidden from/);
    for (const options of [
      { of: 'role', period: 'day', usd: 1 },
      { of: 'channel', period: 'day', usd: 1, member: at.ann },
      { of: 'member', period: 'at once', usd: 1 },
    ]) {
      assert.match(await say(eve, 'set', options), /does not go together/);
    }
    assert.deepEqual(at.book.limits(), []);
  });

  it('holds how many go at once, until one has ended', async () => {
    await using on = await stage();
    const { at, eve, say, ask } = on;
    await say(eve, 'set', { of: 'member', period: 'at once', videos: 1 });
    await ask(at.ann);
    assert.match(
      (await ask(at.ann)).content,
      /You have 1 video waiting or being made, at most 1 go at once\. Nothing charged/,
    );
    const { id } = await at.changed(({ state }) => state === 'queued');
    await at.actions.cancel(id, { userId: at.ann.id, isAdmin: false });
    await ask(at.ann);
    assert.equal((await on.jobs()).length, 2);
  });
});

describe('above a set price', () => {
  it('a second press is wanted, which is one job however often it is pressed', async () => {
    await using on = await stage();
    const { at, eve, say, ask } = on;
    assert.match(await say(eve, 'confirm', { usd: 0.5 }), /Above \$0\.50/);
    const asked = await ask(at.ann);
    assert.match(asked.content, /This costs \$0\.56\. Nothing charged yet: press once more/);
    assert.ok(asked.ephemeral);
    assert.equal((await on.jobs()).length, 0);
    await Promise.all([
      at.ann.presses(asked, 'Make it $0.56'),
      at.ann.presses(asked, 'Make it $0.56'),
    ]);
    const job = await at.changed(({ state }) => state === 'queued');
    assert.equal(job.request.priceMicroUsd, 560_000);
    assert.equal((await on.jobs()).length, 1);
    await say(eve, 'confirm');
    await ask(at.bob);
    assert.equal((await on.jobs()).length, 2);
  });
});

describe('above a set price with nothing left', () => {
  it('the limit is told, and no press is spoken of that nobody can make', async () => {
    await using on = await stage([{ ...oneVideo, maxMicroUsd: 600_000, maxVideos: null }]);
    const { at, eve, say, ask } = on;
    await ask(at.ann);
    await say(eve, 'confirm', { usd: 0.5 });
    const told = (await ask(at.ann)).content;
    assert.match(told, /You have \$0\.04 left today \(limit \$0\.60\), this costs \$0\.56/);
    assert.doesNotMatch(told, /press once more/);
    assert.equal((await on.jobs()).length, 1);
  });
});

describe('a burst', () => {
  it('of commands, buttons and direct messages of one member gets the one video that is left', async (t) => {
    await using on = await stage([oneVideo], { rateLimits: false });
    const { at } = on;
    const offers = [];
    for (let n = 0; n < 15; n++) {
      at.ann.dm.says(`a fox ${n}`);
      offers.push(await at.ann.dm.nextMessage());
    }
    const buttons = [];
    for (let n = 0; n < 10; n++) {
      // A rule of the model stands against it: the way out is a button.
      const wish = { prompt: `x ${n}`, model: veo.id, duration: 4, resolution: '1080p' };
      buttons.push(await (await at.ann.types('/veo', wish, { in: at.channel })).reply());
    }
    const all = await Promise.all([
      ...Array.from({ length: 25 }, (_, n) =>
        at.ann.types('/veo', { prompt: `a cat ${n}` }, { in: at.channel }),
      ),
      ...buttons.map((message) => at.ann.presses(message, 'Make it')),
      ...offers.map((message) => at.ann.presses(message, 'Make it')),
    ]);
    await Promise.all(all.map((one) => one.acknowledged));
    const jobs = await on.jobs();
    const refused = at.sandbox.violations.length;
    t.diagnostic(
      `${all.length} at once (25 commands, ${buttons.length} buttons, ${offers.length} offers): ${jobs.length} taken`,
    );
    assert.equal(refused, 0);
    assert.equal(jobs.length, 1);
    const spent = await at.store.spent({
      ...{ scope: 'member', of: at.ann.id, period: 'day' },
      ...{ maxMicroUsd: null, maxVideos: 1, sinceAt: 0, untilAt: Number.MAX_SAFE_INTEGER },
    });
    assert.equal(spent.videos, 1);
  });

  it('of forty members on the server’s last dollar spends no cent above it', async (t) => {
    await using on = await stage([
      { scope: 'server', period: 'day', maxMicroUsd: 1_000_000, maxVideos: null },
    ]);
    const { at } = on;
    const members = Array.from({ length: 40 }, (_, n) =>
      at.sandbox.createMember({ name: `m${n}`, in: at.server }),
    );
    const all = await Promise.all(
      members.map((member) => member.types('/veo', { prompt: 'a cat' }, { in: at.channel })),
    );
    const replies = await Promise.all(all.map((one) => one.reply()));
    const jobs = await on.jobs();
    const told = replies.filter(({ content }) =>
      /This server's video budget today is used up/.test(content),
    );
    t.diagnostic(`40 members, $1.00 left, $0.56 each: ${jobs.length} taken, ${told.length} told`);
    assert.equal(jobs.length, 1);
    assert.equal(told.length, 39);
  });
});
