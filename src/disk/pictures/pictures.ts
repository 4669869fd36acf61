/** Pictures in the data folder: `incoming/<id>-<n>.part` as it came in, then `pictures/<id>-<n>.jpg`. */
import { createHash } from 'node:crypto';
import { copyFile, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JobId } from '../../jobs/job.ts';
import type { PictureFile } from '../../jobs/pictures.ts';
import type { CheckedPicture, PictureFiles } from '../../jobs/ports/files.ts';
import { onDisk, systemCode } from '../errors.ts';
import { openIncoming } from '../incoming.ts';
import { sizeOf, statOf } from '../stat.ts';
import { type Convert, createConverter, MOST_PIXELS } from './converter.ts';
import { area, heicSize } from './heic.ts';
import { HEAD_BYTES, kindOf } from './kind.ts';

export interface PictureFilesOptions {
  /** The data folder, as `openFolder` left it. */
  readonly dir: string;
  readonly convert?: Convert;
  /** A second name for the same bytes; not every file system has that. */
  readonly linkFile?: (from: string, to: string) => Promise<void>;
}

/** What is passed on as it is can't be made smaller, and comes back with every look at the job. */
const MOST_UNCONVERTED_BYTES = 8 * 1024 * 1024;
/** The boxes that tell a HEIC's size stand in front of its pixels. */
const BOXES_BYTES = 256 * 1024;

/** Whatever the disk refuses is thrown as StorageFull, a name of another form as RangeError. */
export function createPictureFiles({
  dir,
  convert = createConverter(),
  linkFile = link,
}: PictureFilesOptions): PictureFiles {
  const incomingFolder = join(resolve(dir), 'incoming');
  const picturesFolder = join(resolve(dir), 'pictures');
  const incomingPath = (id: JobId, index: number) =>
    join(incomingFolder, `${stem(id, index)}.part`);
  const picturePath = (name: string) => join(picturesFolder, checkedName(name));

  async function keepHeic(id: JobId, index: number, from: string): Promise<CheckedPicture> {
    const size = heicSize(await head(from, BOXES_BYTES));
    if (size === null) return { ok: false, why: 'no picture' };
    const { size: sizeBytes } = await onDisk(() => stat(from));
    if (sizeBytes > MOST_UNCONVERTED_BYTES || area(size) > MOST_PIXELS) {
      return { ok: false, why: 'picture too large' };
    }
    return await settle(from, { name: `${stem(id, index)}.heic`, mimeType: 'image/heic', ...size });
  }

  async function keepConverted(
    id: JobId,
    index: number,
    from: string,
    signal: AbortSignal,
  ): Promise<CheckedPicture> {
    const to = join(incomingFolder, `${stem(id, index)}.jpg.part`);
    const converted = await convert(from, to, signal);
    if (!converted.ok) {
      await remove(to);
      return converted;
    }
    const { width, height } = converted;
    const name = `${stem(id, index)}.jpg`;
    return await settle(to, { name, mimeType: 'image/jpeg', width, height });
  }

  /** Under its name only once its bytes are on the disk. */
  async function settle(
    from: string,
    about: Pick<PictureFile, 'name' | 'mimeType' | 'width' | 'height'>,
  ): Promise<CheckedPicture> {
    const bytes = await onDisk(() => readFile(from));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await synced(from);
    await onDisk(() => rename(from, picturePath(about.name)));
    await synced(picturesFolder);
    return { ok: true, file: { ...about, sizeBytes: bytes.length, sha256 } };
  }

  /** The same bytes under a second name, or copied where that cannot be: each goes with its own job. */
  async function secondName(from: string, to: string, by: string): Promise<void> {
    try {
      await linkFile(from, to);
    } catch (error) {
      const code = systemCode(error);
      if (code === null) throw error;
      // Whatever else is wrong with the disk, the copy meets it too.
      await onDisk(() => copyFile(from, by));
      await synced(by);
      await onDisk(() => rename(by, to));
    }
  }

  async function has(picture: PictureFile): Promise<boolean> {
    return (await sizeOf(picturePath(picture.name))) === picture.sizeBytes;
  }

  return {
    async receive(id, index) {
      const incoming = await openIncoming(incomingPath(id, index));
      await incoming.restart();
      return incoming;
    },

    async keep(id, index, takes, signal) {
      const from = incomingPath(id, index);
      try {
        switch (kindOf(await head(from, HEAD_BYTES))) {
          case 'no picture':
            return { ok: false, why: 'no picture' };
          case 'still heic':
            if (!takes.heic) return { ok: false, why: 'picture kind' };
            return await keepHeic(id, index, from);
          case 'convertible':
            return await keepConverted(id, index, from, signal);
        }
      } finally {
        await remove(from);
      }
    },

    async keepAgain(id, index, other) {
      if (!(await has(other))) return null;
      const name = `${stem(id, index)}${other.name.slice(other.name.lastIndexOf('.'))}`;
      if (name === other.name) return other;
      await remove(picturePath(name));
      await secondName(
        picturePath(other.name),
        picturePath(name),
        join(incomingFolder, `${name}.part`),
      );
      await synced(picturesFolder);
      return { ...other, name };
    },

    has,

    async read(picture) {
      if (!(await has(picture))) return null;
      const bytes = await onDisk(() => readFile(picturePath(picture.name)));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return sha256 === picture.sha256 ? bytes : null;
    },

    async *untouchedSince(before) {
      for (const folder of [incomingFolder, picturesFolder]) {
        for (const name of await onDisk(() => readdir(folder))) {
          // Names of another form are not ours to judge.
          const id = /^([0-9a-z]{8})-\d{1,2}\.(?:part|jpg|heic|jpg\.part|heic\.part)$/.exec(
            name,
          )?.[1];
          if (id === undefined) continue;
          const writtenAt = (await statOf(join(folder, name)))?.mtimeMs ?? null;
          if (writtenAt !== null && writtenAt < before) yield id;
        }
      }
    },

    async removePictures(id) {
      for (const folder of [incomingFolder, picturesFolder]) {
        const names = await onDisk(() => readdir(folder));
        for (const name of names) {
          if (name.startsWith(`${checkedId(id)}-`)) await remove(join(folder, name));
        }
      }
    },
  };
}

function checkedId(id: string): string {
  if (!/^[0-9a-z]{8}$/.test(id)) throw new RangeError('not the id of a job');
  return id;
}

function stem(id: JobId, index: number): string {
  if (!Number.isInteger(index) || index < 0 || index > 99) throw new RangeError('no such picture');
  return `${checkedId(id)}-${index}`;
}

function checkedName(name: string): string {
  if (!/^[0-9a-z]{8}-\d{1,2}\.(jpg|heic)$/.test(name)) {
    throw new RangeError('not the name of a picture');
  }
  return name;
}

function head(path: string, mostBytes: number): Promise<Buffer> {
  return onDisk(async () => {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

function remove(path: string): Promise<void> {
  return onDisk(() => rm(path, { force: true }));
}

/** Its bytes, or a folder's names, outlive a power cut. */
function synced(path: string): Promise<void> {
  return onDisk(async () => {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}
