/** What a running bot can hardly be brought to: a database that fails, and words without end. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { steadyClock } from '../../src/jobs/clock.ts';
import { Metrics } from '../../src/ops/metrics.ts';

function metricsOver(overview: () => Promise<never>) {
  return new Metrics({ store: { overview }, clock: steadyClock(), looksPerSecond: 1 });
}

describe('metrics', () => {
  it('say that the database cannot be read, tell no old values, and ask it no more often than every few seconds', async () => {
    let asked = 0;
    const metrics = metricsOver(() => {
      asked += 1;
      return Promise.reject(new Error('disk'));
    });
    const { text } = await metrics.page();
    assert.match(text, /^veo_bot_database_read_well 0$/m);
    assert.doesNotMatch(text, /^veo_bot_(jobs|money|oldest)/m);
    await Promise.all([metrics.page(), metrics.page()]);
    assert.equal(asked, 1);
  });

  it('tell calls without an answer and limited ones apart', async () => {
    const metrics = metricsOver(() => Promise.reject(new Error('disk')));
    for (const status of [null, 429, 404, 503]) metrics.proxyCall({ what: 'look', status });
    const { text } = await metrics.page();
    for (const result of ['not reached', '429', '4xx', '5xx']) {
      assert.ok(text.includes(`veo_bot_proxy_calls_total{what="look",result="${result}"} 1`));
    }
  });

  it('never have more than so many words, however many come', async () => {
    const metrics = metricsOver(() => Promise.reject(new Error('disk')));
    for (let n = 0; n < 1_000; n++) metrics.discordEvent({ kind: `word ${n}` });
    const { text } = await metrics.page();
    assert.ok(text.split('\n').length < 200);
    assert.match(text, /^veo_bot_discord_events_total\{what="other"\} 900$/m);
  });
});
