/** The whole bot: the proxy's own log is told whose each call is, and Google is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorld } from './world.ts';

for (const [style, form] of [
  ['hashed', /^veo-bot,server:[0-9a-f]{16},member:[0-9a-f]{16}$/],
  ['plain', null],
  ['off', undefined],
] as const) {
  test(`with PROXY_TAGS=${style} every call of a job says so`, async () => {
    await using world = await startWorld();
    const { channel, ann, google, server } = world;
    await world.startBot({ PROXY_TAGS: style });
    const asked = await ann.types('/veo', { prompt: 'a cat' }, { in: channel });
    const reply = await asked.reply();
    await reply.becomes(({ attachments }) => attachments.length === 1);
    const calls = google.requests.filter(
      ({ face, path }) =>
        face === 'proxy' && !path.endsWith('/models') && path.includes('/gemini/'),
    );
    const kinds = new Set(
      calls.map(({ method, path }) => `${method} ${path.includes(':download')}`),
    );
    assert.deepEqual(kinds, new Set(['POST false', 'GET false', 'GET true']));
    const tags = new Set(calls.map(({ headers }) => headers['x-litellm-tags']));
    assert.equal(tags.size, 1, [...tags].join(' and '));
    const [only] = tags;
    if (form === undefined) assert.equal(only, undefined);
    else if (form === null) assert.equal(only, `veo-bot,server:${server.id},member:${ann.id}`);
    else assert.match(only ?? '', form);
    const toGoogle = google.requests.filter(({ face }) => face === 'google');
    assert.doesNotMatch(JSON.stringify(toGoogle), /x-litellm|veo-bot,/);
  });
}
