import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Routes } from 'discord.js';
import { createRest } from '../../src/discord/connection/rest.ts';
import { startDiscord } from '../sandbox/discord/discord.ts';

test('a call leaves nothing behind at a signal that lives as long as the process', async () => {
  const discord = await startDiscord();
  const rest = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
  const { signal } = new AbortController();
  try {
    for (const client of [rest.ordinary, rest.deliveries]) {
      await client.get(Routes.user(), { signal });
      await assert.rejects(client.get(Routes.channel('1'), { signal }));
    }
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  } finally {
    rest.close();
    await discord.stop();
  }
});

test('a call ends with its signal, before it is sent and on its way', async () => {
  const discord = await startDiscord();
  const rest = createRest({ token: discord.botToken, apiUrl: discord.apiUrl });
  try {
    const gone = AbortSignal.abort();
    await assert.rejects(rest.ordinary.get(Routes.user(), { signal: gone }));
    const silent = discord.fault({ on: 'any', when: 'before', answer: 'hang' });
    const stop = new AbortController();
    const asked = rest.deliveries.get(Routes.user(), { signal: stop.signal });
    const ended = assert.rejects(asked, { name: 'AbortError' });
    while (silent.used === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    await ended;
  } finally {
    rest.close();
    await discord.stop();
  }
});
