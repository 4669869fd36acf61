/**
 * `npm run demo:picture`: makes docs/demo.png anew, with Chromium, of a video that is there and one
 * that is being made. Needs a font with colored emoji, e.g. Debian's fonts-noto-color-emoji.
 */
import sharp from 'sharp';
import { launchChromium } from './chromium.ts';
import { startPage } from './page/server.ts';
import { createStage } from './stage.ts';

const SIZE = { width: 1200, height: 800 };
const TO = process.argv[2] ?? 'docs/demo.png';

await using stage = await createStage({ takesMs: 2_500, usuallyMs: 42_000 });
await using page = await startPage(stage);
await stage.startBot();
const { ann, channel } = stage.world;
const ben = stage.people[1]!.member;

const first = await ann.types(
  '/veo',
  { prompt: 'the sun going round over green hills, calm music' },
  { in: channel },
);
await (await first.reply()).becomes(({ attachments }) => attachments.length > 0);
stage.next = 'slow';
const second = await ben.types(
  '/veo',
  { prompt: 'a cat playing with a ball of yarn in a sunny garden' },
  { in: channel },
);
await (await second.reply()).becomes(({ content }) => content.includes('Being made'));

const browser = await launchChromium();
const tab = await browser.newPage({ viewport: SIZE });
await tab.goto(page.url);
await tab.locator('video').waitFor();
await tab.getByRole('button', { name: 'Play' }).click();
await tab.waitForFunction(() => {
  const video = document
    .querySelector('discord-video-attachment')
    ?.shadowRoot?.querySelector('video');
  return (video?.currentTime ?? 0) > 1.2 && document.fonts.status === 'loaded';
});
await tab.getByRole('button', { name: 'Pause' }).click();
await tab.mouse.move(0, 0);
await tab.evaluate(() => {
  (document.activeElement as HTMLElement | null)?.blur();
});
const shot = await tab.screenshot();
await sharp(shot).png({ palette: true, quality: 90, effort: 10 }).toFile(TO);
console.log(`${TO} shows ${page.url} as it was.`);
await browser.close();
await page.stop();
await stage.bot?.stop();
