/** What stands before anything is paid, as its one reader sees it: offers, and refusals with their ways out. */
import { join } from 'node:path';
import { it } from 'node:test';
import { canNothing } from '../../src/jobs/model.ts';
import { bringTo, sampleReply, sampleRequest } from '../jobs/samples.ts';
import { file, type Message } from '../sandbox/discord/discord.ts';
import { omni, running, veo } from './running.ts';

const asRead = ({ content, buttons }: Message): string =>
  `${content}\n${buttons.map(({ label }) => `[${label}]`).join(' ')}`;

it('every offer, and every way out of a refusal, is as agreed', async (t) => {
  const can = { ...canNothing, edit: { maxSeconds: 10 } };
  const limit = {
    scope: 'member',
    period: 'day',
    maxMicroUsd: 4_000_000,
    maxVideos: null,
  } as const;
  await using at = await running({ models: [{ ...omni, can }, veo], limits: [limit] });
  const { ann } = at;
  const picture = file(Buffer.from('never read here'), 'a.png', 'image/png');
  const seen: [string, Message][] = [];
  const told = async (name: string) => seen.push([name, await ann.dm.nextMessage()]);

  ann.dm.says('a fox in the snow');
  await told('a text in a direct message');
  ann.dm.says('', [picture]);
  await told('a picture in a direct message');
  ann.dm.says('they dance', [picture, picture]);
  await told('two pictures in a direct message');

  const made = await bringTo(at.store, 'delivered', {
    requester: { userId: ann.id, locale: 'en-US' },
    askedAt: Date.now() - 2 * 86_400_000,
    request: sampleRequest({ prompt: 'a hen', can }),
    reply: sampleReply({ place: 'dm', channelId: ann.dm.id, guildId: null }),
  });
  const video = seen[0]?.[1] as Message;
  const before = video.components;
  const button = { type: 2, style: 2, label: 'Change', custom_id: `change:${made.id}` };
  video.components = [{ type: 1, components: [button] }];
  ann.dm.says('make it night', [], video);
  await told('a reply to a video');
  ann.dm.says('like this', [picture], video);
  await told('a reply with a picture to a video');
  video.components = before;

  const message = at.bob.says('look', { in: at.channel, files: [picture] });
  const chosen = await ann.chooses('Animate this image', message);
  seen.push(['Animate this image', await chosen.reply()]);

  for (const [name, options] of [
    ['a sharpness that needs another length', { model: veo.id, duration: 6, resolution: '1080p' }],
    ['a last frame alone', { last_frame: picture }],
  ] as const) {
    const typed = await ann.types('/veo', { prompt: 'a fox', ...options }, { in: at.channel });
    seen.push([name, await typed.reply()]);
  }
  const text = seen.map(([name, one]) => `── ${name}\n${asRead(one)}\n`).join('\n');
  const path = join(import.meta.dirname, 'snapshots', 'offers.txt');
  t.assert.fileSnapshot(text, path, { serializers: [String] });
});
