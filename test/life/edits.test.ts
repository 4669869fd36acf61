/** After the delivery: whatever is pressed or repeated, the message keeps exactly one file. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, hasVideo, holds, newMember, somebodyAsks, videosFor } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld();
const { discord } = world;
after(() => world.close());
let bot = await world.startBot();

const oneFile = ({ attachments }: { attachments: unknown[] }): boolean => attachments.length === 1;

test('every button under a delivered video leaves the video where it is', async () => {
  const ask = await somebodyAsks(world, 'a cat with buttons');
  await ask.message.becomes(hasVideo);
  const labels = ask.message.buttons.map(({ label }) => label);
  assert.ok(labels.some((label) => label.startsWith('Run again $0.56')));
  const before = ask.message.attachments[0]?.id;
  const other = newMember(world, 'Eve');
  for (const label of labels.filter((text) => /^Run again/.test(text))) {
    await (await other.presses(ask.message, label)).acknowledged;
  }
  await eventually(() => videosFor({ ...ask, member: other }).length === 2, 'the other video');
  assert.ok(oneFile(ask.message));
  assert.equal(ask.message.attachments[0]?.id, before);
  holds(world, ask, { paid: 2, videos: 2 });
});

test('an old Cancel pressed after the delivery answers privately and keeps the video', async () => {
  const ask = await somebodyAsks(world, 'a cat that is too late to cancel');
  await ask.message.becomes(hasVideo);
  const job = ask.message.buttons[0]?.customId?.split(':')[1];
  await bot.says((line) => line.state === 'delivered' && line.job === job, 'that it delivered');
  // A client that still shows the message as it was.
  ask.message.components = [
    { type: 1, components: [{ type: 2, style: 2, label: 'Cancel', custom_id: `cancel:${job}` }] },
  ];
  const pressed = await ask.member.presses(ask.message, 'Cancel');
  const words = await pressed.nextFollowUp();
  assert.ok(words.ephemeral);
  assert.match(words.content, /Too late to cancel: the video is made already/);
  assert.ok(oneFile(ask.message));
  holds(world, ask, { paid: 1, videos: 1 });
});

test('delivered twice, because of a kill between upload and commit: one file', async () => {
  const prompt = 'a cat that is posted twice';
  discord.fault({
    on: 'edit-reply',
    when: 'after',
    times: 1,
    answer: 'hang',
    where: ({ files }) => files.length > 0,
  });
  const ask = await somebodyAsks(world, prompt);
  await ask.message.becomes(hasVideo);
  await bot.kill();
  bot = await world.startBot();
  await bot.says((line) => line.state === 'delivered', 'that it delivered');
  assert.ok(oneFile(ask.message));
  assert.equal(ask.message.edits.filter(({ filenames }) => filenames.length > 0).length, 2);
  holds(world, ask, { paid: 1, videos: 1 });
});
