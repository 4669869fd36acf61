import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { picturesIn } from '../../src/discord/incoming/attachments.ts';

const at = (name: string) => `https://cdn.discordapp.com/attachments/1/2/${name}`;
const urls = (message: unknown) => picturesIn(message).map(({ url }) => url.split('/').at(-1));
const image = (name: string) => ({ url: at(name), content_type: 'image/png', filename: name });

describe('the pictures of a message', () => {
  it('are what is attached and may be one', () => {
    const attachments = [
      image('a.png'),
      { url: at('b.mp4'), content_type: 'video/mp4', filename: 'b.mp4' },
      { url: at('c'), content_type: null, filename: 'c' },
      { url: at('d.txt'), filename: 'd.txt' },
      { filename: 'without-a-link.png' },
      null,
    ];
    assert.deepEqual(urls({ attachments }), ['a.png', 'c']);
  });

  it('are told with what was announced of them', () => {
    const [one] = picturesIn({
      attachments: [{ ...image('a.png'), size: 7, width: 640, height: -1, proxy_url: 5 }],
    });
    assert.deepEqual(one, {
      ...{ url: at('a.png'), proxyUrl: null, sizeBytes: 7, width: 640, height: null },
      ...{ contentType: 'image/png', filename: 'a.png' },
    });
  });

  it('are found in a forward', () => {
    const snapshot = { message: { attachments: [image('f.png')], embeds: [], content: 'look' } };
    const nested = { message: { attachments: [], message_snapshots: [snapshot] } };
    assert.deepEqual(urls({ attachments: [], message_snapshots: [snapshot, nested] }), ['f.png']);
  });

  it('are found in embeds and in messages of the newer layout', () => {
    const embeds = [{ type: 'rich', image: { url: at('e.png') }, thumbnail: { url: at('t.png') } }];
    assert.deepEqual(urls({ embeds }), ['e.png', 't.png']);
    const components = [
      {
        type: 17,
        components: [
          { type: 10, content: 'a text' },
          { type: 12, items: [{ media: image('g1.png') }, { media: image('g2.png') }] },
          { type: 9, components: [], accessory: { type: 11, media: image('th.png') } },
        ],
      },
      { type: 13, file: { url: at('x.pdf'), content_type: 'application/pdf' } },
    ];
    assert.deepEqual(urls({ attachments: [], components }), ['g1.png', 'g2.png', 'th.png']);
  });

  it('are each named once, and none where there is no message', () => {
    const twice = { attachments: [image('a.png')], embeds: [{ image: { url: at('a.png') } }] };
    assert.deepEqual(urls(twice), ['a.png']);
    for (const odd of [null, undefined, 7, [], { attachments: 'x', components: {} }]) {
      assert.deepEqual(urls(odd), []);
    }
    const deep = (n: number): unknown => ({ type: 17, components: n === 0 ? [] : [deep(n - 1)] });
    assert.deepEqual(urls({ components: [deep(2_000)] }), []);
  });
});
