/** What of a setting was changed, as admins read it: useful, short, and never a refused word. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesText } from '../../src/discord/text/adminChanges.ts';
import { actLine, actsMessage } from '../../src/discord/text/adminLog.ts';
import { CONTENT_MAX } from '../../src/discord/text/quote.ts';
import { settingDetail } from '../../src/discord/text/settingDetail.ts';
import type { Decided } from '../../src/jobs/admins/house.ts';
import type { SetLimit } from '../../src/jobs/money/limits.ts';
import { NOON } from '../jobs/samples.ts';

type Key = keyof Decided | 'limits' | 'exempt' | 'confirm above';

const limit = (more: Partial<SetLimit>): SetLimit => ({
  ...{ scope: 'member', period: 'day', maxMicroUsd: 2_000_000, maxVideos: null, by: '7', at: NOON },
  ...more,
});
const paused = (reason: string | null) => ({ by: '7', at: NOON, reason });
const openly = { private: false, ageRestrictedOnly: false, spoilers: false };

/** Of each key: before, after, and what is told of it. */
const changes: Record<Key, readonly (readonly [unknown, unknown, string])[]> = {
  'blocked members': [
    [null, ['5'], '<@5> blocked'],
    [['5', '6'], ['6'], '<@5> unblocked'],
    [['5'], null, '<@5> unblocked'],
    [['5'], ['5'], ''],
    [null, ['1', '2', '3', '4'], '<@1> blocked, <@2> blocked, <@3> blocked, …'],
  ],
  'blocked servers': [[['1'], ['1', '2'], 'server 2 blocked']],
  words: [
    [['a'], ['a', 'dragon'], '1 added'],
    [['dragon'], null, '1 removed'],
  ],
  models: [
    [null, { off: ['veo-3.1'], byDefault: null }, 'veo-3.1 off'],
    [{ off: ['veo-3.1'], byDefault: null }, { off: [], byDefault: null }, 'veo-3.1 on'],
    [{ off: [], byDefault: null }, { off: [], byDefault: 'omni\n*x*' }, 'omni \\*x\\* the default'],
    [
      { off: [], byDefault: 'veo' },
      { off: ['veo'], byDefault: null },
      'veo off, the configured default',
    ],
  ],
  paused: [
    [null, paused('the *bill*'), '“the \\*bill\\*”'],
    [null, paused(null), ''],
    [paused('the bill'), null, ''],
  ],
  'paused models': [
    [null, { veo: paused('too dear') }, 'veo paused: “too dear”'],
    [{ veo: paused(null), omni: paused(null) }, { omni: paused(null) }, 'veo not any more'],
    [{ veo: paused(null) }, null, 'veo not any more'],
  ],
  limits: [
    [null, [limit({})], 'each member, a day: $2.00'],
    [[limit({})], [limit({ maxVideos: 3, at: 1 })], 'each member, a day: $2.00 and 3 videos'],
    [[limit({}), limit({ of: '5' })], [limit({ at: 1 })], '<@5>, a day: taken back'],
    [[limit({})], [limit({ at: 1, by: '8' })], ''],
  ],
  exempt: [
    [null, { userIds: ['5'], roleIds: [] }, '<@5> exempt'],
    [{ userIds: [], roleIds: ['6'] }, { userIds: [], roleIds: [] }, '<@&6> not exempt'],
  ],
  'confirm above': [
    [null, { microUsd: 5_000_000 }, '$5.00'],
    [{ microUsd: 5_000_000 }, { microUsd: null }, 'none'],
  ],
  showing: [
    [null, { ...openly, private: true }, '`private` on'],
    [
      { ...openly, spoilers: true },
      { ...openly, ageRestrictedOnly: true },
      '`age_restricted_only` on, `spoilers` off',
    ],
  ],
  audit: [
    [null, '5', '<#5>'],
    ['5', null, 'nowhere'],
  ],
};

test('each kind of change is told with what matters of it', () => {
  for (const [key, cases] of Object.entries(changes)) {
    for (const [before, after, told] of cases) {
      assert.equal(settingDetail(key, after, before), told, key);
    }
  }
  assert.equal(settingDetail('something new', ['x'], null), '');
});

test('what was set is told in both places, and of a word that is refused nowhere more than that', () => {
  const set = { scope: 'server 1', by: '7', at: NOON } as const;
  for (const [key, cases] of Object.entries(changes)) {
    for (const [before, after, told] of cases) {
      const [value, till] = [after, before].map((one) =>
        one === null ? null : JSON.stringify(one),
      );
      const recorded = { ...set, key, value: value ?? null, before: till ?? null };
      const [, line] = changesText([recorded], '1').split('\n');
      const act = actLine({ ...recorded, kind: 'setting', before }, false);
      for (const text of [line, act]) {
        assert.ok(text?.includes(told) && !text.includes('dragon'), text);
      }
    }
  }
});

test('five acts with the longest names fit into a message, and of changes as many as are whole', () => {
  const id = '9'.repeat(20);
  const names = '*'.repeat(200);
  const set = { scope: `server ${id}`, by: id, at: NOON, before: null } as const;
  const long: [Key, unknown][] = [
    ['paused', paused(names)],
    ['paused models', { [names]: paused(names) }],
    ['models', { off: [names], byDefault: names }],
    ['limits', [limit({ scope: 'stranger', maxVideos: 1_000_000 })]],
  ];
  for (const [key, value] of long) {
    const recorded = { ...set, key, value: JSON.stringify(value) };
    const line = actLine({ ...recorded, kind: 'setting' }, true);
    const { content } = actsMessage([line, line, line, line, line], 1_000);
    assert.ok(content.length <= CONTENT_MAX, `${key}: ${content.length}`);
    const said = changesText(
      Array.from({ length: 12 }, () => recorded),
      null,
    );
    assert.ok(said.length <= CONTENT_MAX && said.endsWith(`<@${id}>`), key);
  }
});
