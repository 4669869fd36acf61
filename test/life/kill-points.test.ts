/** Killed at each boundary of a job's life, one after the other, in the same data: paid once, posted once. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { hasVideo, holds, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

const world = await startWorld({ google: { takesMs: 400 }, env: { MAX_RUNNING_VIDEOS: '12' } });
const { google } = world;
after(() => world.close());
let bot = await world.startBot();

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
    const prompt = `a cat killed while ${boundary}`;
    const heard = bot.lines.length;
    const asking = somebodyAsks(world, prompt);
    await bot.says(
      (line) => line.state === boundary && bot.lines.indexOf(line) >= heard,
      `that it is ${boundary}`,
    );
    await bot.kill();
    const ask = await asking;
    bot = await world.startBot();
    await ask.message.becomes(
      (m) => hasVideo(m) || says(/may have been charged \(\$0\.56\)\. It is not sent again/)(m),
    );
    if (hasVideo(ask.message)) {
      if (boundary !== 'delivered') {
        await bot.says((line) => line.state === 'delivered', 'that it delivered');
      }
      holds(world, ask, { paid: 1, videos: 1 });
    } else {
      // Only around the paid call nobody can know: then it is never sent again by itself.
      assert.ok(boundary === 'queued' || boundary === 'submitting');
      const paid = google.paid.filter((call) => call.prompt === prompt).length;
      assert.ok(paid <= 1);
      holds(world, ask, { paid, videos: 0 });
    }
  });
}

test('killed again and again while 12 videos are made: each is paid once and posted once', async () => {
  const asks = await Promise.all(
    Array.from({ length: 12 }, (_, i) => somebodyAsks(world, `one of many cats, ${i}`)),
  );
  for (let time = 0; time < 3; time++) {
    await bot.says((line) => line.event === ['accepted', 'done', 'kept'][time], 'a step');
    await bot.kill();
    bot = await world.startBot();
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
});
