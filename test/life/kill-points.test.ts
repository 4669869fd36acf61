/** Killed at each boundary of a job's life, one after the other, in the same data: paid once, posted once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { eventually, hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: 400 } });
const { google } = world;
after(() => world.close());

const boundaries = [
  'queued',
  'submitting',
  'generating',
  'downloading',
  'delivering',
  'delivered',
] as const;

for (const boundary of boundaries) {
  test(`killed as soon as a job is ${boundary}`, async () => {
    const bot = await world.startBot();
    const prompt = `a cat killed while ${boundary}`;
    const asking = somebodyAsks(world, prompt);
    await bot.says((line) => line.state === boundary, `that it is ${boundary}`);
    await bot.kill();
    const ask = await asking;
    const next = await world.startBot();
    await ask.message.becomes(
      (m) => hasVideo(m) || says(/may have been charged \(\$0\.56\)\. It is not sent again/)(m),
    );
    if (hasVideo(ask.message)) {
      holds(world, ask, { paid: 1, videos: 1 });
    } else {
      // Only around the paid call nobody can know: then it is never sent again by itself.
      assert.ok(boundary === 'queued' || boundary === 'submitting');
      await eventually(() => next.lines.some(({ msg }) => msg === 'ready'), 'ready');
      const paid = google.paid.filter((call) => call.prompt === prompt).length;
      assert.ok(paid <= 1);
      holds(world, ask, { paid, videos: 0 });
    }
    await next.stop();
  });
}

test('killed again and again while 12 videos are made: each is paid once and posted once', async () => {
  let bot = await world.startBot({ MAX_RUNNING_VIDEOS: '12' });
  const asks = await Promise.all(
    Array.from({ length: 12 }, (_, i) => somebodyAsks(world, `one of many cats, ${i}`)),
  );
  for (let time = 0; time < 3; time++) {
    await bot.says((line) => line.event === ['accepted', 'done', 'kept'][time], 'a step');
    await bot.kill();
    bot = await world.startBot({ MAX_RUNNING_VIDEOS: '12' });
  }
  for (const ask of asks) {
    await ask.message.becomes(
      (m) => hasVideo(m) || says(/may have been charged/)(m) || m.failed,
      20_000,
    );
  }
  for (const ask of asks) {
    const paid = google.paid.filter((call) => call.prompt === ask.prompt).length;
    assert.ok(paid <= 1);
    holds(world, ask, { paid, videos: hasVideo(ask.message) ? 1 : 0 });
  }
  await bot.stop();
});
