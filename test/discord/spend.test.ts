/** `/veo-admin spend`, by everybody who may type it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { spendAltText, spendChart, spendText } from '../../src/discord/text/adminSpend.ts';
import type { SpendingReport } from '../../src/jobs/money/accounting.ts';
import { groupings, nothing, type Share } from '../../src/jobs/money/sums.ts';
import { bringTo, NOON, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { withAdmins } from './asAdmin.ts';

const DAY_MS = 86_400_000;
const whole = { ...nothing, chargedMicroUsd: 61_400_000, videos: 90, declined: 4, failed: 1 };

function report(over: Partial<SpendingReport> = {}): SpendingReport {
  const shares = (
    count: number,
    id = (i: number) => `10000000000000${String(i).padStart(5, '0')}`,
  ): Share[] =>
    Array.from({ length: count }, (_, i) => ({
      of: id(i),
      totals: { ...whole, chargedMicroUsd: (count - i) * 1_230_000, videos: count - i },
    }));
  const groups = {
    member: shares(14),
    server: [...shares(2), { of: null, totals: { ...nothing, maybeMicroUsd: 4, videos: 1 } }],
    model: shares(3, (i) => `gemini-omni-1.${i}-flash`),
    channel: shares(11),
  };
  return {
    ...{ now: NOON, guildId: null, timeZone: 'UTC' },
    ...{ dayLimitMicroUsd: 10_000_000, monthLimitMicroUsd: null },
    day: { ...nothing, chargedMicroUsd: 3_360_000, reservedMicroUsd: 560_000, videos: 7 },
    month: { ...whole, maybeMicroUsd: 560_000 },
    by: { day: groups, month: groups },
    days: Array.from({ length: 30 }, (_, i) => ({
      sinceAt: Date.UTC(2026, 9, 12) + i * DAY_MS,
      chargedMicroUsd: i === 12 ? 10_500_000 : i * 10_000,
      maybeMicroUsd: i === 20 ? 560_000 : 0,
      reservedMicroUsd: 0,
    })),
    ...over,
  };
}

describe('what is said of the money', () => {
  it('is as agreed', (t) => {
    const texts = [
      spendText(report(), { period: 'month', by: null }),
      spendText(report({ guildId: '1' }), { period: 'day', by: null }),
      spendText(report(), { period: 'month', by: 'member' }),
      spendAltText(report()),
      spendAltText(report({ guildId: '1', dayLimitMicroUsd: null })),
    ];
    const path = join(import.meta.dirname, 'snapshots', 'spend.txt');
    t.assert.fileSnapshot(`${texts.join('\n\n')}\n`, path, { serializers: [String] });
  });

  it('fits into a message, however much was spent by however many', () => {
    const many: Share[] = Array.from({ length: 500 }, (_, i) => ({
      of: `10000000000000${String(i).padStart(5, '0')}`,
      totals: {
        ...{ chargedMicroUsd: 99_999_000_000, reservedMicroUsd: 9_999_000_000 },
        ...{ maybeMicroUsd: 9_999_000_000, videos: 99_999, declined: 99_999, failed: 99_999 },
      },
    }));
    const groups = { member: many, server: many, model: many, channel: many };
    const large = report({ by: { day: groups, month: groups } });
    for (const by of [null, ...groupings]) {
      const words = spendText(large, { period: 'month', by });
      assert.ok(words.length <= 1_880, `${words.length} characters`);
      assert.match(words, /4\d\d more · \$/);
    }
    assert.ok(spendAltText(large).length <= 1_024);
    assert.equal(spendChart(large).bars.length, 30);
  });
});

describe('/veo-admin spend', () => {
  it('tells the bot’s admin of everything, with a picture whose words are its alt text', async () => {
    const limits = [{ scope: 'bot', period: 'day', maxMicroUsd: 10e6, maxVideos: null }] as const;
    await using with_ = await withAdmins({ limits });
    const { at, admin } = with_;
    const askedAt = Date.now();
    const here = sampleReply({ guildId: at.server.id, channelId: at.channel.id });
    const ann = { userId: at.ann.id, locale: 'en-US' };
    await bringTo(at.store, 'delivered', { askedAt, reply: here, requester: ann });
    await bringTo(at.store, 'unconfirmed', { askedAt, requester: { ...ann, userId: '77' } });
    await bringTo(at.store, 'failed', { askedAt, reply: here, requester: ann });
    const answer = await with_.asks(admin, 'spend');
    assert.match(
      answer.content,
      /\*\*Today\*\* \$1\.60 of \$10\.00 \(of it \$0\.80 may have been charged\) · 2 videos · 1 declined · 0 failed/,
    );
    assert.match(answer.content, new RegExp(`<@${at.ann.id}> · \\$0\\.80 · 1 video · 1 declined`));
    assert.match(answer.content, /\*\*Servers\*\* this month/);
    assert.deepEqual(answer.pings, []);
    const [picture] = answer.attachments;
    assert.equal(picture?.filename, 'spent.png');
    assert.match(picture?.description ?? '', /\$0\.80 charged, \$0\.80 may have been charged/);
    const { width, format } = await sharp(picture?.bytes).metadata();
    assert.deepEqual([width, format], [1_000, 'png']);
    const onlyHere = await with_.says(admin, 'spend', { of: 'this server' });
    assert.match(onlyHere, /in this server\n\*\*Today\*\* \$0\.80 · 1 video/);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('tells the admin of a server of that server alone, whatever is chosen', async () => {
    await using with_ = await withAdmins();
    const { at, owner } = with_;
    const askedAt = Date.now();
    const elsewhere = { ...sampleRequest(), modelId: 'elsewhere' };
    await bringTo(at.store, 'delivered', { askedAt, request: elsewhere });
    const reply = sampleReply({ guildId: at.server.id, channelId: at.channel.id });
    await bringTo(at.store, 'delivered', { askedAt, reply });
    for (const options of [{}, { of: 'whole bot' }, { by: 'server' }]) {
      const words = await with_.says(owner, 'spend', options);
      assert.match(words, /in this server\n\*\*Today\*\* \$0\.80 · 1 video ·/);
      assert.doesNotMatch(words, /elsewhere|Servers/);
    }
  });

  it('is refused to a member, and without a picture says so', async () => {
    await using with_ = await withAdmins({ draw: async () => null });
    const { admin, member } = with_;
    assert.match(await with_.says(member, 'spend'), /for the admins of this bot only/);
    const answer = await with_.asks(admin, 'spend', { period: 'today' });
    assert.match(answer.content, /could not be drawn now/);
    assert.deepEqual(answer.attachments, []);
  });
});
