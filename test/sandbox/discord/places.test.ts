import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place, refused, startRaw } from './raw.ts';

test('what the bot may not do in a place is refused, each with its own code', async (t) => {
  const { discord, rest } = await startRaw(t, { rateLimits: false });
  const { server } = place(discord);
  const post = ({ id }: { id: string }, more: object = {}) =>
    rest.post(`/channels/${id}/messages`, { body: { content: 'x', ...more } });
  const make = (plan: Parameters<typeof server.createChannel>[0]) => server.createChannel(plan);

  await refused(post(make({ name: 'ideas', kind: 'forum' })), 400, 40058);
  const deaf = make({ name: 'talk', kind: 'voice', botMay: { connect: false } });
  await refused(post(deaf), 403, 50001);
  await refused(rest.get(`/channels/${deaf.id}/messages`), 403, 50001);
  const secret = make({ name: 'secret', kind: 'private thread' });
  await refused(post(secret), 403, 50001);
  secret.botIsAdded = true;
  await post(secret);
  const shut = make({ name: 'shut', kind: 'thread', locked: true });
  await refused(post(shut), 400, 160005);
  shut.archived = true;
  await refused(post(shut), 400, 50083);

  // A thread has its channel's rights, and one of its own for writing in it.
  const hall = make({ name: 'hall', botMay: { sendMessages: false } });
  await post(make({ name: 'in hall', kind: 'thread', of: hall }));
  hall.botMay.sendMessagesInThreads = false;
  await refused(post(make({ name: 'quiet', kind: 'thread', of: hall })), 403, 50013);
  hall.botMay.viewChannel = false;
  await refused(post(make({ name: 'hidden', kind: 'thread', of: hall })), 403, 50001);

  assert.deepEqual(discord.violations, []);
});

test('a message that replies needs the right to read what it replies to', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel, ann } = place(discord);
  const { id } = ann.says('hello', { in: channel });
  const body = { content: 'x', message_reference: { message_id: id } };
  channel.botMay.readMessageHistory = false;
  await refused(rest.post(`/channels/${channel.id}/messages`, { body }), 403, 160002);
});

test('in a thread that is archived and locked no interaction is answered with a message', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { server, ann } = place(discord);
  const thread = server.createChannel({ name: 'thread', kind: 'thread', archived: true });
  const asked = await ann.types('/veo', {}, { in: thread });
  const callback = `/interactions/${asked.id}/${asked.token}/callback` as const;
  const acknowledge = () => rest.post(callback, { auth: false, body: { type: 5 } });
  thread.locked = true;
  await refused(acknowledge(), 400, 50083);
  thread.locked = false;
  await acknowledge();
  assert.equal(thread.archived, false, 'a reply opens it again');
  assert.deepEqual(discord.violations, []);
});
