/** The story the demo tells in the terminal: one video, from the command to the file. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';

const PROMPT = 'a cat playing with a ball of yarn in a sunny garden';
const PATIENCE_MS = 60_000;

export interface Story {
  readonly stage: Stage;
  readonly screen: Screen;
  /** Kills the bot while the video is being made. */
  readonly crash: boolean;
}

/** True where it was paid once and posted once. */
export async function tell({ stage, screen, crash }: Story): Promise<boolean> {
  const { discord, google, ann, channel } = stage.world;
  screen.say('The bot starts, with an empty data folder.');
  await stage.startBot();
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
    await stage.startBot();
    screen.say('It is back and has found the job in its database.');
  }

  await message.becomes((m) => m.attachments.length > 0, PATIENCE_MS);
  // Perhaps another process by now: the page can kill it too.
  await stage.bot?.says((line) => line.state === 'delivered', 'that it delivered');
  discord.off('change', draw);
  const [video] = message.attachments;
  if (video === undefined) throw new Error('there is no video in the reply');

  // Others may be asked for on the page meanwhile.
  const paid = google.paid.filter(({ prompt }) => prompt === PROMPT);
  const sums = paid.map((call) => `${call.model}, ${(call.costMicroUsd / 1e6).toFixed(2)} USD`);
  screen.say(`Paid calls the video service saw: ${paid.length} (${sums.join('; ')}).`);
  screen.say(
    `Videos in the reply: ${message.attachments.length}. Messages in the channel: ${channel.messages.length}.`,
  );
  const path = join(await mkdtemp(join(tmpdir(), 'veo-demo-')), video.filename);
  await writeFile(path, video.bytes);
  screen.say(`The delivered video, as Discord has it: ${path}`);
  return paid.length === 1 && message.attachments.length === 1;
}
