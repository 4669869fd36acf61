/**
 * `npm run demo`: the real bot, with no account, between a Discord and a video service that run
 * in this process, and a page on which they can be played with. `-- --crash` kills the bot while the
 * video is being made; `-- --page` keeps the page open where nobody sits at a terminal.
 */
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPage } from './page/server.ts';
import { Screen } from './screen.ts';
import { createStage } from './stage.ts';

const PROMPT = 'a cat playing with a ball of yarn in a sunny garden';
const PATIENCE_MS = 60_000;
const crash = process.argv.includes('--crash');
const staysOpen = process.argv.includes('--page') || (process.stdout.isTTY && !crash);
const screen = new Screen();

await using stage = await createStage();
const { discord, google, ann, channel } = stage.world;
await using page = await startPage(stage);

screen.say(`Watch it, and play with it, in a browser: ${page.url}`);
screen.say('The bot starts, with an empty data folder.');
let bot = await stage.startBot();
screen.say(
  `It is connected and has registered ${discord
    .commands()
    .map((c) => `/${c.name}`)
    .join(', ')}.`,
);

screen.say(`Ann types /veo prompt: ${PROMPT}`);
const asked = await ann.types('/veo', { prompt: PROMPT }, { in: channel });
const message = await asked.reply();
const draw = (): void => screen.show(channel.name, message);
discord.on('change', draw);
draw();

if (crash) {
  await message.becomes((m) => m.content.includes('Being made'));
  await stage.killBot();
  screen.say('The bot was killed (SIGKILL) while the video is being made. It starts again.');
  bot = await stage.startBot();
  screen.say('It is back and has found the job in its database.');
}

await message.becomes((m) => m.attachments.length > 0, PATIENCE_MS);
await bot.says((line) => line.state === 'delivered', 'that it delivered');
discord.off('change', draw);
const [video] = message.attachments;
if (video === undefined) throw new Error('there is no video in the reply');

const paid = google.paid.map(
  (call) => `${call.model}, ${(call.costMicroUsd / 1e6).toFixed(2)} USD`,
);
const videos = channel.messages.filter(({ attachments }) => attachments.length > 0);
screen.say(`Paid calls the video service saw: ${paid.length} (${paid.join('; ')}).`);
screen.say(
  `Videos in the reply: ${message.attachments.length}. Messages in the channel: ${channel.messages.length}.`,
);
const path = join(await mkdtemp(join(tmpdir(), 'veo-demo-')), video.filename);
await writeFile(path, video.bytes);
screen.say(`The delivered video, as Discord has it: ${path}`);
// Whoever plays on the page meanwhile adds to both.
const isOnce = message.attachments.length === 1 && (staysOpen || paid.length === 1);
if (!isOnce || videos.length === 0) process.exitCode = 1;

if (staysOpen) {
  screen.say(`The page stays open until you press Ctrl+C: ${page.url}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  screen.say('It ends.');
} else {
  screen.say('The page ends with the demo; npm run demo -- --page keeps it open.');
}
await page.stop();
await stage.bot?.stop();
