/** Due jobs → step → change. One lane per kind of step, so that none waits for another's. */

import type { Job, JobId, JobIn } from './job.ts';
import { createExpiredLane } from './lanes/expiredLane.ts';
import { Lane, type LaneParts } from './lanes/lane.ts';
import { createReceivedLane } from './lanes/receivedLane.ts';
import { StartLane } from './lanes/startLane.ts';
import { type RunnerParts, takeDue, type Work, waitForDisk } from './lanes/work.ts';
import { Expectations } from './looks/expectations.ts';
import { LookLane } from './looks/lookLane.ts';
import { afterDeliver, afterDownload } from './outcomes/deliver.ts';
import { afterGather } from './outcomes/gather.ts';
import { afterShrink } from './outcomes/shrink.ts';
import { StorageFull } from './ports/storageFull.ts';
import type { Trouble } from './reasons.ts';
import { afterClockSetBack, LONGEST_WAIT_MS, neverFarAway, recover } from './recovery.ts';
import { doubtWhatWasNotPaid } from './restored.ts';
import { CROSSED_MS, Shows } from './shows.ts';
import { deliver, isInReply } from './steps/deliver.ts';
import { download } from './steps/download.ts';
import { gather } from './steps/gather.ts';
import { shrink } from './steps/shrink.ts';
import { Writer } from './writer.ts';

