/** Reads the body of a good answer as JSON, in flat memory. */
import { NotReached, Refused } from '../jobs/ports.ts';
import type { Answer } from './http.ts';
import { LongStringReader, type LongStrings, UnreadableJson } from './longStrings.ts';

/** Above ten pictures at their largest, and a long video in 4k as base64. */
const MOST_BYTES = 400 * 1024 * 1024;

/**
 * @param drain waits until what `sink` was given is written
 * @throws NotReached when it breaks off or is no whole JSON, Refused `setup` for a page of HTML
 */
export async function readJson(
  answer: Answer,
  sink: LongStrings | null = null,
  drain: () => Promise<void> = async () => {},
): Promise<unknown> {
  if (isPage(answer)) {
    answer.drop();
    throw new Refused('setup', answer.status);
  }
  const reader = new LongStringReader(sink);
  let sizeBytes = 0;
  try {
    for await (const chunk of answer.bytes()) {
      sizeBytes += chunk.length;
      if (sizeBytes > MOST_BYTES) throw new UnreadableJson('too large');
      reader.push(chunk);
      await drain();
    }
    return reader.end();
  } catch (error) {
    if (error instanceof UnreadableJson) throw new NotReached(`answer ${error.message}`, true);
    throw error;
  }
}

/** A good answer of HTML where none belongs: the address leads to something else. */
export function isPage(answer: Answer): boolean {
  return /^text\/html\b/i.test(answer.header('content-type') ?? '');
}
