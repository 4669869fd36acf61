/** Who comes by without a server: the real bot as it is when its operator has set no limit. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually } from './asking.ts';
import { startWorld } from './world.ts';

// Empty is not set.
const world = await startWorld({ env: { LIMIT_STRANGER_DAY_USD: '', LIMIT_BOT_DAY_USD: '' } });
const { discord, google, server } = world;
after(() => world.close());
await world.startBot();

const strange = discord.createServer({ name: 'strange', botIsMember: false });
const room = strange.createChannel({ name: 'room' });
const alone =
  /\(limit \$1\.00\), this costs \$\d\.\d\d\. Nothing charged\. .*This limit holds in direct messages/;

for (const [how, isIn] of [
  ['by direct message', 'a direct message'],
  ['in a server that the bot is not in', 'a strange server'],
] as const) {
  test(`a stranger who asks ${how} is paid a dollar a day and no more, whatever is left of the bot's`, async () => {
    const member = discord.createMember({ name: 'stranger' });
    strange.join(member);
    const place = isIn === 'a direct message' ? { in: member.dm } : { in: room, userInstall: true };
    const before = google.paid.length;
    const ask = async (prompt: string) =>
      (await (await member.types('/veo', { prompt }, place)).reply()).content;
    assert.doesNotMatch(await ask('a cat'), /limit/);
    await eventually(() => google.paid.length > before, 'the paid call');
    assert.match(await ask('another cat'), alone);
    assert.equal(google.paid.length, before + 1);
    assert.deepEqual(discord.violations, []);
  });
}

test('a member of a server that the bot is in is no stranger there', async () => {
  const member = discord.createMember({ name: 'member' });
  server.join(member);
  const channel = server.createChannel({ name: 'films' });
  const before = google.paid.length;
  for (let n = 0; n < 3; n++) {
    const asked = await member.types('/veo', { prompt: `a cat ${n}` }, { in: channel });
    assert.doesNotMatch((await asked.reply()).content, /limit/);
  }
  await eventually(() => google.paid.length === before + 3, 'three paid calls');
});
