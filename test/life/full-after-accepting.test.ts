/** The disk fills up between "written down" and "goes on": nobody need ask again, nobody pays twice. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { eventually, hasVideo, holds, newMember, says } from './asking.ts';
import type { Bot } from './bot.ts';
import { startWorld } from './world.ts';

/** Makes every write beyond so many bytes of a file fail, as on a full disk. */
const canBeFull = spawnSync('prlimit', ['--version']).status === 0;
const withFullDisk = { skip: canBeFull ? false : 'there is no prlimit on this machine' };
const world = await startWorld();
const { discord } = world;
after(() => world.close());

function fillDisk(bot: Bot, fileSizeBytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${bot.process.pid}`, `--fsize=${fileSizeBytes}:`]);
}

for (const what of ['a command', 'the button of an offer'] as const) {
  test(
    `${what}: told that it is written down and starts by itself, and it does, once`,
    withFullDisk,
    async () => {
      const bot = await world.startBot();
      const prompt = `a cat, asked for by ${what}`;
      const member = newMember(world);
      const isCommand = what === 'a command';
      const offered = async () => {
        member.dm.says(prompt);
        const message = await member.dm.nextMessage(({ buttons }) => buttons.length > 0);
        return () => member.presses(message, 'Make it $0.56');
      };
      const channel = isCommand ? world.server.createChannel({ name: 'videos' }) : member.dm;
      const ask = isCommand
        ? () => member.types('/veo', { prompt }, { in: channel })
        : await offered();
      const acknowledging = discord.fault({
        ...{ on: 'acknowledge', when: 'after', times: 1, answer: { delayMs: 800 } },
      });
      const asked = await ask();
      await eventually(() => acknowledging.used > 0, 'the acknowledgement');
      fillDisk(bot, 1);
      const isTold = says(
        /is written down.*Nothing charged yet; it starts by itself.*no need to ask again/,
      );
      const shown = () =>
        [...channel.messages, ...channel.privateMessages].find((message) => isTold(message));
      await eventually(shown, 'that it is written down');
      assert.equal(world.google.paid.filter((call) => call.prompt === prompt).length, 0);
      fillDisk(bot, 'unlimited');
      await bot.kill();
      const next = await world.startBot();
      const message = isCommand
        ? await asked.reply()
        : member.dm.messages.find(({ author }) => author.bot);
      assert.ok(message);
      await message.becomes(hasVideo);
      const elsewhere = world.server.createChannel({ name: 'empty' });
      const place = isCommand ? channel : elsewhere;
      holds(world, { member, prompt, channel: place }, { paid: 1, videos: 1 });
      await next.stop();
    },
  );
}
