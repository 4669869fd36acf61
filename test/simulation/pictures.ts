/** The ports PictureLinks and PictureFiles for one process: what members attach to a wish. */
import type { JobId } from '../../src/jobs/job.ts';
import type { Picture, PictureFile } from '../../src/jobs/pictures.ts';
import type { PictureFiles, PictureLinks } from '../../src/jobs/ports/files.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { BotProcess } from './process.ts';
import type { Chance } from './random.ts';
import { RUBBISH } from './service.ts';
import type { World } from './world.ts';

const SIZE_BYTES = 1_000;

/** A picture at Discord; the link says what will be found there. */
export function attachedPicture(chance: Chance): Picture {
  const kind = chance.is(0.1) ? chance.pick(['gone', 'large', 'odd']) : 'fine';
  const at = { kind: 'at discord', url: `https://files.test/${kind}` } as const;
  const announced = { sizeBytes: SIZE_BYTES, width: null, height: null };
  return { role: 'first frame', at: { ...at, ...announced } };
}

export function simulatedLinks(process: BotProcess): PictureLinks {
  return {
    async fetch(url, into, _maxBytes, signal) {
      const read = () => url.split('/').at(-1);
      const answer = await process.remote('discord', `picture at ${url}`, read, signal);
      if (answer.kind !== 'answered') {
        return { kind: 'later', how: answer.kind, retryAfterMs: null };
      }
      if (answer.value === 'gone') return { kind: 'gone' };
      if (answer.value === 'large') return { kind: 'too large' };
      await into.write(new Uint8Array(SIZE_BYTES).fill(answer.value === 'odd' ? RUBBISH : 0));
      return { kind: 'fetched' };
    },
  };
}

export function simulatedPictures(world: World, process: BotProcess): PictureFiles {
  const { pictures } = world.disk;
  /** What came in, and whether it is a picture at all. */
  const incoming = new Map<JobId, boolean>();

  function checkRoom(): void {
    if (world.isDiskFull()) throw new StorageFull('ENOSPC');
  }

  function kept(id: JobId, index: number): PictureFile {
    const file: PictureFile = {
      ...{ name: `${id}-${index}.jpg`, mimeType: 'image/jpeg', width: 1_280, height: 720 },
      ...{ sizeBytes: SIZE_BYTES, sha256: id.repeat(8) },
    };
    pictures.add(file.name);
    return file;
  }

  return {
    receive: (id, index) =>
      process.local(`receive picture ${index} of ${id}`, async () => {
        checkRoom();
        let sizeBytes = 0;
        return {
          get sizeBytes() {
            return sizeBytes;
          },
          write: (chunk) =>
            process.local(`write of picture ${id}`, async () => {
              checkRoom();
              sizeBytes += chunk.length;
              incoming.set(id, chunk[0] !== RUBBISH);
            }),
          restart: async () => {
            sizeBytes = 0;
          },
          close: async () => {},
        };
      }),
    keep: (id, index) =>
      process.local(`keep picture ${index} of ${id}`, async () => {
        checkRoom();
        if (incoming.get(id) !== true) return { ok: false, why: 'no picture' };
        return { ok: true, file: kept(id, index) };
      }),
    keepAgain: (id, index, other) =>
      process.local(`keep picture ${index} of ${id} again`, async () => {
        checkRoom();
        if (!pictures.has(other.name)) return null;
        return { ...kept(id, index), sha256: other.sha256 };
      }),
    has: ({ name }) => process.local(`has ${name}`, async () => pictures.has(name)),
    read: ({ name }) =>
      process.local(`read of ${name}`, async () =>
        pictures.has(name) ? new Uint8Array(SIZE_BYTES) : null,
      ),
    // Every file here is younger than a life is long.
    async *untouchedSince() {},
    removePictures: async (id) => {
      for (const name of pictures) if (name.startsWith(id)) pictures.delete(name);
    },
  };
}
