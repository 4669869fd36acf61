import { createHash } from 'node:crypto';
import type { Operation } from './operation.ts';
import { fileNotActive, unknownFile } from './said.ts';
import { type VideoShape, videoFile } from './video-file.ts';
import { type Answer, type Call, type Json, json, Refused } from './wire.ts';

const KEPT_MS = 2 * 24 * 60 * 60 * 1000;

type StoredFile = {
  id: string;
  operation: Operation;
  shape: VideoShape;
  madeAt: number;
  state: 'ACTIVE' | 'PROCESSING' | 'FAILED';
};

/** The finished videos, made when somebody wants them. */
export class Files {
  readonly #files = new Map<string, StoredFile>();
  /** By their shape, so that a thousand equal videos are one in memory. */
  readonly #bytes = new Map<string, Promise<Buffer>>();
  /** Whether a download answers a `Range`. Not seen with Google, so a client has to take both. */
  ranges = true;

  keep(operation: Operation, fileId: string, shape: VideoShape, madeAt: number): void {
    this.#files.set(fileId, { id: fileId, operation, shape, madeAt, state: 'ACTIVE' });
  }

  /** As after its two days, or before it is ready. */
  setState(fileId: string, state: StoredFile['state'] | 'expired'): void {
    if (state === 'expired') this.#files.delete(fileId);
    else this.#find(fileId).state = state;
  }

  operationOf(fileId: string): Operation | undefined {
    return this.#files.get(fileId)?.operation;
  }

  bytesOf(shape: VideoShape): Promise<Buffer> {
    const { seconds, width, height, sizeBytes } = shape;
    const name = [seconds, width, height, sizeBytes].join();
    const made = this.#bytes.get(name) ?? videoFile(shape);
    this.#bytes.set(name, made);
    return made;
  }

  async list(): Promise<Answer> {
    const newestFirst = [...this.#files.values()].reverse();
    return json(200, { files: await Promise.all(newestFirst.map((file) => this.#describe(file))) });
  }

  async metadata(fileId: string): Promise<Answer> {
    return json(200, await this.#describe(this.#find(fileId)));
  }

  /** A direct 200, no redirect, as recorded with Omni's results. */
  async download(fileId: string, call: Call): Promise<Answer> {
    const file = this.#find(fileId);
    if (file.state !== 'ACTIVE') throw new Refused(fileNotActive(fileId));
    const bytes = await this.bytesOf(file.shape);
    const headers = { 'content-type': 'video/mp4' };
    const range = this.ranges && /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? '');
    if (!range) return { kind: 'answer', status: 200, headers, body: bytes };
    const from = Number(range[1]);
    const to = range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
    if (from > to) {
      const unsatisfied = { 'content-range': `bytes */${bytes.length}` };
      return { kind: 'answer', status: 416, headers: unsatisfied, body: Buffer.alloc(0) };
    }
    return {
      kind: 'answer',
      status: 206,
      headers: { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
      body: bytes.subarray(from, to + 1),
    };
  }

  #find(fileId: string): StoredFile {
    const file = this.#files.get(fileId);
    if (!file) throw new Refused(unknownFile(fileId));
    return file;
  }

  async #describe(file: StoredFile): Promise<Json> {
    const bytes = await this.bytesOf(file.shape);
    const time = (ms: number) => new Date(ms).toISOString();
    return {
      name: `files/${file.id}`,
      mimeType: 'video/mp4',
      sizeBytes: String(bytes.length),
      createTime: time(file.madeAt),
      updateTime: time(file.madeAt),
      expirationTime: time(file.madeAt + KEPT_MS),
      sha256Hash: createHash('sha256').update(bytes).digest('base64'),
      uri: fileUri(file.id).replace(/:download.*/, ''),
      downloadUri: fileUri(file.id),
      state: file.state,
      source: 'GENERATED',
      videoMetadata: { videoDuration: `${file.shape.seconds}s` },
    };
  }
}

/** On Google's own host, as in every result: a client takes the id and goes to its proxy. */
export function fileUri(fileId: string): string {
  return `https://generativelanguage.googleapis.com/v1beta/files/${fileId}:download?alt=media`;
}
