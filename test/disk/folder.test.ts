import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FolderProblem } from '../../src/disk/errors.ts';
import { fileSystemOf, judge } from '../../src/disk/fileSystem.ts';
import { openFolder } from '../../src/disk/folder.ts';
import { temporaryFolder } from './temporary.ts';

const root = process.geteuid?.() === 0;
const plainUid = 1000;
const program = fileURLToPath(new URL('opensFolder.ts', import.meta.url));

/** Permissions do not bind root, so root steps down for the time of the call. */
async function asPlainUser<T>(call: () => Promise<T>): Promise<T> {
  if (!root) return call();
  process.seteuid?.(plainUid);
  try {
    return await call();
  } finally {
    process.seteuid?.(0);
  }
}

async function problem(call: () => Promise<unknown>): Promise<string> {
  const error = await call().then(
    () => assert.fail('the folder was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof FolderProblem, String(error));
  assert.equal(error.message.split('\n').length, 1);
  return error.message;
}

/** Whether a process of the plain user can run our programs: not so in a private home of root's. */
function stepsDown(): boolean {
  return root && spawnSync('test', ['-r', program], { uid: plainUid }).status === 0;
}

function mountsAllowed(): boolean {
  return spawnSync('unshare', ['-m', 'true']).status === 0;
}

describe('opening the data folder', () => {
  it('creates it for this user alone, with its subfolders, as often as it is asked', async (t) => {
    const path = join(await temporaryFolder(t), 'new', 'data');
    for (let time = 0; time < 2; time++) {
      const folder = await openFolder(path);
      assert.equal(folder.path, path);
      assert.deepEqual((await readdir(path)).sort(), ['incoming', 'pictures', 'videos']);
    }
    for (const name of ['', 'incoming', 'pictures', 'videos']) {
      assert.equal((await stat(join(path, name))).mode & 0o777, 0o700);
    }
  });

  it('says that the path, or one above it, is a file', async (t) => {
    const file = join(await temporaryFolder(t), 'data');
    await writeFile(file, 'mine');
    for (const path of [file, join(file, 'below', 'it')]) {
      assert.equal(
        await problem(() => openFolder(path)),
        `The data folder ${path} cannot be used because ${file} is a file; ` +
          'move that file away or set DATA_DIR to another folder.',
      );
    }
    assert.equal((await stat(file)).size, 4);
  });

  it('says whose the folder is, who we are and what to run', async (t) => {
    const above = await temporaryFolder(t);
    await chmod(above, 0o755);
    const path = join(above, 'data');
    await mkdir(path, { mode: 0o555 });
    const said = await asPlainUser(() => problem(() => openFolder(path)));
    const uid = root ? plainUid : process.geteuid?.();
    const owner = root ? 'root \\(user id 0\\)' : `user id ${uid}`;
    assert.match(
      said,
      new RegExp(
        `^The bot runs as user id ${uid} and may not write to ${path}, which belongs to ` +
          `${owner}, mode 555; as root, run: chown -R ${uid} ${path}`,
      ),
    );
  });

  it('says so when it may not create the folder', async (t) => {
    const above = await temporaryFolder(t);
    await chmod(above, 0o555);
    const path = join(above, 'data');
    const said = await asPlainUser(() => problem(() => openFolder(path)));
    assert.match(
      said,
      new RegExp(
        `may not write to ${above}, above ${path}, which belongs to .* mkdir -p ${path} && chown `,
      ),
    );
  });

  it('finds a file inside that belongs to another user', { skip: !stepsDown() }, async (t) => {
    const path = join(await temporaryFolder(t), 'data');
    await chmod(join(path, '..'), 0o755);
    await openFolder(path);
    execFileSync('chown', ['-R', String(plainUid), path]);
    const database = join(path, 'bot.db');
    await writeFile(database, 'rows', { mode: 0o600 });
    const asPlain = () =>
      execFileSync(process.execPath, [program, path], { uid: plainUid }).toString();
    assert.match(
      asPlain(),
      new RegExp(`^FolderProblem: .* may not write to ${database}, which belongs to root`),
    );
    await chown(database, plainUid, plainUid);
    assert.match(asPlain(), /"warnings":/);
  });

  it('says that the file system is read-only or full', { skip: !mountsAllowed() }, async (t) => {
    const path = await temporaryFolder(t);
    const inside = (mount: string) =>
      spawnSync('unshare', ['-m', 'sh', '-c', `${mount} && exec "$NODE" "$PROGRAM" "$FOLDER"`], {
        encoding: 'utf8',
        env: {
          ...process.env,
          NODE: process.execPath,
          PROGRAM: fileURLToPath(new URL('opensFolder.ts', import.meta.url)),
          FOLDER: path,
        },
      }).stdout;
    assert.match(
      inside('mount -t tmpfs -o ro none "$FOLDER"'),
      new RegExp(`^FolderProblem: The data folder ${path}.* read-only file system .*user id 0`),
    );
    const full =
      'mount -t tmpfs -o size=4096,nr_inodes=0 none "$FOLDER"; printf x > "$FOLDER/full"';
    assert.match(
      inside(full),
      new RegExp(`^FolderProblem: The disk that holds the data folder ${path}.* is full`),
    );
  });
});

describe('the file system below', () => {
  it('is refused where it is a network share, before anything is written', async (t) => {
    const path = await temporaryFolder(t);
    const said = await problem(() =>
      openFolder(path, async () => ({ type: 0x6969, mount: 'nfs4' })),
    );
    assert.match(
      said,
      new RegExp(`^The data folder ${path} is a network share \\(NFS\\).*DATA_DIR`),
    );
    assert.deepEqual(await readdir(path), []);
  });

  it('is told apart: shares refused, programs and memory doubted, disks taken', () => {
    const kinds: [type: number, mount: string | null, kind: string][] = [
      [0x6969, 'nfs', 'refused'],
      [0x517b, 'smbfs', 'refused'],
      [0xff534d42, 'cifs', 'refused'],
      [0xfe534d42, 'smb3', 'refused'],
      [0x5346414f, 'afs', 'refused'],
      [0x65735546, 'fuse.sshfs', 'refused'],
      [0x65735546, 'fuse.rclone', 'refused'],
      [0x65735546, 'fuse.mergerfs', 'doubtful'],
      [0x65735546, null, 'doubtful'],
      [0x01021997, '9p', 'doubtful'],
      [0x786f4256, 'vboxsf', 'doubtful'],
      [0x01021994, 'tmpfs', 'doubtful'],
      [0xef53, 'ext4', 'fine'],
      [0x58465342, 'xfs', 'fine'],
      [0x9123683e, 'btrfs', 'fine'],
      [0x794c7630, 'overlay', 'fine'],
    ];
    for (const [type, mount, kind] of kinds) {
      assert.equal(judge({ type, mount }).kind, kind, `${mount}`);
    }
  });

  it('only warns where it is doubtful', async (t) => {
    const path = await temporaryFolder(t);
    const fuse = { type: 0x65735546, mount: 'fuse.mergerfs' };
    const { warnings } = await openFolder(path, async () => fuse);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /is served by a program \(fuse\.mergerfs\)/);
  });

  it('is asked of the kernel', { skip: process.platform !== 'linux' }, async () => {
    const memory = await fileSystemOf('/dev/shm');
    assert.deepEqual(memory, { type: 0x01021994, mount: 'tmpfs' });
    const process = await fileSystemOf('/proc/self');
    assert.deepEqual(process, { type: 0x9fa0, mount: 'proc' });
  });
});
