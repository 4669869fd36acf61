import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGateway } from '../../src/discord/connection/client.ts';
import { DiscordProblem } from '../../src/discord/connection/problem.ts';
import type { DiscordEvent } from '../../src/discord/observe.ts';
import { type Discord, type DiscordPlan, startDiscord } from '../sandbox/discord/discord.ts';
import { Watch } from '../sandbox/discord/watch.ts';

async function connecting(plan: DiscordPlan & { token?: string } = {}) {
  const sandbox: Discord = await startDiscord(plan);
  const events: DiscordEvent[] = [];
  const problems: DiscordProblem[] = [];
  const received: string[] = [];
  const watch = new Watch();
  const note =
    <T>(into: T[]) =>
    (what: T) => {
      into.push(what);
      watch.notify();
    };
  const gateway = createGateway({
    token: plan.token ?? sandbox.botToken,
    apiUrl: sandbox.apiUrl,
    interaction: () => note(received)('interaction'),
    message: () => note(received)('message'),
    ready: () => note(received)('ready'),
    fatal: note(problems),
    observe: note(events),
    now: Date.now,
  });
  const stop = async () => {
    await gateway.stop();
    await sandbox.stop();
  };
  return {
    sandbox,
    gateway,
    events,
    problems,
    received,
    until: (fits: () => unknown) =>
      watch.until(
        () => fits() || undefined,
        10_000,
        () => JSON.stringify({ events, received }),
      ),
    [Symbol.asyncDispose]: stop,
  };
}

describe('the connection', () => {
  it('asks for direct messages and for nothing that needs approval', async () => {
    await using at = await connecting();
    await at.gateway.start();
    assert.deepEqual(
      at.sandbox.gateway.identifies.map(({ intents }) => intents),
      [1 << 12],
    );
    assert.equal(at.gateway.state().connected, true);
    assert.equal(at.gateway.state().fatal, null);
  });

  it('hands over commands and direct messages as they arrive', async () => {
    await using at = await connecting();
    await at.gateway.start();
    const ann = at.sandbox.createMember({ name: 'ann' });
    ann.dm.says('a fox');
    await at.until(() => at.received.includes('message'));
    assert.deepEqual(at.received, ['ready', 'message']);
  });

  it('goes on after the connection was cut, with the same session', async () => {
    await using at = await connecting();
    await at.gateway.start();
    at.sandbox.gateway.drop();
    await at.until(() => at.events.some((e) => e.kind === 'gateway' && e.what === 'resumed'));
    assert.equal(at.sandbox.gateway.identifies.length, 1);
    const { connected, lastProblem } = at.gateway.state();
    assert.equal(connected, true);
    assert.match(lastProblem?.how ?? '', /lost/);
  });

  it('stops at a refused token before any identify, with one sentence', async () => {
    await using at = await connecting({ token: 'wrong.token.entirely' });
    await assert.rejects(at.gateway.start(), (error: Error) => {
      assert.ok(error instanceof DiscordProblem);
      assert.match(error.message, /^Discord refuses the bot token: set DISCORD_TOKEN/);
      assert.ok(!error.message.includes('wrong.token'));
      return true;
    });
    assert.deepEqual(at.sandbox.gateway.identifies, []);
    assert.equal(at.gateway.state().connected, false);
  });

  it('says that there is no token without asking Discord', async () => {
    await using at = await connecting({ token: '' });
    await assert.rejects(at.gateway.start(), /set DISCORD_TOKEN/);
    assert.deepEqual(at.sandbox.journal, []);
  });

  for (const [code, sentence] of [
    [4004, /DISCORD_TOKEN/],
    [4010, /too many servers/],
    [4011, /too many servers/],
    [4012, /newer version/],
    [4013, /intents/],
    [4014, /intents/],
  ] as const) {
    it(`identifies once and ends with a sentence when refused with ${code}`, async () => {
      await using at = await connecting();
      at.sandbox.gateway.refuseIdentifyWith(code);
      await assert.rejects(at.gateway.start(), (error: Error) => {
        assert.ok(error instanceof DiscordProblem);
        assert.match(error.message, sentence);
        return true;
      });
      assert.equal(at.sandbox.gateway.identifies.length, 1);
      assert.equal(at.problems.length, 1);
    });
  }

  it('tells when the token was reset while it ran, and does not come back', async () => {
    await using at = await connecting();
    await at.gateway.start();
    at.sandbox.resetToken();
    await at.until(() => at.problems.length > 0);
    const { connected, fatal } = at.gateway.state();
    assert.equal(connected, false);
    assert.match(fatal?.message ?? '', /DISCORD_TOKEN/);
    assert.equal(at.sandbox.gateway.identifies.length, 1);
  });

  it('goes on trying while Discord cannot be reached', async () => {
    await using at = await connecting();
    const fault = at.sandbox.fault({ on: 'gateway-bot', when: 'before', answer: 'reset' });
    const started = at.gateway.start();
    await at.until(() => at.gateway.state().lastProblem !== null);
    fault.clear();
    await started;
    assert.equal(at.gateway.state().connected, true);
  });

  it('can be stopped while it waits to try again', async () => {
    await using at = await connecting();
    at.sandbox.fault({ on: 'gateway-bot', when: 'before', answer: 'reset' });
    const started = at.gateway.start();
    await at.until(() => at.gateway.state().lastProblem !== null);
    await at.gateway.stop();
    await started;
  });

  it('is stopped within seconds though Discord sends no close frame', async () => {
    await using at = await connecting();
    await at.gateway.start();
    at.sandbox.gateway.freeze();
    const before = performance.now();
    await at.gateway.stop();
    await at.gateway.stop();
    assert.ok(performance.now() - before < 3_500);
    assert.equal(at.gateway.state().connected, false);
  });

  it('is stopped at once though Discord does not answer its login', async () => {
    await using at = await connecting();
    const silent = at.sandbox.fault({ on: 'any', when: 'before', answer: 'hang' });
    const started = at.gateway.start();
    while (silent.used === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = performance.now();
    await at.gateway.stop();
    await started;
    assert.ok(performance.now() - before < 3_500);
  });
});
