/** What takes its time is said into the answer that was deferred, with files where there are any. */
import type { Reply } from '../../jobs/job.ts';
import { type Failure, sortFailure } from '../connection/errors.ts';
import { pauseAfter } from '../connection/pause.ts';
import type { DiscordRest } from '../connection/rest.ts';
import { originalRoute } from '../posting/readback.ts';
import { defaultUploads } from '../posting/upload.ts';
import { pingNobody } from '../text/job.ts';
import type { AnswerOutcome, PrivateMessage } from './acknowledge.ts';

export interface PrivateFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What is in it, for those who do not see it; at most 1,024 characters. */
  readonly description: string;
}

export interface LateMessage extends PrivateMessage {
  readonly files?: readonly PrivateFile[];
  /** Said instead where Discord does not take the files: too large for that place. */
  readonly withoutFiles?: string;
}

const MOST_TRIES = 3;
const BETWEEN = { leastMs: 1_000, mostMs: 10_000 };

/** Fills the deferred answer of an interaction; repeated, it is the same answer. Never throws. */
export async function answerLate(
  rest: DiscordRest,
  reply: Pick<Reply, 'applicationId' | 'token'>,
  message: LateMessage,
  signal: AbortSignal,
): Promise<AnswerOutcome> {
  for (let tries = 1; ; tries += 1) {
    const failure = await edit(rest, reply, message, signal);
    if (failure === null) return { kind: 'answered' };
    if (failure.kind === 'too large' && (message.files ?? []).length > 0) {
      const { content, withoutFiles = content } = message;
      return answerLate(rest, reply, { content: withoutFiles }, signal);
    }
    const isPassing = failure.kind === 'no answer' || failure.kind === 'later';
    if (!isPassing || tries >= MOST_TRIES || !(await pauseAfter(failure, BETWEEN, signal))) {
      return { kind: 'not answered', how: failure.how };
    }
  }
}

async function edit(
  rest: DiscordRest,
  reply: Pick<Reply, 'applicationId' | 'token'>,
  { content, components = [], files = [] }: LateMessage,
  signal: AbortSignal,
): Promise<Failure | null> {
  const sizeBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const transferMs = (sizeBytes / defaultUploads.minBytesPerSecond) * 1000;
  const limit = AbortSignal.timeout(Math.round(defaultUploads.baseTimeoutMs + transferMs));
  const attachments = files.map(({ name, description }, id) => ({
    id,
    filename: name,
    description,
  }));
  try {
    await rest.deliveries.patch(originalRoute(reply), {
      auth: false,
      // `attachments` is always sent: an edit without it would add the files once more.
      body: { content, components, attachments, allowed_mentions: pingNobody },
      files: files.map(({ name, contentType, bytes }) => ({
        ...{ name, contentType },
        data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      })),
      signal: AbortSignal.any([signal, limit]),
    });
    return null;
  } catch (error) {
    return sortFailure(error);
  }
}
