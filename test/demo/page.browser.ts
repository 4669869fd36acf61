/** `npm run test:page`: the demo's page in a real Chromium, with the real bot behind it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startPage } from './page/server.ts';
import { createStage } from './stage.ts';

const TAKES_MS = 1_500;
const stage = await createStage({ takesMs: TAKES_MS });
const page = await startPage(stage);
const { google, discord, server, ann, channel } = stage.world;
const [, ben] = stage.people.map(({ member }) => member);
let browser: Browser;
let context: BrowserContext;
let tab: Page;
const asked: string[] = [];
const complaints: string[] = [];

before(async () => {
  await stage.startBot();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await page.stop();
  await stage.close();
});
beforeEach(async () => {
  stage.next = 'made';
  await stage.startBot();
  context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  context.setDefaultTimeout(15_000);
  tab = await context.newPage();
  tab.on('request', (request) => asked.push(request.url()));
  tab.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  tab.on('pageerror', (error) => complaints.push(String(error)));
  await tab.goto(page.url);
  await tab.getByRole('combobox', { name: 'Message #videos' }).waitFor();
});
afterEach(async () => {
  await context.close();
  const outside = asked.filter((url) => !url.startsWith(page.url) && !/^(data|blob):/.test(url));
  assert.deepEqual(outside, [], 'requests to somewhere else');
  assert.deepEqual(complaints, [], 'what the browser complains about');
  assert.deepEqual(discord.violations, []);
});

/** The message, or messages, in which these words stand. */
const row = (words: string | RegExp): Locator => tab.locator('.row').filter({ hasText: words });
const button = (within: Locator, name: RegExp): Locator => within.getByRole('button', { name });
const be = (name: string) => tab.getByRole('button', { name: new RegExp(`^${name}`) }).click();
const paidFor = (prompt: string): number =>
  google.paid.filter((call) => call.prompt.includes(prompt)).length;

/** Types as a person does, who uses the keyboard alone. */
async function types(line: string): Promise<void> {
  await tab.locator('.line').focus();
  await tab.keyboard.type(line);
  await tab.keyboard.press('Enter');
}

/** A command without options: the first Enter takes it from the list, the second sends it. */
async function picks(line: string): Promise<void> {
  await types(line);
  await tab.keyboard.press('Enter');
}

async function makesVideo(prompt: string): Promise<Locator> {
  await types(`/veo prompt: ${prompt}`);
  const made = row(prompt);
  await made.locator('video').waitFor();
  return made;
}

