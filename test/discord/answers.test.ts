import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { AdminStatus } from '../../src/discord/admins/adminView.ts';
import type { GatewayState } from '../../src/discord/connection/client.ts';
import { DiscordProblem } from '../../src/discord/connection/problem.ts';
import { statusText } from '../../src/discord/text/admin.ts';
import { offer, startLabel } from '../../src/discord/text/dm.ts';
import { refusalText } from '../../src/discord/text/refusals.ts';
import { en } from '../../src/discord/text/words/en.ts';
import type { LimitReached, Scope } from '../../src/jobs/money/spending.ts';
import type { Trouble } from '../../src/jobs/reasons.ts';
import type { WishRefusal } from '../../src/jobs/request.ts';
import { ended, states } from '../../src/jobs/states.ts';
import { NOON, sampleJob, sampleRequest } from '../jobs/samples.ts';
import { seen } from './markdown.ts';
import { omni, veo } from './running.ts';

const evil = `@everyone <@1> <@&2> \`\`\` [x](https://evil.example) **`.repeat(40);

const wishes: WishRefusal[] = [
  { why: 'empty prompt' },
  { why: 'prompt too long', maxChars: 2_000, chars: 4_000 },
  { why: 'no models' },
  { why: 'unknown model', asked: 'veo-2', models: [omni, veo] },
  { why: 'seconds', asked: 5, model: veo },
  { why: 'aspect ratio', asked: '4:3', model: veo },
  { why: 'resolution', asked: '4k', model: veo },
  { why: 'seconds for resolution', asked: 4, resolution: '1080p', fits: [8], model: veo },
  { why: 'no such pictures', role: 'first frame', model: veo },
  { why: 'no such pictures', role: 'reference', model: veo },
  { why: 'last frame alone' },
  { why: 'frames and references', model: veo },
  { why: 'too many pictures', role: 'reference', most: 3, model: veo },
  { why: 'too many pictures', role: 'first frame', most: 1, model: veo },
  { why: 'too many pictures', role: null, most: 6, model: omni },
  { why: 'seconds for pictures', role: 'last frame', asked: 4, fits: [8], model: veo },
  { why: 'picture too large', sizeBytes: 25_165_824, maxBytes: 20_971_520 },
];
const troubles: Trouble[] = [
  'service away',
  'rate limit',
  'service budget',
  'set up wrongly',
  'storage',
  'paused',
];
function reached(scope: Scope, over: Partial<LimitReached['check']>, microUsd = 1_600_000) {
  const limit = { scope, period: 'day', of: '1', maxMicroUsd: 2_000_000, maxVideos: null } as const;
  const check = { ...limit, sinceAt: NOON, untilAt: NOON + 43_200_000, ...over };
  const price = { spent: { microUsd, videos: 3 }, priceMicroUsd: 560_000 };
  return refusalText({ why: 'limit', reached: { check, ...price } }, en);
}

function snapshot(name: string): string {
  return join(import.meta.dirname, 'snapshots', name);
}

const gateway: GatewayState = { connected: true, pingMs: 41, lastProblem: null, fatal: null };
const zero = { chargedMicroUsd: 0, reservedMicroUsd: 0, maybeMicroUsd: 0 };
const ends = { videos: 7, declined: 1, failed: 0 };
const status: AdminStatus = {
  version: '1.4.0',
  startedAt: NOON - 50 * 60_000,
  now: NOON,
  proxy: { up: true, version: '1.102.4', models: 3 },
  overview: {
    byState: {
      ...{
        received: 0,
        gathering: 0,
        queued: 1,
        submitting: 0,
        generating: 2,
        cancelling: 0,
        downloading: 1,
        shrinking: 0,
      },
      ...{ delivering: 0, delivered: 7, undelivered: 1, unconfirmed: 1, failed: 2, cancelled: 0 },
    },
    oldestUnfinished: { id: 'abcdefgh', askedAt: NOON - 90_000 },
    day: { ...zero, chargedMicroUsd: 3_360_000, reservedMicroUsd: 560_000, ...ends },
    month: { ...zero, chargedMicroUsd: 60_840_000, maybeMicroUsd: 560_000, ...ends },
    unsettled: 1,
    lookAt: [
      sampleJob('unconfirmed', { id: '00000001' }),
      sampleJob('undelivered', { id: '00000002' }),
      sampleJob('failed', { id: '00000003' }),
    ],
  },
  limits: [
    { scope: 'bot', period: 'day', maxMicroUsd: 10_000_000, maxVideos: 20 },
    { scope: 'bot', period: 'month', maxMicroUsd: 200_000_000, maxVideos: null },
  ],
  freeBytes: 800e6,
  paused: { by: '1000000000000000009', at: 1_794_312_001_000, reason: 'the *bill* is in' },
  pausedParts: [
    {
      ...({ kind: 'model', name: 'Omni 1.2' } as const),
      paused: { by: '1000000000000000009', at: 1_794_312_001_000, reason: null },
    },
    {
      ...({ kind: 'server', guildId: '1100000000000000001' } as const),
      paused: { by: '1000000000000000009', at: 1_794_312_001_000, reason: 'spam' },
    },
  ],
  notOffered: ['veo-3.1-lite'],
  alarms: [
    {
      ...{
        at: NOON - 60_000,
        what: 'paid operation not written down',
        jobId: '00000001',
        count: 3,
      },
      about: null,
    },
    {
      ...{ at: NOON - 90_000, what: 'service budget', jobId: '00000004', count: 1 },
      about: '"*Budget* has been exceeded! Current cost: 5.0, Max budget: 1.0"',
    },
  ],
  clockAheadMs: -95_000,
};

