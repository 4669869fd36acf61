import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { FilePathSource, Input, MP4 } from 'mediabunny';
import { onDisk } from '../../src/disk/errors.ts';
import { checkMp4 } from '../../src/disk/mp4.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { videoFile } from '../sandbox/google/video-file.ts';
import { box, clip, layouts, outerBoxesOf } from './clips.ts';
import { temporaryFolder } from './temporary.ts';

async function checker(t: TestContext) {
  const path = join(await temporaryFolder(t), 'clip.mp4');
  return async (bytes: Buffer) => {
    await writeFile(path, bytes);
    return checkMp4(path);
  };
}

/** A copy in which the table of that type says something else. */
function changed(file: Buffer, type: string, change: (copy: Buffer, contentAt: number) => void) {
  const copy = Buffer.from(file);
  const at = copy.indexOf(type);
  assert.ok(at > 0, `the clip has a ${type}`);
  change(copy, at + 4);
  return copy;
}

describe('a whole MP4', () => {
  for (const layout of layouts) {
    it(`is recognised with its index in this place: ${layout}`, async (t) => {
      const found = await (await checker(t))(await clip(layout));
      assert.ok(found.ok, JSON.stringify(found));
      assert.ok(Math.abs(found.durationMs - 2000) <= 50, `${found.durationMs} ms`);
      assert.deepEqual([found.width, found.height, found.hasAudio], [640, 360, true]);
    });
  }

  it('may give its box sizes in 64 bits, or none for the last box', async (t) => {
    const check = await checker(t);
    const plain = await clip('index last');
    const first = await clip('index first');
    const last = outerBoxesOf(first).at(-1);
    assert.equal(last?.type, 'mdat');
    const open = Buffer.from(first);
    open.writeUInt32BE(0, last?.at ?? 0);
    assert.equal((await check(open)).ok, true);

    const wide = Buffer.concat([plain, Buffer.alloc(24)]);
    wide.writeUInt32BE(1, plain.length);
    wide.write('free', plain.length + 4, 'latin1');
    wide.writeBigUInt64BE(24n, plain.length + 8);
    assert.equal((await check(wide)).ok, true);
  });
});

describe('a cut MP4', () => {
  for (const layout of layouts) {
    it(`is refused wherever it was cut: ${layout}`, async (t) => {
      const check = await checker(t);
      const file = await clip(layout);
      const cuts = new Set([1, 4, 7, file.length - 20, file.length - 1]);
      for (const { at, end } of outerBoxesOf(file)) {
        for (const cut of [at + 4, at + 8, Math.floor((at + end) / 2), end - 1]) cuts.add(cut);
        // A fragmented file that ends between two fragments is whole, only shorter.
        if (layout !== 'fragmented') cuts.add(end);
      }
      cuts.delete(file.length);
      assert.ok(cuts.size >= 10, `${cuts.size} places`);
      for (const cut of cuts) {
        const found = await check(file.subarray(0, cut));
        assert.ok(!found.ok && found.why === 'cut', `at ${cut} of ${file.length}`);
      }
    });
  }

  it('is refused even where the library alone would take it', async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'cut.mp4');
    await writeFile(path, (await clip('index first')).subarray(0, -20));
    using input = new Input({ formats: [MP4], source: new FilePathSource(path) });
    assert.ok(Math.abs((await input.computeDuration()) - 2) < 0.1, 'the library sees all of it');
    assert.deepEqual(await checkMp4(path), {
      ok: false,
      why: 'cut',
      detail: '20 bytes are missing at the end',
    });
  });

  it('is refused by its missing frames where the last box names no size', async (t) => {
    const check = await checker(t);
    const file = await clip('index first');
    const mdat = outerBoxesOf(file).at(-1);
    assert.equal(mdat?.type, 'mdat');
    file.writeUInt32BE(0, mdat?.at ?? 0);
    for (const cut of [(mdat?.at ?? 0) + 100, file.length - 1000, file.length - 1]) {
      const found = await check(file.subarray(0, cut));
      assert.ok(!found.ok && found.why === 'cut', `at ${cut}`);
    }
  });

  it('is refused when something follows it', async (t) => {
    const file = await clip('index first');
    const found = await (await checker(t))(Buffer.concat([file, Buffer.from('{"error":true}')]));
    assert.equal(found.ok, false);
  });
});

