/**
 * What is counted and measured for `/metrics`. It only listens: to what is observed anyway, and to
 * each call to the outside. Labels are words of our own; never an id, a name or what somebody wrote.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Calendar } from '../jobs/money/calendar.ts';
import type { Limit } from '../jobs/money/spending.ts';
import type { Clock } from '../jobs/ports/clock.ts';
import type { JobEvent } from '../jobs/ports/observe.ts';
import type { JobStore, Overview } from '../jobs/ports/store.ts';
import { states } from '../jobs/states.ts';
import type { Page } from './server.ts';

/** What is so at the moment that the page is asked for. */
export interface Now {
  readonly gateway: boolean;
  readonly commands: boolean;
  /** Why nothing is started at the moment, one of `holds`; null: nothing holds it up. */
  readonly heldBy: string | null;
  readonly limits: readonly Limit[];
  /** Null where the disk cannot be asked. */
  readonly freeBytes: number | null;
  readonly minFreeBytes: number;
  /** Wall time in ms; 0: none yet; null: none is wanted. */
  readonly backupAt: number | null;
}

/** Whatever else holds it up is told of as `other`. */
const holds = ['paused', 'set up wrongly', 'service budget'];

/** Told as 0 before the first: a counter that begins with 1 looks to Prometheus as if nothing happened. */
export const alarmWords: readonly string[] = [
  'a paid video cannot be fetched',
  'a paid video cannot be read',
  'another model answered',
  'clock wrong, so nothing old is deleted',
  'failed and charged',
  'its money is not what the ledger says',
  'made otherwise than asked for',
  'model withdrawn',
  'operation gone',
  'paid and not understood',
  'paid operation not written down',
  'put back from a backup',
  'service budget',
  'set up wrongly',
  'storage',
  'use not believed',
  'video file gone',
];

export interface MetricsParts {
  readonly store: Pick<JobStore, 'overview'>;
  readonly clock: Pick<Clock, 'wall' | 'monotonic'>;
  readonly calendar: Pick<Calendar, 'counted'>;
  readonly looksPerSecond: number;
}

/** Of a call to the outside; `status` null: no answer came. */
export interface CallSeen {
  /** What was asked for, one of a few words, e.g. `look` or `PATCH`. */
  readonly what: string;
  readonly status: number | null;
}

/** However often it is asked for, the database is read no more often. */
const READ_EVERY_MS = 5_000;
/** A word too many must not fill the memory of whoever collects. */
const MOST_WORDS = 100;
const RESOLUTION_MS = 20;
const NS_PER_S = 1e9;

export class Metrics {
  readonly #parts: MetricsParts;
  readonly #registry = new Registry();
  readonly #words = new Set<string>();
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #read: { readonly at: number; readonly overview: Promise<Overview | null> } | null = null;

