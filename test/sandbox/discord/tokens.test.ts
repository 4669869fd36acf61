import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { REST } from 'discord.js';
import type { Discord, Interaction } from './discord.ts';
import { place, refused, startRaw } from './raw.ts';

/** The routes of an interaction's token, without the bot's. */
function byToken(discord: Discord, rest: REST, asked: Interaction) {
  const webhook = `/webhooks/${discord.applicationId}/${asked.token}` as const;
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  const anonymous = { auth: false } as const;
  return {
    acknowledge: (type: number, data?: object) =>
      rest.post(callback, { ...anonymous, body: { type, ...(data ? { data } : {}) } }),
    edit: (body: object, id = '@original') =>
      rest.patch(`${webhook}/messages/${id}`, { ...anonymous, body }),
    read: (id = '@original') => rest.get(`${webhook}/messages/${id}`, anonymous),
    remove: () => rest.delete(`${webhook}/messages/@original`, anonymous),
    followUp: (body: object) => rest.post(webhook, { ...anonymous, body }),
  };
}

test('an interaction is acknowledged once, and in time', async (t) => {
  const { discord, rest } = await startRaw(t, { acknowledgeWithinMs: 300 });
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const first = byToken(discord, rest, asked);
  await refused(first.edit({ content: 'early' }), 404, 10015);
  await first.acknowledge(5);
  await refused(first.acknowledge(5), 400, 40060);
  const late = await ann.types('/veo', {}, { in: channel });
  await assert.rejects(late.acknowledged, /did not respond/);
  await refused(byToken(discord, rest, late).acknowledge(5), 404, 10062);
  await refused(byToken(discord, rest, late).read(), 404, 10015);
  assert.equal(channel.messages.length, 1);
  assert.deepEqual(discord.violations, []);
});

test('a deferred reply is thinking until it is edited or followed up', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const { acknowledge, followUp } = byToken(discord, rest, asked);
  await acknowledge(5);
  const reply = await asked.reply();
  assert.equal(reply.thinking, true);
  await followUp({ content: 'first' });
  assert.equal(reply.content, 'first');
  assert.equal(reply.thinking, false);
  await followUp({ content: 'second' });
  assert.equal((await asked.nextFollowUp()).content, 'second');
  assert.equal(channel.messages.length, 2);
});

test('an expired token is refused with 50027 on every route', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const routes = byToken(discord, rest, asked);
  await routes.acknowledge(4, { content: 'here' });
  asked.expire();
  await refused(routes.edit({ content: 'late' }), 401, 50027);
  await refused(routes.read(), 401, 50027);
  await refused(routes.followUp({ content: 'late' }), 401, 50027);
  const message = await asked.reply();
  await rest.patch(`/channels/${channel.id}/messages/${message.id}`, { body: { content: 'late' } });
  assert.equal(message.content, 'late');
});

test('a reply that was deleted is unknown afterwards', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const routes = byToken(discord, rest, asked);
  await routes.acknowledge(4, { content: 'here' });
  const message = await asked.reply();
  ann.deletes(message);
  await refused(routes.edit({ content: 'again' }), 404, 10008);
  assert.equal(message.deleted, true);
});

test('the reply is reached as @original, encoded or not, and by its id', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const routes = byToken(discord, rest, asked);
  await routes.acknowledge(4, { content: 'here' });
  const { id } = await asked.reply();
  for (const name of ['@original', '%40original', id])
    assert.equal(((await routes.read(name)) as { id: string }).id, id);
});

test('a private reply is out of reach of the bot token', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  await byToken(discord, rest, asked).acknowledge(4, { content: 'psst', flags: 64 });
  const message = await asked.reply();
  assert.equal(message.ephemeral, true);
  const path = `/channels/${channel.id}/messages/${message.id}` as const;
  await refused(rest.patch(path, { body: { content: 'x' } }), 404, 10008);
  assert.deepEqual(await rest.get(`/channels/${channel.id}/messages`), []);
});

