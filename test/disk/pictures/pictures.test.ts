import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp from 'sharp';
import { createConverter } from '../../../src/disk/pictures/converter.ts';
import { createPictureFiles } from '../../../src/disk/pictures/pictures.ts';
import type { PictureFile } from '../../../src/jobs/pictures.ts';
import type { CheckedPicture } from '../../../src/jobs/ports/files.ts';
import { StorageFull } from '../../../src/jobs/ports/storageFull.ts';
import { temporaryFolder } from '../temporary.ts';
import { avif, bomb, gif, heic, phonePhoto, png, seeThrough, text, webp } from './files.ts';

const signal = new AbortController().signal;
const ID = '8f3k0000';

async function data(t: TestContext) {
  const dir = await temporaryFolder(t);
  for (const name of ['incoming', 'pictures']) await mkdir(join(dir, name));
  const files = createPictureFiles({ dir });
  const bytesOf = (file: PictureFile) => readFile(join(dir, 'pictures', file.name));
  async function keep(bytes: Buffer, takes = { heic: true }): Promise<CheckedPicture> {
    const into = await files.receive(ID, 0);
    await into.write(bytes);
    await into.close();
    return await files.keep(ID, 0, takes, signal);
  }
  return { dir, files, keep, bytesOf };
}

function file(checked: CheckedPicture): PictureFile {
  assert.ok(checked.ok, JSON.stringify(checked));
  return checked.file;
}

describe('a picture that came in', { concurrency: 2 }, () => {
  it('is kept as an upright JPEG, whatever it is called and however it lay', async (t) => {
    const { keep, bytesOf, dir } = await data(t);
    const kept = file(await keep(await phonePhoto()));
    assert.deepEqual([kept.name, kept.mimeType], [`${ID}-0.jpg`, 'image/jpeg']);
    assert.deepEqual([kept.width, kept.height], [900, 1600]);
    const bytes = await bytesOf(kept);
    assert.equal(bytes.length, kept.sizeBytes);
    const seen = sharp(bytes);
    const { orientation, exif } = await seen.metadata();
    assert.deepEqual([orientation, exif], [undefined, undefined]);
    // Turned by a quarter to the right: what was left is at the top.
    const { data: pixels, info } = await seen.raw().toBuffer({ resolveWithObject: true });
    assert.ok((pixels[0] ?? 0) > 200, 'red at the top');
    assert.ok((pixels[(info.height - 1) * info.width * 3 + 2] ?? 0) > 200, 'blue at the bottom');
    assert.deepEqual(await readdir(join(dir, 'incoming')), []);
  });

  for (const [kind, make, size] of [
    ['a PNG', png, [640, 360]],
    ['a WebP', webp, [300, 500]],
    ['a GIF', gif, [320, 200]],
    ['an AVIF', avif, [320, 200]],
  ] as const) {
    it(`is made a JPEG of the same size: ${kind}`, async (t) => {
      const { keep, bytesOf } = await data(t);
      const kept = file(await keep(await make()));
      assert.deepEqual([kept.width, kept.height], size);
      assert.equal((await sharp(await bytesOf(kept)).metadata()).format, 'jpeg');
    });
  }

  it('is scaled down where it is larger than a model needs', async (t) => {
    const { keep } = await data(t);
    const kept = file(await keep(await png(6_000, 3_000)));
    assert.deepEqual([kept.width, kept.height], [2048, 1024]);
  });

  it('gets white where one could see through it', async (t) => {
    const { keep, bytesOf } = await data(t);
    const kept = file(await keep(await seeThrough()));
    const pixels = await sharp(await bytesOf(kept))
      .raw()
      .toBuffer();
    assert.ok([...pixels.subarray(0, 3)].every((value) => value > 250));
  });

  it('of more pixels than a telephone takes is refused before it is unfolded', async (t) => {
    const { keep } = await data(t);
    const large = await bomb();
    assert.ok(large.length < 2_000_000);
    const startedAt = performance.now();
    assert.deepEqual(await keep(large), { ok: false, why: 'picture too large' });
    assert.ok(performance.now() - startedAt < 5_000);
  });

  it('is none where the content is something else, empty or cut off', async (t) => {
    const { keep, dir } = await data(t);
    const whole = await png();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    for (const bytes of [text, Buffer.alloc(0), whole.subarray(0, whole.length / 2), svg]) {
      assert.deepEqual(await keep(bytes), { ok: false, why: 'no picture' });
    }
    assert.deepEqual(await readdir(join(dir, 'incoming')), []);
    assert.deepEqual(await readdir(join(dir, 'pictures')), []);
  });

  it('as HEIC goes on as it is where the model takes it, and is refused where not', async (t) => {
    const { keep, bytesOf } = await data(t);
    const bytes = heic();
    const kept = file(await keep(bytes));
    assert.deepEqual([kept.name, kept.mimeType], [`${ID}-0.heic`, 'image/heic']);
    assert.deepEqual([kept.width, kept.height], [3024, 4032]);
    assert.deepEqual(await bytesOf(kept), bytes);
    assert.deepEqual(await keep(bytes, { heic: false }), { ok: false, why: 'picture kind' });
    const huge = heic({ width: 20_000, height: 20_000 });
    assert.deepEqual(await keep(huge), { ok: false, why: 'picture too large' });
  });

  it('that takes for ever is given up', async (t) => {
    const { dir } = await data(t);
    const from = join(dir, 'incoming', 'in');
    await writeFile(from, await png());
    const convert = createConverter(1);
    assert.deepEqual(await convert(from, join(dir, 'out'), signal), {
      ok: false,
      why: 'picture too large',
    });
  });
});