  readonly #steps = this.#counter('steps_total', 'Changes of jobs, by what a step found.', [
    'found',
    'from',
    'to',
  ]);
  readonly #stale = this.#counter('stale_writes_total', 'Changes that came after another one.', []);
  readonly #alarms = this.#counter('alarms_total', 'What an admin should know.', ['what']);
  readonly #discord = this.#counter('discord_calls_total', 'Calls to Discord.', ['what', 'result']);
  readonly #gateway = this.#counter('discord_events_total', 'On the way to and from Discord.', [
    'what',
  ]);
  readonly #proxy = this.#counter(
    'proxy_calls_total',
    'Calls to the proxy; `paid` are the paid ones, `look` whether a video is done.',
    ['what', 'result'],
  );
  readonly #jobs = this.#gauge('jobs', 'Jobs by state.', ['state']);
  readonly #unsettled = this.#gauge(
    'unsettled',
    'Jobs whose answer was lost and whose money nobody has settled.',
    [],
  );
  readonly #oldest = this.#gauge(
    'oldest_unfinished_seconds',
    'Age of the oldest job that is not over; 0 where there is none.',
    [],
  );
  readonly #money = this.#gauge(
    'money_today_micro_usd',
    'Of jobs asked for since midnight in TIME_ZONE, in micro-dollars; `maybe` may have been charged.',
    ['kind'],
  );
  readonly #ready = this.#gauge('ready', '1 where it is so now; commands are taken.', ['what']);
  readonly #held = this.#gauge('held', '1 where this keeps paid work from starting.', ['why']);
  readonly #ceiling = this.#gauge(
    'ceiling_used_ratio',
    'Of the limits of the whole bot: how much of each is used, 1 being all.',
    ['period', 'of'],
  );
  readonly #free = this.#gauge('disk_free_bytes', 'In the data folder.', []);
  readonly #minFree = this.#gauge('disk_free_bytes_limit', 'MIN_FREE_DISK_MB.', []);
  readonly #backup = this.#gauge(
    'backup_timestamp_seconds',
    'When the newest backup was made; 0 where there is none yet.',
    [],
  );
  readonly #readWell = this.#gauge('database_read_well', '1 where the database could be read.', []);
  readonly #loop = this.#gauge(
    'event_loop_delay_seconds',
    'Beyond what was meant, since it was collected last.',
    ['quantile'],
  );

  constructor(parts: MetricsParts) {
    this.#parts = parts;
    this.#gauge('looks_per_second_limit', 'POLLS_PER_SECOND.', []).set(parts.looksPerSecond);
    for (const what of alarmWords) this.#alarms.inc({ what: this.#word(what) }, 0);
  }

  /** Measures the event loop from here on. Safe to call twice. */
  start(): void {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  jobEvent(event: JobEvent): void {
    switch (event.kind) {
      case 'change': {
        const found = this.#word(event.note.event);
        this.#steps.inc({ found, from: event.from ?? 'none', to: event.job.state });
        return;
      }
      case 'alarm':
        this.#alarms.inc({ what: this.#word(event.what) });
        return;
      case 'stale':
        this.#stale.inc();
        return;
      case 'step':
        return; // ends in a change
      default:
        event satisfies never;
    }
  }

  /** Of the gateway, `what` is one of its few changes; of the others it is left out. */
  discordEvent(event: { readonly kind: string; readonly what?: string }): void {
    const { kind, what } = event;
    this.#gateway.inc({ what: this.#word(kind === 'gateway' ? `gateway ${what}` : kind) });
  }

  discordCall({ what, status }: CallSeen): void {
    this.#discord.inc({ what: this.#word(what), result: resultOf(status) });
  }

  proxyCall({ what, status }: CallSeen): void {
    this.#proxy.inc({ what: this.#word(what), result: resultOf(status) });
  }

  /** Never rejects for the database's sake. */
  async page(now: Now): Promise<Page> {
    this.#show(await this.#overview(), now);
    this.#showNow(now);
    for (const [quantile, ns] of [
      ['0.5', this.#delay.percentile(50)],
      ['0.99', this.#delay.percentile(99)],
      ['1', this.#delay.max],
    ] as const) {
      this.#loop.set({ quantile }, Math.max(0, ns / NS_PER_S - RESOLUTION_MS / 1_000));
    }
    this.#delay.reset();
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #overview(): Promise<Overview | null> {
    const { store, clock, calendar } = this.#parts;
    const now = clock.monotonic();
    if (this.#read === null || now - this.#read.at >= READ_EVERY_MS) {
      const wall = clock.wall();
      const [day, month] = [calendar.counted('day', wall), calendar.counted('month', wall)];
      const read = store.overview({ dayAt: day.sinceAt, monthAt: month.sinceAt });
      this.#read = { at: now, overview: read.catch(() => null) };
    }
    return this.#read.overview;
  }

  /** What was true before is not told as if it still were. */
  #show(overview: Overview | null, { limits }: Now): void {
    this.#readWell.set(overview === null ? 0 : 1);
    for (const gauge of [this.#jobs, this.#money, this.#oldest, this.#ceiling]) gauge.reset();
    if (overview === null) {
      this.#oldest.remove();
      this.#unsettled.remove();
      return;
    }
    const { byState, oldestUnfinished: oldest, day } = overview;
    for (const state of states) this.#jobs.set({ state }, byState[state]);
    const age = oldest === null ? 0 : this.#parts.clock.wall() - oldest.askedAt;
    this.#oldest.set(Math.max(0, age) / 1_000);
    this.#money.set({ kind: 'charged' }, day.chargedMicroUsd);
    this.#money.set({ kind: 'reserved' }, day.reservedMicroUsd);
    this.#money.set({ kind: 'maybe' }, day.maybeMicroUsd);
    this.#unsettled.set(overview.unsettled);
    for (const { scope, period, maxMicroUsd, maxVideos } of limits) {
      if (scope !== 'bot' || period === 'at once') continue;
      const { chargedMicroUsd, reservedMicroUsd, maybeMicroUsd, videos } = overview[period];
      const used = chargedMicroUsd + reservedMicroUsd + maybeMicroUsd;
      for (const [of, part, most] of [
        ['money', used, maxMicroUsd],
        ['videos', videos, maxVideos],
      ] as const) {
        // A limit of nothing is used up.
        if (most !== null) this.#ceiling.set({ period, of }, most === 0 ? 1 : part / most);
      }
    }
  }

  #showNow({ gateway, commands, heldBy, freeBytes, minFreeBytes, backupAt }: Now): void {
    this.#ready.set({ what: 'gateway' }, gateway ? 1 : 0);
    this.#ready.set({ what: 'commands' }, commands ? 1 : 0);
    const held = heldBy === null || holds.includes(heldBy) ? heldBy : 'other';
    for (const why of [...holds, 'other']) this.#held.set({ why }, why === held ? 1 : 0);
    this.#minFree.set(minFreeBytes);
    if (freeBytes === null) this.#free.remove();
    else this.#free.set(freeBytes);
    if (backupAt === null) this.#backup.remove();
    else this.#backup.set(backupAt / 1_000);
  }

  /** All of them stand in our source; this holds should one ever not. */
  #word(word: string): string {
    if (!this.#words.has(word) && this.#words.size >= MOST_WORDS) return 'other';
    this.#words.add(word);
    return word;
  }

  #counter<T extends string>(name: string, help: string, labelNames: T[]): Counter<T> {
    return new Counter({ name: `veo_bot_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge<T extends string>(name: string, help: string, labelNames: T[]): Gauge<T> {
    return new Gauge({ name: `veo_bot_${name}`, help, labelNames, registers: [this.#registry] });
  }
}

function resultOf(status: number | null): string {
  if (status === null) return 'not reached';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
