/**
 * What is worth telling an admin without being asked. It listens to what is observed anyway; how often
 * each is told stands in telling.ts.
 */

import type { Job, JobId, State } from '../job.ts';
import type { MicroUsd } from '../model.ts';
import type { Calendar } from '../money/calendar.ts';
import type { Limit, Period } from '../money/spending.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobEvent } from '../ports/observe.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { JobStore } from '../ports/store.ts';
import type { House } from './house.ts';
import { type SettingScope, serverScope } from './settings.ts';
import { type Pace, Telling, type TellingParts } from './telling.ts';

/** What it is about; never a prompt, a key or what somebody else wrote. */
export type Matter =
  /** As it is observed, see ports/observe.ts. */
  | { readonly kind: 'alarm'; readonly what: string }
  | { readonly kind: 'model withdrawn'; readonly model: string; readonly successor: string | null }
  | { readonly kind: 'answer lost'; readonly microUsd: MicroUsd }
  | { readonly kind: 'undelivered'; readonly reason: 'too large' | 'unreachable' }
  | Ceiling
  /** Another process answers Discord for this bot. */
  | { readonly kind: 'another copy' };

/** Of a limit of the whole bot. `isUsedUp`: one more like the last one is refused; else it is nearly. */
export interface Ceiling {
  readonly kind: 'ceiling';
  readonly period: Period;
  readonly of: 'money' | 'videos';
  readonly isUsedUp: boolean;
  /** In micro-dollars, or videos. */
  readonly used: number;
  readonly max: number;
  /** What the last one that was asked for costs. */
  readonly priceMicroUsd: MicroUsd;
  /** Wall clock in ms. */
  readonly untilAt: number;
}

export interface AlertsParts extends TellingParts {
  readonly store: Pick<JobStore, 'recall' | 'remember' | 'spent'>;
  readonly clock: Pick<Clock, 'now' | 'wall' | 'after'>;
  readonly calendar: Pick<Calendar, 'counted'>;
  readonly house: Pick<House, 'get'>;
  readonly limits: () => readonly Limit[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** One look at the ceilings for all that is asked for within this time. */
const LOOK_AFTER_MS = 1_000;
const NEARLY = 0.8;

/** What befalls a video may have cost money: none goes uncounted. */
const befalls: Pace = { everyMs: HOUR_MS, meanwhile: 'counted' };
const lasts: Pace = { everyMs: DAY_MS, meanwhile: 'lasts' };
const onceADay: Pace = { everyMs: DAY_MS, meanwhile: 'carried' };
/** A restart finds out again by itself. */
const onceAWeek: Pace = { everyMs: 7 * DAY_MS, meanwhile: 'carried' };
/** Its key names the day or month, so there is no second time. */
const once: Pace = { everyMs: Number.MAX_SAFE_INTEGER, meanwhile: 'lasts' };

/** Alarms that begin and end. */
const lasting: readonly string[] = ['set up wrongly', 'service budget', 'storage'];

/** What the admins of a server are told of the videos that were asked for there. */
const ofServers: readonly string[] = [
  'a paid video cannot be fetched',
  'a paid video cannot be read',
  'failed and charged',
  'operation gone',
  'paid and not understood',
  'video file gone',
];

/** Ways of a job that show that the proxy takes our key and has budget for it. */
const provesProxy: Partial<Readonly<Record<State, readonly State[]>>> = {
  generating: ['submitting'],
  cancelling: ['submitting'],
  downloading: ['generating', 'cancelling', 'failed'],
  delivering: ['downloading'],
};

export class Alerts {
  readonly #parts: AlertsParts;
  readonly #telling: Telling;
  #lastPriceMicroUsd: MicroUsd = 0;
  #takeBackLook: (() => void) | null = null;
  #stopped = false;

  constructor(parts: AlertsParts) {
    this.#parts = parts;
    this.#telling = new Telling(parts);
  }

  /** Before anything is heard of. */
  load(): Promise<void> {
    return this.#telling.load();
  }

  /** From here on it is told. */
  start(): void {
    this.#telling.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#takeBackLook?.();
    await this.#telling.stop();
  }

  hear(event: JobEvent): void {
    const matter = matterIn(event);
    if (matter !== null) this.#tell(matter, event.job);
    if (event.kind === 'change') this.#heed(event);
  }

  hearAnotherCopy(): void {
    this.#tell({ kind: 'another copy' }, null);
  }

  /** A command met it, before there was a job. */
  hearStorageFull(): void {
    this.#tell({ kind: 'alarm', what: 'storage' }, null);
  }

  /** What is over, and what may be used up. */
  #heed({ job, from }: Extract<JobEvent, { kind: 'change' }>): void {
    if (from === null) this.#lastPriceMicroUsd = job.request.priceMicroUsd;
    if (from === null || (job.state !== from && 'charge' in job)) this.#lookAtCeilings();
    const hadRoom = from === 'queued' ? 'submitting' : from === 'downloading' ? 'delivering' : null;
    if (job.state === hadRoom) this.#over('storage');
    if (from !== null && from !== job.state && provesProxy[job.state]?.includes(from) === true) {
      this.#over('set up wrongly');
      this.#over('service budget');
    }
  }

  #tell(matter: Matter, job: Job | null): void {
    const jobId: JobId | null = isOfOneJob(matter) ? (job?.id ?? null) : null;
    const tell = (scope: SettingScope) =>
      this.#telling.news(`${scope} ${keyOf(matter)}`, { scope, matter, jobId }, paceOf(matter));
    tell('bot');
    const guildId = job?.reply.guildId ?? null;
    if (guildId === null || !isOfServers(matter)) return;
    const { house } = this.#parts;
    const channelId = house.get(serverScope(guildId), 'audit');
    // One channel for both is told once.
    if (channelId !== null && channelId !== house.get('bot', 'audit')) tell(serverScope(guildId));
  }

