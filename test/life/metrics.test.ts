/** What a collector of metrics is told after one video that came and one that was declined. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { eventually, somebodyAsks } from './asking.ts';
import { freePort } from './free-port.ts';
import { startWorld } from './world.ts';

const GOOD = 'a-cat-with-yarn';
const BAD = 'something-forbidden';

/** By name and labels as they are written, e.g. `veo_bot_jobs{state="delivered"}`. */
function valuesIn(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

it('metrics tell jobs, steps, money and calls, and nothing of whom or what', async () => {
  await using world = await startWorld({
    google: { decides: ({ prompt }) => (prompt === BAD ? { refuse: 'I cannot.' } : 'video') },
  });
  const port = await freePort();
  const bot = await world.startBot({ OPS_PORT: String(port), POLLS_PER_SECOND: '8' });
  const asks = await Promise.all([GOOD, BAD].map((prompt) => somebodyAsks(world, prompt)));
  const [good, bad] = asks;
  assert.ok(good && bad);
  const ends = () => bot.lines.filter(({ state }) => state === 'delivered' || state === 'failed');
  await eventually(() => ends().length >= 2, 'the end of both');

  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  const values = valuesIn(text);
  const of = (name: string): number => values.get(`veo_bot_${name}`) ?? Number.NaN;
  const sum = (begin: string): number =>
    [...values].reduce((all, [name, n]) => all + (name.startsWith(`veo_bot_${begin}`) ? n : 0), 0);

  assert.equal(of('jobs{state="delivered"}'), 1);
  assert.equal(of('jobs{state="failed"}'), 1);
  assert.equal(of('jobs{state="generating"}'), 0);
  assert.equal(sum('jobs{'), 2);
  assert.equal(sum('steps_total{found="posted"'), 1);
  assert.equal(sum('steps_total{found="failed"'), 1);
  assert.equal(sum('steps_total{found="accepted"'), 2);
  assert.ok(of('money_today_micro_usd{kind="charged"}') > 0);
  assert.equal(of('money_today_micro_usd{kind="reserved"}'), 0);
  assert.equal(of('money_today_micro_usd{kind="maybe"}'), 0);
  assert.equal(of('proxy_calls_total{what="paid",result="2xx"}'), 2);
  assert.ok(of('proxy_calls_total{what="look",result="2xx"}') >= 2);
  assert.ok(of('proxy_calls_total{what="download",result="2xx"}') >= 1);
  assert.ok(sum('discord_calls_total{') >= 4);
  assert.equal(of('discord_events_total{what="gateway connected"}'), 1);
  assert.equal(of('looks_per_second_limit'), 8);
  assert.equal(of('database_read_well'), 1);
  assert.ok(of('event_loop_delay_seconds{quantile="0.99"}') >= 0);
  const secrets = [GOOD, BAD, world.discord.botToken, good.member.id, good.channel.id, 'I cannot'];
  for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} is told`);
});
