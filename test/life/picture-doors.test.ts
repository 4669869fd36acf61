/** Pictures of every kind at every door: sent as what they are, or refused in words before anything is paid. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import { en } from '../../src/discord/text/words/en.ts';
import { avif, bomb, gif, heic, phonePhoto, png, text, webp } from '../disk/pictures/files.ts';
import { file, type Message } from '../sandbox/discord/discord.ts';
import { interactionsError } from '../sandbox/google/said.ts';
import { hasVideo, newMember, says, somebodyAsks } from './asking.ts';
import { startWorld } from './world.ts';

type Upload = ReturnType<typeof file>;

const world = await startWorld({ env: { MAX_RUNNING_VIDEOS: '50' } });
const { discord, google } = world;
after(() => world.close());
await world.startBot();

/** What the paid call has of it, by kind and size; or what its member reads, unpaid. */
type End = { readonly mime: string; readonly size?: readonly [number, number] } | RegExp;

const untyped = 'one of which no type is told';
const notAPicture = /no picture that can be read\. Not charged\. Send a PNG, JPEG, WebP or GIF/;
const tooLarge = /too large to work with\. Not charged\. Send a smaller one/;
const files: [what: string, made: () => Promise<Upload>, end: End][] = [
  [
    'a PNG named .jpg',
    async () => file(await png(), 'cat.jpg', 'image/jpeg'),
    { mime: 'image/jpeg', size: [640, 360] },
  ],
  [untyped, async () => file(await png(), 'cat'), { mime: 'image/jpeg' }],
  ['a WebP', async () => file(await webp(), 'a.webp'), { mime: 'image/jpeg', size: [300, 500] }],
  ['a GIF', async () => file(await gif(), 'a.gif'), { mime: 'image/jpeg', size: [320, 200] }],
  ['an AVIF', async () => file(await avif(), 'a.avif'), { mime: 'image/jpeg' }],
  ['a HEIC', async () => file(heic(), 'a.heic', 'image/heic'), { mime: 'image/heic' }],
  [
    'a phone photo that lies on its side',
    async () => file(await phonePhoto(), 'IMG_1.jpg'),
    { mime: 'image/jpeg', size: [900, 1600] },
  ],
  ['0 bytes', async () => file(Buffer.alloc(0), 'empty.png'), notAPicture],
  ['a page named .png', async () => file(text, 'page.png'), notAPicture],
  ['a JPEG cut in half', async () => cut(await phonePhoto(), 'half.jpg'), notAPicture],
  ['12,000 × 9,000 pixels', async () => file(await bomb(), 'bomb.png'), tooLarge],
  [
    '24 MiB',
    async () => file(randomBytes(24 * 2 ** 20), 'large.png'),
    /This picture is 24 MB, at most 20 MB go\. Nothing charged\. Send a smaller one/,
  ],
];

function cut(bytes: Buffer, name: string): Upload {
  return file(bytes.subarray(0, bytes.length / 2), name);
}

/** Goes through with it, as far as it goes: the message in which it ends. */
const doors = {
  options: async (prompt, picture) => {
    const member = newMember(world);
    const channel = world.server.createChannel({ name: 'options' });
    const options = { prompt, first_frame: picture };
    return (await member.types('/veo', options, { in: channel })).reply();
  },
  form: async (prompt, picture) => {
    const member = newMember(world);
    const channel = world.server.createChannel({ name: 'form' });
    const opened = await member.types('/veo', {}, { in: channel });
    await opened.form();
    return (await member.submits(opened, { prompt, pictures: [picture] })).reply();
  },
  'direct message': async (prompt, picture) => {
    const member = newMember(world);
    member.dm.says(prompt, [picture]);
    const offer = await member.dm.nextMessage();
    if (isOffer(offer)) await member.presses(offer, 'Make it');
    return offer;
  },
  'menu of a message': async (_prompt, picture) => {
    const channel = world.server.createChannel({ name: 'menu' });
    const said = newMember(world).says('look', { in: channel, files: [picture] });
    const member = newMember(world);
    const offer = await (await member.chooses('Animate this image', said)).reply();
    if (!isOffer(offer)) return offer;
    return (await member.presses(offer, 'Make it')).reply();
  },
} satisfies Record<string, (prompt: string, picture: Upload) => Promise<Message>>;

const isOffer = ({ content }: Message) => /nothing is charged before you press/.test(content);

/** What was sent of pictures with these words, in paid calls. */
async function sentWith(words: string) {
  const calls = google.paid.filter(({ prompt }) => prompt.endsWith(words));
  return Promise.all(
    calls.map(async ({ body }) => {
      const [image] = body.input as { mime_type: string; data: string }[];
      const { mime_type: mime, data = '' } = image ?? {};
      const read = sharp(Buffer.from(data, 'base64')).metadata();
      const { width, height } = await read.catch(() => ({ width: 0, height: 0 }));
      return { mime, size: [width, height] };
    }),
  );
}

describe('a picture', { concurrency: 6 }, () => {
  for (const [door, goes] of Object.entries(doors)) {
    for (const [what, made, end] of files) {
      // Their own client does not let them attach it there.
      if (door === 'options' && what === untyped) continue;
      test(`${door}: ${what}`, async () => {
        const prompt = `${door} ${what}`;
        // A message that is animated has no words of its own.
        const words = door === 'menu of a message' ? en.offer.promptForPicture : prompt;
        const message = await goes(prompt, await made());
        if (end instanceof RegExp) {
          await message.becomes(says(end));
          assert.equal(hasVideo(message), false);
          if (words === prompt) assert.deepEqual(await sentWith(words), []);
          return;
        }
        await message.becomes(hasVideo);
        assert.match(message.content, /from 1 picture/);
        const sent = await sentWith(words);
        if (words === prompt) assert.equal(sent.length, 1);
        const isIt = ({ mime, size }: (typeof sent)[number]) =>
          mime === end.mime && (end.size === undefined || String(size) === String(end.size));
        assert.ok(sent.some(isIt), JSON.stringify(sent));
      });
    }
  }
});

test('a picture whose form the service does not take costs nothing, and that is said', async () => {
  google.next(
    'submit',
    interactionsError('Unsupported MIME type: image/heic for the input image.'),
  );
  const options = { first_frame: file(heic(), 'a.heic', 'image/heic') };
  const ask = await somebodyAsks(world, 'a picture of a wrong form', { options });
  await ask.message.becomes(
    says(/did not accept this request: "Unsupported MIME type: image\\?\/heic/),
  );
  assert.match(ask.message.content, /Not charged/);
  assert.deepEqual(await sentWith('a picture of a wrong form'), []);
});

test('what is no picture of Discord’s own is not fetched, at any door', async () => {
  const member = newMember(world);
  const before = google.paid.length;
  for (const url of [
    'http://169.254.169.254/latest/meta-data/cat.png',
    'https://cdn.discordapp.com.evil.example/attachments/1/2/cat.png',
  ]) {
    const said = member.dm.says('');
    said.embeds = [{ type: 'image', url, thumbnail: { url } }];
    const words = await (await member.chooses('Animate this image', said)).reply();
    assert.match(words.content, /no picture in this message that can be used/);
  }
  discord.fileHost = 'moved';
  const options = { first_frame: file(await png(), 'a.png') };
  const moved = await somebodyAsks(world, 'a picture that has moved', { options });
  await moved.message.becomes(says(/cannot be fetched from Discord any more\. Not charged/));
  discord.fileHost = 'there';
  assert.equal(google.paid.length, before);
  assert.deepEqual(discord.violations, []);
});
