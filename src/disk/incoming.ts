import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Incoming } from '../jobs/ports/files.ts';
import { onDisk } from './errors.ts';

/**
 * Opens a file to go on writing where it ended; what a killed process had written counts.
 * Each `write` is awaited before the next. Throws StorageFull.
 */
export async function openIncoming(path: string): Promise<Incoming> {
  // Not O_APPEND: each write says where it belongs, so `sizeBytes` cannot drift from the file.
  const file = await onDisk(() => open(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  const { size } = await onDisk(() => file.stat()).catch(async (error) => {
    await file.close();
    throw error;
  });
  return new IncomingFile(file, size);
}

class IncomingFile implements Incoming {
  #file: FileHandle | null;
  #sizeBytes: number;

  constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const file = this.#opened();
    let done = 0;
    while (done < chunk.length) {
      const { bytesWritten } = await onDisk(() =>
        file.write(chunk, done, chunk.length - done, this.#sizeBytes),
      );
      done += bytesWritten;
      this.#sizeBytes += bytesWritten;
    }
  }

  async restart(): Promise<void> {
    const file = this.#opened();
    await onDisk(() => file.truncate(0));
    this.#sizeBytes = 0;
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    if (file) await onDisk(() => file.close());
  }

  #opened(): FileHandle {
    if (!this.#file) throw new Error('this incoming file is closed');
    return this.#file;
  }
}
