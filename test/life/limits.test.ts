/** Limits of the real bot, as configured and as admins set them, over a SIGKILL in the middle of a burst. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, says } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  env: { LIMIT_MEMBER_DAY_VIDEOS: '1', CONFIRM_ABOVE_USD: '0.01' },
});
const { discord, google, server, channel } = world;
after(() => world.close());
const eve = discord.createMember({ name: 'Eve', in: server, admin: true });
const admin = { ADMIN_USER_IDS: eve.id };
let bot = await world.startBot(admin);

const isRefused = says(/limit 1\)\. Nothing charged/);

async function answers(command: string, options: Record<string, unknown>): Promise<string> {
  const line = `/veo-admin limits ${command}`;
  return (await (await eve.types(line, options as never, { in: channel })).reply()).content;
}

test('a second press is wanted as configured, until an admin says otherwise, also after a restart', async () => {
  const ann = discord.createMember({ name: 'Ann', in: server });
  const asked = await (await ann.types('/veo', { prompt: 'a cat' }, { in: channel })).reply();
  assert.match(asked.content, /Nothing charged yet: press once more to make it/);
  assert.equal(google.operations.length, 0);
  assert.match(await answers('confirm', {}), /No second press is wanted/);
  await bot.kill();
  bot = await world.startBot(admin);
  await ann.types('/veo', { prompt: 'a cat at once' }, { in: channel });
  await eventually(() => google.operations.length === 1 || undefined, 'the paid call');
});

test('a burst that is cut off by a kill and goes on afterwards pays for the one video that is left', async () => {
  const ben = discord.createMember({ name: 'Ben', in: server });
  const burst = (name: string) =>
    Array.from({ length: 25 }, (_, n) =>
      ben.types('/veo', { prompt: `${name} ${n}` }, { in: channel }),
    );
  const before = google.operations.length;
  await Promise.all(burst('before'));
  await bot.kill();
  bot = await world.startBot(admin);
  const later = await Promise.all(burst('after'));
  const settled = await Promise.allSettled(later.map((one) => one.reply()));
  const refused = settled.filter((one) => one.status === 'fulfilled' && isRefused(one.value));
  assert.ok(refused.length >= 24, `${refused.length} of 25 were told`);
  // One that was killed before Discord took its answer holds the last video, and gives it back unpaid.
  const paid = () => google.operations.length - before;
  await eventually(
    async () => paid() > 0 || !(await oneMoreIsRefused()),
    'the last video is taken',
  );
  await eventually(() => paid() > 0, 'the paid call');
  assert.ok(await oneMoreIsRefused());
  assert.equal(paid(), 1);
  assert.deepEqual(discord.violations, []);

  async function oneMoreIsRefused(): Promise<boolean> {
    const one = await ben.types('/veo', { prompt: 'one more' }, { in: channel });
    return isRefused(await one.reply());
  }
});

test('an admin exempts a member, who then makes more than the limit for each', async () => {
  const cyd = discord.createMember({ name: 'Cyd', in: server });
  assert.match(await answers('exempt', { what: 'exempt', member: cyd }), /is exempt/);
  const before = google.operations.length;
  for (const prompt of ['one', 'two', 'three']) {
    await (await cyd.types('/veo', { prompt }, { in: channel })).reply();
  }
  await eventually(() => google.operations.length - before === 3 || undefined, 'three paid calls');
});
