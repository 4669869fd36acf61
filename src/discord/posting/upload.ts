/**
 * Sends a video in a message. A few uploads run at a time, each with a time limit sized to its
 * file. The file is read from disk while it is sent: held in memory, twenty of them cost 700 MB.
 */
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { APIMessage, REST } from 'discord.js';
import { createSlots } from '../connection/slots.ts';
import type { MessageBody } from '../text/job.ts';
import { asMessage } from './readback.ts';

export interface UploadOptions {
  readonly atOnce: number;
  /** Slower than this counts as stuck. */
  readonly minBytesPerSecond: number;
  /** For everything but the bytes: connecting, and Discord's own work on the file. */
  readonly baseTimeoutMs: number;
}

export const defaultUploads: UploadOptions = {
  atOnce: 3,
  minBytesPerSecond: 128 * 1024,
  baseTimeoutMs: 30_000,
};

export interface Upload {
  /** An edit replaces whatever file is there, so that repeating it leaves one video. */
  readonly method: 'patch' | 'post';
  readonly route: `/${string}`;
  /** The bot's token, or none where the interaction's token is in the route. */
  readonly auth: boolean;
  readonly body: MessageBody & { readonly nonce?: string; readonly enforce_nonce?: boolean };
  readonly file: {
    /** As Discord shows it. */
    readonly name: string;
    readonly sizeBytes: number;
    readonly path: string;
  };
  readonly altText: string;
}

/** Throws what the call threw, or an Error with code ENOENT where the file is not there. */
export type SendVideo = (upload: Upload, signal: AbortSignal) => Promise<APIMessage>;

export function createUploads(rest: REST, options: UploadOptions): SendVideo {
  const slots = createSlots(options.atOnce);
  return (upload, signal) =>
    slots.use(signal, async () => {
      const transferMs = (upload.file.sizeBytes / options.minBytesPerSecond) * 1000;
      const limit = AbortSignal.timeout(Math.round(options.baseTimeoutMs + transferMs));
      const answer = await rest[upload.method](upload.route, {
        auth: upload.auth,
        body: await form(upload),
        // discord.js's own `files` would copy the whole file into memory, twice.
        passThroughBody: true,
        signal: AbortSignal.any([signal, limit]),
      });
      return asMessage(answer);
    });
}

/**
 * `attachments` is always sent: an edit without it adds a second file.
 * Source: Discord's documentation on uploading files, API v10, 2026-08.
 */
async function form(upload: Upload): Promise<FormData> {
  const { file, altText, body } = upload;
  const attachments = [{ id: 0, filename: file.name, description: altText }];
  const parts = new FormData();
  parts.append('payload_json', JSON.stringify({ ...body, attachments }));
  await stat(file.path); // says ENOENT, which the next line would not
  const bytes = await openAsBlob(file.path, { type: 'video/mp4' });
  parts.append('files[0]', bytes, file.name);
  return parts;
}