describe('the page of the demo', () => {
  test('sends a command with its options, follows the reply and plays the video', async () => {
    await tab.locator('.line').focus();
    await tab.keyboard.type('/ve');
    const listed = tab.getByRole('option');
    await listed
      .filter({ hasText: '/videos' })
      .or(listed.filter({ hasText: '/veo-help' }))
      .first()
      .waitFor();
    assert.ok(
      (await listed.filter({ hasText: '/veo-admin' }).count()) === 0,
      'hidden from members',
    );
    await tab.keyboard.type('o ');
    await tab.keyboard.type('prompt: a hen on the moon');
    await tab.keyboard.press('Tab');
    await tab.keyboard.type('asp');
    await tab.keyboard.press('Enter');
    await listed.filter({ hasText: '9:16' }).waitFor();
    await tab.keyboard.type('tall');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Enter');
    const reply = row('a hen on the moon');
    await reply.filter({ hasText: /9:16 · 720p · \$0\.56/ }).waitFor();
    await reply.filter({ hasText: /Being made, expected in \d second/ }).waitFor();
    await button(reply, /^Cancel$/).waitFor();
    const video = reply.locator('video');
    await video.waitFor();
    assert.equal(await video.getAttribute('aria-label'), 'Video: a hen on the moon');
    await reply.getByRole('button', { name: 'Play' }).focus();
    await tab.keyboard.press('Enter');
    await tab.waitForFunction(() => {
      const element = document.querySelector('discord-video-attachment')?.shadowRoot;
      const {
        readyState = 0,
        currentTime = 0,
        videoHeight = 0,
      } = element?.querySelector('video') ?? {};
      return readyState >= 2 && currentTime > 0.3 && videoHeight === 1280;
    });
    assert.equal(paidFor('a hen on the moon'), 1);
  });

  test('shows a prompt of markup as the text it is', async () => {
    const prompt = '<img src=x onerror=alert(1)> **<script>alert(2)</script>** <@1>';
    await types(`/veo prompt: ${prompt}`);
    const made = row('<script>alert(2)</script>');
    await made.locator('video').waitFor();
    assert.match(
      (await made.locator('discord-quote').textContent()) ?? '',
      /<img src=x onerror=alert\(1\)> \*\*<script>alert\(2\)<\/script>\*\* <@1>/,
    );
    assert.equal(await tab.locator('.row img:not([src^="data:"])').count(), 0);
  });

  test('presses buttons: run again makes a second video, told by its price', async () => {
    const made = await makesVideo('a fox that runs twice');
    const again = button(made, /^Run again \$0\.56/);
    await again.focus();
    await tab.keyboard.press('Enter');
    await made.nth(1).locator('video').waitFor();
    assert.equal(paidFor('a fox that runs twice'), 2);
    await tab.waitForFunction(() => {
      const {
        scrollHeight = 0,
        scrollTop = 0,
        clientHeight = 0,
      } = document.querySelector('.scroller') ?? {};
      return scrollHeight > clientHeight && scrollHeight - scrollTop - clientHeight < 2;
    });
  });

  test('opens the form, with fields, choices and pictures, and sends it', async () => {
    await picks('/veo');
    const form = tab.getByRole('dialog', { name: 'New video' });
    await form.getByLabel('Prompt').fill('an owl with a hat');
    await form.getByLabel('Length and shape').selectOption({ label: '4 s, tall' });
    await form.getByRole('button', { name: 'Use a sample picture' }).click();
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
    const made = row('an owl with a hat');
    await made.filter({ hasText: /4 s · 9:16 · 720p · from 1 picture/ }).waitFor();
    await made.locator('video').waitFor();
    assert.equal(paidFor('an owl with a hat'), 1);
  });

  test('refuses privately what belongs to another, and shows nobody what is private', async () => {
    const made = await makesVideo('a boat of Ann’s');
    await picks('/videos');
    const list = row('Only you can see this').filter({ hasText: /a boat of Ann’s/ });
    await list.waitFor();
    await be('Ben');
    await made.waitFor();
    assert.equal(await tab.locator('.row').filter({ hasText: 'Only you can see this' }).count(), 0);
    await button(made, /^Delete/).click();
    const refusal = row('Only you can see this');
    await refusal.waitFor();
    assert.equal(await made.locator('video').count(), 1);
    await tab.getByText('Dismiss message').focus();
    await tab.keyboard.press('Enter');
    await refusal.waitFor({ state: 'detached' });
    assert.equal(await made.count(), 1);
  });

  test('shows admins their commands, and no one else', async () => {
    await be('Mia');
    await picks('/veo-admin status');
    await row(/veo-bot .* · up/)
      .filter({ hasText: 'Only you can see this' })
      .waitFor();
    await be('Ben');
    await tab.locator('.line').focus();
    await types('/veo-admin status');
    await tab.getByText('There is no command “/veo-admin status” here.').waitFor();
  });

  test('answers direct messages with a price and a button to start', async () => {
    await tab.locator('#place-Veo').click();
    await tab.getByRole('combobox', { name: 'Message @Veo' }).waitFor();
    await types('a fox in the snow');
    const offer = row('This makes a video for');
    await offer.waitFor();
    assert.equal(paidFor('a fox in the snow'), 0);
    await button(offer, /\$0\.56/)
      .first()
      .click();
    await tab.locator('.row video').waitFor();
    assert.equal(paidFor('a fox in the snow'), 1);
  });

  test('takes a picture of a message from its menu', async () => {
    const png = await pictureBytes();
    ben?.says('look at this', {
      in: channel,
      files: [{ filename: 'sunset.png', contentType: 'image/png', bytes: png }],
    });
    const said = row('look at this');
    await said.locator('img.picture').waitFor();
    await said.getByLabel('More for this message').selectOption('Animate this image');
    const offer = row('Only you can see this').filter({ hasText: 'This makes a video' });
    await button(offer, /\$0\.56/)
      .first()
      .waitFor();
  });

  test('kills the bot in the middle and starts it: one paid call, one video', async () => {
    await types('/veo prompt: a snail on its way');
    const made = row('a snail on its way');
    await made.filter({ hasText: 'Being made' }).waitFor();
    await tab.getByRole('button', { name: /^Kill/ }).click();
    await tab.locator('.bot-state[data-how="ended"]').waitFor();
    await tab.getByRole('button', { name: 'Start again' }).click();
    await made.locator('video').waitFor();
    assert.equal(paidFor('a snail on its way'), 1);
    assert.equal(await made.locator('video').count(), 1);
  });

  test('says that nobody answers while the bot is dead', async () => {
    await tab.getByRole('button', { name: /^Kill/ }).click();
    await tab.locator('.bot-state[data-how="ended"]').waitFor();
    await types('/veo prompt: nobody hears this');
    await tab.getByRole('alert').filter({ hasText: 'The application did not respond' }).waitFor();
    assert.equal(paidFor('nobody hears this'), 0);
  });

  test('lets the next video go wrong', async () => {
    await tab.getByLabel('The next video').selectOption('declined');
    await types('/veo prompt: not this one');
    const declined = row('not this one').filter({ hasText: 'The model declined' });
    await declined.filter({ hasText: 'Not charged' }).waitFor();
    await tab.getByLabel('The next video').selectOption('lost');
    await types('/veo prompt: and who knows');
    await row('and who knows').filter({ hasText: 'It may have been charged' }).waitFor();
    assert.equal(paidFor('and who knows'), 1);
  });

  test('offers what is registered, in the chosen language, with what the bot completes', async () => {
    const option = { type: 3, name: 'id', description: 'Which', autocomplete: true };
    const german = {
      name_localizations: { de: 'finde' },
      description_localizations: { de: 'Sucht' },
    };
    const find = { name: 'find', description: 'Finds', ...german };
    discord.leaveCommands(
      [{ ...find, options: [{ ...option, name_localizations: { de: 'kennung' } }] }],
      server,
    );
    // The bot knows nothing of this command and offers nothing: two choices are added on the way.
    await tab.route('**/do', async (route) => {
      const isAsked = route.request().postData()?.includes('"complete"');
      if (!isAsked) return route.continue();
      const answer = await route.fetch();
      const { choices } = await answer.json();
      assert.deepEqual(choices, []);
      const added = ['one', 'two'].map((name) => ({ name: `the ${name}`, value: name }));
      return route.fulfill({ response: answer, json: { choices: added } });
    });
    await tab.getByLabel('Your language').selectOption('de');
    await tab.locator('discord-messages[lang="de"]').waitFor();
    await tab.locator('.line').focus();
    await tab.keyboard.type('/finde');
    await tab.getByRole('option').filter({ hasText: 'Sucht' }).waitFor();
    await tab.keyboard.type(' kennung: t');
    await tab.getByRole('option').filter({ hasText: 'the two' }).waitFor();
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('Enter');
    await tab.keyboard.press('Enter');
    await row('Ann used').filter({ hasText: 'Only you can see this' }).last().waitFor();
    const sent = discord
      .interactions()
      .filter(({ by, command }) => by === ann && command === 'find');
    assert.equal(sent.length, 1);
    assert.equal(ann.locale, 'de');
    discord.leaveCommands([], server);
    ann.locale = 'en-US';
  });
});

async function pictureBytes(): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const size = { width: 320, height: 180, channels: 3 as const, background: '#f2a65a' };
  return sharp({ create: size }).png().toBuffer();
}
