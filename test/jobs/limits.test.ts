/** Which limits hold for whom: by configuration, by the bot's admins, by those of a server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Settings } from '../../src/jobs/admins/settings.ts';
import { LimitBook } from '../../src/jobs/money/limits.ts';
import {
  type Allowance,
  checksFor,
  type Holding,
  type Limit,
  type Spender,
  tightest,
} from '../../src/jobs/money/spending.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { MemoryStore } from '../simulation/store.ts';
import { NOON, utc } from './samples.ts';

const none = { maxMicroUsd: null, maxVideos: null };
const eachMember: Limit = { scope: 'member', period: 'day', ...none, maxMicroUsd: 2_000_000 };
const bot: Limit = { scope: 'bot', period: 'day', ...none, maxMicroUsd: 10_000_000 };

function ann(roleIds: readonly string[] = [], guildId: string | null = '5'): Spender {
  return {
    requester: { userId: '1', roleIds },
    reply: { channelId: '7', guildId, place: guildId === null ? 'dm' : 'server' },
  };
}

function most(limits: readonly Limit[], by: Spender, exempt: Holding['exempt'] = []) {
  return checksFor(by, NOON, { limits, exempt, calendar: utc }).map(
    ({ scope, period, within, maxMicroUsd, maxVideos }) =>
      `${scope} ${period}${within === undefined ? '' : ` in ${within}`}: ${maxMicroUsd ?? '-'} ${maxVideos ?? '-'}`,
  );
}

describe('the limit of strangers', () => {
  const stranger: Limit = { scope: 'stranger', period: 'day', ...none, maxMicroUsd: 1_000_000 };
  const at = (place: Spender['reply']['place'], guildId: string | null): Spender => ({
    requester: { userId: '1' },
    reply: { channelId: '7', guildId, place },
  });
  const dm = at('dm', null);
  const elsewhere = at('elsewhere', '66');

  it('holds in direct messages and where the bot is not in the server, beside all others', () => {
    const limits = [eachMember, stranger, bot];
    for (const place of [dm, elsewhere]) {
      const expected = ['member day: 1000000 -', 'member day: 2000000 -', 'bot day: 10000000 -'];
      assert.deepEqual(most(limits, place), expected);
    }
    assert.deepEqual(most(limits, ann()), ['member day: 2000000 -', 'bot day: 10000000 -']);
  });

  it('counts all that is theirs, and says that it holds for a stranger', () => {
    const [check] = checksFor(dm, NOON, { limits: [stranger], exempt: [], calendar: utc });
    assert.deepEqual([check?.scope, check?.of, check?.asStranger], ['member', '1', true]);
    const { sinceAt, untilAt } = utc.around('day', NOON);
    assert.deepEqual([check?.sinceAt, check?.untilAt], [sinceAt, untilAt]);
  });

  it('does not hold for who has a limit of their own, is exempt, or hosts the bot', () => {
    const own = { ...eachMember, of: '1', maxMicroUsd: 5_000_000 };
    assert.deepEqual(most([stranger, eachMember, own], dm), ['member day: 5000000 -']);
    // One that names videos only lifts no limit in money.
    const fewVideos = { ...own, maxMicroUsd: null, maxVideos: 9 };
    const both = { ...stranger, maxVideos: 1 };
    assert.deepEqual(most([both, fewVideos], dm), ['member day: 1000000 -', 'member day: - 9']);
    const limits = [stranger, eachMember];
    const ids = { userIds: ['1'], roleIds: [] };
    assert.deepEqual(most(limits, dm, [ids]), []);
    assert.deepEqual(most(limits, dm, [{ ...ids, from: 'stranger' }]), ['member day: 2000000 -']);
    assert.equal(most(limits, dm, [{ ...ids, within: '5' }]).length, 2);
  });

  it('is left to the smaller part where two limits hold beside each other', () => {
    const allowance = (leftMicroUsd: number | null, left: number | null): Allowance => ({
      ...{ period: 'day', untilAt: NOON },
      money: leftMicroUsd === null ? null : { leftMicroUsd, maxMicroUsd: 9 },
      videos: left === null ? null : { left, max: 9 },
    });
    for (const [a, b, both] of [
      [allowance(5, 2), allowance(3, 4), allowance(3, 2)],
      [allowance(5, null), allowance(null, 4), allowance(5, 4)],
      [allowance(null, null), allowance(0, 0), allowance(0, 0)],
    ] as const) {
      assert.deepEqual(tightest(a, b), both);
      assert.deepEqual(tightest(b, a), both);
    }
  });
});

describe('the limit that holds for a member', () => {
  const role = (of: string, over: Partial<Limit>): Limit => ({
    ...{ scope: 'role', of, period: 'day', ...none },
    ...over,
  });

  it('is their own before that of their roles, and that before the one for each', () => {
    const own: Limit = { ...eachMember, of: '1', maxMicroUsd: 1 };
    const limits = [eachMember, role('30', { maxMicroUsd: 5_000_000 }), own];
    assert.deepEqual(most(limits, ann(['30'])), ['member day: 1 -']);
    assert.deepEqual(most(limits.slice(0, 2), ann(['30'])), ['member day: 5000000 -']);
    assert.deepEqual(most(limits.slice(0, 2), ann(['31'])), ['member day: 2000000 -']);
    assert.deepEqual(most(limits.slice(0, 2), ann()), ['member day: 2000000 -']);
  });

  it('is the most generous of several roles, part by part', () => {
    const limits = [
      role('30', { maxMicroUsd: 3, maxVideos: 9 }),
      role('31', { maxMicroUsd: 5 }),
      role('32', { maxVideos: 2 }),
    ];
    assert.deepEqual(most(limits, ann(['30', '31', '32'])), ['member day: 5 9']);
    assert.deepEqual(most(limits, ann(['32'])), ['member day: - 2']);
  });

  it('keeps of money and videos what the nearer limit does not name', () => {
    const vip = role('30', { maxVideos: 20 });
    const each: Limit = { ...eachMember, maxMicroUsd: 2_000_000, maxVideos: 3 };
    assert.deepEqual(most([each, vip], ann(['30'])), ['member day: 2000000 20']);
    const own: Limit = { ...eachMember, of: '1', maxMicroUsd: 1, maxVideos: null };
    assert.deepEqual(most([each, vip, own], ann(['30'])), ['member day: 1 20']);
    const here: Limit = { ...each, scope: 'channel', of: '7', maxMicroUsd: null, maxVideos: 9 };
    const channels: Limit = { ...each, scope: 'channel' };
    assert.deepEqual(most([channels, here], ann()), ['channel day: 2000000 9']);
  });

  it('is none for who is exempt, but the server’s and the bot’s', () => {
    const channel: Limit = { ...eachMember, scope: 'channel' };
    const server: Limit = { ...eachMember, scope: 'server' };
    const limits = [eachMember, channel, server, bot];
    const rest = ['server day: 2000000 -', 'bot day: 10000000 -'];
    assert.deepEqual(most(limits, ann(), [{ userIds: ['1'], roleIds: [] }]), rest);
    assert.deepEqual(most(limits, ann(['30']), [{ userIds: [], roleIds: ['30'] }]), rest);
    assert.equal(most(limits, ann(['31']), [{ userIds: ['2'], roleIds: ['30'] }]).length, 4);
  });

  it('by a server’s admins holds beside the bot’s, there alone, and exempts from nothing of the bot', () => {
    const theirs: Limit = { ...eachMember, within: '5', maxMicroUsd: 9_000_000 };
    const limits = [eachMember, theirs];
    assert.deepEqual(most(limits, ann()), ['member day: 2000000 -', 'member day in 5: 9000000 -']);
    assert.deepEqual(most(limits, ann([], '6')), ['member day: 2000000 -']);
    assert.deepEqual(most(limits, ann([], null)), ['member day: 2000000 -']);
    const exempt = [{ userIds: ['1'], roleIds: [], within: '5' }];
    assert.deepEqual(most(limits, ann(), exempt), ['member day: 2000000 -']);
  });

  it('of a channel or server of its own takes the place of the one for each', () => {
    const limits: Limit[] = [
      ...(['channel', 'server'] as const).map((scope) => ({ ...eachMember, scope })),
      { ...eachMember, scope: 'channel', of: '7', maxMicroUsd: 1 },
      { ...eachMember, scope: 'server', of: '6', maxMicroUsd: 1 },
    ];
    assert.deepEqual(most(limits, ann()), ['channel day: 1 -', 'server day: 2000000 -']);
  });
});

describe('the book of limits', () => {
  const open = async (store = new MemoryStore()) => {
    const settings = new Settings(store);
    await settings.load();
    return { store, book: new LimitBook([bot, eachMember], 4_000_000, settings) };
  };

  it('has what was set in place of what is configured, also after a restart, with who and when', async () => {
    const { store, book } = await open();
    const result = await book.set({ ...bot, maxMicroUsd: 1 }, null, 'eve', NOON);
    assert.equal(result.kind, 'set');
    await book.confirmAbove(null, 'eve', NOON);
    for (const one of [book, (await open(store)).book]) {
      assert.deepEqual(one.limits(), [eachMember, { ...bot, maxMicroUsd: 1, by: 'eve', at: NOON }]);
      assert.equal(one.confirmAboveMicroUsd(), null);
    }
    assert.equal((await store.settingChanges(9)).length, 2);
  });

  it('keeps the limit in money where only the number of videos is set, and the other way round', async () => {
    const { book } = await open();
    const videos = { ...bot, maxMicroUsd: null, maxVideos: 500 };
    const both = { ...bot, maxVideos: 500 };
    assert.deepEqual(await book.set(videos, null, 'eve', NOON), { kind: 'set', limit: both });
    const dearer = { ...bot, maxMicroUsd: 20_000_000 };
    const limit = { ...both, maxMicroUsd: 20_000_000 };
    assert.deepEqual(await book.set(dearer, null, 'eve', NOON), { kind: 'set', limit });
    const server = await book.set(videos, '5', 'sam', NOON);
    assert.deepEqual(server, { kind: 'set', limit: videos });
  });

  it('takes what two admins set at the same moment', async () => {
    const { book } = await open();
    await Promise.all([
      book.set({ ...eachMember, maxMicroUsd: 1 }, null, 'eve', NOON),
      book.set({ ...bot, maxMicroUsd: 2 }, null, 'sam', NOON),
      book.exemptFrom({ userId: '1' }, true, null, 'eve', NOON),
      book.exemptFrom({ roleId: '30' }, true, null, 'sam', NOON),
    ]);
    assert.deepEqual(
      book.limits().map(({ maxMicroUsd }) => maxMicroUsd),
      [1, 2],
    );
    assert.deepEqual(book.exemptBy(null), { userIds: ['1'], roleIds: ['30'] });
  });

  it('goes back to what is configured, and says what then holds', async () => {
    const { book } = await open();
    assert.deepEqual(await book.takeBack(bot, null, 'eve', NOON), { kind: 'nothing set' });
    await book.set({ ...bot, maxMicroUsd: 1 }, null, 'eve', NOON);
    assert.deepEqual(await book.takeBack(bot, null, 'eve', NOON), {
      kind: 'taken back',
      holds: bot,
    });
    assert.deepEqual(book.limits(), [bot, eachMember]);
    assert.equal(book.confirmAboveMicroUsd(), 4_000_000);
  });

  it('keeps those of each server apart', async () => {
    const { book } = await open();
    const { within: _, ...limit } = { ...eachMember, within: undefined };
    await book.set({ ...limit, maxMicroUsd: 7 }, '5', 'sam', NOON);
    await book.exemptFrom({ userId: '1' }, true, '5', 'sam', NOON);
    assert.deepEqual(
      book.limits().map(({ within, maxMicroUsd }) => [within, maxMicroUsd]),
      [
        [undefined, 10_000_000],
        [undefined, 2_000_000],
        ['5', 7],
      ],
    );
    assert.deepEqual(book.exemptBy(null), { userIds: [], roleIds: [] });
    assert.equal(await book.exemptFrom({ userId: '1' }, true, '5', 'sam', NOON), false);
    assert.equal(await book.exemptFrom({ userId: '1' }, false, '5', 'sam', NOON), true);
  });

  it('is not changed by what could not be written', async () => {
    const store = new MemoryStore();
    const { book } = await open(store);
    const change = store.changeSetting;
    store.changeSetting = () => Promise.reject(new StorageFull('SQLITE_FULL'));
    await assert.rejects(book.set({ ...bot, maxMicroUsd: 1 }, null, 'eve', NOON), StorageFull);
    assert.deepEqual(book.limits(), [bot, eachMember]);
    store.changeSetting = change;
    assert.equal((await book.set({ ...bot, maxMicroUsd: 1 }, null, 'eve', NOON)).kind, 'set');
  });

  it('takes so many and no more', async () => {
    const { book } = await open();
    for (let n = 0; n < 50; n++) {
      await book.set({ ...eachMember, of: String(n), maxMicroUsd: n }, null, 'eve', NOON);
    }
    const one = await book.set({ ...eachMember, of: '99' }, null, 'eve', NOON);
    assert.deepEqual(one, { kind: 'too many' });
    assert.equal((await book.set({ ...eachMember, of: '3' }, null, 'eve', NOON)).kind, 'set');
  });
});
