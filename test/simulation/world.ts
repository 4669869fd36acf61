/** Everything around the bot in one life, and what really happened there. */
import type { Change } from '../../src/jobs/change.ts';
import type { Job, JobId, State } from '../../src/jobs/job.ts';
import type { RunnerParts } from '../../src/jobs/lanes/work.ts';
import type { Limit, LimitCheck, Spent } from '../../src/jobs/money/spending.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { defaultRules, type Rules } from '../../src/jobs/rules.ts';
import { type Bot, startBot } from './bot.ts';
import { Discord } from './discord.ts';
import { cutOffParts, Disk } from './disk.ts';
import { Google } from './google.ts';
import { BotProcess } from './process.ts';
import { Chance } from './random.ts';
import { MemoryStore } from './store.ts';
import { VirtualTime } from './time.ts';
import { Weather } from './weather.ts';

const minute = 60_000;
/** 2026-11-10 09:00 UTC, so that a life does not cross midnight. */
const MORNING = Date.UTC(2026, 10, 10, 9);

/** A fault put in on purpose, to see that it is found. */
export interface Plant {
  readonly store?: () => MemoryStore;
  readonly parts?: (parts: RunnerParts, world: World, process: BotProcess) => RunnerParts;
}

/** One stored change of a job. */
export interface Step {
  readonly jobId: JobId;
  readonly from: State;
  readonly fromRevision: number;
  readonly to: State;
  readonly change: Change;
}

export class World {
  readonly chance: Chance;
  readonly time = new VirtualTime(MORNING);
  readonly weather: Weather;
  readonly rules: Rules;
  readonly limits: readonly Limit[];
  readonly store: MemoryStore;
  readonly google: Google;
  readonly discord: Discord;
  readonly disk = new Disk();
  readonly trace: string[] | null;
  /** The process that runs at the moment; never two at once. */
  bot: Bot | null = null;

  // What happened, for the invariants.
  readonly steps: Step[] = [];
  /** What counted against each limit right after a job was accepted. */
  readonly acceptances: {
    readonly id: JobId;
    readonly check: LimitCheck;
    readonly spent: Spent;
  }[] = [];
  readonly looks: {
    readonly at: number;
    readonly process: number;
    /** Of an operation that no row names. */
    readonly unwritten: boolean;
  }[] = [];
  /** Presses on "Show result" that were taken, by job: each may post once more. */
  readonly askedAgain = new Map<JobId, number>();
  /** Jobs whose reply could not be reached any more at some time. */
  readonly unreachable = new Set<JobId>();
  readonly counts = { crashes: 0, stops: 0, stale: 0, endedByDisk: 0 };
  /** What went wrong that no invariant has a name for. */
  fault: string | null = null;
  /** Calls that were sent and have not had their effect. */
  inFlight = 0;
  #processes = 0;
  #ids = 0;
  readonly #plant: Plant;

  constructor(seed: number, options: { readonly trace: boolean; readonly plant: Plant }) {
    const chance = new Chance(seed);
    this.chance = chance;
    this.#plant = options.plant;
    this.trace = options.trace ? [] : null;
    this.store = options.plant.store?.() ?? new MemoryStore();
    this.weather = new Weather(chance, MORNING);
    this.rules = {
      ...defaultRules,
      queueForMs: chance.pick([5, 40]) * minute,
      generateForMs: 20 * minute,
      lateLookAfterMs: 70 * minute,
      fileLivesMs: 80 * minute,
      goneBelievedAfter: 3,
      goneBelievedForMs: minute,
      triesPerRung: chance.pick([3, 20]),
      maxRunning: chance.pick([1, 2, 8]),
      looksPerSecond: chance.pick([1, 5, 20]),
      looks: 'keen',
      downloadsAtOnce: chance.whole(1, 3),
      deliveriesAtOnce: chance.pick([1, 20]),
      minFreeBytes: 1_000,
      maxPictureBytes: 1_000_000,
      picturesAtOnce: 2,
      clipsKeptForMs: 60 * minute,
      holdForMs: chance.pick([1, 5]) * minute,
    };
    this.limits = [
      { scope: 'member', period: 'day', maxMicroUsd: 4_000_000, maxVideos: 4 },
      { scope: 'bot', period: 'day', maxMicroUsd: null, maxVideos: 8 },
    ];
    this.google = new Google(this.time, chance, 90 * minute);
    // In some lives tokens die early, so that the later rungs of the ladder are climbed more often.
    this.discord = new Discord(this.time, chance.pick([15, 1]) * minute);
    if (chance.is(0.1)) {
      this.google.withdrawn.set('omni-1', MORNING + chance.between(0, 10) * minute);
    }
  }

  /** The wall clock of the bot's machine. */
  wall(): number {
    return this.time.now;
  }

  plant(parts: RunnerParts, process: BotProcess): RunnerParts {
    return this.#plant.parts?.(parts, this, process) ?? parts;
  }

  newId(): string {
    this.#ids += 1;
    return `job${String(this.#ids).padStart(5, '0')}`;
  }

  isDiskFull(): boolean {
    return this.weather.has('disk full', this.time.now);
  }

  boot(): void {
    this.#processes += 1;
    this.tell(() => `process ${this.#processes} starts`);
    this.bot = startBot(this, new BotProcess(this, this.#processes));
  }

  /** Called by a process that ends; another one is started after a while. */
  died(process: BotProcess, why: string): void {
    this.tell(() => `process ${process.nth} ends: ${why}`);
    this.counts.crashes += 1;
    this.bot = null;
    cutOffParts(this.disk, this.chance.next);
    const awayMs = this.chance.pick([1_000, 3_000, 30_000, 5 * minute]);
    this.time.after(awayMs, () => this.boot());
  }

  /** An exception that ends the process. */
  failed(process: BotProcess, error: unknown): void {
    if (process.dead) return;
    if (error instanceof StorageFull) {
      this.counts.endedByDisk += 1;
      const wasReady = this.bot?.process === process && this.bot.isReady;
      const isFullFor = this.weather.lasts('disk full', this.time.now);
      if (wasReady && isFullFor < 5 * minute) this.fault ??= 'a full disk ended a process at once';
    } else this.fault ??= `unknown exception: ${error instanceof Error ? error.stack : error}`;
    process.die(`exception: ${error instanceof Error ? error.message : error}`);
  }

  accepted(job: Job, checks: readonly LimitCheck[]): void {
    for (const check of checks) {
      this.acceptances.push({ id: job.id, check, spent: this.store.books.spent(check) });
    }
    this.tell(() => `${job.id} accepted for ${job.requester.userId}`);
  }

  changed(job: Job, stored: Job, change: Change): void {
    const { state: from, revision: fromRevision } = job;
    this.steps.push({ jobId: job.id, from, fromRevision, to: stored.state, change });
    this.tell(() => {
      const detail = change.note.detail === undefined ? '' : JSON.stringify(change.note.detail);
      return `${job.id} ${from} → ${stored.state}: ${change.note.event} ${detail}`;
    });
  }

  tell(line: () => string): void {
    this.trace?.push(`${((this.time.now - MORNING) / 1_000).toFixed(3)} ${line()}`);
  }
}
