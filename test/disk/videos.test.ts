import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openFolder } from '../../src/disk/folder.ts';
import { openIncoming } from '../../src/disk/incoming.ts';
import { freeBytes, room } from '../../src/disk/space.ts';
import { createVideoFiles } from '../../src/disk/videos.ts';
import type { VideoFiles } from '../../src/jobs/ports/files.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { videoFile } from '../sandbox/google/video-file.ts';
import { box } from './clips.ts';
import { temporaryFolder } from './temporary.ts';

const id = 'abcd1234';

async function dataFolder(t: TestContext): Promise<string> {
  const { path } = await openFolder(await temporaryFolder(t));
  return path;
}

async function receiveAll(files: VideoFiles, bytes: Buffer): Promise<void> {
  const incoming = await files.receive(id);
  for (let at = 0; at < bytes.length; at += 60_000) {
    await incoming.write(bytes.subarray(at, at + 60_000));
  }
  await incoming.close();
}

describe('a video that comes in', () => {
  it('goes on where it ended after a restart, and can begin anew', async (t) => {
    const dir = await dataFolder(t);
    const first = await createVideoFiles({ dir }).receive(id);
    assert.equal(first.sizeBytes, 0);
    await first.write(Buffer.from('one '));
    await first.write(Buffer.from('two '));
    assert.equal(first.sizeBytes, 8);

    const second = await createVideoFiles({ dir }).receive(id);
    assert.equal(second.sizeBytes, 8);
    await second.write(Buffer.from('three'));
    assert.equal(await readFile(join(dir, 'incoming', `${id}.part`), 'utf8'), 'one two three');
    await second.restart();
    assert.equal(second.sizeBytes, 0);
    await second.write(Buffer.from('four'));
    await second.close();
    await second.close();
    await first.close();
    assert.equal(await readFile(join(dir, 'incoming', `${id}.part`), 'utf8'), 'four');
  });

  it('has lost nothing that was taken when its process is killed', async (t) => {
    const dir = await dataFolder(t);
    const program = fileURLToPath(new URL('receives.ts', import.meta.url));
    const child = spawn(process.execPath, [program, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    let taken = 0;
    for await (const line of createInterface(child.stdout)) {
      taken = Number(line);
      if (taken >= 50_000) child.kill('SIGKILL');
    }
    if (child.signalCode === null) await once(child, 'exit');
    const incoming = await createVideoFiles({ dir }).receive(id);
    assert.ok(incoming.sizeBytes >= taken, `${incoming.sizeBytes} of ${taken}`);
    await incoming.close();
    const bytes = await readFile(join(dir, 'incoming', `${id}.part`));
    for (let at = 0; at < bytes.length; at += 10_000) {
      assert.equal(bytes[at], (at / 10_000) % 256);
    }
  });

  it('cannot be written by a step that was given up', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const old = await files.receive(id);
    await old.write(Buffer.from('old'));
    const fresh = await files.receive(id);
    await assert.rejects(old.write(Buffer.from('late')), /closed/);
    await fresh.write(Buffer.from('new'));
    await old.close();
    await fresh.write(Buffer.from('er'));
    await fresh.close();
    assert.equal(await readFile(join(dir, 'incoming', `${id}.part`), 'utf8'), 'oldnewer');
  });

  it('meets a full disk as StorageFull, and its size stays true', async () => {
    const incoming = await openIncoming('/dev/full');
    await assert.rejects(
      incoming.write(Buffer.alloc(1000)),
      (error) => error instanceof StorageFull && error.message === 'storage: ENOSPC',
    );
    assert.equal(incoming.sizeBytes, 0);
    await incoming.close();
  });
});

describe('keeping a video', () => {
  it('answers what it is and moves it to its final name', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const bytes = await videoFile({ seconds: 8, width: 720, height: 1280 });
    await receiveAll(files, bytes);
    const kept = await files.keep(id);
    assert.ok(kept.ok);
    assert.deepEqual(kept.video, {
      name: `${id}.mp4`,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      durationMs: 8000,
      width: 720,
      height: 1280,
      hasAudio: true,
    });
    assert.equal(files.path(kept.video), join(dir, 'videos', `${id}.mp4`));
    assert.deepEqual(await readFile(files.path(kept.video)), bytes);
    assert.deepEqual(await readdir(join(dir, 'incoming')), []);
    assert.equal(await files.has(kept.video), true);

    await truncate(files.path(kept.video), 100);
    assert.equal(await files.has(kept.video), false);
    await files.remove(id);
    await files.remove(id);
    assert.equal(await files.has(kept.video), false);
  });

  it('gives the same answer again after a crash behind the rename', async (t) => {
    const dir = await dataFolder(t);
    const before = createVideoFiles({ dir });
    assert.equal(await before.kept(id), null);
    await receiveAll(before, await videoFile({ seconds: 4 }));
    const first = await before.keep(id);
    assert.ok(first.ok);

    const after = createVideoFiles({ dir });
    assert.deepEqual(await after.keep(id), first);
    assert.deepEqual(await after.kept(id), first.video);
    // A download that was begun all the same and brought nothing takes nothing away.
    await (await after.receive(id)).close();
    assert.deepEqual(await after.keep(id), first);
  });

  it('replaces an older file of the job by a whole new one', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    await receiveAll(files, await videoFile({ seconds: 4 }));
    await files.keep(id);
    await receiveAll(files, await videoFile({ seconds: 6 }));
    const kept = await files.keep(id);
    assert.ok(kept.ok);
    assert.equal(kept.video.durationMs, 6000);
  });

  it('removes a file that is cut or no video, so that the next try begins anew', async (t) => {
    const dir = await dataFolder(t);
    const details: string[] = [];
    const files = createVideoFiles({ dir, onFault: (_, detail) => details.push(detail) });
    const whole = await videoFile({ seconds: 4 });
    await receiveAll(files, whole.subarray(0, -1));
    assert.deepEqual(await files.keep(id), { ok: false, why: 'cut' });
    const again = await files.receive(id);
    assert.equal(again.sizeBytes, 0);
    await again.write(Buffer.from('<html>Sign in</html>'));
    assert.deepEqual(await files.keep(id), { ok: false, why: 'unreadable' });
    assert.deepEqual(await files.keep(id), { ok: false, why: 'cut' }, 'there is nothing');
    assert.deepEqual(await readdir(join(dir, 'incoming')), []);
    assert.equal(await files.kept(id), null);
    assert.deepEqual(details, ['1 bytes are missing at the end', 'does not begin as an MP4']);
  });

  it('keeps the last file that is no video aside until a whole one comes', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const aside = join(dir, 'videos', `${id}.unreadable`);
    for (const text of ['<html>Sign in</html>', '<html>Bad gateway</html>']) {
      await receiveAll(files, Buffer.from(text));
      assert.deepEqual(await files.keep(id), { ok: false, why: 'unreadable' });
      assert.equal(await readFile(aside, 'utf8'), text);
      assert.equal((await files.receive(id)).sizeBytes, 0);
    }
    await receiveAll(files, (await videoFile({ seconds: 4 })).subarray(0, -1));
    assert.deepEqual(await files.keep(id), { ok: false, why: 'cut' });
    assert.deepEqual(await readdir(join(dir, 'videos')), [`${id}.unreadable`]);
    await receiveAll(files, await videoFile({ seconds: 4 }));
    assert.equal((await files.keep(id)).ok, true);
    assert.deepEqual(await readdir(join(dir, 'videos')), [`${id}.mp4`]);
    await receiveAll(files, Buffer.from('no video'));
    await files.keep(id);
    await files.remove(id);
    assert.deepEqual(await readdir(join(dir, 'videos')), []);
  });

  it('says whose files were not written for long, and of no other files', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const old = new Date('2026-01-01');
    const names = {
      incoming: ['aaaaaaaa.part', 'bbbbbbbb.part', 'notes.txt', 'AAAAAAAA.part'],
      videos: ['cccccccc.mp4', 'dddddddd.unreadable', 'eeeeeeee.mp4.bak', '.probe-1'],
    };
    for (const [within, all] of Object.entries(names)) {
      for (const name of all) {
        await writeFile(join(dir, within, name), 'x');
        if (!name.startsWith('b')) await utimes(join(dir, within, name), old, old);
      }
    }
    const found = await Array.fromAsync(files.untouchedSince(Date.now() - 60_000));
    assert.deepEqual(found.toSorted(), ['aaaaaaaa', 'cccccccc', 'dddddddd']);
    assert.deepEqual(await Array.fromAsync(files.untouchedSince(old.getTime())), []);
  });

  it('does not trust a kept file that broke on disk', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const bytes = await videoFile({ seconds: 4 });
    await writeFile(join(dir, 'videos', `${id}.mp4`), bytes.subarray(0, 5000));
    assert.equal(await files.kept(id), null);
    assert.deepEqual(await readdir(join(dir, 'videos')), []);
  });

  it('loses no paid video when the disk refuses: it can be kept later', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    await receiveAll(files, await videoFile({ seconds: 4 }));
    await rename(join(dir, 'videos'), join(dir, 'away'));
    await assert.rejects(files.keep(id), StorageFull);
    await rename(join(dir, 'away'), join(dir, 'videos'));
    assert.equal((await files.keep(id)).ok, true);
  });

  it('needs no more memory for a large file than for a small one', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const small = await videoFile({ seconds: 4 });
    const free = box('free');
    const freeBytes = 200 * 1024 * 1024;
    free.writeUInt32BE(freeBytes, 0);
    await receiveAll(files, Buffer.concat([small, free]));
    const part = await open(join(dir, 'incoming', `${id}.part`), 'r+');
    await part.truncate(small.length + freeBytes);
    await part.close();
    const beforeKb = process.resourceUsage().maxRSS;
    const kept = await files.keep(id);
    assert.ok(kept.ok);
    assert.equal(kept.video.sizeBytes, small.length + freeBytes);
    const grownKb = process.resourceUsage().maxRSS - beforeKb;
    assert.ok(grownKb < 32 * 1024, `${grownKb} KiB more memory`);
  });
});

