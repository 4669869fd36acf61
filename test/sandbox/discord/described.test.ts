import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerIssues, requestIssues, unknownFields } from './described.ts';
import { place, startRaw } from './raw.ts';

const MESSAGES = '/channels/{channel_id}/messages';

test('a wrong answer of the stand-in is found', () => {
  const issues = answerIssues('GET', '/gateway/bot', 200, { url: 'ws://x', shards: 'one' });
  assert.match(issues.join('\n'), /session_start_limit/);
  assert.match(issues.join('\n'), /shards/);
  assert.deepEqual(answerIssues('GET', '/users/@me', 403, { message: 'no', code: 1 }), []);
  assert.match(answerIssues('GET', '/users/@me', 403, { message: 'no' }).join(), /code/);
  assert.match(answerIssues('DELETE', `${MESSAGES}/{message_id}`, 200, {}).join(), /204/);
  assert.match(answerIssues('GET', '/nowhere', 200, {}).join(), /not a route/);
});

test('a wrong request is found where it is wrong, also deep in a union', () => {
  const button = { type: 2, style: 1, label: 'x'.repeat(81), custom_id: 'x' };
  const body = { components: [{ type: 1, components: [button] }] };
  const [issue, ...others] = requestIssues('POST', MESSAGES, body);
  assert.deepEqual(issue?.path, ['components', 0, 'components', 0, 'label']);
  assert.equal(issue?.maximum, 80);
  assert.deepEqual(others, []);
  assert.deepEqual(unknownFields('POST', MESSAGES, { contents: 'x', tts: false }), ['contents']);
});

test('what differs from the description is noted while a bot works', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { channel } = place(discord);
  await rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x', contents: 'y' } });
  assert.match(discord.violations.join(), /contents is unknown/);
  discord.violations.length = 0;
  await assert.rejects(rest.get('/guilds/1/bans'));
  assert.match(discord.violations.join(), /no route/);
});

test('every reading route answers as described', async (t) => {
  const { discord, rest } = await startRaw(t);
  const { server, channel, ann } = place(discord);
  const kinds = ['voice', 'stage', 'announcement', 'forum', 'thread'] as const;
  const ofEachKind = kinds.map((kind) => server.createChannel({ name: kind, kind }));
  const threads = (['announcement thread', 'private thread'] as const).map((kind) =>
    server.createChannel({ name: kind, kind, botIsAdded: true }),
  );
  const paths = [
    '/gateway/bot',
    '/gateway',
    '/users/@me',
    '/users/@me/guilds',
    `/users/${ann.id}`,
    '/applications/@me',
    '/oauth2/applications/@me',
    `/applications/${discord.applicationId}/entitlements`,
    `/applications/${discord.applicationId}/commands`,
    `/channels/${channel.id}`,
    ...[...ofEachKind, ...threads].map(({ id }) => `/channels/${id}` as const),
    `/channels/${ann.dm.id}`,
    `/guilds/${server.id}`,
    `/guilds/${server.id}/channels`,
    `/guilds/${server.id}/roles`,
    `/guilds/${server.id}/members/${ann.id}`,
  ] as const;
  for (const path of paths) await rest.get(path);
  assert.deepEqual(discord.violations, []);
});
