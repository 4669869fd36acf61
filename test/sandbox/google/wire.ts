/** What comes in and goes out over HTTP, before and after meaning is given to it. */

export type Json = Record<string, unknown>;

/** Which of the two servers was called: Google itself, or LiteLLM's pass-through in front of it. */
export type Face = 'google' | 'proxy';

/** What a call is for, read from its method and path. */
export type CallKind =
  | 'submit'
  | 'poll'
  | 'cancel'
  | 'delete'
  | 'download'
  | 'file'
  | 'models'
  | 'other';

export type Call = {
  at: number;
  face: Face;
  method: string;
  /** As it was sent, without the query: percent-encoding is still in it. */
  path: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
};

export type Reply =
  | {
      kind: 'answer';
      status: number;
      headers: Record<string, string>;
      body: Buffer;
      /** Sent in chunks, without a `content-length`. */
      chunked?: boolean;
      /** The connection ends in the middle, after this many bytes of the body. */
      cutAfterBytes?: number;
    }
  /** `reset`: a TCP reset, as from a crash (ECONNRESET). `close`: an orderly end ("other side closed"). */
  | { kind: 'reset' | 'close' }
  /** Nothing ever comes; the connection stays open. */
  | { kind: 'hang' };

export type Answer = Extract<Reply, { kind: 'answer' }>;

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

export function html(status: number, text: string): Answer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
    body: Buffer.from(text),
  };
}

/** Undefined where the body is not JSON. */
export function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Thrown by whatever finds a mistake in a call; becomes the answer. */
export class Refused extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}
