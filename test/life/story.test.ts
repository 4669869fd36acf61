/** One job's whole story by its id: the lines of the log that name it, and its history, say the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { hasVideo, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

test('the lines of the log that name a job tell its whole story, also over a kill, and nothing of another', async () => {
  await using world = await startWorld({ env: { LOG_LEVEL: 'info' }, google: { takesMs: 800 } });
  const bot = await world.startBot();
  const [ask, other] = await Promise.all(
    ['a cat with a story', 'a dog with another'].map((prompt) => somebodyAsks(world, prompt)),
  );
  assert.ok(ask && other);
  const made = () => bot.lines.filter(({ state }) => state === 'generating');
  await bot.says(() => made().length === 2, 'that both are being made');
  await bot.kill();
  const next = await world.startBot();
  for (const { message } of [ask, other]) await message.becomes(hasVideo);
  const delivered = () => next.lines.filter(({ state }) => state === 'delivered');
  await next.says(() => delivered().length === 2, 'both deliveries');
  await next.stop();

  const output = bot.output + next.output;
  const db = new Database(`${world.dataDir}/bot.db`, { readonly: true });
  try {
    const jobs = db
      .prepare<[], { id: string; request: string }>('SELECT id, request FROM jobs')
      .all();
    assert.equal(jobs.length, 2);
    for (const { id } of jobs) {
      // As an operator does: grep ID.
      const lines = output.split('\n').filter((line) => line.includes(id));
      const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.ok(told.every(({ job }) => job === id));
      const states = told.map(({ state }) => state).filter((state) => state !== undefined);
      const history = db
        .prepare<[string], { state: string }>(
          'SELECT state FROM history WHERE job_id = ? ORDER BY seq',
        )
        .all(id)
        .map(({ state }) => state);
      // Every step of its history that led elsewhere stands in the log, in the same order.
      const steps = (all: readonly unknown[]) => all.filter((state, n) => state !== all[n - 1]);
      assert.deepEqual(steps(states), steps(history));
      const whole = [
        'queued',
        'submitting',
        'generating',
        'downloading',
        'delivering',
        'delivered',
      ];
      for (const state of whole) assert.ok(states.includes(state), `${state} is told`);
      assert.ok(
        told.some(({ operation }) => typeof operation === 'string'),
        'what was paid for',
      );
      for (const line of lines) assert.doesNotMatch(line, /a cat with|a dog with/);
    }
  } finally {
    db.close();
  }
});
