/** Pictures as input: by options, from a message, in a direct message; kept from the moment of asking. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import sharp from 'sharp';
import { gif, heic, phonePhoto, png, text, webp } from '../disk/pictures/files.ts';
import { file, type Message } from '../sandbox/discord/discord.ts';
import type { Payment } from '../sandbox/google/google.ts';
import { eventually, hasVideo, newMember, says, somebodyAsks } from './asking.ts';
import { startBetween } from './between.ts';
import { startWorld } from './world.ts';

const veo = { model: 'veo-3.1-generate-preview' };

async function startPictures() {
  const world = await startWorld({
    env: {
      MAX_RUNNING_VIDEOS: '50',
      VIDEO_MODELS: 'gemini-omni-1.2-flash,veo-3.1-generate-preview',
    },
  });
  const paid = (words: string): Promise<Payment> =>
    eventually(
      () => world.google.paid.find(({ prompt }) => prompt.includes(words)),
      `paid: ${words}`,
    );
  const count = (words: string) =>
    world.google.paid.filter(({ prompt }) => prompt.includes(words)).length;
  const keptFiles = () => readdir(join(world.dataDir, 'pictures'));
  return { ...world, paid, count, keptFiles };
}

interface Content {
  readonly type: string;
  readonly data?: string;
  readonly mime_type?: string;
  readonly text?: string;
}

const inputOf = (payment: Payment) => payment.body.input as Content[];

async function looks(base64: string | undefined) {
  const { format, width, height } = await sharp(Buffer.from(base64 ?? '', 'base64')).metadata();
  return { format, width, height };
}

const world = await startPictures();
after(() => world.close());
await world.startBot();

describe('a video from pictures', { concurrency: 6 }, () => {
  test('begins with the first frame: upright, in the picture’s own form, said by a tag', async () => {
    const prompt = 'she waves <FIRST_FRAME> <IMAGE_REF_3> [# References @Image2]';
    const photo = file(await phonePhoto(), 'photo.png', 'image/png');
    const ask = await somebodyAsks(world, prompt, { options: { first_frame: photo } });
    await ask.message.becomes(hasVideo);
    assert.match(ask.message.content, /9:16 · 720p · from 1 picture/);
    const payment = await world.paid('she waves');
    const [image, words, ...more] = inputOf(payment);
    assert.equal(more.length, 0);
    assert.equal(
      words?.text,
      '[# Sources <FIRST_FRAME>@Image1] she waves (FIRST_FRAME) (IMAGE_REF_3) (References Image2]',
    );
    assert.deepEqual([image?.type, image?.mime_type], ['image', 'image/jpeg']);
    assert.deepEqual(await looks(image?.data), { format: 'jpeg', width: 900, height: 1600 });
    const format = payment.body.response_format as { aspect_ratio: string };
    assert.equal(format.aspect_ratio, '9:16');
    assert.equal(world.count('she waves'), 1);
  });

  test('keeps the form that was asked for', async () => {
    const options = { first_frame: file(await webp(), 'a.webp'), aspect: '16:9' };
    const ask = await somebodyAsks(world, 'a wide one of a tall picture', { options });
    await ask.message.becomes(hasVideo);
    const { body } = await world.paid('a wide one');
    assert.equal((body.response_format as { aspect_ratio: string }).aspect_ratio, '16:9');
  });

  test('has a last frame and references, each named by what it is for', async () => {
    const options = {
      ...{ first_frame: file(await png(), 'a.png'), last_frame: file(await gif(), 'b.gif') },
      ...{ reference_1: file(await webp(), 'c.webp'), reference_2: file(heic(), 'd.heic') },
    };
    const ask = await somebodyAsks(world, 'all kinds together', { options });
    await ask.message.becomes(hasVideo);
    const contents = inputOf(await world.paid('all kinds together'));
    assert.deepEqual(
      contents.map(({ mime_type, text: said }) => mime_type ?? said),
      [
        ...['image/jpeg', 'image/jpeg', 'image/jpeg', 'image/heic'],
        '[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2] [# References <IMAGE_REF_0>@Image3 <IMAGE_REF_1>@Image4] all kinds together',
      ],
    );
    assert.match(ask.message.content, /from 4 pictures/);
  });

  test('has as many references as the model takes, in their order', async () => {
    const six = [1, 2, 3, 4, 5, 6].map((at) => [`reference_${at}`, at] as const);
    const options = Object.fromEntries(
      await Promise.all(
        six.map(async ([name, at]) => [name, file(await png(640 + at * 20), `${at}.png`)]),
      ),
    );
    const ask = await somebodyAsks(world, 'six of them', { options });
    await ask.message.becomes(hasVideo);
    const sent = inputOf(await world.paid('six of them')).filter(({ mime_type }) => mime_type);
    assert.equal(new Set(sent.map(({ data }) => data)).size, 6);
    assert.match(ask.message.content, /from 6 pictures/);
  });

  test('by Veo has fields instead of tags', async () => {
    const frames = {
      first_frame: file(await png(), 'a.png'),
      last_frame: file(await gif(), 'b.gif'),
    };
    const between = await somebodyAsks(world, 'from one to the other', {
      options: { ...veo, ...frames },
    });
    const references = {
      reference_1: file(await png(), 'a.png'),
      reference_3: file(await webp(), 'c.webp'),
    };
    const about = await somebodyAsks(world, 'about these two', {
      options: { ...veo, ...references },
    });
    await Promise.all([between, about].map(({ message }) => message.becomes(hasVideo)));
    const instance = async (words: string) => {
      const { body } = await world.paid(words);
      return (body.instances as Record<string, { bytesBase64Encoded: string }>[])[0] ?? {};
    };
    const one = await instance('from one to the other');
    assert.deepEqual(Object.keys(one), ['prompt', 'image', 'lastFrame']);
    assert.deepEqual(await looks(one.image?.bytesBase64Encoded), {
      ...{ format: 'jpeg', width: 640, height: 360 },
    });
    const two = await instance('about these two');
    const listed = two.referenceImages as unknown as { referenceType: string }[];
    assert.deepEqual(
      listed.map(({ referenceType }) => referenceType),
      ['asset', 'asset'],
    );
  });
});

describe('what a model does not take', { concurrency: 6 }, () => {
  const cases: [what: string, options: () => Promise<object>, words: RegExp][] = [
    [
      'a last frame alone',
      async () => ({ last_frame: file(await png(), 'a.png') }),
      /only together with a first frame. Nothing charged/,
    ],
    [
      'a frame beside references on Veo',
      async () => ({
        ...veo,
        ...{ first_frame: file(await png(), 'a.png'), reference_1: file(await png(), 'b.png') },
      }),
      /go only without a first and last frame. Nothing charged/,
    ],
    [
      'four seconds with references on Veo',
      async () => ({ ...veo, duration: 4, reference_1: file(await png(), 'b.png') }),
      /A reference picture needs 8 s on Veo 3.1, not 4 s. Nothing charged/,
    ],
    [
      'fifteen seconds to a last frame on Omni',
      async () => ({
        ...{ duration: 15, first_frame: file(await png(), 'a.png') },
        ...{ last_frame: file(await png(), 'b.png') },
      }),
      /A last frame needs 3, 4, .* 9 or 10 s on Omni 1.2, not 15 s. Nothing charged/,
    ],
    [
      '24 MiB',
      async () => ({ first_frame: file(randomBytes(24 * 2 ** 20), 'large.png') }),
      /This picture is 24 MB, at most 20 MB go. Nothing charged/,
    ],
  ];
  for (const [what, options, words] of cases) {
    test(`is said before anything is paid or posted: ${what}`, async () => {
      const prompt = `not taken: ${what}`;
      const member = newMember(world);
      const channel = world.server.createChannel({ name: 'refused' });
      const given = (await options()) as Record<string, string>;
      await member.types('/veo', { prompt, ...given }, { in: channel });
      const answer = await channel.nextPrivateMessage();
      assert.match(answer.content, words);
      assert.equal(world.count(prompt), 0);
      assert.deepEqual(channel.messages, []);
    });
  }

  const files: [
    what: string,
    bytes: () => Promise<Buffer>,
    name: string,
    words: RegExp,
    on?: object,
  ][] = [
    ['a text named .png', async () => text, 'text.png', /no picture that can be read. Not charged/],
    [
      'nothing at all',
      async () => Buffer.alloc(0),
      'empty.jpg',
      /no picture that can be read. Not/,
    ],
    ['a HEIC on Veo', async () => heic(), 'a.heic', /does not take this kind of picture. Not/, veo],
  ];
  for (const [what, bytes, name, words, on] of files) {
    test(`is told in the reply where only the content shows it: ${what}`, async () => {
      const prompt = `no use: ${what}`;
      const options = { ...on, first_frame: file(await bytes(), name) };
      const ask = await somebodyAsks(world, prompt, { options });
      await ask.message.becomes(says(words));
      assert.equal(world.count(prompt), 0);
    });
  }
});

describe('from a message', { concurrency: 4 }, () => {
  async function animate(made: (message: Message) => void | Promise<void>, name = 'cat.png') {
    const author = newMember(world, 'Author');
    const channel = world.server.createChannel({ name: 'pictures' });
    const message = author.says('look at this', { in: channel, files: [file(await png(), name)] });
    await made(message);
    const member = newMember(world);
    const asked = await member.chooses('Animate this image', message);
    return { member, channel, asked, offer: await channel.nextPrivateMessage() };
  }

  async function starts({ member, channel, offer }: Awaited<ReturnType<typeof animate>>) {
    assert.match(offer.content, /from 1 picture/);
    assert.match(offer.content, /for \$0\.56; nothing is charged before you press the button/);
    const before = world.google.paid.length;
    await member.presses(offer, 'Make it $0.56');
    await member.presses(offer, 'Make it $0.56');
    const reply = await channel.nextMessage();
    await reply.becomes(hasVideo);
    assert.equal(reply.ephemeral, false);
    assert.ok(world.google.paid.length > before);
    assert.equal(channel.messages.filter(hasVideo).filter(({ author }) => author.bot).length, 1);
  }

  test('its attachment becomes a video for everybody, once, after its price was shown', async () => {
    await starts(await animate(() => {}));
  });

  test('a forward carries its picture', async () => {
    await starts(
      await animate((message) => {
        const original = newMember(world, 'First').says('the first', {
          ...{ in: world.server.createChannel({ name: 'elsewhere' }) },
          files: message.attachments.map(({ bytes }) => file(bytes, 'forwarded.png')),
        });
        message.attachments = [];
        message.forwards = original;
      }),
    );
  });

  test('a message of the newer layout has it in its components', async () => {
    await starts(
      await animate((message) => {
        message.content = '';
        message.flags |= 32768;
        const [one] = message.attachments;
        const media = { url: `attachment://${one?.filename}` };
        message.components = [
          { type: 17, id: 1, components: [{ type: 12, id: 2, items: [{ media }] }] },
        ] as unknown as Message['components'];
      }),
    );
  });

  test('a picture that is elsewhere is not fetched, and that is said', async () => {
    const { offer } = await animate((message) => {
      message.attachments = [];
      message.embeds = [
        { type: 'image', url: 'x', thumbnail: { url: 'http://169.254.169.254/cat.png' } },
        { type: 'rich', image: { url: 'https://cdn.discordapp.com.evil.example/cat.png' } },
      ];
    });
    assert.match(offer.content, /no picture in this message that can be used/);
    assert.deepEqual(offer.buttons, []);
  });
});

describe('in a direct message', () => {
  test('a picture is offered as a video, with words or without', async () => {
    const member = newMember(world);
    member.dm.says('make her dance', [file(await phonePhoto(), 'IMG_1.jpg')]);
    const offer = await member.dm.nextMessage();
    assert.match(offer.content, /make her dance/);
    assert.match(offer.content, /in the picture's form · 720p · from 1 picture/);
    await member.presses(offer, 'Make it');
    await offer.becomes(hasVideo);
    const [image] = inputOf(await world.paid('make her dance'));
    assert.deepEqual(await looks(image?.data), { format: 'jpeg', width: 900, height: 1600 });

    member.dm.says('', [file(await png(), 'a.png')]);
    const wordless = await member.dm.nextMessage((message) => message !== offer);
    assert.match(wordless.content, /Bring this picture to life/);
  });
});

describe('with the host of files in trouble', { concurrency: 3 }, () => {
  test('killed while the picture is fetched, it goes on or ends in words, paid once at most', async () => {
    await using at = await startPictures();
    const { discord } = at;
    const bot = await at.startBot();
    discord.fileHost = 'away';
    const options = { first_frame: file(await png(), 'a.png') };
    const ask = await somebodyAsks(at, 'a patient cat', { options });
    await ask.message.becomes(says(/Fetching your picture · nothing charged yet/));
    await bot.says(({ event }) => event === 'picture not fetched');
    await bot.kill();
    assert.equal(at.count('a patient cat'), 0);
    discord.fileHost = 'there';
    await at.startBot();
    await ask.message.becomes(hasVideo);
    assert.equal(at.count('a patient cat'), 1);
    assert.deepEqual((await at.keptFiles()).length, 1);

    for (const how of ['gone', 'moved'] as const) {
      discord.fileHost = how;
      const late = await somebodyAsks(at, `a cat that is ${how}`, { options });
      await late.message.becomes(says(/cannot be fetched from Discord any more. Not charged/));
      assert.equal(at.count(`a cat that is ${how}`), 0);
    }
    discord.fileHost = 'away';
    const given = await somebodyAsks(at, 'a cat given up', { options });
    await given.message.becomes(says(/Fetching your picture/));
    await given.member.presses(given.message, 'Cancel');
    await given.message.becomes(says(/Cancelled before it started. Not charged/));
    assert.deepEqual((await at.keptFiles()).length, 1);
    assert.deepEqual(discord.violations, []);
  });

  test('a video can be had again days later, when the link to its picture is dead', async () => {
    await using at = await startPictures();
    await at.startBot();
    const options = { first_frame: file(await png(), 'a.png') };
    const ask = await somebodyAsks(at, 'once and once more', { options });
    await ask.message.becomes(hasVideo);
    at.discord.fileHost = 'gone';
    await ask.member.presses(ask.message, 'Run again');
    const second = await ask.channel.nextMessage((message) => message !== ask.message);
    await second.becomes(hasVideo);
    const both = at.google.paid.filter(({ prompt }) => prompt.includes('once and once more'));
    assert.equal(both.length, 2);
    const [first, again] = both.map((payment) => inputOf(payment)[0]?.data);
    assert.equal(again, first);
    assert.equal((await at.keptFiles()).length, 2);
    assert.deepEqual(at.discord.violations, []);
  });

  test('a job that waits longer than its link lives has its picture all the same', async () => {
    await using at = await startPictures();
    const between = await startBetween(at.google.url);
    await between.shut();
    try {
      await at.startBot({ LITELLM_BASE_URL: between.url });
      const options = { first_frame: file(await png(), 'a.png') };
      const ask = await somebodyAsks(at, 'a cat in the queue', { options });
      await ask.message.becomes(says(/video service cannot be reached/));
      at.discord.fileHost = 'gone';
      await between.open();
      await ask.message.becomes(hasVideo);
      const [image] = inputOf(await at.paid('a cat in the queue'));
      assert.deepEqual(await looks(image?.data), { format: 'jpeg', width: 640, height: 360 });
    } finally {
      await between.shut();
    }
  });
});

test('Discord was asked nothing that it would have refused', () => {
  assert.deepEqual(world.discord.violations, []);
});
