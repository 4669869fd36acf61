import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FolderProblem, systemCode } from './errors.ts';
import { type FileSystem, fileSystemOf, judge } from './fileSystem.ts';

export interface DataFolder {
  /** Absolute. */
  readonly path: string;
  /** Sentences for the operator about what may go wrong later. */
  readonly warnings: readonly string[];
}

export const subfolders = ['incoming', 'videos', 'pictures'] as const;

/**
 * Creates the data folder where it is missing (0700: it holds tokens and prompts) and proves that
 * it can be used. To be called before anybody outside is contacted. Throws FolderProblem.
 */
export async function openFolder(
  dataDir: string,
  look: (folder: string) => Promise<FileSystem | null> = fileSystemOf,
): Promise<DataFolder> {
  const path = resolve(dataDir);
  await makeFolder(path);
  // Asked before the first write: on a share even a probe can hang or leave something behind.
  const warnings = await judgeFileSystem(path, look);
  await probe(path);
  for (const name of subfolders) {
    const folder = join(path, name);
    await makeFolder(folder);
    await probe(folder);
  }
  await filesAreOurs(path);
  return { path, warnings };
}

export interface FoundFolder {
  /** Absolute. */
  readonly path: string;
  /** The user id of its owner; null where it is still to be made. */
  readonly uid: number | null;
  /** The nearest folder that is there: itself, or what it will be made in. */
  readonly above: string;
  readonly warnings: readonly string[];
}

/** Looks at the data folder without making anything in it that stays. Throws FolderProblem. */
export async function lookAtFolder(
  dataDir: string,
  look: (folder: string) => Promise<FileSystem | null> = fileSystemOf,
): Promise<FoundFolder> {
  const path = resolve(dataDir);
  const found = await nearest(path);
  if (found?.path !== path) {
    return { path, uid: null, above: found?.path ?? '/', warnings: await canBeMade(path, look) };
  }
  const isFolder = (await stat(path)).isDirectory();
  if (!isFolder) throw new FolderProblem(await sentence(path, 'ENOTDIR'));
  const warnings = await judgeFileSystem(path, look);
  await probe(path);
  for (const name of subfolders) {
    const folder = join(path, name);
    if ((await nearest(folder))?.path === folder) await probe(folder);
  }
  await filesAreOurs(path);
  return { path, uid: found.uid, above: path, warnings };
}

async function canBeMade(
  path: string,
  look: (folder: string) => Promise<FileSystem | null>,
): Promise<string[]> {
  const above = (await nearest(dirname(path)))?.path ?? '/';
  if (!(await stat(above)).isDirectory()) throw new FolderProblem(await sentence(path, 'ENOTDIR'));
  try {
    await access(above, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw await problemOf(path, error);
  }
  return judgeFileSystem(above, look);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw await problemOf(path, error);
  }
}

async function judgeFileSystem(
  path: string,
  look: (folder: string) => Promise<FileSystem | null>,
): Promise<string[]> {
  const found = await look(path);
  const verdict = found ? judge(found) : ({ kind: 'fine' } as const);
  switch (verdict.kind) {
    case 'fine':
      return [];
    case 'doubtful':
      return [
        `The data folder ${path} ${verdict.why}, where the database may break; ` +
          'a folder on a local disk or a Docker volume is safe.',
      ];
    case 'refused':
      throw new FolderProblem(
        `The data folder ${path} ${verdict.why}, where the database's locks do not hold; ` +
          'set DATA_DIR to a folder on a local disk or a Docker volume.',
      );
    default:
      return verdict satisfies never;
  }
}

/** Permission bits lie (root, read-only mounts, quotas); only a written byte is proof. */
async function probe(folder: string): Promise<void> {
  const path = join(folder, `.probe-${randomUUID()}`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.write('x');
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw await problemOf(folder, error);
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}

/** Files left by another user: SQLite would only say "unable to open" or "readonly". */
async function filesAreOurs(folder: string): Promise<void> {
  let entries: Awaited<ReturnType<typeof list>>;
  try {
    entries = await list(folder);
  } catch (error) {
    throw await problemOf(folder, error);
  }
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    try {
      await access(path, constants.R_OK | constants.W_OK);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw await problemOf(path, error);
    }
  }
}

function list(folder: string) {
  return readdir(folder, { withFileTypes: true });
}

async function problemOf(path: string, error: unknown): Promise<FolderProblem> {
  const code = systemCode(error);
  if (code === null) throw error;
  return new FolderProblem(await sentence(path, code), error);
}

async function sentence(path: string, code: string): Promise<string> {
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR': {
      const file = await nearest(path);
      return (
        `The data folder ${path} cannot be used because ${file?.path ?? path} is a file; ` +
        'move that file away or set DATA_DIR to another folder.'
      );
    }
    case 'EACCES':
    case 'EPERM': {
      const uid = process.geteuid?.() ?? null;
      const found = await nearest(path);
      const what = found?.path === path ? path : `${found?.path ?? dirname(path)}, above ${path}`;
      if (uid === null || !found) return `This user may not write to ${what}; allow it to.`;
      const owner = found.uid === 0 ? 'root (user id 0)' : `user id ${found.uid}`;
      return (
        `The bot runs as user id ${uid} and may not write to ${what}, which belongs to ${owner}, ` +
        `mode ${found.mode}; as root, run: ` +
        (found.path === path
          ? `chown -R ${uid} ${path}`
          : `mkdir -p ${path} && chown ${uid} ${path}`)
      );
    }
    case 'EROFS':
      return (
        `The data folder ${path} is on a read-only file system (the bot runs as user id ` +
        `${process.geteuid?.() ?? 'unknown'}); mount it writable or set DATA_DIR to another folder.`
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk that holds the data folder ${path} is full; free some room and start again.`;
    default:
      return `The data folder ${path} cannot be used (${code}); check the disk and its mount.`;
  }
}

/** The path itself, or the first above it that exists: there the trouble is. */
async function nearest(path: string) {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found) return { path: at, uid: found.uid, mode: (found.mode & 0o7777).toString(8) };
    if (at === dirname(at)) return null;
  }
}
