/** The port Replies over the simulated Discord, with the ladder as the real one climbs it. */
import type { Job, JobIn, Reply } from '../../src/jobs/job.ts';
import type {
  AckOutcome,
  DeliverOutcome,
  Replies,
  ShowOutcome,
} from '../../src/jobs/ports/replies.ts';
import type { Message, Refusal, Result } from './discord.ts';
import { pictureOf, pictureWithVideo } from './picture.ts';
import type { BotProcess, CallSize } from './process.ts';
import type { World } from './world.ts';

const tokenIsDead: DeliverOutcome = { kind: 'rung over', how: 'token dead', tokenDead: true };

type Delivering = JobIn<'delivering'>;
type Failure = Refusal | 'later' | 'no answer' | 'not left';
type Called<T> = { readonly ok: T } | { readonly failed: Failure };

export interface RepliesOptions {
  /** Whether a new message has a nonce and is looked for before it is sent again. */
  readonly careful: boolean;
}

export function onlyByToken(reply: Pick<Reply, 'place' | 'ephemeral'>): boolean {
  return reply.place === 'elsewhere' || reply.ephemeral;
}

/** One call to Discord. */
export async function callDiscord<T>(
  world: World,
  process: BotProcess,
  what: string,
  effect: () => Result<T>,
  signal?: AbortSignal,
  size: CallSize = {},
): Promise<Called<T>> {
  const busy = () => world.weather.has('discord busy', world.time.now) && world.chance.is(0.6);
  const either = (): Called<T> => {
    if (busy()) return { failed: 'later' };
    const result = effect();
    return 'ok' in result ? result : { failed: result.refused };
  };
  const answer = await process.remote('discord', what, either, signal, size);
  switch (answer.kind) {
    case 'answered':
      return answer.value;
    case 'not sent':
      return { failed: 'not left' };
    case 'lost':
      return { failed: 'no answer' };
    default:
      return answer satisfies never;
  }
}

