/** Nobody can be reached: no crash, words that are true, the video kept and delivered once later. */
import { after, test } from 'node:test';
import {
  type Ask,
  eventually,
  hasVideo,
  holds,
  jobOf,
  newMember,
  says,
  somebodyAsks,
  videosFor,
} from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google } = world;
after(() => world.close());
let bot = await world.startBot();

/** The token has expired and the channel is out of reach; what is left is a direct message. */
async function onlyADirectMessage(prompt: string, member = newMember(world)): Promise<Ask> {
  const ask = await somebodyAsks(world, prompt, { member });
  await ask.message.becomes(says(/Being made/));
  ask.asked.expire();
  ask.channel.botMay.viewChannel = false;
  return ask;
}

async function isReady({ prompt }: Ask): Promise<void> {
  const find = () => google.operations.find((operation) => operation.prompt === prompt);
  (await eventually(find, 'the operation')).finish();
}

async function isUndelivered(ask: Ask): Promise<void> {
  await bot.says((l) => l.state === 'undelivered' && l.job === jobOf(ask), 'that no way is left');
  holds(world, ask, { paid: 1, videos: 0 });
}

test('a direct message channel that went stale is opened anew', async () => {
  const ask = await onlyADirectMessage('a cat and a stale channel');
  ask.member.dm.mustBeReopened = true;
  await isReady(ask);
  await ask.member.dm.nextMessage(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
});

for (const [code, close] of [
  [
    50007,
    (ask: Ask) => {
      ask.member.dm.closed = true;
    },
  ],
  [
    50278,
    (ask: Ask) => {
      ask.member.dm.outOfReach = true;
    },
  ],
] as const) {
  test(`refused with ${code}: kept, and delivered once when the member writes to the bot`, async () => {
    const ask = await onlyADirectMessage(`a cat refused with ${code}`);
    close(ask);
    await isReady(ask);
    await isUndelivered(ask);
    ask.member.dm.closed = false;
    ask.member.dm.outOfReach = false;
    ask.member.dm.says('hello, where is my video?');
    await eventually(() => videosFor(ask).length > 0, 'the video');
    ask.member.dm.says('thank you');
    await bot.says((l) => l.state === 'delivered' && l.job === jobOf(ask), 'that it delivered');
    holds(world, ask, { paid: 1, videos: 1 });
  });
}

test('kept over a restart, and brought by a press on Show result', async () => {
  const ask = await onlyADirectMessage('a cat kept over a restart');
  ask.member.dm.closed = true;
  await isReady(ask);
  await isUndelivered(ask);
  await bot.kill();
  bot = await world.startBot();
  ask.channel.botMay.viewChannel = true;
  await eventually(() => bot.lines.some(({ msg }) => msg === 'ready'), 'ready');
  ask.message.components = [
    {
      type: 1,
      components: [{ type: 2, style: 1, label: 'Show result', custom_id: `show:${jobOf(ask)}` }],
    },
  ];
  await ask.member.presses(ask.message, 'Show result');
  await ask.message.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
});