describe('a kept picture', { concurrency: 2 }, () => {
  it('is read as it was kept, and not at all once it is gone or changed', async (t) => {
    const { keep, files, bytesOf, dir } = await data(t);
    const kept = file(await keep(await png()));
    assert.deepEqual(Buffer.from((await files.read(kept)) ?? []), await bytesOf(kept));
    assert.equal(await files.has(kept), true);
    await writeFile(join(dir, 'pictures', kept.name), Buffer.alloc(kept.sizeBytes));
    assert.equal(await files.read(kept), null);
    await rm(join(dir, 'pictures', kept.name));
    assert.equal(await files.has(kept), false);
    assert.equal(await files.read(kept), null);
  });

  it('is kept again for another job and stays when the first one goes', async (t) => {
    const { keep, files, dir } = await data(t);
    const kept = file(await keep(await png()));
    const again = await files.keepAgain('9g4m1111', 1, kept);
    assert.deepEqual(again, { ...kept, name: '9g4m1111-1.jpg' });
    await files.removePictures(ID);
    assert.deepEqual(await readdir(join(dir, 'pictures')), ['9g4m1111-1.jpg']);
    assert.equal(again !== null && (await files.has(again)), true);
    assert.equal(await files.keepAgain('9g4m1111', 2, kept), null);
  });

  it('is copied where the file system has no second names', async (t) => {
    const { keep, files, dir } = await data(t);
    const kept = file(await keep(await png()));
    const refuse = async () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' });
    };
    const again = await createPictureFiles({ dir, linkFile: refuse }).keepAgain(
      '9g4m1111',
      0,
      kept,
    );
    await files.removePictures(ID);
    assert.ok(again !== null && (await files.read(again)) !== null);
    assert.deepEqual(await readdir(join(dir, 'incoming')), []);
  });

  it('has a name that leads nowhere else', async (t) => {
    const { files } = await data(t);
    const odd = { mimeType: 'image/jpeg', width: 1, height: 1, sizeBytes: 1, sha256: '' } as const;
    await assert.rejects(files.has({ ...odd, name: '../bot.db' }), RangeError);
    await assert.rejects(files.receive('../../x', 0), RangeError);
  });
});

it('a system that has no room for another process means later, and no fault', async () => {
  // An argument that no system takes is refused as one without memory refuses: by an exception.
  await assert.rejects(createConverter()('x'.repeat(3_000_000), 'y', signal), StorageFull);
});
