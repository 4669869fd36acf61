import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FolderProblem } from '../../src/disk/errors.ts';
import { lockFolder } from '../../src/disk/lock.ts';
import { holdExclusively } from '../../src/sqlite/lock.ts';
import { temporaryFolder } from './temporary.ts';

const program = fileURLToPath(new URL('holdsLock.ts', import.meta.url));

/** Another process on that folder, and the first thing it says. */
async function another(t: TestContext, folder: string): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, ['--expose-gc', program, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return [child, String(line).trim()];
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('the lock of a data folder', () => {
  it('stops a second process with one line that names the first', async (t) => {
    const folder = await temporaryFolder(t);
    const [first, said] = await another(t, folder);
    assert.equal(said, 'held');
    const [second, answer] = await another(t, folder);
    assert.match(
      answer,
      new RegExp(
        `^FolderProblem: Another bot is running on the data folder ${folder} ` +
          `\\(process ${first.pid} on \\S+ since 20\\S+Z\\); stop that one first`,
      ),
    );
    assert.equal(answer.split('\n').length, 1);
    if (second.exitCode === null) await once(second, 'exit');
    assert.equal(second.exitCode, 1);
  });

  it('is free at once when its holder is killed', async (t) => {
    const folder = await temporaryFolder(t);
    const [first] = await another(t, folder);
    assert.throws(() => lockFolder(folder, holdExclusively, Date.now()), FolderProblem);
    await killed(first);
    const hold = lockFolder(folder, holdExclusively, Date.now());
    assert.match(
      await readFile(join(folder, 'lock.txt'), 'utf8'),
      new RegExp(`^process ${process.pid} `),
    );
    hold.release();
  });

  it('outlasts a second try in its own process', async (t) => {
    const folder = await temporaryFolder(t);
    const hold = lockFolder(folder, holdExclusively, Date.now());
    assert.throws(() => lockFolder(folder, holdExclusively, Date.now()), FolderProblem);
    const [, answer] = await another(t, folder);
    assert.match(answer, /Another bot is running/);
    hold.release();
  });

  it('is free once released, and leaves no note; releasing twice does no harm', async (t) => {
    const folder = await temporaryFolder(t);
    const hold = lockFolder(folder, holdExclusively, Date.now());
    hold.release();
    assert.deepEqual(await readdir(folder), ['lock.db']);
    const [, answer] = await another(t, folder);
    assert.equal(answer, 'held');
    hold.release();
    assert.ok((await readdir(folder)).includes('lock.txt'), 'the note is another one now');
  });

  it('says nothing about the holder when the note is not one of ours', async (t) => {
    const folder = await temporaryFolder(t);
    const hold = lockFolder(folder, holdExclusively, Date.now());
    await writeFile(join(folder, 'lock.txt'), '\u001b[31mprocess 1 on x since 2026\n');
    assert.throws(
      () => lockFolder(folder, holdExclusively, Date.now()),
      new RegExp(`on the data folder ${folder}; stop`),
    );
    hold.release();
  });

  it('says in one sentence that its file is damaged or cannot be opened', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'lock.db'), 'not a database'.repeat(100));
    assert.throws(
      () => lockFolder(folder, holdExclusively, Date.now()),
      (error) => error instanceof FolderProblem && /lock\.db is damaged/.test(error.message),
    );
    assert.throws(
      () => lockFolder(join(folder, 'missing'), holdExclusively, Date.now()),
      (error) => error instanceof FolderProblem && /cannot be locked/.test(error.message),
    );
  });
});
