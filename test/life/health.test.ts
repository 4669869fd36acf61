/** What a container's health check and whoever sends traffic are told by the running process. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { freePort } from './free-port.ts';
import { startWorld } from './world.ts';

async function asked(url: string): Promise<{ status: number; checks?: Record<string, boolean> }> {
  const answer = await fetch(url);
  return { status: answer.status, ...((await answer.json()) as object) };
}

describe('the running bot', () => {
  it('is well while it still connects, ready once it takes commands, and silent once stopped', async () => {
    await using world = await startWorld();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const away = world.discord.fault({
      on: 'gateway-bot',
      when: 'before',
      answer: { status: 503, body: {} },
    });
    const bot = world.launchBot({ OPS_PORT: String(port) });
    await bot.says((line) => line.msg === 'discord: gateway', 'that it connects');
    const well = { gateway: true, database: true, runner: true };
    const first = await asked(`${url}/healthz`);
    assert.deepEqual([first.status, first.checks], [200, well]);
    const early = await asked(`${url}/readyz`);
    assert.deepEqual([early.status, early.checks], [503, { gateway: false, commands: false }]);
    away.clear();
    await bot.says((line) => line.msg === 'ready', 'that it is ready');
    const ready = await asked(`${url}/readyz`);
    assert.deepEqual([ready.status, ready.checks], [200, { gateway: true, commands: true }]);
    assert.equal((await asked(`${url}/healthz`)).status, 200);
    assert.equal((await fetch(`${url}/hooks/8f3k0000.${'A'.repeat(32)}`)).status, 404);
    assert.deepEqual(await bot.stop(), { code: 0, signal: null });
    await assert.rejects(fetch(`${url}/healthz`));
  });

  it('does not start where its port is taken, and says what to do before Discord hears of it', async () => {
    await using world = await startWorld();
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    try {
      const bot = world.launchBot({ OPS_PORT: String(port), LOG_LEVEL: 'silent' });
      assert.deepEqual(await bot.ended, { code: 1, signal: null });
      assert.equal(
        bot.output,
        `Port ${port} on 127.0.0.1 is in use by something else: set OPS_PORT to a free port, or to 0 for a bot without health checks.\n`,
      );
      assert.equal(world.discord.journal.length, 0);
    } finally {
      other.close();
    }
  });
});