export class Runner {
  readonly writer: Writer;
  readonly #parts: RunnerParts;
  readonly #work: Work;
  readonly #shows: Shows;
  readonly #stop = new AbortController();
  readonly #start: StartLane;
  readonly #look: LookLane;
  readonly #lanes: Readonly<
    Record<'expired' | 'received' | 'gather' | 'download' | 'shrink' | 'deliver', Lane>
  >;
  #recovered = false;
  #started = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    const { store, observe, replies, clock, chance, fatal, rules } = parts;
    this.writer = new Writer({ store, observe, changed: (job, from) => this.#changed(job, from) });
    this.#shows = new Shows({ store, replies, clock, chance, fatal });
    this.#work = {
      ...parts,
      writer: this.writer,
      record: (job, make) =>
        this.writer.writeFound(
          job,
          make,
          (attempt) => waitForDisk(attempt, parts, this.#stop.signal),
          'storage',
        ),
      expectations: new Expectations(store, clock.monotonic),
      context: () => this.#look.context(),
      stopping: this.#stop.signal,
    };
    this.#look = new LookLane(this.#work);
    this.#start = new StartLane(this.#work);
    this.#lanes = {
      expired: createExpiredLane(this.#work),
      received: createReceivedLane(this.#work, this.#shows),
      gather: this.#lane(
        ['gathering'],
        () => rules.picturesAtOnce,
        (job) => this.#gather(job),
      ),
      download: this.#lane(
        ['downloading'],
        () => rules.downloadsAtOnce,
        (job) => this.#download(job),
      ),
      shrink: this.#lane(
        ['shrinking'],
        () => 1,
        (job) => this.#shrink(job),
      ),
      deliver: this.#lane(
        ['delivering'],
        () => rules.deliveriesAtOnce,
        (job) => this.#deliver(job),
      ),
    };
  }

  /** Sets right what the last process left behind: before anything new comes in. */
  async recover(): Promise<void> {
    if (this.#recovered) return;
    this.#recovered = true;
    const { store, clock } = this.#parts;
    await doubtWhatWasNotPaid({ ...this.#parts, record: this.#work.record });
    for (const job of await store.inStates(['received', 'submitting', 'shrinking', 'delivering'])) {
      if (this.#stop.signal.aborted) return;
      // A disk that is full at the start is waited for, as later.
      await this.#work.record(job, (found) => recover(found, clock.now()));
    }
    await this.#setClockRight();
  }

  /** Recovers, then works until `stop`. */
  async start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    await this.recover();
    const { models } = this.#parts;
    await this.#work.expectations.load(models.offered().map((model) => model.id));
    const { signal } = this.#stop;
    if (!signal.aborted) await this.#shows.start();
    if (!signal.aborted) await this.#look.start();
    if (signal.aborted) return;
    for (const lane of Object.values(this.#lanes)) lane.start();
  }

  /**
   * Begins to start queued jobs: not before Discord has taken us. A process that is refused there ends
   * at once, and each such start would otherwise leave paid calls behind that nobody waits for.
   */
  startPaying(): void {
    if (!this.#stop.signal.aborted) this.#start.lane.start();
  }

  /** Starts no more jobs; resolves when the answers of paid calls under way are on disk. */
  async finishPaying(): Promise<void> {
    await this.#start.lane.stop();
  }

  /** Whose paid calls are under way, or about to be. */
  payingFor(): readonly JobId[] {
    return this.#start.lane.busyWith();
  }

  /** Something new is due: a job was asked for, a button pressed, a limit changed. */
  wake(): void {
    this.#start.lane.wake();
    this.#look.lane.wake();
    for (const lane of Object.values(this.#lanes)) lane.wake();
  }

  /** A hint says that the job's operation has ended: the next look at it is due now. */
  hurry(job: Job): void {
    this.#look.hurry(job);
  }

  /** What the service last refused our key or address for, as long as it has taken nothing since. */
  heldBy(): Trouble | null {
    return this.#start.heldBy;
  }

  /** When the lane that did so longest ago last looked for work, in monotonic ms; null before the start. */
  turnedAt(): number | null {
    const lanes = [this.#start.lane, this.#look.lane, ...Object.values(this.#lanes)];
    // One that has not begun, as while Discord is away, is not one that stands still.
    const turns = lanes.map((lane) => lane.turnedAt).filter((at) => at !== null);
    return turns.length > 0 ? Math.min(...turns) : null;
  }

  /** Takes nothing more, lets paid calls finish, breaks off what can be done again. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all([
      this.#start.lane.stop(),
      this.#look.lane.stop(),
      ...Object.values(this.#lanes).map((lane) => lane.stop()),
    ]);
    await this.#shows.stop();
  }

  async #setClockRight(): Promise<void> {
    const { store, clock, rules } = this.#parts;
    const farAway = clock.now() + LONGEST_WAIT_MS;
    if ((await store.nextDueAt(neverFarAway, farAway)) === null) return;
    for (const job of await store.inStates(neverFarAway)) {
      await this.#work.record(job, (found) => afterClockSetBack(found, clock.now(), rules));
    }
  }

  #changed(job: Job, from: Job): void {
    this.#look.put(job);
    if (job.state !== from.state) this.wake();
    // A delivered one looks the same when its file goes, and whoever has it need not be bothered.
    if (job.state !== 'delivered' || from.state !== 'delivered') this.#shows.touch(job);
  }

  #lane<S extends 'gathering' | 'downloading' | 'shrinking' | 'delivering'>(
    from: readonly S[],
    width: LaneParts['width'],
    run: (job: JobIn<S>) => Promise<void>,
  ): Lane {
    const { store, clock, fatal } = this.#parts;
    return new Lane({
      clock,
      width,
      fatal,
      take: (limit, busy) => takeDue(store, clock.now(), from, limit, busy),
      run: (job) => run(job as JobIn<S>),
    });
  }

  async #gather(job: JobIn<'gathering'>): Promise<void> {
    const { store, rules } = this.#parts;
    const outcome = await gather(job, this.#parts, rules.maxPictureBytes, this.#stop.signal);
    if (this.#stop.signal.aborted && outcome.kind !== 'gathered') return;
    const ahead = await store.aheadOf(job);
    const stored = await this.#work.record(job, (current) =>
      current.state === 'gathering'
        ? afterGather(current, outcome, ahead, this.#work.context())
        : null,
    );
    const current = stored ?? (await store.find(job.id));
    // It ended here, or by a press meanwhile. What stays behind on a failing disk hurts nobody.
    if (current?.state !== 'cancelled') return;
    await this.#parts.pictures.removePictures(job.id).catch((error: unknown) => {
      if (!(error instanceof StorageFull)) throw error;
    });
  }

  async #download(job: JobIn<'downloading'>): Promise<void> {
    const { service, files } = this.#parts;
    const outcome = await download(job, service, files, this.#stop.signal);
    if (this.#stop.signal.aborted && outcome.kind !== 'kept') return;
    await this.#work.record(job, (current) =>
      current.state === 'downloading'
        ? afterDownload(current, outcome, this.#work.context())
        : null,
    );
  }

  async #shrink(job: JobIn<'shrinking'>): Promise<void> {
    const { shrinker } = this.#parts;
    const outcome = await shrink(job, shrinker, this.#stop.signal);
    if (outcome.kind === 'stopped') return;
    await this.#work.record(job, (current) =>
      current.state === 'shrinking' ? afterShrink(current, outcome, this.#work.context()) : null,
    );
  }

  async #deliver(job: JobIn<'delivering'>): Promise<void> {
    const { replies, shrinker, store } = this.#parts;
    const quiet = await this.#shows.hush(job.id);
    try {
      const outcome = await deliver(job, replies, store, this.#stop.signal);
      if (this.#stop.signal.aborted && outcome.kind !== 'posted') return;
      const shrinks = outcome.kind === 'too large' && (await shrinker.isThere());
      const stored = await this.#work.record(job, (current) => {
        if (current.state !== 'delivering') return null;
        // A press brought a fresh token meanwhile: what the old one met says nothing about it.
        const fresh = current.reply.interactionId !== job.reply.interactionId;
        if (fresh && outcome.kind !== 'posted') return null;
        // What was posted was posted by the rung that was tried, whatever a press has set since.
        const tried = outcome.kind === 'posted' ? { ...current, rung: job.rung } : current;
        return afterDeliver(tried, outcome, this.#work.context(), shrinks);
      });
      // A reply that carries the video shows its words already, unless an edit crossed it.
      if (stored?.state === 'delivered' && quiet && isInReply(stored)) {
        await this.#shows.drawn(stored);
      }
    } finally {
      this.#shows.unhush(job.id);
    }
    const current = await store.find(job.id);
    if (current === null || current.state === 'delivering') return;
    if (quiet) this.#shows.touch(current);
    else this.#shows.touch(current, CROSSED_MS);
  }
}