  #over(what: string): void {
    this.#telling.over(`bot ${keyOf({ kind: 'alarm', what })}`);
  }

  #lookAtCeilings(): void {
    if (this.#takeBackLook !== null || this.#stopped) return;
    this.#takeBackLook = this.#parts.clock.after(LOOK_AFTER_MS, () => {
      this.#takeBackLook = null;
      this.#ceilings().catch((error: unknown) => {
        if (!(error instanceof StorageFull) && !this.#stopped) this.#parts.fatal(error);
      });
    });
  }

  async #ceilings(): Promise<void> {
    const { store, clock, calendar, limits } = this.#parts;
    for (const { scope, within, period, maxMicroUsd, maxVideos } of limits()) {
      if (scope !== 'bot' || within !== undefined || period === 'at once') continue;
      const times = calendar.counted(period, clock.wall());
      const spent = await store.spent({
        scope,
        of: null,
        period,
        maxMicroUsd,
        maxVideos,
        ...times,
      });
      const priceMicroUsd = this.#lastPriceMicroUsd;
      const parts = [
        { of: 'money', used: spent.microUsd, max: maxMicroUsd, more: priceMicroUsd },
        { of: 'videos', used: spent.videos, max: maxVideos, more: 1 },
      ] as const;
      for (const { of, used, max, more } of parts) {
        if (max === null) continue;
        const isUsedUp = used >= max || used + more > max;
        // A ceiling of nothing closes the bot on purpose.
        if (max === 0 || used === 0 || (!isUsedUp && used < max * NEARLY)) continue;
        const { untilAt } = times;
        const figures = { period, of, used, max, priceMicroUsd, untilAt };
        const usedUp: Ceiling = { kind: 'ceiling', ...figures, isUsedUp: true };
        // Something was given back since: no news after the worse one.
        if (!isUsedUp && this.#telling.knows(`bot ${keyOf(usedUp)}`)) continue;
        this.#tell({ ...usedUp, isUsedUp }, null);
      }
    }
  }
}

function matterIn(event: JobEvent): Matter | null {
  if (event.kind === 'alarm') {
    const { what, detail } = event;
    if (what !== 'model withdrawn') return { kind: 'alarm', what };
    const { model, successor } = detail ?? {};
    const to = typeof successor === 'string' ? successor : null;
    return { kind: 'model withdrawn', model: String(model), successor: to };
  }
  if (event.kind !== 'change') return null;
  const { job, from } = event;
  // Found out again and again while it waits.
  const waits = job.state === 'queued' || job.state === 'downloading';
  if (waits && job.trouble === 'storage') return { kind: 'alarm', what: 'storage' };
  if (from === job.state) return null;
  if (job.state === 'unconfirmed') {
    return { kind: 'answer lost', microUsd: job.request.priceMicroUsd };
  }
  // Not what its own member has removed.
  if (job.state === 'undelivered' && job.reason !== 'removed by requester') {
    return { kind: 'undelivered', reason: job.reason };
  }
  return null;
}

function paceOf(matter: Matter): Pace {
  switch (matter.kind) {
    case 'alarm':
      return lasting.includes(matter.what) ? lasts : befalls;
    case 'answer lost':
      return befalls;
    case 'undelivered':
      return matter.reason === 'too large' ? onceADay : befalls;
    case 'another copy':
      return onceADay;
    case 'model withdrawn':
      return onceAWeek;
    case 'ceiling':
      return once;
    default:
      return matter satisfies never;
  }
}

/** Else it was only met with it. */
function isOfOneJob(matter: Matter): boolean {
  if (matter.kind === 'alarm') return !lasting.includes(matter.what);
  return matter.kind === 'answer lost' || matter.kind === 'undelivered';
}

function isOfServers(matter: Matter): boolean {
  switch (matter.kind) {
    case 'alarm':
      return ofServers.includes(matter.what);
    case 'answer lost':
    case 'undelivered':
      return true;
    case 'model withdrawn':
    case 'ceiling':
    case 'another copy':
      return false;
    default:
      return matter satisfies never;
  }
}

/** Tells one matter from another; of a ceiling with its figure in it: raised, it is another one. */
function keyOf(matter: Matter): string {
  switch (matter.kind) {
    case 'alarm':
      return `alarm ${matter.what}`;
    case 'model withdrawn':
      return `withdrawn ${matter.model}`;
    case 'undelivered':
      return `undelivered ${matter.reason}`;
    case 'ceiling': {
      const { period, of, untilAt, max, isUsedUp } = matter;
      return `ceiling ${period} ${of} ${untilAt} ${max} ${isUsedUp ? 'used up' : 'nearly'}`;
    }
    case 'answer lost':
    case 'another copy':
      return matter.kind;
    default:
      return matter satisfies never;
  }
}
