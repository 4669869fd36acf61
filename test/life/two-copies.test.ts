/** Failure table: two copies of the bot with one token and different data. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Interaction } from '../sandbox/discord/discord.ts';
import { hasVideo, holds, newMember, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld();
const { discord, google } = world;
const otherData = await mkdtemp(join(tmpdir(), 'veo-bot-copy-'));
after(async () => {
  await world.close();
  await rm(otherData, { recursive: true, force: true });
});
await Promise.all([world.startBot(), world.startBot({ DATA_DIR: otherData })]);

test('only the copy whose acknowledgement succeeded pays: one video for each command', async () => {
  const prompts = Array.from({ length: 8 }, (_, i) => `a cat for both, ${i}`);
  const asks = await Promise.all(prompts.map((prompt) => somebodyAsks(world, prompt)));
  await Promise.all(asks.map(({ message }) => message.becomes(hasVideo)));
  for (const ask of asks) holds(world, ask, { paid: 1, videos: 1 });
  assert.equal(google.paid.length, prompts.length);
});

for (const [how, answer] of [
  ['a broken connection', 'reset'],
  ['a 502', { status: 502, html: '<h1>Bad gateway</h1>' }],
] as const) {
  test(`an acknowledgement that ends in ${how} is settled by reading the reply: one pays`, async () => {
    const asks = [];
    for (let i = 0; i < 4; i++) {
      const member = newMember(world);
      const channel = world.server.createChannel({ name: 'videos' });
      const prompt = `a cat, ${how}, ${i}`;
      let asked: Interaction | undefined;
      discord.fault({
        on: 'acknowledge',
        when: 'after',
        // Both copies meet it, so that neither knows by its answer who was heard.
        times: 2,
        answer,
        where: ({ path }) => asked !== undefined && path.includes(asked.id),
      });
      asked = await member.types('/veo', { prompt }, { in: channel });
      asks.push({ member, channel, prompt, asked, message: await asked.reply() });
    }
    await Promise.all(asks.map(({ message }) => message.becomes(hasVideo)));
    for (const ask of asks) holds(world, ask, { paid: 1, videos: 1 });
  });
}

test('a direct message is answered once, and its button makes one video', async () => {
  const member = newMember(world);
  member.dm.says('a fox in the snow');
  const offer = await member.dm.nextMessage(({ buttons }) => buttons.length > 0);
  const pressed = await member.presses(offer, 'Make it $0.56');
  const message = await pressed.reply();
  await message.becomes((m) => hasVideo(m) || m.content.includes('offer has run out'));
  assert.equal(member.dm.messages.filter(({ author }) => author.bot).length, 1);
  assert.ok(google.paid.filter(({ prompt }) => prompt === 'a fox in the snow').length <= 1);
  assert.deepEqual(discord.violations, []);
});