describe('what is no video', () => {
  const ftyp = box('ftyp', Buffer.from('isom\0\0\0\0isom'));
  const mdat = box('mdat', Buffer.alloc(100));
  const things: Record<string, Buffer> = {
    'an HTML page': Buffer.from('<!doctype html><html><body>Sign in</body></html>'.repeat(50)),
    'a JSON error': Buffer.from('{"error":{"code":404,"message":"not found"}}'),
    'three thousand zero bytes': Buffer.alloc(3000),
    'random bytes': randomBytes(200_000),
    'a WebM file': Buffer.concat([Buffer.from('1a45dfa3', 'hex'), randomBytes(5000)]),
    'boxes without content': Buffer.concat([ftyp, box('moov'), mdat]),
    'an index of random bytes': Buffer.concat([ftyp, box('moov', randomBytes(5000)), mdat]),
    'an index of zero bytes': Buffer.concat([ftyp, box('moov', Buffer.alloc(5000)), mdat]),
    'more boxes than any video has': Buffer.concat([
      ftyp,
      box('moov'),
      ...Array.from({ length: 20_001 }, () => box('free')),
    ]),
    'boxes in boxes, 50,000 deep': Buffer.concat([ftyp, nested('trak', 50_000), mdat]),
    'sample descriptions in each other': Buffer.concat([ftyp, nested('wave', 5_000), mdat]),
  };
  for (const [name, bytes] of Object.entries(things)) {
    it(`is called unreadable: ${name}`, async (t) => {
      const found = await (await checker(t))(bytes);
      assert.ok(!found.ok && found.why === 'unreadable', JSON.stringify(found));
    });
  }

  it('is called cut when nothing came at all', async (t) => {
    const found = await (await checker(t))(Buffer.alloc(0));
    assert.ok(!found.ok && found.why === 'cut');
  });

  it('is sound without a picture', async (t) => {
    const file = await clip('index first');
    const found = await (await checker(t))(
      changed(file, 'vide', (copy, at) => copy.write('text', at - 4, 'latin1')),
    );
    assert.deepEqual(found, { ok: false, why: 'unreadable', detail: 'no picture in it' });
  });

  function nested(type: string, depth: number): Buffer {
    const index = Buffer.alloc(8 * (depth + 1));
    for (let level = 0; level <= depth; level++) {
      index.writeUInt32BE(index.length - level * 8, level * 8);
      index.write(level === 0 ? 'moov' : type, level * 8 + 4, 'latin1');
    }
    return index;
  }
});

