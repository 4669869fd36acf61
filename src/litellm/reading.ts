/** Reads the body of a good answer as JSON, in flat memory. */
import { NotReached, Refused } from '../jobs/ports/service.ts';
import type { Answer } from './answered.ts';
import { LongStringReader, type LongStrings, UnreadableJson } from './longStrings.ts';
import type { Turns } from './turns.ts';

/** Above ten pictures at their largest, and a long video in 4k as base64. */
const MOST_BYTES = 400 * 1024 * 1024;

/** From here on an answer waits for its turn. */
const LARGE_BYTES = 1024 * 1024;

export interface ReadOptions {
  /** Given the long strings. */
  readonly sink?: LongStrings;
  /** Waits until what the sink was given is written. */
  readonly drain?: () => Promise<void>;
  /** For answers that may be large. */
  readonly turns?: Turns;
}

/** @throws NotReached when it breaks off or is no whole JSON, Refused `setup` for a page of HTML */
export async function readJson(answer: Answer, options: ReadOptions = {}): Promise<unknown> {
  if (isPage(answer)) {
    answer.drop();
    throw new Refused('setup', answer.status);
  }
  const reader = new LongStringReader(options.sink ?? null);
  let sizeBytes = 0;
  let endTurn: (() => void) | undefined;
  try {
    for await (const chunk of answer.bytes()) {
      sizeBytes += chunk.length;
      if (sizeBytes > MOST_BYTES) throw new UnreadableJson('too large');
      if (sizeBytes > LARGE_BYTES) endTurn ??= await options.turns?.take();
      reader.push(chunk);
      await options.drain?.();
    }
    return reader.end();
  } catch (error) {
    if (error instanceof UnreadableJson) throw new NotReached(`answer ${error.message}`, true);
    throw error;
  } finally {
    endTurn?.();
  }
}

/** A good answer of HTML where none belongs: the address leads to something else. */
export function isPage(answer: Answer): boolean {
  return /^text\/html\b/i.test(answer.header('content-type') ?? '');
}
