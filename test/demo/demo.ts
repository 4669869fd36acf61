/**
 * `npm run demo`: the real bot, with no account, between a Discord and a video service that run
 * in this process. `-- --crash` kills it while the video is being made.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld } from '../life/world.ts';
import { Screen } from './screen.ts';

const PROMPT = 'a cat playing with a ball of yarn in a sunny garden';
const PATIENCE_MS = 60_000;
const crash = process.argv.includes('--crash');
const screen = new Screen();

await using world = await startWorld({ google: { takesMs: 8_000 }, usuallyMs: 8_000 });
const { discord, google, ann, channel } = world;

screen.say('The bot starts, with an empty data folder.');
let bot = await world.startBot();
screen.say(
  `It is connected and has registered ${discord
    .commands()
    .map((c) => `/${c.name}`)
    .join(', ')}.`,
);

screen.say(`Ann types /veo prompt: ${PROMPT}`);
const asked = await ann.types('/veo', { prompt: PROMPT }, { in: channel });
const message = await asked.reply();
discord.on('change', () => screen.show(channel.name, message));
screen.show(channel.name, message);

if (crash) {
  await message.becomes((m) => m.content.includes('Being made'));
  await bot.kill();
  screen.say('The bot was killed (SIGKILL) while the video is being made. It starts again.');
  bot = await world.startBot();
  screen.say('It is back and has found the job in its database.');
}

await message.becomes((m) => m.attachments.length > 0, PATIENCE_MS);
await bot.says((line) => line.state === 'delivered', 'that it delivered');
const [video] = message.attachments;
if (video === undefined) throw new Error('there is no video in the reply');

const paid = google.paid.map(
  (call) => `${call.model}, ${(call.costMicroUsd / 1e6).toFixed(2)} USD`,
);
screen.say(`Paid calls the video service saw: ${paid.length} (${paid.join('; ')}).`);
screen.say(
  `Videos in the reply: ${message.attachments.length}. Messages in the channel: ${channel.messages.length}.`,
);
const path = join(await mkdtemp(join(tmpdir(), 'veo-demo-')), video.filename);
await writeFile(path, video.bytes);
screen.say(`The delivered video, as Discord has it: ${path}`);
await bot.stop();
if (paid.length !== 1 || message.attachments.length !== 1) process.exitCode = 1;
