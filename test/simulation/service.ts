/** The port VideoService over the simulated Google: what of it reaches one process. */
import type { JobIn, Operation, VideoSource } from '../../src/jobs/job.ts';
import {
  type Look,
  NotReached,
  type RefusalCode,
  Refused,
  type VideoService,
} from '../../src/jobs/ports/service.ts';
import type { Work } from './google.ts';
import type { Answer, BotProcess } from './process.ts';
import type { World } from './world.ts';

const CHUNK = new Uint8Array(1_000_000);
/** What comes where a file was expected: no MP4. */
export const RUBBISH = 0xff;

type Reply<T> = { readonly ok: T } | { readonly refused: RefusalCode };

export function simulatedService(world: World, process: BotProcess): VideoService {
  const { google, weather, time, chance } = world;

  /** The proxy's own words, before anything reaches Google; null when it lets the call through. */
  function proxyRefuses(paid: boolean): RefusalCode | null {
    const at = time.now;
    if (weather.has('google key', at)) return 'key';
    if (weather.has('google budget', at) && (paid || chance.is(0.5))) return 'service budget';
    if (weather.has('google busy', at) && chance.is(0.7)) return 'rate limit';
    if (weather.has('google nonsense', at)) return chance.pick(['setup', 'unclear']);
    return null;
  }

  function begin(job: JobIn<'submitting'>): Reply<Work> {
    const refused = proxyRefuses(true);
    // A 4xx that proves nothing: it may have begun all the same.
    if (refused !== null && !(refused === 'unclear' && chance.is(0.5))) return { refused };
    if (google.isWithdrawn(job.request.modelId)) return { refused: 'model gone' };
    if (job.request.prompt.includes('bad')) return { refused: 'bad request' };
    const work = google.begin(job.id, job.request);
    world.tell(() => `google begins ${work.name} for ${job.id}: ${work.end} at ${work.endsAt}`);
    return refused === null ? { ok: work } : { refused };
  }

  function found(name: string): Reply<Work> {
    const refused = proxyRefuses(false);
    if (refused !== null) return { refused };
    if (weather.has('google forgets', time.now) && chance.is(0.5)) return { refused: 'gone' };
    const work = google.find(name);
    return work === null ? { refused: 'gone' } : { ok: work };
  }

  function isWritten(name: string): boolean {
    return world.store.jobs().some((job) => 'operation' in job && job.operation?.name === name);
  }

  function lookAt(operation: Operation): Reply<Look> {
    const reply = found(operation.name);
    if ('refused' in reply) return reply;
    const { ok: work } = reply;
    if (work.cancelledAt !== null) return { ok: { kind: 'cancelled' } };
    if (!google.hasEnded(work)) return { ok: { kind: 'running' } };
    return { ok: lookOf(work) };
  }

  return {
    async submit(job, signal) {
      const sentAt = process.clock.now();
      const what = `submit ${job.id}`;
      const size = { carriesOn: true };
      const answer = await process.remote('google', what, () => begin(job), signal, size);
      const work = understood(answer);
      return { name: work.name, submittedAt: sentAt };
    },

    async recognise(job, told, signal) {
      const operation = { name: told, submittedAt: job.startedAt };
      const what = `look whether ${told} is of ${job.id}`;
      world.looks.push({ at: time.now, process: process.nth, unwritten: false });
      const answer = await process.remote('google', what, () => found(operation.name), signal);
      return understood(answer).jobId === job.id ? operation : null;
    },

    async look(operation, _request, signal) {
      const what = `look at ${operation.name}`;
      const unwritten = !isWritten(operation.name);
      world.looks.push({ at: time.now, process: process.nth, unwritten });
      return understood(await process.remote('google', what, () => lookAt(operation), signal));
    },

    async cancel(operation, _request, signal) {
      const stop = (): Reply<null> => {
        const reply = found(operation.name);
        if ('refused' in reply) return reply;
        if (google.hasEnded(reply.ok)) return { refused: 'unclear' };
        // Taken, and sometimes not heeded.
        if (chance.is(0.8)) reply.ok.cancelledAt = time.now;
        return { ok: null };
      };
      understood(await process.remote('google', `cancel ${operation.name}`, stop, signal));
    },

    async download(operation, source, _request, into, signal) {
      const fetch = (): Reply<Work> => {
        const reply = found(operation.name);
        if ('refused' in reply) return reply;
        const fresh = time.now - reply.ok.endsAt < 5_000;
        return fresh && chance.is(0.2) ? { refused: 'not yet' } : reply;
      };
      const what = `download of ${operation.name}`;
      const work = understood(await process.remote('google', what, fetch, signal));
      if (source.kind === 'inline' || chance.is(0.3)) await into.restart();
      const rubbish = weather.glitch(time.now) && chance.is(0.2);
      while (into.sizeBytes < work.sizeBytes) {
        if (weather.glitch(time.now)) {
          // A connection that ends early looks whole, or like an error.
          if (chance.is(0.5)) return;
          throw new NotReached('cut', true);
        }
        const chunk = CHUNK.subarray(0, work.sizeBytes - into.sizeBytes);
        await into.write(rubbish ? new Uint8Array(1).fill(RUBBISH) : chunk);
        if (rubbish) return;
        await process.local('a pause of the download', () => time.wait(chance.between(20, 400)));
        if (signal.aborted) throw new NotReached('stopped', true);
      }
    },
  };
}

function understood<T>(answer: Answer<Reply<T>>): T {
  switch (answer.kind) {
    case 'not sent':
      throw new NotReached('ECONNREFUSED', false);
    case 'lost':
      throw new NotReached('timeout', true);
    case 'answered': {
      const { value } = answer;
      if ('ok' in value) return value.ok;
      const retryAfterMs = value.refused === 'rate limit' ? 5_000 : null;
      throw new Refused(value.refused, 400, { retryAfterMs });
    }
    default:
      return answer satisfies never;
  }
}

function lookOf(work: Work): Look {
  const { end, usage, answeredBy } = work;
  const source: VideoSource = work.source;
  switch (end) {
    case 'done':
      return { kind: 'done', source, usage, answeredBy };
    case 'declined':
      return { kind: 'declined', said: 'no', usage: null };
    case 'failed':
      return { kind: 'failed', said: null, code: '13', usage };
    case 'not understood':
      return { kind: 'not understood', usage };
    case 'never':
      return { kind: 'running' };
    default:
      return end satisfies never;
  }
}