test('a member install allows five follow-ups and no bot token', async (t) => {
  const { discord, rest } = await startRaw(t, { rateLimits: false });
  const foreign = discord.createServer({ name: 'Elsewhere', botIsMember: false });
  const channel = foreign.createChannel({ name: 'talk' });
  const ann = discord.createMember({ name: 'Ann', in: foreign });
  const asked = await ann.types('/veo', {}, { in: channel, userInstall: true });
  const routes = byToken(discord, rest, asked);
  await routes.acknowledge(4, { content: 'here' });
  for (let n = 1; n <= 5; n += 1) await routes.followUp({ content: `${n}` });
  await refused(routes.followUp({ content: '6' }), 400, 40094);
  await routes.edit({ content: 'still editable' });
  const { id } = await asked.reply();
  const messages = `/channels/${channel.id}/messages` as const;
  await refused(rest.patch(`${messages}/${id}`, { body: { content: 'x' } }), 403, 50001);
  await refused(rest.post(messages, { body: { content: 'x' } }), 403, 50001);
  const group = discord.createGroup('Trip', [ann]);
  const together = await ann.types('/veo', {}, { in: group, userInstall: true });
  await byToken(discord, rest, together).acknowledge(4, { content: 'here' });
  assert.equal((await group.nextMessage()).content, 'here');
  await refused(
    rest.post(`/channels/${group.id}/messages`, { body: { content: 'x' } }),
    403,
    50001,
  );
  assert.deepEqual(discord.violations, []);
});

test('a press brings a fresh token that reaches the message pressed', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  const components = [
    { type: 1, components: [{ type: 2, style: 2, label: 'Show result', custom_id: 'show:1' }] },
  ];
  await byToken(discord, rest, asked).acknowledge(4, { content: 'soon', components, flags: 64 });
  const message = await asked.reply();
  asked.expire();
  const pressed = await ann.presses(message, 'Show');
  const fresh = byToken(discord, rest, pressed);
  await fresh.acknowledge(6);
  await fresh.edit({ content: 'here it is', components: [] });
  assert.equal(message.content, 'here it is');
  assert.deepEqual(message.buttons, []);
  const ben = discord.createMember({ name: 'Ben' });
  await assert.rejects(ben.presses(message, 'Show'), /cannot see/);
  assert.deepEqual(discord.violations, []);
});

test('five edits in two seconds pass, the sixth has to wait', async (t) => {
  let clock = Date.now();
  const { discord, rest } = await startRaw(t, { now: () => clock });
  const { channel, ann } = place(discord);
  const asked = await ann.types('/veo', {}, { in: channel });
  await byToken(discord, rest, asked).acknowledge(5);
  const edit = (content: string) =>
    fetch(
      `${discord.apiUrl}/v10/webhooks/${discord.applicationId}/${asked.token}/messages/@original`,
      {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ content }),
      },
    );
  for (let n = 1; n <= 5; n += 1) assert.equal((await edit(`${n}`)).status, 200);
  const sixth = await edit('6');
  assert.equal(sixth.status, 429);
  const { retry_after } = (await sixth.json()) as { retry_after: number };
  assert.equal(retry_after, 2);
  clock += 2_000;
  assert.equal((await edit('7')).status, 200);
  assert.deepEqual(discord.violations, []);
});

test('all interactions of a channel can share a limit that nothing announces', async (t) => {
  const { discord } = await startRaw(t, { rateLimits: 'strict', now: () => 1_800_000_000_000 });
  const { channel, ann } = place(discord);
  const statuses: number[] = [];
  for (let n = 0; n < 31; n += 1) {
    const asked = await ann.types('/veo', {}, { in: channel });
    const api = `${discord.apiUrl}/v10`;
    const post = (path: string, body: object) =>
      fetch(`${api}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post(`/interactions/${asked.id}/${asked.token}/callback`, { type: 5 });
    const sent = await post(`/webhooks/${discord.applicationId}/${asked.token}`, { content: 'x' });
    statuses.push(sent.status);
  }
  assert.deepEqual(new Set(statuses.slice(0, 30)), new Set([200]));
  assert.equal(statuses[30], 429);
  assert.deepEqual(discord.violations, []);
});
