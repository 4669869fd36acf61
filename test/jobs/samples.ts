/** Sample jobs and changes in each state, for tests. Everything can be overridden. */

import type { Change, MoneyMove } from '../../src/jobs/change.ts';
import type { Job, NewJob, NextState, Operation, Reply, State, Video } from '../../src/jobs/job.ts';
import { canNothing } from '../../src/jobs/model.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import type { Picture, PictureRole } from '../../src/jobs/pictures.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import type { VideoRequest } from '../../src/jobs/request.ts';
import { ended, leadsTo } from '../../src/jobs/states.ts';

/** 2026-11-10 12:00 UTC: in the middle of a day and a month. */
export const NOON = Date.UTC(2026, 10, 10, 12);

/** Days begin at 00:00 UTC. */
export const utc = new Calendar('UTC');

/** What an eight second video costs in the samples, in micro-dollars. */
export const PRICE = 800_000;

let made = 0;

/** A job id that no other sample has. */
export function sampleId(): string {
  made += 1;
  return made.toString(36).padStart(8, '0');
}

export function sampleReply(over: Partial<Reply> = {}): Reply {
  return {
    interactionId: '1300000000000000001',
    applicationId: '1200000000000000001',
    token: 'token-of-the-interaction',
    tokenDead: false,
    place: 'server',
    guildId: '1100000000000000001',
    channelId: '1100000000000000002',
    messageId: null,
    ephemeral: false,
    announcedLimitBytes: 10_485_760,
    ...over,
  };
}

export function sampleRequest(over: Partial<VideoRequest> = {}): VideoRequest {
  return {
    modelId: 'gemini-omni-1.2-flash',
    modelName: 'Omni 1.2',
    protocol: 'omni',
    prompt: 'a cat playing with yarn',
    seconds: 8,
    aspectRatio: '16:9',
    resolution: '720p',
    pictures: [],
    fitAspectTo: [],
    takesHeic: false,
    priceMicroUsd: PRICE,
    prices: { perSecondMicroUsd: { '720p': 100_000 }, perMillionTokens: null },
    basis: null,
    draft: null,
    can: canNothing,
    canCancel: true,
    usuallyMs: 45_000,
    ...over,
  };
}

/** One that is kept. */
export function samplePicture(role: PictureRole = 'first frame'): Picture {
  const file = { name: '8f3k0000-0.jpg', mimeType: 'image/jpeg', sha256: 'cd'.repeat(32) } as const;
  return { role, at: { kind: 'kept', ...file, width: 900, height: 1_600, sizeBytes: 200_000 } };
}

export function sampleNewJob(over: Partial<NewJob> = {}): NewJob {
  const id = over.id ?? sampleId();
  const askedAt = over.askedAt ?? NOON;
  return {
    id,
    state: 'received',
    origin: `interaction:${id}`,
    askedAt,
    dueAt: askedAt,
    requester: { userId: '1000000000000000001', locale: 'en-US' },
    reply: sampleReply(),
    request: sampleRequest(),
    runAgainOf: null,
    ...over,
  };
}

export const sampleOperation: Operation = {
  name: 'operations/abc 1/2?x',
  submittedAt: NOON + 1_000,
};

export const sampleVideo: Video = {
  name: '00000001.mp4',
  sizeBytes: 5_000_000,
  sha256: 'ab'.repeat(32),
  durationMs: 8_000,
  width: 1_280,
  height: 720,
  hasAudio: true,
};

const charge = { kind: 'charged', microUsd: PRICE } as const;
const maybeCharged = { kind: 'may have been charged', microUsd: PRICE } as const;
const operation = sampleOperation;
const running = {
  operation,
  dueAt: NOON + 30_000,
  deadlineAt: NOON + 1_800_000,
  lookedAt: null,
  gone: null,
};
const made45s = { charge, madeInMs: 45_000, operation };

