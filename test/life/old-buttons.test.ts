/** Buttons of before a SIGKILL: each still does what it says, for the price it says, once. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Message } from '../sandbox/discord/discord.ts';
import { type Ask, eventually, hasVideo, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: 100 } });
const { discord, google } = world;
after(() => world.close());
let bot = await world.startBot();

async function made(prompt: string, options = {}): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt, { options: { duration: 4, ...options } });
  await ask.message.becomes(hasVideo);
  return ask;
}

const paidSince = (count: number): number => google.paid.length - count;

describe('after the bot was killed', () => {
  let clip: Ask;
  let draft: Ask;
  let waiting: Ask;
  let forgetting: Ask;
  let offer: Message;
  let question: Message;

  before(async () => {
    clip = await made('a hare before the night');
    draft = await made('a sketch before the night', { draft: true });
    forgetting = await made('a secret before the night');
    const list = await forgetting.member.types('/videos', {}, { in: forgetting.channel });
    const asked = await forgetting.member.presses(await list.reply(), 'Delete my data');
    question = await asked.reply();
    clip.member.dm.says('a fox on offer');
    offer = await clip.member.dm.nextMessage(({ buttons }) => buttons.length > 0);
    google.videosTake(Number.POSITIVE_INFINITY);
    waiting = await somebodyAsks(world, 'a cat that is still being made');
    await waiting.message.becomes(says(/Being made/));
    google.videosTake(100);
    await bot.kill();
    bot = await world.startBot();
  });

  for (const [button, of] of [
    ['Run again', () => clip],
    ['Extend', () => clip],
    ['Upscale', () => clip],
    ['Make it in full', () => draft],
  ] as const) {
    test(`${button} makes one video, also pressed twice`, async () => {
      const { member, message } = of();
      const count = google.paid.length;
      const both = [member.presses(message, button), member.presses(message, button)];
      const presses = await Promise.all(both);
      for (const press of presses) await press.acknowledged;
      const first = presses.find(({ acknowledgement }) => acknowledgement?.type === 5);
      assert.ok(first !== undefined);
      await (await first.reply()).becomes(hasVideo);
      assert.equal(paidSince(count), 1);
      assert.deepEqual(discord.violations, []);
    });
  }

  test('an offer is taken', async () => {
    await clip.member.presses(offer, 'Make it');
    await offer.becomes(hasVideo);
    assert.equal(google.paid.filter(({ prompt }) => prompt === 'a fox on offer').length, 1);
  });

  test('Cancel stops what was being made, and says what it may have cost', async () => {
    await waiting.member.presses(waiting.message, 'Cancel');
    await waiting.message.becomes(says(/✋ Cancelled\. It may have been charged/));
    const find = () => google.operations.find(({ prompt }) => prompt === waiting.prompt);
    assert.equal((await eventually(find, 'the operation')).status, 'cancelled');
  });

  test('the second press of "Delete my data" deletes it, and its buttons make nothing more', async () => {
    const { member, message, channel } = forgetting;
    await member.presses(question, 'Delete it all');
    await question.becomes(says(/^🗑️ Deleted: 1 kept video/));
    const count = google.paid.length;
    for (const button of ['Run again', 'Extend', 'Upscale']) {
      const words = await (await member.presses(message, button)).reply();
      assert.ok(words.ephemeral);
      assert.match(words.content, /not known here any more\. Nothing charged/);
    }
    const list = await (await member.types('/videos', {}, { in: channel })).reply();
    assert.match(list.content, /prompt deleted/);
    assert.equal(paidSince(count), 0);
    assert.deepEqual(discord.violations, []);
  });
});
