/** Whose a call was, as the proxy's own spend log is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProxyTags } from '../../src/litellm/proxyTags.ts';

const of = { userId: '1000000000000000001', guildId: '1100000000000000001' };

test('tags group by server and member and name nobody', () => {
  const tags = createProxyTags('hashed', 'a secret');
  const [bot, server, member] = tags(of);
  assert.equal(bot, 'veo-bot');
  assert.match(server ?? '', /^server:[0-9a-f]{16}$/);
  assert.match(member ?? '', /^member:[0-9a-f]{16}$/);
  assert.doesNotMatch(JSON.stringify(tags(of)), /10000|11000/);
  assert.deepEqual(createProxyTags('hashed', 'a secret')(of), tags(of), 'also after a restart');
  assert.notDeepEqual(createProxyTags('hashed', 'another')(of), tags(of));
  // The same number as a member and as a server is not to be matched.
  const same = tags({ userId: '7', guildId: '7' });
  assert.notEqual(same[1]?.split(':')[1], same[2]?.split(':')[1]);
  assert.equal(tags({ ...of, guildId: null })[1], 'server:none');
});

test('tags hold the ids themselves, or are left out, where the operator says so', () => {
  assert.deepEqual(createProxyTags('plain', 's')(of), [
    'veo-bot',
    `server:${of.guildId}`,
    `member:${of.userId}`,
  ]);
  assert.deepEqual(createProxyTags('off', 's')(of), []);
});
