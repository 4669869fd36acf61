/** Empty input is refused before any call; a cancel is true about money, and a job ends once. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Operation } from '../sandbox/google/google.ts';
import { interactionsError } from '../sandbox/google/said.ts';
import { type Ask, eventually, hasVideo, holds, newMember, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: Number.POSITIVE_INFINITY } });
const { google, discord } = world;
after(() => world.close());
const bot = await world.startBot();

async function running(prompt: string, options = {}): Promise<[Ask, Operation]> {
  const ask = await somebodyAsks(world, prompt, { options });
  await ask.message.becomes(says(/Being made/));
  return [ask, await eventually(() => google.operations.find((o) => o.prompt === prompt), 'it')];
}

describe('empty input', () => {
  for (const [what, prompt] of [
    ['spaces', '     '],
    ['zero-width characters', '\u200b\u200d\ufeff\u2060'],
    ['a lone mark that nobody sees', '\u{e0001}'],
  ] as const) {
    test(`${what} is refused before any call`, async () => {
      const before = google.requests.length;
      const member = newMember(world);
      const channel = world.server.createChannel({ name: 'videos' });
      const asked = await member.types('/veo', { prompt }, { in: channel });
      const words = await asked.reply();
      assert.ok(words.ephemeral);
      assert.match(words.content, /nothing to see in this prompt.*Nothing charged/);
      const calls = google.requests.slice(before).filter(({ kind }) => kind === 'submit');
      assert.deepEqual(calls, []);
    });
  }

  test('only a mention of the bot in a direct message is no prompt', async () => {
    const member = newMember(world);
    member.dm.says(`<@${discord.applicationId}>`);
    const words = await member.dm.nextMessage();
    assert.match(words.content, /Write what the video should show/);
    assert.deepEqual(words.buttons, []);
  });
});

describe('cancel', { concurrency: 8 }, () => {
  test('while it is being made: told to the service, and it may have been charged', async () => {
    const [ask, operation] = await running('a cat that is stopped');
    await ask.member.presses(ask.message, 'Cancel');
    await ask.message.becomes(says(/✋ Cancelled\. It may have been charged \(\$0\.56\)\./));
    assert.equal(operation.status, 'cancelled');
    holds(world, ask, { paid: 1, videos: 0 });
  });

  test('by somebody else is refused in words, and it goes on', async () => {
    const [ask, operation] = await running('a cat that others want stopped');
    const pressed = await newMember(world).presses(ask.message, 'Cancel');
    const words = await pressed.nextFollowUp();
    assert.ok(words.ephemeral);
    assert.match(words.content, /Only the member who asked/);
    operation.finish();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('in the moment it is done: done wins, once, and it is charged', async () => {
    const [ask, operation] = await running('a cat that is done just now');
    operation.finish();
    await ask.member.presses(ask.message, 'Cancel').catch(() => {});
    await ask.message.becomes(hasVideo);
    assert.match(ask.message.content, /\$0\.\d\d charged/);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('that the service does not take: its word decides, and the video is delivered', async () => {
    const [ask, operation] = await running('a cat that cannot be stopped');
    google.next('cancel', interactionsError('Cancelling is not possible.'), {
      times: 9,
      where: (request) => request.operation === operation.id,
    });
    await ask.member.presses(ask.message, 'Cancel');
    await ask.message.becomes(
      says(/✋ Stopping\. The service may still charge for it \(\$0\.56\)/),
    );
    operation.finish();
    await ask.message.becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('pressed twice at once: the job ends once', async () => {
    const [ask] = await running('a cat that is stopped twice');
    const job = ask.message.buttons[0]?.customId?.split(':')[1];
    await Promise.all([
      ask.member.presses(ask.message, 'Cancel'),
      ask.member.presses(ask.message, 'Cancel'),
    ]);
    await ask.message.becomes(says(/✋ Cancelled\. It may have been charged/));
    const ends = bot.lines.filter((line) => line.job === job && line.state === 'cancelled');
    assert.equal(ends.length, 1);
    holds(world, ask, { paid: 1, videos: 0 });
  });
});
