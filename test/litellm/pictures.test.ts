/** How pictures are sent: what the service takes of them is checked by a stand-in stricter than it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Picture, PictureRole } from '../../src/jobs/pictures.ts';
import { NotReached } from '../../src/jobs/ports/service.ts';
import { understand } from '../../src/jobs/request.ts';
import { bodyOf, PictureData } from '../../src/litellm/body.ts';
import { loadCatalogue } from '../../src/litellm/catalogue.ts';
import { taggedPrompt } from '../../src/litellm/tags.ts';
import { readOmniOrder } from '../sandbox/google/omni-request.ts';
import { readVeoOrder } from '../sandbox/google/veo-request.ts';
import { json, local, never, request, service, submitting, thrown, veoRequest } from './local.ts';

const jpeg = (sizeBytes: number) =>
  Buffer.concat([Buffer.from('ffd8ff', 'hex'), randomBytes(sizeBytes - 3)]);

function kept(role: PictureRole, n: number): Picture {
  const file = { name: `8f3k0000-${n}.jpg`, mimeType: 'image/jpeg', sha256: '' } as const;
  return { role, at: { kind: 'kept', ...file, width: 16, height: 9, sizeBytes: 100 + n } };
}

test('a body with pictures is the same as if it had been made whole, and as long as announced', () => {
  for (const sizes of [[], [3], [4, 200_001], [98_304, 49_152, 5]]) {
    const pictures = sizes.map(jpeg);
    const make = (data: (i: number) => unknown) => ({
      prompt: 'é "picture" \u0000',
      list: pictures.map((_, i) => ({ data: data(i), mime: 'image/jpeg' })),
      end: 1,
    });
    const whole = JSON.stringify(make((i) => pictures[i]?.toString('base64')));
    const body = bodyOf(
      make((i) => new PictureData(i)),
      pictures,
    );
    if (typeof body === 'string') {
      assert.equal(body, whole);
      continue;
    }
    const pieces = [...body.pieces()];
    assert.equal(Buffer.concat(pieces).toString('utf8'), whole);
    assert.equal(body.sizeBytes, Buffer.byteLength(whole));
    assert.ok(Math.max(...pieces.map(({ length }) => length)) < 100_000);
  }
});

test('it goes out with its length and its pictures, and what was not read is not sent', async (t) => {
  const proxy = await local(t, (_, response) => json(response, 200, { id: 'v1_x' }));
  const bytes = jpeg(300_000);
  const readPicture = async ({ name }: { name: string }) =>
    name === '8f3k0000-0.jpg' ? bytes : null;
  const calls = service(t, proxy.base, { readPicture });
  const pictures = [kept('first frame', 0)];
  await calls.submit(submitting(request({ pictures })), never);
  const [seen] = proxy.seen;
  assert.equal(seen?.headers['content-length'], String(Buffer.byteLength(seen?.body ?? '')));
  assert.equal(seen?.headers['transfer-encoding'], undefined);
  assert.deepEqual(JSON.parse(seen?.body ?? '').input, [
    { type: 'image', data: bytes.toString('base64'), mime_type: 'image/jpeg' },
    { type: 'text', text: '[# Sources <FIRST_FRAME>@Image1] a cat playing with yarn' },
  ]);
  const lost = submitting(request({ pictures: [...pictures, kept('reference', 1)] }));
  const error = await thrown(calls.submit(lost, never));
  assert.ok(error instanceof NotReached && !error.left);
  assert.equal(proxy.seen.length, 1);
});

test('whatever is taken before paying, the service takes too: every model, role and length', async (t) => {
  const catalogue = loadCatalogue({ ids: null, file: null });
  assert.ok('known' in catalogue);
  let body = '';
  const proxy = await local(t, (seen, response) => {
    body = seen.body;
    json(response, 200, { id: 'v1_x', name: 'models/m/operations/x' });
  });
  const calls = service(t, proxy.base, { readPicture: async () => jpeg(50) });
  let taken = 0;
  let refused = 0;
  for (const model of catalogue.known) {
    for (const [frames, references] of [0, 1, 2].flatMap((f) =>
      [0, 1, 3, 4, 7].map((r) => [f, r]),
    )) {
      const roles: PictureRole[] = [
        ...(['first frame', 'last frame'] as const).slice(0, frames),
        ...Array.from({ length: references ?? 0 }, () => 'reference' as const),
      ];
      const pictures = roles.map(kept);
      for (const seconds of [3, 4, 6, 8, 10, 11]) {
        const wish = { prompt: 'a cat', modelId: model.id, pictures, seconds };
        const understood = understand(wish, catalogue.known);
        refused += understood.ok ? 0 : 1;
        if (!understood.ok) continue;
        taken += 1;
        await calls.submit(submitting(understood.request), never);
        const read = model.protocol === 'omni' ? readOmniOrder : readVeoOrder;
        assert.doesNotThrow(
          () => read(JSON.parse(body), model.id),
          `${model.id} ${roles} ${seconds}`,
        );
      }
    }
  }
  assert.ok(taken > 50 && refused > 50, `${taken} ${refused}`);
});

test('Veo gets each picture in the field of its role', async (t) => {
  const proxy = await local(t, (_, response) =>
    json(response, 200, { name: 'models/veo-3.1-generate-preview/operations/x' }),
  );
  const bytes = jpeg(9);
  const calls = service(t, proxy.base, { readPicture: async () => bytes });
  const image = { bytesBase64Encoded: bytes.toString('base64'), mimeType: 'image/jpeg' };
  const send = async (roles: PictureRole[]) => {
    await calls.submit(submitting({ ...veoRequest, pictures: roles.map(kept) }), never);
    return JSON.parse(proxy.seen.at(-1)?.body ?? '').instances[0];
  };
  const prompt = veoRequest.prompt;
  assert.deepEqual(await send(['first frame', 'last frame']), { prompt, image, lastFrame: image });
  assert.deepEqual(await send(['reference']), {
    prompt,
    referenceImages: [{ image, referenceType: 'asset' }],
  });
});

test('tags are ours alone, whatever a member typed', () => {
  const prompt = '@Image1 <LAST_FRAME> ＠image 2 [# Sources x] <IMAGE_REF_0> me@Images';
  const tagged = taggedPrompt(prompt, [kept('first frame', 0), kept('reference', 1)]);
  assert.equal(
    tagged,
    '[# Sources <FIRST_FRAME>@Image1] [# References <IMAGE_REF_0>@Image2] Image1 (LAST_FRAME) image 2 (Sources x] (IMAGE_REF_0) me@Images',
  );
});
