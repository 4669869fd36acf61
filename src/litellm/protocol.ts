/** What each way of speaking to the service has to know. Written out in service.ts. */
import type { JobIn, VideoSource } from '../jobs/job.ts';
import type { Look } from '../jobs/ports/service.ts';
import type { VideoRequest } from '../jobs/request.ts';

export interface ProtocolSpoken {
  readonly name: 'omni' | 'veo';
  /**
   * Path and body of the paid call; where a picture goes stands its PictureData.
   *
   * @param webhook the address to be told at when it has ended, or null
   */
  submit(
    job: JobIn<'submitting'>,
    webhook: string | null,
  ): { readonly path: string; readonly body: unknown };
  /** The operation's name in the answer to the paid call, or null when it holds none. */
  nameIn(answer: unknown): string | null;
  /** The full name of what somebody else says an operation is called. */
  nameFrom(told: string, request: VideoRequest): string;
  /** Whether a look's answer shows itself to be of the job with this id and request. */
  isOf(answer: unknown, about: About): boolean;
  /** Path of a look; null when the name has not the form of one. */
  lookPath(name: string): string | null;
  /** Path of a cancel; null when the service has none. */
  cancelPath(name: string): string | null;
  /** What a look's answer says. Never throws, whatever the JSON holds. */
  read(answer: unknown): Found;
  /** Names under which base64 of a video can stand. */
  readonly inlineKeys: ReadonlySet<string>;
}

export interface About {
  readonly name: string;
  readonly jobId: string;
  readonly request: VideoRequest;
}

export interface Found {
  readonly look: Look;
  /** With a source of kind `inline`: the base64, or the mark of a long string. */
  readonly inline: string | null;
}

export interface FoundVideo {
  readonly source: VideoSource;
  readonly inline: string | null;
}

export function plain(look: Look): Found {
  return { look, inline: null };
}

// An answer is untrusted text; what has another form is no name.
const nameForm = /^[^\p{Cc}\p{Cs}]{1,300}$/u;

/** One segment of a path, percent-encoded; null for what could lead out of it. */
export function segment(part: string): string | null {
  return nameForm.test(part) && part !== '.' && part !== '..' ? encodeURIComponent(part) : null;
}

/**
 * The video a part of an answer points to: `uri` first, then base64. Null when there is none.
 * Only the file's id is taken from an address: it is fetched from the proxy.
 */
export function videoIn(uri: string | null, base64: string | null): FoundVideo | null {
  const fileId = uri === null ? null : fileIdIn(uri);
  if (fileId !== null) return { source: { kind: 'file', fileId }, inline: null };
  return base64 === null || base64 === '' ? null : { source: { kind: 'inline' }, inline: base64 };
}

/** `https://…/v1beta/files/ID:download?alt=media` or `files/ID`. */
function fileIdIn(uri: string): string | null {
  const found = /(?:^|\/)files\/([^/?#:]+)(?::download)?(?:[?#].*)?$/.exec(uri);
  const id = found?.[1] ?? '';
  return isFileId(id) ? id : null;
}

/** Up to 40 lowercase letters, digits and dashes, says Google; a little more is let pass. */
export function isFileId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(id);
}
