/** Failure table: before the acknowledgement. Who was not heard by Discord must not pay. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Interaction, JournalEntry } from '../sandbox/discord/discord.ts';
import type { FaultAnswer } from '../sandbox/discord/faults.ts';
import { eventually, hasVideo, holds, newMember, paidFor, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

// One video a day: the second command is taken only where the first gave its allowance back.
const world = await startWorld({
  discord: { acknowledgeWithinMs: 2_000 },
  env: { LIMIT_MEMBER_DAY_VIDEOS: '1' },
});
const { discord } = world;
after(() => world.close());
let bot = await world.startBot();

const acknowledges = (asked: { id: string }) => (request: JournalEntry) =>
  request.path.includes(`/interactions/${asked.id}/`);

/** A member types; the faults are about whatever this very command leads to. */
async function types(prompt: string, answer: FaultAnswer, when: 'before' | 'after', times = 1) {
  const member = newMember(world);
  const channel = world.server.createChannel({ name: 'videos' });
  let asked: Interaction | undefined;
  discord.fault({
    on: 'acknowledge',
    when,
    times,
    answer,
    where: (request) => asked !== undefined && acknowledges(asked)(request),
  });
  asked = await member.types('/veo', { prompt }, { in: channel });
  return { member, channel, prompt, asked };
}

async function nextCommandWorks(ask: Awaited<ReturnType<typeof types>>): Promise<void> {
  const { member, channel, prompt } = ask;
  let next = await somebodyAsks(world, `again ${prompt}`, { member, channel });
  // Held until it is known that Discord did not take the first one.
  while (/You have had 1 video today/.test(next.message.content)) {
    next = await somebodyAsks(world, `again ${prompt}`, { member, channel });
  }
  await next.message.becomes(hasVideo);
  holds(world, { ...next, prompt }, { paid: 0, videos: 1 });
}

const cancelled = ({ event, why }: { event?: string; why?: unknown }): boolean =>
  event === 'cancelled' && why === 'never acknowledged';

describe('an acknowledgement that Discord does not take', { concurrency: 8 }, () => {
  test('a command that Discord does not know any more costs nothing and no allowance', async () => {
    const unknown = { status: 404, body: { message: 'Unknown interaction', code: 10062 } };
    const ask = await types('a cat, too late', unknown, 'before');
    await assert.rejects(ask.asked.reply(), /did not respond/);
    await nextCommandWorks(ask);
    assert.ok(bot.lines.some(cancelled));
  });

  test('an acknowledgement that arrives too late costs nothing and no allowance', async () => {
    const ask = await types('a cat, on a slow line', { delayMs: 2_300 }, 'before', 9);
    await assert.rejects(ask.asked.reply(), /did not respond/);
    await nextCommandWorks(ask);
  });

  test('an acknowledgement that never gets an answer costs nothing and no allowance', async () => {
    const ask = await types('a cat, and silence', 'hang', 'before', 9);
    await assert.rejects(ask.asked.reply(), /did not respond/);
    await nextCommandWorks(ask);
  });

  for (const [how, answer] of [
    ['the connection breaks', 'reset'],
    ['something between answers 502', { status: 502, html: '<h1>Bad gateway</h1>' }],
    ['Discord answers 500', { status: 500, body: { message: 'Internal', code: 0 } }],
  ] as const) {
    test(`taken although ${how}: the work goes on, one job`, async () => {
      const ask = await types(`a cat, and ${how}`, answer, 'after');
      const message = await ask.asked.reply();
      await message.becomes(hasVideo);
      holds(world, ask, { paid: 1, videos: 1 });
    });
  }

  test('not taken at first because the connection broke: one job', async () => {
    const ask = await types('a cat at the second try', 'reset', 'before');
    await (await ask.asked.reply()).becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });

  test('a limit on acknowledgements is waited out', async () => {
    const limited = {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 0.2, global: false },
    };
    const ask = await types('a cat in a crowd', limited, 'before');
    await (await ask.asked.reply()).becomes(hasVideo);
    holds(world, ask, { paid: 1, videos: 1 });
  });
});

test('killed before Discord took the acknowledgement: nothing is paid', async () => {
  const ask = await types('a cat and an early kill', 'hang', 'before', 9);
  await eventually(() => discord.journal.some(acknowledges(ask.asked)), 'the acknowledgement');
  await bot.kill();
  bot = await world.startBot();
  await bot.says(cancelled, 'that it gave the job up');
  await nextCommandWorks(ask);
});

test('killed after Discord took the acknowledgement: the video is made', async () => {
  const ask = await types('a cat and a late kill', 'hang', 'after', 9);
  const message = await ask.asked.reply();
  await bot.kill();
  assert.equal(paidFor(world, ask.prompt), 0);
  bot = await world.startBot();
  await message.becomes(hasVideo);
  holds(world, ask, { paid: 1, videos: 1 });
});
