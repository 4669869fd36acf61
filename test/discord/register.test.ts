import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { commandsFor } from '../../src/discord/commands/payload.ts';
import type { Model } from '../../src/jobs/model.ts';
import { omni, type Running, running, veo } from './running.ts';

function puts(at: Running): number {
  return at.sandbox.journal.filter(
    ({ method, route }) => method === 'PUT' && route === '/applications/{application_id}/commands',
  ).length;
}

describe('the commands', () => {
  it('offer what any model makes, with the price before it is chosen', (t) => {
    const file = join(import.meta.dirname, 'snapshots', 'commands.txt');
    t.assert.fileSnapshot(commandsFor([omni, veo]), file);
  });

  it('offer no choice where there is none, and at most 25', () => {
    const names = (models: readonly Model[]) =>
      commandsFor(models)[0]?.options?.map(({ name }) => name);
    assert.deepEqual(names([]), ['prompt', 'private']);
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...omni,
      id: `model-${i}`,
      name: `Model ${i} ${'x'.repeat(120)}`,
    }));
    const model = commandsFor(many)[0]?.options?.find(({ name }) => name === 'model');
    assert.ok(model && 'choices' in model && model.choices);
    assert.equal(model.choices.length, 25);
    for (const { name } of model.choices) assert.ok(name.length <= 100);
  });

  it('are taken by Discord as they are', async () => {
    await using at = await running();
    assert.deepEqual(at.sandbox.violations, []);
    assert.deepEqual(
      at.sandbox.commands().map(({ name }) => name),
      ['veo', 'videos', 'veo-help', 'veo-admin', 'Animate this image', 'Report video…'],
    );
  });

  it('are sent once, and again only when they changed', async () => {
    await using at = await running({ models: [omni, veo] });
    await at.happened((event) => event.kind === 'commands');
    assert.equal(puts(at), 1);
    await at.bot.refreshCommands();
    assert.equal(puts(at), 1);
    at.models.withdraw(veo.id);
    await at.bot.refreshCommands();
    assert.equal(puts(at), 2);
  });

  it('that another build put there with the same token are replaced', async () => {
    await using at = await running();
    await at.happened((event) => event.kind === 'commands');
    at.sandbox.leaveCommands([{ name: 'veo', description: 'Of another build' }]);
    await at.bot.refreshCommands();
    assert.equal(puts(at), 2);
    assert.ok(at.sandbox.commands().some(({ name }) => name === 'veo-admin'));
    await at.bot.refreshCommands();
    assert.equal(puts(at), 2);
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('that Discord does not take are told, and the bot goes on', async () => {
    await using at = await running({ models: [omni, veo] });
    await at.happened((event) => event.kind === 'commands');
    const body = { message: 'Missing Access', code: 50001 };
    at.sandbox.fault({ on: 'register', when: 'before', times: 1, answer: { status: 403, body } });
    at.models.withdraw(veo.id);
    await at.bot.refreshCommands();
    const event = await at.happened((e) => e.kind === 'commands' && e.what === 'not registered');
    assert.ok(event.kind === 'commands' && event.what === 'not registered');
    assert.match(event.how, /not ready for commands/);
    await at.bot.refreshCommands();
    assert.equal(puts(at), 3);
  });

  it('left over in one server from an earlier build are removed', async () => {
    await using at = await running({ start: false });
    const { botToken, apiUrl, applicationId } = at.sandbox;
    const url = `${apiUrl}/v10/applications/${applicationId}/guilds/${at.server.id}/commands`;
    const put = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bot ${botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify([{ name: 'veo', description: 'an old one' }]),
    });
    assert.equal(put.status, 200);
    await at.bot.start();
    const event = await at.happened(({ kind }) => kind === 'stale commands removed');
    assert.ok(event.kind === 'stale commands removed');
    assert.deepEqual([event.guildId, event.count], [at.server.id, 1]);
    assert.deepEqual(at.sandbox.commands(at.server), []);
  });
});