export function simulatedReplies(
  world: World,
  process: BotProcess,
  { careful }: RepliesOptions = { careful: true },
): Replies {
  const { discord } = world;

  function call<T>(
    what: string,
    effect: () => Result<T>,
    signal: AbortSignal,
    sizeBytes = 0,
  ): Promise<Called<T>> {
    return callDiscord(world, process, what, effect, signal, { sizeBytes });
  }

  async function exists(job: JobIn<'received'>, signal: AbortSignal): Promise<AckOutcome> {
    const { token } = job.reply;
    let read = await call(`read of ${job.id}`, () => discord.readByToken(token), signal);
    if ('ok' in read && read.ok.picture === null) {
      const claim = () => discord.editByToken(token, pictureOf(job));
      const claimed = await call(`claim of ${job.id}`, claim, signal);
      if ('failed' in claimed) return unlessThere(claimed.failed);
      read = await call(`read of ${job.id}`, () => discord.readByToken(token), signal);
    }
    if ('failed' in read) return unlessThere(read.failed);
    const { id, picture, hidden } = read.ok;
    if (picture?.jobId !== job.id) return { kind: 'not ours', how: "another job's reply" };
    return { kind: 'acknowledged', messageId: id, ephemeral: hidden };
  }

  async function show(job: Job, signal: AbortSignal): Promise<ShowOutcome> {
    const { reply } = job;
    if (job.state === 'cancelled' && job.why === 'never acknowledged') return never(job);
    if (job.state === 'undelivered' && job.reason === 'removed by requester') return never(job);
    const picture = pictureOf(job);
    const what = `picture "${picture.key}"`;
    if (!reply.tokenDead) {
      const edit = () => discord.editByToken(reply.token, picture);
      return shown(job, await call(what, edit, signal));
    }
    const { messageId } = reply;
    if (onlyByToken(reply) || messageId === null) return never(job);
    return shown(job, await call(what, () => discord.editByBot(messageId, picture), signal));
  }

  function shown(job: Job, called: Called<Message>): ShowOutcome {
    if ('ok' in called) return { kind: 'shown', messageId: called.ok.id };
    switch (called.failed) {
      case 'token dead':
        return job.reply.tokenDead ? never(job) : { kind: 'token dead' };
      case 'later':
        return { kind: 'later', retryAfterMs: 3_000 };
      case 'no answer':
      case 'not left':
        return { kind: 'later', retryAfterMs: null };
      default:
        return never(job);
    }
  }

  function never(job: Job): ShowOutcome {
    world.unreachable.add(job.id);
    return { kind: 'never', how: 'gone' };
  }

  async function deliver(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    switch (job.rung) {
      case 'reply by token':
        return byToken(job, signal);
      case 'reply by bot':
        return byBot(job, signal);
      case 'new message':
        return newMessage(job, signal);
      case 'direct message':
        return directMessage(job, signal);
      default:
        return job.rung satisfies never;
    }
  }

  async function byToken(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    const { reply } = job;
    if (reply.tokenDead) return tokenIsDead;
    const edit = () => discord.editByToken(reply.token, pictureWithVideo(job), uploadOf(job));
    const called = await call(`video edit of ${job.id}`, edit, signal, job.video.sizeBytes);
    if ('ok' in called) return posted(called.ok);
    if (called.failed === 'token dead') {
      const found = job.attempts > 0 ? await inReply(job, signal) : null;
      return found ?? tokenIsDead;
    }
    if (called.failed !== 'message gone') return outcomeOf(called.failed);
    return reply.ephemeral ? { kind: 'rung over', how: 'gone' } : { kind: 'removed' };
  }

  async function byBot(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    const { messageId } = job.reply;
    if (onlyByToken(job.reply) || messageId === null) return { kind: 'rung over', how: 'no way' };
    const edit = () => discord.editByBot(messageId, pictureWithVideo(job), uploadOf(job));
    const called = await call(`video edit of ${job.id}`, edit, signal, job.video.sizeBytes);
    if ('ok' in called) return posted(called.ok);
    return called.failed === 'message gone' ? { kind: 'removed' } : outcomeOf(called.failed);
  }

  async function newMessage(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    if (onlyByToken(job.reply)) return { kind: 'rung over', how: 'not a member' };
    const { channelId } = job.reply;
    const earlier =
      (await inReply(job, signal)) ??
      (job.attempts > 0 ? await inChannel(job, channelId, signal) : null);
    return earlier ?? post(job, channelId, signal);
  }

  async function directMessage(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome> {
    if (!onlyByToken(job.reply)) {
      const earlier =
        (await inReply(job, signal)) ?? (await inChannel(job, job.reply.channelId, signal));
      if (earlier !== null) return earlier;
    }
    const channelId = `dm-${job.requester.userId}`;
    const earlier = job.attempts > 0 ? await inChannel(job, channelId, signal) : null;
    return earlier ?? post(job, channelId, signal);
  }

  async function post(job: Delivering, channelId: string, signal: AbortSignal) {
    const nonce = careful ? `video-${job.id}` : null;
    const effect = () => discord.post(channelId, pictureWithVideo(job), uploadOf(job), nonce);
    const what = `post of ${job.id} in ${channelId}`;
    const called = await call(what, effect, signal, job.video.sizeBytes);
    return 'ok' in called ? posted(called.ok) : outcomeOf(called.failed);
  }

  async function inReply(job: Delivering, signal: AbortSignal): Promise<DeliverOutcome | null> {
    const { messageId } = job.reply;
    if (!careful || messageId === null || onlyByToken(job.reply)) return null;
    const read = await call(`read back of ${job.id}`, () => discord.read(messageId), signal);
    return 'ok' in read && read.ok.videoOf !== job.id ? null : foundBack(read);
  }

  async function inChannel(
    job: Delivering,
    channelId: string,
    signal: AbortSignal,
  ): Promise<DeliverOutcome | null> {
    if (!careful) return null;
    const find = () => discord.findVideo(channelId, job.id);
    return foundBack(await call(`search of ${job.id}`, find, signal));
  }

  return { exists, pictureKey: (job) => pictureOf(job).key, show, deliver };
}

/** A definite refusal to let us read means that we cannot know: go on. */
function foundBack(read: Called<Message | null>): DeliverOutcome | null {
  if ('ok' in read) return read.ok === null ? null : posted(read.ok);
  const unknown = ['later', 'no answer', 'not left'].includes(read.failed);
  return unknown ? outcomeOf(read.failed) : null;
}

function unlessThere(failed: Failure): AckOutcome {
  const unknown = ['later', 'no answer', 'not left'].includes(failed);
  return { kind: unknown ? 'unsure' : 'not ours', how: failed };
}

function uploadOf(job: Delivering) {
  return { jobId: job.id, sizeBytes: (job.smaller?.video ?? job.video).sizeBytes };
}

function posted({ channelId, id }: Message): DeliverOutcome {
  return { kind: 'posted', channelId, messageId: id };
}

function outcomeOf(failed: Failure): DeliverOutcome {
  switch (failed) {
    case 'too large':
      return { kind: 'too large', maxBytes: 8_000_000 };
    case 'later':
      return { kind: 'later', retryAfterMs: 3_000 };
    case 'no answer':
      return { kind: 'unsure', how: failed };
    case 'not left':
      return { kind: 'later', retryAfterMs: null };
    case 'message gone':
      return { kind: 'removed' };
    default:
      return { kind: 'rung over', how: failed };
  }
}