describe('names', () => {
  it('of another form never become a path', async (t) => {
    const dir = await dataFolder(t);
    const files = createVideoFiles({ dir });
    const video = { sizeBytes: 1, sha256: '', durationMs: 1, width: 1, height: 1, hasAudio: false };
    const bad = [
      '',
      '../../ab',
      'ABCD1234',
      'abcd123',
      'abcd12345',
      'abcd/123',
      'abcd123\n',
      '....\0...',
    ];
    for (const name of [...bad, 'abcd1234\n']) {
      await assert.rejects(files.receive(name), RangeError);
      await assert.rejects(files.keep(name), RangeError);
      await assert.rejects(files.kept(name), RangeError);
      await assert.rejects(files.remove(name), RangeError);
      assert.throws(() => files.path({ ...video, name: `${name}.mp4` }), RangeError);
      await assert.rejects(files.has({ ...video, name: `${name}.mp4` }), RangeError);
    }
    assert.throws(() => files.path({ ...video, name: '../bot.db' }), RangeError);
  });
});

describe('free room', () => {
  it('is what the disk has for this user, against a minimum', async (t) => {
    const dir = await dataFolder(t);
    const free = await createVideoFiles({ dir }).freeBytes();
    assert.ok(Number.isSafeInteger(free) && free > 0);
    assert.equal((await room(dir, 1)).enough, true);
    assert.equal((await room(dir, Number.MAX_SAFE_INTEGER)).enough, false);
  });

  it('is StorageFull where the folder is gone', async (t) => {
    const dir = join(await temporaryFolder(t), 'gone');
    await mkdir(dir);
    await rm(dir, { recursive: true });
    await assert.rejects(freeBytes(dir), StorageFull);
  });
});
