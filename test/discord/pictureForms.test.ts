/** A form over a wish that has pictures already: what it keeps, what it takes in their place. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../src/jobs/job.ts';
import { bringTo, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { file, type Interaction, type Message } from '../sandbox/discord/discord.ts';
import { omni, type Running, running, veo } from './running.ts';

const picture = (name = 'a.png') => file(Buffer.from('never read here'), name, 'image/png');

/** Sends the form back; the job that it became. */
async function sent(
  at: Running,
  opened: Interaction,
  values: Parameters<Running['ann']['submits']>[1],
): Promise<Job> {
  await opened.form();
  const { prompt = '' } = values;
  await at.ann.submits(opened, values);
  return at.changed(({ request }) => request.prompt === prompt);
}

const isThePictures = ({ request }: Job): boolean => request.fitAspectTo.length > 0;
const roles = ({ request }: Job): string[] => request.pictures.map(({ role }) => role);
const labels = ({ buttons }: Message): string[] => buttons.map(({ label }) => label);

async function refused(at: Running, options: Parameters<Running['ann']['types']>[1]) {
  const typed = await at.ann.types('/veo', { prompt: 'x', ...options }, { in: at.channel });
  return at.ann.presses(await typed.reply(), 'Change');
}

describe('a video in the shape of its picture, where nobody chose another', () => {
  it('is one by a form, whichever way the picture came to it', async () => {
    await using at = await running();
    const opened = await at.ann.types('/veo', { first_frame: picture() }, { in: at.channel });
    assert.ok(isThePictures(await sent(at, opened, { prompt: 'from an option' })));

    const odd = { first_frame: picture(), model: veo.id, duration: 4, resolution: '1080p' };
    const again = { prompt: 'refused before', quality: ['720p'] };
    assert.ok(isThePictures(await sent(at, await refused(at, odd), again)));

    at.ann.dm.says('', [picture()]);
    const offer = await at.ann.dm.nextMessage();
    const options = await at.ann.presses(offer, 'Options');
    assert.ok(isThePictures(await sent(at, options, { prompt: 'offered before' })));
    assert.deepEqual(at.sandbox.violations, []);
  });

  it('is not, where a shape was chosen before or in the form', async () => {
    await using at = await running();
    const wide = { first_frame: picture(), aspect: '16:9' };
    const opened = await at.ann.types('/veo', wide, { in: at.channel });
    const before = await sent(at, opened, { prompt: 'chosen before' });
    assert.ok(!isThePictures(before) && before.request.aspectRatio === '16:9');

    const open = await at.ann.types('/veo', { first_frame: picture() }, { in: at.channel });
    const now = await sent(at, open, { prompt: 'chosen now', length: ['8 9:16'] });
    assert.ok(!isThePictures(now) && now.request.aspectRatio === '9:16');
  });
});

describe('what is offered for its price', () => {
  it('can be said otherwise first, by its own member, and is an offer still', async () => {
    await using at = await running();
    at.ann.dm.says('a fox in the snow');
    const offer = await at.ann.dm.nextMessage();
    assert.deepEqual(labels(offer), ['Make it $0.56', 'Options']);
    const opened = await at.ann.presses(offer, 'Options');
    const job = await sent(at, opened, { prompt: 'a fox in the rain', model: [veo.id] });
    assert.deepEqual([job.request.modelId, job.reply.place], [veo.id, 'dm']);
    assert.deepEqual(labels(offer), ['Make it $0.56', 'Options']);
    const stranger = await at.bob.presses(offer, 'Options');
    assert.match((await stranger.reply()).content, /Only the member who wrote this prompt/);
  });

  it('by the menu of a message takes other words for the picture in it', async () => {
    await using at = await running();
    const message = at.bob.says('look', { in: at.channel, files: [picture()] });
    const offer = await (await at.ann.chooses('Animate this image', message)).reply();
    const opened = await at.ann.presses(offer, 'Options');
    const job = await sent(at, opened, { prompt: 'the dog runs away' });
    assert.deepEqual(roles(job), ['first frame']);
    assert.ok(isThePictures(job));
  });
});

describe('a last frame without a first one', () => {
  it('stays, and the picture sent in the form becomes the first', async () => {
    await using at = await running();
    const opened = await refused(at, { last_frame: picture('end.png') });
    assert.match(JSON.stringify(await opened.form()), /The last frame is there already/);
    const job = await sent(at, opened, { prompt: 'from here', pictures: [picture('begin.png')] });
    assert.deepEqual(roles(job), ['first frame', 'last frame']);
    assert.match(JSON.stringify(job.request.pictures[1]), /end\.png/);
  });
});

describe('a reply with a picture to a video that can be changed', () => {
  it('is for a new video in the shape of the picture, and says so', async () => {
    const can = { ...omni.can, edit: { maxSeconds: 10 } };
    await using at = await running({ models: [{ ...omni, can }] });
    const made = await bringTo(at.store, 'delivered', {
      requester: { userId: at.ann.id, locale: 'en-US' },
      askedAt: Date.now(),
      request: sampleRequest({ prompt: 'a hen', can, aspectRatio: '9:16' }),
      reply: sampleReply({ place: 'dm', channelId: at.ann.dm.id, guildId: null }),
    });
    at.ann.dm.says('hello');
    const video = await at.ann.dm.nextMessage();
    const button = { type: 2, style: 2, label: 'Change', custom_id: `change:${made.id}` };
    video.components = [{ type: 1, components: [button] }];
    at.ann.dm.says('make it night', [], video);
    assert.match((await at.ann.dm.nextMessage()).content, /This changes that very video/);
    at.ann.dm.says('and day again', [], video);
    const opened = await at.ann.presses(await at.ann.dm.nextMessage(), 'Options');
    assert.match(JSON.stringify(await opened.form()), /"value":"8 9:16","default":true/);
    at.ann.dm.says('like this', [picture()], video);
    const { content } = await at.ann.dm.nextMessage();
    assert.match(
      content,
      /^With a picture, this is for a new video\..*words alone\.\n> like this\n/,
    );
    assert.match(content, /in the picture's form/);
  });

  it('is a video for each picture that is sent so, and one for two presses', async () => {
    await using at = await running();
    const made = await bringTo(at.store, 'delivered', {
      requester: { userId: at.ann.id, locale: 'en-US' },
      askedAt: Date.now(),
      reply: sampleReply({ place: 'dm', channelId: at.ann.dm.id, guildId: null }),
    });
    at.ann.dm.says('hello');
    const video = await at.ann.dm.nextMessage();
    const button = { type: 2, style: 2, label: 'Change', custom_id: `change:${made.id}` };
    video.components = [{ type: 1, components: [button] }];
    const offers: Message[] = [];
    for (const name of ['a.png', 'b.png']) {
      at.ann.dm.says('', [picture(name)], video);
      offers.push(await at.ann.dm.nextMessage());
    }
    for (const offer of offers) {
      const presses = [at.ann.presses(offer, 'Make it'), at.ann.presses(offer, 'Make it')];
      for (const press of await Promise.all(presses)) await press.acknowledged;
    }
    const follow = (await at.store.jobsOf(at.ann.id, 0, 9)).filter(
      ({ runAgainOf }) => runAgainOf === made.id,
    );
    const names = follow.map(
      ({ request }) => JSON.stringify(request.pictures).match(/[ab]\.png/)?.[0],
    );
    assert.deepEqual(names.toSorted(), ['a.png', 'b.png']);
    assert.deepEqual(at.sandbox.violations, []);
  });
});
