/**
 * Fetches a finished video as a file of the service, going on where an earlier download was cut.
 * The proxy tells no size and no error for half a file: whether it is whole is judged by its boxes.
 */
import type { Incoming } from '../jobs/ports/files.ts';
import { NotReached, Refused, TooLarge } from '../jobs/ports/service.ts';
import type { Answer } from './answered.ts';
import { capped, type DownloadBounds, paced } from './bounds.ts';
import { readRefusal, sortLater } from './errors.ts';
import type { CallOptions, Http } from './http.ts';
import { object, text } from './loose.ts';
import { isFileId } from './protocol.ts';
import { isPage, readJson } from './reading.ts';

/** @throws Refused `not yet` while the service is still processing it, else as sorted; TooLarge */
export async function fetchFile(
  http: Http,
  fileId: string,
  incoming: Incoming,
  bounds: DownloadBounds,
  options: CallOptions,
): Promise<void> {
  const into = capped(incoming, bounds.maxBytes);
  const came = paced(bounds);
  if (!isFileId(fileId)) throw new Refused('gone', 0, { said: 'no id of a file' });
  const path = `files/${encodeURIComponent(fileId)}:download?alt=media`;
  let from = into.sizeBytes;
  let answer = await http.download(path, from, options);
  if (answer.status === 416 && from > 0) {
    const whole = totalOf(answer) === from;
    answer.drop();
    if (whole) return;
    // What we have is no beginning of it.
    await into.restart();
    from = 0;
    answer = await http.download(path, 0, options);
  }
  if (answer.status !== 200 && answer.status !== 206)
    throw await sortFile(http, fileId, answer, options);
  if (isPage(answer)) {
    answer.drop();
    throw new Refused('setup', answer.status);
  }
  if (!(answer.status === 206 ? startOf(answer) === from : from === 0)) {
    if (answer.status === 206 && startOf(answer) !== 0) {
      answer.drop();
      throw new NotReached('another range than asked for', true);
    }
    await into.restart();
  }
  if (into.sizeBytes + announced(answer) > bounds.maxBytes) {
    answer.drop();
    await into.restart();
    throw new TooLarge(bounds.maxBytes);
  }
  for await (const chunk of answer.bytes()) {
    await into.write(chunk);
    came(chunk.length);
  }
}

/** Bytes still to come, where the answer says so; only a hint. */
function announced(answer: Answer): number {
  const sizeBytes = Number(answer.header('content-length') ?? 0);
  return Number.isSafeInteger(sizeBytes) ? sizeBytes : 0;
}

/** `bytes 40000-99999/100000` */
function startOf(answer: Answer): number | null {
  const found = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(answer.header('content-range') ?? '');
  return found === null ? null : Number(found[1]);
}

function totalOf(answer: Answer): number | null {
  const found = /^bytes \*\/(\d+)$/.exec(answer.header('content-range') ?? '');
  return found === null ? null : Number(found[1]);
}

const askForState = new Set([400, 403, 404, 409]);

/** A file can be refused because it is not ready: the documentation says to ask for its state. */
async function sortFile(
  http: Http,
  fileId: string,
  answer: Answer,
  options: CallOptions,
): Promise<Refused | NotReached> {
  const sorted = sortLater(await readRefusal(answer), 'file');
  const open = sorted instanceof Refused && ['gone', 'key', 'unclear'].includes(sorted.code);
  if (!open || !askForState.has(answer.status)) return sorted;
  const state = await stateOf(http, fileId, options);
  if (state === 'PROCESSING') return new Refused('not yet', answer.status);
  if (state === 'FAILED') return new Refused('gone', answer.status, { said: 'the file failed' });
  // It exists, so what refused the download proves nothing about it.
  return state === null ? sorted : new Refused('unclear', answer.status, { said: sorted.said });
}

/** Null when it can't be told: the download's own answer counts then. */
async function stateOf(http: Http, fileId: string, options: CallOptions): Promise<string | null> {
  try {
    const answer = await http.look(`files/${encodeURIComponent(fileId)}`, options);
    if (answer.status !== 200) {
      answer.drop();
      return null;
    }
    return text(object(await readJson(answer))?.state);
  } catch (error) {
    if (error instanceof NotReached || error instanceof Refused) return null;
    throw error;
  }
}
