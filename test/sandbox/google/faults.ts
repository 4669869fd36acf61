import type { GoogleRequest } from './journal.ts';
import type { VideoShape } from './video-file.ts';
import { type Answer, type CallKind, type Face, html, json, type Reply } from './wire.ts';

/**
 * What can go wrong with one call. "Before" and "after" speak of the effect: after a submit that
 * was reset after it, the video is made and paid for, and nobody was told.
 */
export type Fault =
  /** A TCP reset, as from a crash. */
  | 'reset-before'
  | 'reset-after'
  /** An orderly end of the connection without an answer ("other side closed"). */
  | 'close-before'
  | 'close-after'
  /** Never an answer. */
  | 'hang'
  | 'hang-after'
  /** The connection ends after the first bytes of the true answer. */
  | 'cut'
  /** Another answer; those of `said.ts` can be given as they are. Before the effect unless told. */
  | {
      status: number;
      /** An object goes out as JSON, text as HTML or whatever `content-type` says. */
      body?: unknown;
      headers?: Record<string, string>;
      when?: 'before' | 'after';
    }
  | { html: string; status?: number; when?: 'before' | 'after' }
  /** The true answer, so much later. The effect comes first unless told. */
  | { delayMs: number; when?: 'before' | 'after' }
  /** The first half of the true JSON, properly framed. */
  | { cutJson: true }
  /** The connection ends after so many bytes of the true answer. */
  | { cutBytes: number }
  /** A complete, properly framed 200 with the wrong bytes in it. */
  | { corrupt: 'half' | 'html' | 'empty' }
  /** 302 to another address, handed to the client as older proxies do. */
  | { redirect: string; status?: number }
  /** Another video than the one that was ordered. */
  | { video: VideoShape };

export type FaultOptions = {
  /** How many calls it meets: 1 unless told. `Infinity` until `calm()`. */
  times?: number;
  /** Only calls that this says yes to. */
  where?: (request: GoogleRequest) => boolean;
  /**
   * Between the client and the proxy (the default), or between the proxy and Google, where LiteLLM
   * turns it into an answer of its own. A call to Google's own face meets both kinds.
   */
  at?: Face;
};

type Planned = { kind: CallKind | 'any'; fault: Fault } & Required<FaultOptions>;

export class Faults {
  #planned: Planned[] = [];
  readonly #bytesOf: (shape: VideoShape) => Promise<Buffer>;
  readonly #wait: (ms: number) => Promise<void>;

  constructor(
    bytesOf: (shape: VideoShape) => Promise<Buffer>,
    wait: (ms: number) => Promise<void>,
  ) {
    this.#bytesOf = bytesOf;
    this.#wait = wait;
  }

  plan(kind: CallKind | 'any', fault: Fault, options: FaultOptions): void {
    const { times = 1, where = () => true, at = 'proxy' } = options;
    this.#planned.push({ kind, fault, times, where, at });
  }

  clear(): void {
    this.#planned = [];
  }

  /** Does `work`, or what is planned to go wrong with it. */
  async around(edge: Face, request: GoogleRequest, work: () => Promise<Reply>): Promise<Reply> {
    const planned = this.#take(edge, request);
    return planned ? this.#spoil(planned.fault, work) : work();
  }

  #take(edge: Face, request: GoogleRequest): Planned | undefined {
    const planned = this.#planned.find(
      ({ kind, at, where }) =>
        (kind === 'any' || kind === request.kind) &&
        (at === edge || request.face === 'google') &&
        where(request),
    );
    if (planned && --planned.times <= 0) {
      this.#planned = this.#planned.filter((other) => other !== planned);
    }
    return planned;
  }

  async #spoil(fault: Fault, work: () => Promise<Reply>): Promise<Reply> {
    switch (fault) {
      case 'reset-before':
        return { kind: 'reset' };
      case 'close-before':
        return { kind: 'close' };
      case 'hang':
        return { kind: 'hang' };
      case 'reset-after':
        await work();
        return { kind: 'reset' };
      case 'close-after':
        await work();
        return { kind: 'close' };
      case 'hang-after':
        await work();
        return { kind: 'hang' };
      case 'cut':
        return changed(await work(), (answer) => ({
          ...answer,
          cutAfterBytes: Math.min(20, answer.body.length >> 1),
        }));
      default:
        return this.#spoilAnswer(fault, work);
    }
  }

  async #spoilAnswer(fault: Exclude<Fault, string>, work: () => Promise<Reply>): Promise<Reply> {
    if ('delayMs' in fault) {
      if (fault.when === 'before') {
        await this.#wait(fault.delayMs);
        return work();
      }
      const reply = await work();
      await this.#wait(fault.delayMs);
      return reply;
    }
    if ('html' in fault) {
      if (fault.when === 'after') await work();
      return html(fault.status ?? 502, fault.html);
    }
    if ('redirect' in fault) {
      const headers = { location: fault.redirect };
      return { kind: 'answer', status: fault.status ?? 302, headers, body: Buffer.alloc(0) };
    }
    if ('status' in fault) {
      if (fault.when === 'after') await work();
      return answerOf(fault.status, fault.body, fault.headers);
    }
    const reply = await work();
    if ('cutBytes' in fault) {
      return changed(reply, (answer) => ({ ...answer, cutAfterBytes: fault.cutBytes }));
    }
    if ('cutJson' in fault) {
      return changed(reply, (answer) => ({
        ...answer,
        body: answer.body.subarray(0, answer.body.length >> 1),
      }));
    }
    if ('video' in fault) {
      const body = await this.#bytesOf(fault.video);
      return changed(reply, (answer) => ({ ...answer, body }));
    }
    return changed(reply, (answer) => ({ ...answer, body: corrupted(answer.body, fault.corrupt) }));
  }
}

function changed(reply: Reply, change: (answer: Answer) => Answer): Reply {
  return reply.kind === 'answer' ? change(reply) : reply;
}

function corrupted(body: Buffer, how: 'half' | 'html' | 'empty'): Buffer {
  if (how === 'half') return body.subarray(0, body.length >> 1);
  return Buffer.from(how === 'html' ? '<html><body>Sign in to continue</body></html>' : '');
}

function answerOf(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  if (Buffer.isBuffer(body)) return { kind: 'answer', status, headers, body };
  const answer = typeof body === 'object' ? json(status, body) : html(status, String(body ?? ''));
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
