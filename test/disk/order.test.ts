/** What a power cut leaves behind is what was put on disk first; so the order of it is watched. */
import assert from 'node:assert/strict';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { test } from 'node:test';
import { openFolder } from '../../src/disk/folder.ts';
import { createVideoFiles } from '../../src/disk/videos.ts';
import { videoFile } from '../sandbox/google/video-file.ts';
import { temporaryFolder } from './temporary.ts';

/** The real calls, told of once each is done. */
function watched(): readonly string[] {
  const { open, rename } = files;
  const done: string[] = [];
  files.open = async (path, ...more) => {
    const file = await open(path, ...more);
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await sync();
      done.push(`${basename(String(path))} is on disk`);
    };
    return file;
  };
  files.rename = async (from, to) => {
    await rename(from, to);
    done.push(`${basename(String(from))} is named ${basename(String(to))}`);
  };
  syncBuiltinESMExports();
  return done;
}

test('a video is on disk before it has its name, and its name before anybody is told', async (t) => {
  const { path: dir } = await openFolder(await temporaryFolder(t));
  const kept = createVideoFiles({ dir });
  const incoming = await kept.receive('abcd1234');
  await incoming.write(await videoFile({ seconds: 2, width: 640, height: 360 }));
  const done = watched();
  const { ok } = await kept.keep('abcd1234');
  assert.ok(ok);
  assert.deepEqual(done, [
    'abcd1234.part is on disk',
    'abcd1234.part is named abcd1234.mp4',
    'videos is on disk',
  ]);
});