/** One example of each state's own fields. */
export const sampleStates: { readonly [S in State]: Extract<NextState, { state: S }> } = {
  received: { state: 'received', dueAt: NOON },
  gathering: { state: 'gathering', dueAt: NOON + 50, deadlineAt: NOON + 3_600_000 },
  queued: {
    ...{ state: 'queued', dueAt: NOON + 100, deadlineAt: NOON + 3_600_000 },
    ...{ ahead: 0, trouble: null },
  },
  submitting: {
    ...{ state: 'submitting', startedAt: NOON + 200, deadlineAt: NOON + 3_600_000 },
    ...{ cancelAsked: false, told: null },
  },
  generating: { ...running, state: 'generating', likelyAt: NOON + 45_000, trouble: null },
  cancelling: { ...running, state: 'cancelling', cancelSent: false, cancelledBy: 'by requester' },
  downloading: {
    ...made45s,
    ...{ gone: null, unreadable: 0 },
    ...{ state: 'downloading', source: { kind: 'file', fileId: 'file-1' } },
    ...{ dueAt: NOON + 46_000, deadlineAt: NOON + 7_200_000, trouble: null },
  },
  shrinking: {
    ...made45s,
    ...{ state: 'shrinking', video: sampleVideo, rung: 'reply by token', asked: false },
    ...{ maxBytes: 4_000_000, dueAt: NOON + 47_000 },
  },
  delivering: {
    ...made45s,
    ...{
      state: 'delivering',
      video: sampleVideo,
      smaller: null,
      rung: 'reply by token',
      dueAt: NOON + 47_000,
    },
  },
  delivered: {
    ...made45s,
    ...{
      state: 'delivered',
      video: sampleVideo,
      smaller: null,
      keptUntilAt: NOON + 30 * 86_400_000,
    },
    posted: { channelId: '1100000000000000002', messageId: '14', rung: 'reply by token' },
  },
  undelivered: {
    ...made45s,
    ...{ state: 'undelivered', video: sampleVideo, reason: 'too large' },
    ways: { smallerBytes: null, link: false },
    keptUntilAt: NOON + 30 * 86_400_000,
  },
  unconfirmed: {
    ...{ state: 'unconfirmed', startedAt: NOON + 200, charge: maybeCharged },
    ...{ told: null, dueAt: null },
  },
  failed: {
    ...{ state: 'failed', reason: 'declined', said: 'It was declined.', operation },
    ...{ successor: null, dueAt: null },
    charge: { kind: 'not charged' },
  },
  cancelled: { state: 'cancelled', why: 'by requester', charge: { kind: 'not charged' } },
};

/** What the money does on the way into these states, where it is still open. */
const sampleMoney: Partial<Readonly<Record<State, MoneyMove>>> = {
  downloading: { kind: 'settle', microUsd: PRICE, basis: 'estimate' },
  failed: { kind: 'give back' },
  cancelled: { kind: 'give back' },
  unconfirmed: { kind: 'maybe', microUsd: PRICE, countsForMember: false },
};

/** A change into a state, without money unless given. */
export function sampleChange<S extends State>(
  state: S,
  own: Partial<Extract<NextState, { state: S }>> = {},
  more: Partial<Omit<Change, 'to'>> = {},
): Change {
  const to = { ...sampleStates[state], ...own } as NextState;
  return { at: NOON + 1_000, attempts: 0, note: { event: `to ${state}` }, ...more, to };
}

/** The shortest way from received that passes through no ended state, e.g. `['queued', 'submitting', 'generating']`. */
export function wayTo(state: State): readonly State[] {
  const ways: State[][] = [['received']];
  for (const way of ways) {
    const last = way.at(-1) ?? 'received';
    if (last === state) return way.slice(1);
    if (ended.includes(last)) continue;
    ways.push(...leadsTo[last].filter((to) => !way.includes(to)).map((to) => [...way, to]));
  }
  throw new Error(`no way to ${state}`);
}

/** Accepts a job without limits and takes it to a state, with the money moving as it would. */
export async function bringTo<S extends State>(
  store: Pick<JobStore, 'accept' | 'apply'>,
  state: S,
  over: Partial<NewJob> = {},
  own: Partial<Extract<NextState, { state: S }>> = {},
): Promise<Extract<Job, { state: S }>> {
  const accepted = await store.accept(sampleNewJob(over), []);
  if (accepted.kind !== 'accepted') throw new Error(`the sample job was not accepted`);
  let job: Job = accepted.job;
  let open = true;
  for (const next of wayTo(state)) {
    const money: MoneyMove | undefined = open ? sampleMoney[next] : undefined;
    if (money !== undefined) open = money.kind === 'maybe';
    const more = money === undefined ? {} : { money };
    job = await applied(store, job, sampleChange(next, next === state ? own : {}, more));
  }
  return job as Extract<Job, { state: S }>;
}

/** Applies a change that must not meet a faster one. */
export async function applied(
  store: Pick<JobStore, 'apply'>,
  job: Job,
  change: Change,
): Promise<Job> {
  const after = await store.apply(job, change);
  if (after === null) throw new Error(`the change of job ${job.id} to ${change.to.state} was late`);
  return after;
}

/** A job as a store would hand it out, without a store. */
export function sampleJob<S extends State>(
  state: S,
  over: Partial<Extract<Job, { state: S }>> = {},
): Extract<Job, { state: S }> {
  const { state: _, dueAt: __, ...job } = sampleNewJob();
  const common = { ...job, revision: wayTo(state).length, changedAt: NOON + 1_000 };
  const own = sampleStates[state];
  return { ...common, attempts: 0, shown: null, ...own, ...over } as unknown as Extract<
    Job,
    { state: S }
  >;
}
