/** Every place in which `/veo` can be used, with what is allowed there and what is not. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Interaction, Message } from '../sandbox/discord/discord.ts';
import { eventually, hasVideo, holds, jobOf, paidFor, says } from './asking.ts';
import { askedLongAgo, asksIn, everyPlace, isReady, LATE } from './everyPlace.ts';
import { startWorld } from './world.ts';

const world = await startWorld({
  google: { takesMs: ({ prompt }) => (LATE.test(prompt) ? Number.POSITIVE_INFINITY : 0) },
  env: { MAX_RUNNING_VIDEOS: '100' },
});
const { google } = world;
after(() => world.close());
const bot = await world.startBot();

const { home, abroad, unseen } = everyPlace(world);
const answerTo = async (pressed: Promise<Interaction>): Promise<Message> => (await pressed).reply();

describe('in', { concurrency: 6 }, () => {
  for (const [where, make] of Object.entries({ ...home, ...abroad, ...unseen })) {
    test(`${where} a video is posted, in the one message, and pings nobody`, async () => {
      const place = make();
      const ask = await asksIn(place, `@everyone a cat in ${where}`);
      await ask.message.becomes(hasVideo);
      assert.equal(ask.message.channel, place.channel);
      assert.ok(!ask.message.ephemeral);
      assert.equal(place.channel.messages.filter(({ author }) => author.bot).length, 1);
      assert.deepEqual(ask.message.pings, []);
      holds(world, ask, { paid: 1, videos: 1 });
    });

    test(`${where} the buttons work: run again, and delete`, async () => {
      const ask = await asksIn(make(), `a dog in ${where}`);
      await ask.message.becomes(hasVideo);
      const again = await answerTo(ask.member.presses(ask.message, 'Run again $0.56'));
      await again.becomes(hasVideo);
      assert.equal(again.channel, ask.channel);
      const pressed = await ask.member.presses(ask.message, 'Delete');
      const sure = await pressed.nextFollowUp();
      assert.ok(sure.ephemeral);
      await ask.member.presses(sure, sure.buttons[0]?.label ?? '');
      await ask.message.becomes((message) => !hasVideo(message));
      assert.match(ask.message.content, /charged/);
      holds(world, ask, { paid: 2, videos: 1 });
    });

    test(`${where} a private one is seen by nobody else`, async () => {
      const place = make();
      const ask = await asksIn(place, `a secret in ${where}`, { private: true });
      await ask.message.becomes(hasVideo);
      // In a direct message there is nobody else, and there it stays.
      assert.equal(ask.message.ephemeral, place.passerBy !== null);
      holds(world, ask, { paid: 1, videos: 1 });
    });

    test(`${where} a passer-by makes their own, and deletes and cancels nothing`, async () => {
      const place = make();
      const { passerBy } = place;
      if (passerBy === null) return;
      const running = await asksIn(place, `a bird in ${where}, late`);
      await running.message.becomes(says(/Being made/));
      const refused = await (await passerBy.presses(running.message, 'Cancel')).nextFollowUp();
      assert.ok(refused.ephemeral);
      await isReady(world, running.prompt);
      await running.message.becomes(hasVideo);
      const kept = await answerTo(passerBy.presses(running.message, 'Delete'));
      assert.ok(kept.ephemeral);
      assert.ok(hasVideo(running.message));
      const theirs = await answerTo(passerBy.presses(running.message, 'Run again $0.56'));
      await eventually(() => paidFor(world, running.prompt) === 2, 'their own paid call');
      await eventually(
        () => google.operations.filter(({ prompt }) => prompt === running.prompt)[1],
        'their own',
      ).then((operation) => operation.finish());
      await theirs.becomes(hasVideo);
      assert.equal(theirs.interaction?.by, passerBy);
      holds(world, running, { paid: 2, videos: 2 });
    });
  }

  for (const [where, make] of Object.entries(home)) {
    test(`${where} a video that took longer than the token lives is put into its message`, async () => {
      const ask = await askedLongAgo(make(), `a cow in ${where}`);
      await isReady(world, ask.prompt);
      await ask.message.becomes(hasVideo);
      assert.deepEqual(ask.message.pings, []);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  for (const [where, make] of Object.entries({ ...abroad, ...unseen })) {
    test(`${where} such a video comes as a direct message`, async () => {
      const ask = await askedLongAgo(make(), `a cow in ${where}`);
      await isReady(world, ask.prompt);
      await ask.member.dm.nextMessage(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });

    test(`${where}, with no direct message possible, a press of its member brings it`, async () => {
      const ask = await askedLongAgo(make(), `a hen in ${where}`);
      ask.member.dm.closed = true;
      await isReady(world, ask.prompt);
      const job = jobOf(ask);
      await bot.says((l) => l.state === 'undelivered' && l.job === job, 'that no way is left');
      if (where in unseen) {
        // Its last picture could not be drawn there: any press on it brings that.
        await ask.member.presses(ask.message, 'Cancel');
        await ask.message.becomes(({ buttons }) => buttons[0]?.label === 'Show result');
      }
      await ask.member.presses(ask.message, 'Show result');
      await ask.message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }
});
