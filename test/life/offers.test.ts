/** An offer's button goes on working where Discord never heard that its first press was taken. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, hasVideo, newMember, paidFor } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld();
const { discord } = world;
after(() => world.close());
let bot = await world.startBot();

async function offered(prompt: string) {
  const member = newMember(world);
  member.dm.says(prompt);
  const offer = await member.dm.nextMessage(({ buttons }) => buttons.length > 0);
  return { prompt, member, offer, press: () => member.presses(offer, 'Make it $0.56') };
}

const isGivenUp = ({ event, why }: { event?: string; why?: unknown }): boolean =>
  event === 'cancelled' && why === 'never acknowledged';

async function makesOne({ prompt, offer, press }: Awaited<ReturnType<typeof offered>>) {
  await Promise.all([press(), press()]);
  await offer.becomes(hasVideo);
  assert.equal(paidFor(world, prompt), 1);
  assert.deepEqual(discord.violations, []);
}

test('a press that came too late starts nothing, and the next two presses start one video', async () => {
  const at = await offered('a fox, pressed too late');
  const body = { code: 10062, message: 'Unknown interaction' };
  discord.fault({ on: 'acknowledge', times: 1, when: 'before', answer: { status: 404, body } });
  await at.press();
  await bot.says(isGivenUp, 'that it gave the job up');
  assert.equal(paidFor(world, at.prompt), 0);
  await makesOne(at);
});

test('killed before its press was acknowledged: pressed again it starts one video', async () => {
  const at = await offered('a fox, and the bot is killed');
  const fault = discord.fault({ on: 'acknowledge', when: 'before', answer: 'hang' });
  await at.press();
  await eventually(() => fault.used > 0, 'the acknowledgement');
  await bot.kill();
  fault.clear();
  bot = await world.startBot();
  await makesOne(at);
});