describe('refusals', () => {
  it('say the rule, that nothing is charged, and the way out', (t) => {
    const texts = [
      ...wishes.map((refusal) => refusalText(refusal, en)),
      ...troubles.map((trouble) => refusalText({ why: 'closed', trouble }, en)),
      reached('member', {}),
      reached('member', { maxMicroUsd: 500_000 }),
      reached('member', { maxVideos: 3, period: 'month' }),
      reached('member', { asStranger: true }),
      reached('member', { asStranger: true, maxMicroUsd: 0 }),
      reached('channel', {}),
      reached('server', { maxVideos: 3 }),
      reached('bot', { period: 'month' }),
    ];
    for (const text of texts) assert.match(text, /Nothing charged\./);
    t.assert.fileSnapshot(texts.join('\n'), snapshot('refusals.txt'), {
      serializers: [(text) => `${text}\n`],
    });
  });

  it('show what others spent to nobody', () => {
    for (const scope of ['channel', 'server', 'bot'] as const) {
      assert.doesNotMatch(reached(scope, {}), /\$/);
    }
  });

  it('cannot be made to ping, link or break out by what was typed', () => {
    const text = refusalText({ why: 'unknown model', asked: evil, models: [omni] }, en);
    assert.deepEqual(seen(text).effects, []);
    assert.ok(text.length < 500);
  });
});

describe('an offer', () => {
  it('stays harmless and within Discord’s limits whatever the prompt holds', () => {
    const request = sampleRequest({ prompt: evil });
    const left = {
      ...({ period: 'day', untilAt: NOON, videos: null } as const),
      money: { leftMicroUsd: 0, maxMicroUsd: 1 },
    };
    const text = offer(request, left, en);
    assert.ok(text.length <= 2_000 && startLabel(request, en).length <= 80);
    assert.equal(text.split('\n').length, 3);
    assert.ok(seen(text).effects.every((effect) => effect.startsWith('> ')));
  });

  it('names the period of which something is left', () => {
    const money = { leftMicroUsd: 1_230_000, maxMicroUsd: 2_000_000 };
    const said = (period: 'day' | 'month') =>
      offer(sampleRequest(), { period, untilAt: NOON, videos: null, money }, en);
    assert.match(said('day'), /You have \$1\.23 left today\.$/);
    assert.match(said('month'), /You have \$1\.23 left this month\.$/);
    assert.doesNotMatch(offer(sampleRequest(), null, en), /left/);
  });
});

describe('the status for admins', () => {
  it('begins with what needs them', (t) => {
    t.assert.fileSnapshot(statusText(status, gateway), snapshot('status.txt'), {
      serializers: [(text) => `${text}\n`],
    });
  });

  it('counts a job of every state that is not over, and one that waits for its member, once', () => {
    const none = Object.fromEntries(states.map((state) => [state, 0]));
    for (const state of states) {
      const byState = { ...none, [state]: 1 } as typeof status.overview.byState;
      const text = statusText({ ...status, overview: { ...status.overview, byState } }, gateway);
      const [line = ''] = /^\*\*Jobs\*\* .*?undelivered/m.exec(text) ?? [];
      const counted = [...line.matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0);
      const isThere = !ended.includes(state) || state === 'undelivered';
      assert.equal(counted, isThere ? 1 : 0, `${state}: ${line}`);
    }
  });

  it('stops naming what failed a week ago, and never what nobody has settled', () => {
    const said = (state: 'failed' | 'undelivered' | 'unconfirmed', days: number) => {
      const over = state === 'failed' ? { reason: 'overdue' as const } : {};
      const changedAt = NOON - days * 86_400_000;
      const job = sampleJob(state, { id: '0000000x', changedAt, ...over });
      const overview = { ...status.overview, lookAt: [job] };
      return statusText({ ...status, overview }, gateway).includes('job 0000000x');
    };
    for (const state of ['failed', 'undelivered', 'unconfirmed'] as const) {
      assert.equal(said(state, 6), true, state);
      assert.equal(said(state, 8), state === 'unconfirmed', state);
    }
  });

  it('names what failed now, however much lies undelivered for long', () => {
    const long = (i: number) =>
      sampleJob('undelivered', { id: `0000000${i}`, changedAt: NOON - 9 * 86_400_000 });
    const now = sampleJob('failed', { id: '0000000y', reason: 'overdue', changedAt: NOON });
    const lookAt = [...[1, 2, 3, 4, 5].map(long), now];
    const said = statusText({ ...status, overview: { ...status.overview, lookAt } }, gateway);
    assert.match(said, /^\*\*Needs you\*\*[\s\S]*job 0000000y/);
  });

  it('keeps its figures and stays within a message, however much is wrong', () => {
    const much: AdminStatus = {
      ...status,
      proxy: { up: false, how: evil, lastUpAt: NOON },
      notOffered: Array.from({ length: 60 }, (_, i) => `model-${i}-${'x'.repeat(40)}`),
      alarms: Array.from({ length: 60 }, () => ({
        at: NOON,
        what: evil,
        about: evil,
        jobId: null,
        count: 2,
      })),
    };
    const fatal = new DiscordProblem(evil);
    const text = statusText(much, { ...gateway, connected: false, fatal });
    assert.ok(text.length <= 2_000, `${text.length}`);
    assert.match(text, /and \d+ more/);
    assert.match(text, /\*\*Month\*\* /);
  });
});