describe('an MP4 made to do harm', () => {
  const huge = 0xffff_ffff;
  const harms: [name: string, file: 'plain' | 'fragmented', make: (file: Buffer) => Buffer][] = [
    ['a box of 2^64 bytes', 'plain', (file) => wideBox(file, 0xffff_ffff_ffff_ffffn)],
    ['a box of 2^63 bytes', 'plain', (file) => wideBox(file, 1n << 63n)],
    ['a 64-bit box smaller than its header', 'plain', (file) => wideBox(file, 3n)],
    ['a box smaller than its header', 'plain', (file) => sized(file, 'mdat', 5)],
    ['an inner box larger than its parent', 'plain', (file) => sized(file, 'trak', 0x7fff_ffff)],
    [
      'a table with more entries than bytes',
      'plain',
      (file) => changed(file, 'stco', (copy, at) => copy.writeUInt32BE(huge, at + 4)),
    ],
    [
      'four thousand million frames in a chunk',
      'plain',
      (file) => changed(file, 'stsc', (copy, at) => copy.writeUInt32BE(huge, at + 12)),
    ],
    [
      'frame sizes of no bits',
      'plain',
      (file) =>
        changed(file, 'stsz', (copy, at) => {
          copy.write('stz2', at - 4, 'latin1');
          copy.writeUInt32BE(0, at + 4);
          copy.writeUInt32BE(huge, at + 8);
        }),
    ],
    [
      'four thousand million shifted frames',
      'plain',
      (file) =>
        changed(file, 'stss', (copy, at) => {
          copy.write('ctts', at - 4, 'latin1');
          copy.writeUInt32BE(1, at + 4);
          copy.writeUInt32BE(huge, at + 8);
        }),
    ],
    [
      'four thousand million frames in a fragment',
      'fragmented',
      (file) =>
        changed(file, 'trun', (copy, at) => {
          copy.writeUInt32BE(1, at);
          copy.writeUInt32BE(huge, at + 4);
        }),
    ],
  ];
  for (const [name, layout, make] of harms) {
    it(`gets an answer: ${name}`, { timeout: 5000 }, async (t) => {
      const file = await clip(layout === 'plain' ? 'index first' : 'fragmented');
      const before = process.resourceUsage().maxRSS;
      const found = await (await checker(t))(make(file));
      assert.equal(found.ok, false, JSON.stringify(found));
      const grownKb = process.resourceUsage().maxRSS - before;
      assert.ok(grownKb < 64 * 1024, `${grownKb} KiB more memory`);
    });
  }

  it('is never asked for the second index its end points to', { timeout: 5000 }, async (t) => {
    const file = await clip('fragmented');
    const lookups = 200_000;
    // Fragments looked up by time, all at the same one: comparing them takes the square of it.
    const table = Buffer.alloc(16 + lookups * 11);
    table.writeUInt32BE(1, 4);
    table.writeUInt32BE(lookups, 12);
    const index = box('mfra', box('tfra', table));
    const end = Buffer.alloc(4);
    end.writeUInt32BE(index.length + 4);
    const bare = file.subarray(0, outerBoxesOf(file).find(({ type }) => type === 'mfra')?.at);
    const hidden = Buffer.concat([bare, box('mdat', index, end)]);
    const started = performance.now();
    assert.equal((await (await checker(t))(hidden)).ok, true);
    assert.ok(performance.now() - started < 2000);
  });

  it('gets an answer for any change of its index', { timeout: 20_000 }, async (t) => {
    const check = await checker(t);
    for (const layout of layouts) {
      const file = await clip(layout);
      const index = outerBoxesOf(file).find(({ type }) => type === 'moov');
      assert.ok(index);
      const random = randomBytes(600);
      for (let round = 0; round < 100; round++) {
        const copy = Buffer.from(file);
        const place = random.readUInt32BE(round * 6) % (index.end - index.at - 12);
        copy.writeUInt32BE(random.readUInt16BE(round * 6 + 4) * 65_537, index.at + 8 + place);
        await check(copy);
      }
    }
  });

  function wideBox(file: Buffer, size: bigint): Buffer {
    const wide = Buffer.alloc(16);
    wide.writeUInt32BE(1, 0);
    wide.write('mdat', 4, 'latin1');
    wide.writeBigUInt64BE(size, 8);
    return Buffer.concat([file, wide]);
  }

  function sized(file: Buffer, type: string, size: number): Buffer {
    return changed(file, type, (copy, at) => copy.writeUInt32BE(size, at - 8));
  }
});

describe('checking', () => {
  it('reads only the headers and the index of a large file', async (t) => {
    const path = join(await temporaryFolder(t), 'large.mp4');
    const small = await videoFile({ seconds: 8 });
    const freeBytes = 1024 * 1024 * 1024;
    const free = box('free');
    free.writeUInt32BE(freeBytes, 0);
    await writeFile(path, Buffer.concat([small, free]));
    const file = await open(path, 'r+');
    // Sparse: takes no room on the disk.
    await file.truncate(small.length + freeBytes);
    await file.close();
    const before = process.resourceUsage();
    const found = await checkMp4(path);
    assert.ok(found.ok);
    assert.equal(found.durationMs, 8000);
    assert.ok(process.resourceUsage().maxRSS - before.maxRSS < 32 * 1024);
  });

  it('leaves a failing disk apart from a broken file', async () => {
    const memory = await open('/proc/self/mem', 'r');
    await assert.rejects(
      onDisk(() => memory.read(Buffer.alloc(8), 0, 8, 0)),
      (error) => error instanceof StorageFull && error.message === 'storage: EIO',
    );
    await memory.close();
    await assert.rejects(checkMp4('/nowhere/clip.mp4'), StorageFull);
  });
});
