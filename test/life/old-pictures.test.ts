/** Pictures of offers and forms that are used after Discord's links to them have run out. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { png } from '../disk/pictures/files.ts';
import { file, type Member, type Message } from '../sandbox/discord/discord.ts';
import { eventually, hasVideo, newMember, says } from './asking.ts';
import { startWorld } from './world.ts';

let shiftMs = 0;
const world = await startWorld({ discord: { now: () => Date.now() + shiftMs } });
const { discord, google } = world;
after(() => world.close());
let bot = await world.startBot();

const aDayAndAnHourGoBy = () => {
  shiftMs += 25 * 3_600_000;
};
const picture = async () => file(await png(), 'a.png');
const refreshed = () =>
  discord.journal.filter(({ route }) => route === '/attachments/refresh-urls').length;

async function offered(to: Member): Promise<Message> {
  return to.dm.nextMessage(({ buttons }) => buttons[0]?.label === 'Make it $0.56');
}

/** What was paid for since, each with how many pictures went along. */
function paidSince(count: number): number[] {
  return google.paid.slice(count).map(({ body }) => {
    const input = body.input as { type: string }[];
    return input.filter(({ type }) => type === 'image').length;
  });
}

test('an offer for a picture is pressed a day later, over a restart: made of that picture', async () => {
  const ann = newMember(world, 'Ann');
  ann.dm.says('let it rain', [await picture()]);
  const offer = await offered(ann);
  await bot.kill();
  aDayAndAnHourGoBy();
  bot = await world.startBot();
  const [paid, before] = [google.paid.length, refreshed()];
  await ann.presses(offer, 'Make it');
  await offer.becomes(hasVideo);
  assert.deepEqual(paidSince(paid), [1]);
  assert.equal(refreshed(), before + 1);
  assert.deepEqual(discord.violations, []);
});

test('so is the one of a message, privately offered', async () => {
  const ann = newMember(world, 'Ann');
  const message = ann.says('look', { in: world.channel, files: [await picture()] });
  const offer = await (await ann.chooses('Animate this image', message)).reply();
  aDayAndAnHourGoBy();
  const paid = google.paid.length;
  const made = await (await ann.presses(offer, 'Make it')).reply();
  await made.becomes(hasVideo);
  assert.deepEqual(paidSince(paid), [1]);
  assert.deepEqual(discord.violations, []);
});

test('a picture that is gone is said to be, and nothing is paid', async () => {
  const ann = newMember(world, 'Ann');
  ann.dm.says('', [await picture()]);
  const offer = await offered(ann);
  aDayAndAnHourGoBy();
  discord.fileHost = 'gone';
  const paid = google.paid.length;
  await ann.presses(offer, 'Make it');
  await offer.becomes(says(/The picture cannot be fetched from Discord any more\. Not charged\./));
  discord.fileHost = 'there';
  assert.deepEqual(paidSince(paid), []);
  assert.deepEqual(discord.violations, []);
});

test('killed while the fresh link is asked for: asked for again, and paid once', async () => {
  const ann = newMember(world, 'Ann');
  ann.dm.says('a storm comes up', [await picture()]);
  const offer = await offered(ann);
  aDayAndAnHourGoBy();
  const fault = discord.fault({ on: 'refresh-links', when: 'before', answer: 'hang' });
  const [paid, before] = [google.paid.length, refreshed()];
  await ann.presses(offer, 'Make it');
  await eventually(() => refreshed() > before, 'that a fresh link is asked for');
  await bot.kill();
  fault.clear();
  bot = await world.startBot();
  await offer.becomes(hasVideo);
  assert.deepEqual(paidSince(paid), [1]);
  assert.deepEqual(discord.violations, []);
});
