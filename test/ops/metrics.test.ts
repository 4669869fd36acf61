/** What a running bot can hardly be brought to: a database that fails, and words without end. */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { steadyClock } from '../../src/jobs/clock.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import type { Overview } from '../../src/jobs/ports/store.ts';
import { states } from '../../src/jobs/states.ts';
import { alarmWords, Metrics, type Now } from '../../src/ops/metrics.ts';

const now: Now = {
  ...{ gateway: true, commands: true, heldBy: null, limits: [] },
  ...{ freeBytes: null, minFreeBytes: 1, backupAt: null },
};

const around = { clock: steadyClock(), calendar: new Calendar('UTC'), looksPerSecond: 1 };

function metricsOver(overview: () => Promise<never>) {
  return new Metrics({ ...around, store: { overview } });
}

describe('metrics', () => {
  it('say that the database cannot be read, tell no old values, and ask it no more often than every few seconds', async () => {
    let asked = 0;
    const metrics = metricsOver(() => {
      asked += 1;
      return Promise.reject(new Error('disk'));
    });
    const { text } = await metrics.page(now);
    assert.match(text, /^veo_bot_database_read_well 0$/m);
    assert.doesNotMatch(text, /^veo_bot_(jobs|money|oldest)/m);
    await Promise.all([metrics.page(now), metrics.page(now)]);
    assert.equal(asked, 1);
  });

  it('tell calls without an answer and limited ones apart', async () => {
    const metrics = metricsOver(() => Promise.reject(new Error('disk')));
    for (const status of [null, 429, 404, 503]) metrics.proxyCall({ what: 'look', status });
    const { text } = await metrics.page(now);
    for (const result of ['not reached', '429', '4xx', '5xx']) {
      assert.ok(text.includes(`veo_bot_proxy_calls_total{what="look",result="${result}"} 1`));
    }
  });

  it('never have more than so many words, however many come', async () => {
    const metrics = metricsOver(() => Promise.reject(new Error('disk')));
    for (let n = 0; n < 1_000; n++) metrics.discordEvent({ kind: `word ${n}` });
    const { text } = await metrics.page(now);
    assert.ok(text.split('\n').length < 250);
    const others = `veo_bot_discord_events_total{what="other"} ${900 + alarmWords.length}`;
    assert.ok(text.split('\n').includes(others));
  });

  it('tell each alarm that there is as 0 before its first, so that Prometheus sees the first', async () => {
    const sources = await Array.fromAsync(glob('src/jobs/**/*.ts'), (path) =>
      readFile(path, 'utf8'),
    );
    const words = sources.flatMap((source) =>
      [...source.matchAll(/alarm: '([^']+)'|kind: 'alarm',[^}]*what: '([^']+)'/g)].map(
        ([, alarm, what]) => alarm ?? what ?? '',
      ),
    );
    assert.ok(words.length >= 8);
    for (const word of words) assert.ok(alarmWords.includes(word), word);
    const { text } = await metricsOver(() => Promise.reject(new Error('disk'))).page(now);
    for (const word of alarmWords) assert.ok(text.includes(`alarms_total{what="${word}"} 0`), word);
  });

  it('tell how much of each limit of the whole bot is used, one of nothing as used up', async () => {
    const totals = { ...{ chargedMicroUsd: 5, reservedMicroUsd: 2, maybeMicroUsd: 1 }, videos: 3 };
    const all = { ...totals, declined: 0, failed: 0 };
    const byState = Object.fromEntries(states.map((state) => [state, 0])) as Overview['byState'];
    const overview: Overview = {
      byState,
      oldestUnfinished: null,
      day: all,
      month: all,
      ...{ lookAt: [], unsettled: 0 },
    };
    const metrics = new Metrics({
      ...{ ...around, store: { overview: async () => overview } },
    });
    const limits: Limit[] = [
      { scope: 'bot', period: 'day', maxMicroUsd: 10, maxVideos: null },
      { scope: 'bot', period: 'month', maxMicroUsd: null, maxVideos: 0 },
      { scope: 'member', period: 'day', maxMicroUsd: 1, maxVideos: 1 },
    ];
    const { text } = await metrics.page({ ...now, limits, heldBy: 'paused', freeBytes: 7 });
    const lines = text.split('\n').filter((line) => /^veo_bot_(ceiling|held|disk)/.test(line));
    assert.deepEqual(lines, [
      'veo_bot_held{why="paused"} 1',
      'veo_bot_held{why="set up wrongly"} 0',
      'veo_bot_held{why="service budget"} 0',
      'veo_bot_held{why="other"} 0',
      'veo_bot_ceiling_used_ratio{period="day",of="money"} 0.8',
      'veo_bot_ceiling_used_ratio{period="month",of="videos"} 1',
      'veo_bot_disk_free_bytes 7',
      'veo_bot_disk_free_bytes_limit 1',
    ]);
  });
});
