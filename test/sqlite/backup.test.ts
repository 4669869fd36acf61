/** Copies of the database: made while it is used, and good for a new start. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openFolder } from '../../src/disk/folder.ts';
import { lockFolder } from '../../src/disk/lock.ts';
import type { Clock } from '../../src/jobs/ports/clock.ts';
import { backUpFile } from '../../src/sqlite/backup.ts';
import { DailyBackups } from '../../src/sqlite/dailyBackups.ts';
import { holdExclusively } from '../../src/sqlite/lock.ts';
import { DatabaseProblem } from '../../src/sqlite/problem.ts';
import { openStore, type SqliteStore } from '../../src/sqlite/store.ts';
import { bringTo, NOON, sampleNewJob } from '../jobs/samples.ts';
import { Folder } from './folder.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const program = fileURLToPath(new URL('../../src/backup.ts', import.meta.url));

describe('A backup', () => {
  let folder: Folder;
  let store: SqliteStore;
  beforeEach(async () => {
    folder = new Folder();
    store = await openStore({ path: folder.database });
  });
  afterEach(async () => {
    await store.close();
    folder.remove();
  });
  const backups = () => {
    const within = join(folder.path, 'backups');
    return existsSync(within) ? readdirSync(within).toSorted() : [];
  };

  /** Puts the copy in the place of the database of a new data folder, and opens that. */
  async function restored(copy: string): Promise<SqliteStore> {
    const { path } = await openFolder(join(folder.path, 'new'));
    copyFileSync(copy, join(path, 'bot.db'));
    return openStore({ path: join(path, 'bot.db') });
  }

  function command() {
    const env = { PATH: process.env.PATH, DISCORD_TOKEN: 'a.b.c', DATA_DIR: folder.path };
    // As of a shell that lets others read.
    const own = process.umask(0o022);
    try {
      return spawnSync(process.execPath, [program], { env, cwd: folder.path, encoding: 'utf8' });
    } finally {
      process.umask(own);
    }
  }

  it('made by command while a bot runs holds everything up to then, and the bot keeps its lock', async () => {
    const job = await bringTo(store, 'generating');
    const lock = lockFolder(folder.path, holdExclusively, NOON);
    const { stdout, stderr, status } = command();
    assert.equal(status, 0, stderr);
    const today = `bot-${new Date().toISOString().slice(0, 10)}.db`;
    assert.equal(stdout, `The database was copied to ${join(folder.path, 'backups', today)}.\n`);
    assert.deepEqual(backups(), [today]);
    // It holds what members wrote; a folder that was there before may let others in.
    for (const path of ['backups', join('backups', today)]) {
      assert.equal(statSync(join(folder.path, path)).mode & 0o077, 0, path);
    }
    // Another process may still not have the folder.
    const taken = `import { holdExclusively } from ${JSON.stringify(new URL('../../src/sqlite/lock.ts', import.meta.url).href)};
      process.exit(holdExclusively(${JSON.stringify(join(folder.path, 'lock.db'))}) === null ? 7 : 0);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', taken]);
    assert.deepEqual(await once(other, 'exit'), [7, null]);
    lock.release();

    const later = await store.accept(sampleNewJob(), []);
    assert.equal(later.kind, 'accepted');
    const copy = await restored(join(folder.path, 'backups', today));
    assert.deepEqual(await copy.find(job.id), job);
    assert.deepEqual(await copy.history(job.id), await store.history(job.id));
    assert.equal((await copy.inStates(['received'])).length, 0);
    assert.notEqual(await bringTo(copy, 'delivered'), null);
    await copy.close();
  });

  it('made by command twice a day is the later one', async () => {
    assert.equal(command().status, 0);
    const job = await bringTo(store, 'delivered');
    assert.equal(command().status, 0);
    const [name = ''] = backups();
    assert.equal(backups().length, 1);
    const copy = await restored(join(folder.path, 'backups', name));
    assert.deepEqual(await copy.find(job.id), job);
    await copy.close();
  });

  it('works where no bot runs, and leaves the database as it is', async () => {
    const job = await bringTo(store, 'delivered');
    await store.close();
    assert.equal(command().status, 0);
    store = await openStore({ path: folder.database });
    assert.deepEqual(await store.find(job.id), job);
  });

  it('of nothing, or of a foreign file, is one sentence and leaves nothing behind', async () => {
    const missing = join(folder.path, 'elsewhere.db');
    const nowhere = join(folder.path, 'no folder', 'bot.db');
    const to = join(folder.path, 'backups', 'copy.db');
    for (const path of [missing, nowhere]) {
      await assert.rejects(backUpFile(path, to, NOON), (error) => {
        assert.ok(error instanceof DatabaseProblem);
        assert.equal(
          error.message,
          `There is no database at ${path} that can be read: is DATA_DIR right?`,
        );
        return true;
      });
    }
    writeFileSync(missing, 'plain text, somebody needs it');
    await assert.rejects(backUpFile(missing, to, NOON), (error) => {
      assert.ok(error instanceof DatabaseProblem);
      assert.match(error.message, /elsewhere\.db is no database: nothing was copied/);
      return true;
    });
    mkdirSync(join(to, 'in the way'), { recursive: true });
    await assert.rejects(backUpFile(folder.database, to, NOON), DatabaseProblem);
    assert.deepEqual(backups(), ['copy.db']);
  });

  it('by command with a wrong setting says which', () => {
    const env = { PATH: process.env.PATH, DATA_DIR: folder.path };
    const { stderr, status } = spawnSync(process.execPath, [program], {
      ...{ env, cwd: folder.path, encoding: 'utf8' },
    });
    assert.equal(status, 1);
    assert.match(stderr, /DISCORD_TOKEN is missing/);
  });

  describe('a day', () => {
    let wall = NOON;
    let timer: { readonly ms: number; readonly call: () => void } | null = null;
    let armed: (() => void) | null = null;
    const faults: unknown[] = [];
    const clock: Pick<Clock, 'wall' | 'after'> = {
      wall: () => wall,
      after: (ms, call) => {
        timer = { ms, call };
        armed?.();
        return () => {
          timer = null;
        };
      },
    };
    beforeEach(() => {
      wall = NOON;
      timer = null;
      faults.length = 0;
    });

    function daily(kept: number): DailyBackups {
      return new DailyBackups({
        ...{ kept, clock, backup: store.backup, folder: join(folder.path, 'backups') },
        onFault: (error) => faults.push(error),
      });
    }

    /** Lets the timer ring and waits until it is set again. */
    async function ring(): Promise<void> {
      const { call } = timer ?? assert.fail('no timer is set');
      const again = new Promise<void>((resolve) => {
        armed = resolve;
      });
      call();
      await again;
    }

    it('is made once a day, and as many as are wanted are kept', async () => {
      writeFileSync(join(folder.path, 'mine.db'), 'x');
      const at = daily(3);
      at.start();
      at.start();
      const job = await bringTo(store, 'delivered');
      for (let hours = 0; hours < 24 * 6; hours += 6) {
        await ring();
        wall += 6 * HOUR_MS;
      }
      writeFileSync(join(folder.path, 'backups', 'notes.txt'), 'the operator’s own');
      await ring();
      assert.deepEqual(backups(), [
        ...['bot-2026-11-14.db', 'bot-2026-11-15.db', 'bot-2026-11-16.db', 'notes.txt'],
      ]);
      await at.stop();
      assert.equal(timer, null);
      assert.deepEqual(faults, []);
      const copy = await restored(join(folder.path, 'backups', 'bot-2026-11-16.db'));
      assert.deepEqual(await copy.find(job.id), job);
      await copy.close();
    });

    it('is not made where none is wanted', async () => {
      const at = daily(0);
      at.start();
      assert.equal(timer, null);
      await at.stop();
    });

    it('that fails is told, leaves the older ones, and is tried again an hour later', async () => {
      const at = daily(1);
      at.start();
      await ring();
      const blocked = new DailyBackups({
        ...{ kept: 1, clock, folder: join(folder.path, 'backups') },
        backup: () => Promise.reject(new Error('disk')),
        onFault: (error) => faults.push(error),
      });
      await at.stop();
      wall += DAY_MS;
      blocked.start();
      await ring();
      assert.equal(faults.length, 1);
      assert.equal(timer !== null && (timer as { ms: number }).ms, HOUR_MS);
      assert.deepEqual(backups(), ['bot-2026-11-10.db']);
      await blocked.stop();
    });
  });
});
