/** Starts queued jobs: the last checks before money is spent, then the paid call, once. */

import { mayUseClip } from '../clips.ts';
import type { Job, JobIn } from '../job.ts';
import { pictureTrouble } from '../outcomes/gather.ts';
import { cancelled, notCharged } from '../outcomes/parts.ts';
import {
  aboutToSubmit,
  afterSubmit,
  clipGone,
  modelGone,
  stillQueued,
  waitedTooLong,
} from '../outcomes/submit.ts';
import { StorageFull } from '../ports/storageFull.ts';
import type { Trouble } from '../reasons.ts';
import { type SubmitOutcome, submit } from '../steps/submit.ts';
import { Hold } from './hold.ts';
import { Lane } from './lane.ts';
import { takeDue, type Work, waitForDisk } from './work.ts';

const CHECK_AGAIN_MS = 30_000;
const MOST_SAID_CHARS = 300;
/** The end of a pause makes those that wait for it due at once. */
const STILL_PAUSED_AFTER_MS = 10 * 60_000;

export class StartLane {
  readonly lane: Lane;
  readonly #work: Work;
  readonly #hold = new Hold();

  constructor(work: Work) {
    this.#work = work;
    const { clock, store, rules, fatal } = work;
    this.lane = new Lane({
      clock,
      fatal,
      width: async () => {
        const paid = await store.count(['generating', 'cancelling']);
        const room = rules.maxRunning - paid;
        return this.#hold.trying(clock.now()) ? Math.min(1, room) : room;
      },
      take: (limit, busy) => takeDue(store, clock.now(), ['queued'], limit, busy),
      run: (job) => this.#start(job as JobIn<'queued'>),
    });
  }

  /** What the service last refused our key or address for, as long as it has taken nothing since. */
  get heldBy(): Trouble | null {
    return this.#hold.trouble;
  }

  async #start(job: JobIn<'queued'>): Promise<void> {
    const { writer, service, clock, models } = this.#work;
    const now = clock.now();
    if (now >= job.deadlineAt) {
      await this.#ifQueued(job, () => waitedTooLong({ now }));
      return;
    }
    if (models.isWithdrawn(job.request.modelId)) {
      await this.#ifQueued(job, (queued) => modelGone(queued, this.#work.context()));
      return;
    }
    // Blocked since it was asked for, and not yet cancelled by that.
    if (this.#work.house.blocked(job.requester.userId, job.reply.guildId) !== null) {
      await this.#ifQueued(job, () =>
        cancelled({ now }, 'by admin', notCharged, { kind: 'give back' }),
      );
      return;
    }
    if (!(await this.#hasClip(job))) {
      await this.#ifQueued(job, (queued) => clipGone(queued, this.#work.context()));
      return;
    }
    const obstacle = await this.#obstacle(now, job);
    if (obstacle === 'picture gone') {
      await this.#ifQueued(job, () => pictureTrouble('picture gone', { now }));
      return;
    }
    if (obstacle !== null) {
      await this.#ifQueued(job, (queued) => stillQueued(queued, obstacle, { now }));
      return;
    }
    if (this.#work.stopping.aborted) return;
    const submitting = await this.#ifQueued(job, (queued) => aboutToSubmit(queued, { now }));
    if (submitting?.state !== 'submitting') return;
    // Stopping breaks it off only while nothing has left; afterwards Google charges all the same.
    const outcome = await submit(submitting, service, this.#work.stopping);
    this.#learnFrom(outcome, submitting);
    const context = this.#work.context();
    await writer.writeFound(
      submitting,
      (current) => (current.state === 'submitting' ? afterSubmit(current, outcome, context) : null),
      // Also while stopping: the operation's name is nowhere else.
      (attempt) => waitForDisk(attempt, this.#work, null),
      'paid operation not written down',
    );
  }

  /** Forgotten since it was asked for: nothing is made of it, and nothing paid. */
  async #hasClip({ request: { basis } }: JobIn<'queued'>): Promise<boolean> {
    return basis === null || mayUseClip(this.#work.store, basis);
  }

  /** Looked at before anything is paid: without its pictures it would be another video. */
  async #hasPictures({ request }: JobIn<'queued'>): Promise<boolean> {
    const { pictures } = this.#work;
    for (const { at } of request.pictures) {
      if (at.kind !== 'kept' || !(await pictures.has(at))) return false;
    }
    return true;
  }

  #ifQueued(
    job: JobIn<'queued'>,
    make: (queued: JobIn<'queued'>) => ReturnType<typeof waitedTooLong>,
  ): Promise<Job | null> {
    return this.#work.record(job, (current) => (current.state === 'queued' ? make(current) : null));
  }

  /** Why this job cannot start now, and when to look again; never later than its deadline. */
  async #obstacle(
    now: number,
    job: JobIn<'queued'>,
  ): Promise<{ trouble: Trouble; dueAt: number } | 'picture gone' | null> {
    const { files, rules, pause, house } = this.#work;
    const held = this.#hold.now(now);
    const waitUntil = (trouble: Trouble, at: number) => ({
      trouble,
      dueAt: Math.max(Math.min(at, job.deadlineAt), now + 1),
    });
    let hasRoom = false;
    try {
      if (!(await this.#hasPictures(job))) return 'picture gone';
      hasRoom = held !== null || (await files.freeBytes()) >= rules.minFreeBytes;
    } catch (error) {
      // A disk that cannot even be asked takes no video either.
      if (!(error instanceof StorageFull)) throw error;
    }
    // Asked last: a pause holds for all that has not begun when the admin is told of it.
    if (pause.now() !== null || house.pausedFor(job) !== null)
      return waitUntil('paused', now + STILL_PAUSED_AFTER_MS);
    if (held !== null) return waitUntil(held.trouble, held.untilAt);
    return hasRoom ? null : waitUntil('storage', now + CHECK_AGAIN_MS);
  }

  #learnFrom(outcome: SubmitOutcome, job: Job): void {
    const { clock, rules, models, observe } = this.#work;
    if (outcome.kind === 'accepted') this.#hold.clear();
    if (outcome.kind !== 'refused') return;
    const { reason } = outcome;
    if (reason === 'set up wrongly' || reason === 'service budget') {
      const news = this.#hold.set(reason, clock.now() + rules.holdForMs);
      const said = outcome.saidToAdmins?.slice(0, MOST_SAID_CHARS).toWellFormed() ?? null;
      if (news) observe({ kind: 'alarm', job, what: reason, detail: { said } });
    }
    if (reason === 'model gone' && models.withdraw(job.request.modelId)) {
      const named = models.find(job.request.modelId)?.successor ?? null;
      const successor = named === null || models.isWithdrawn(named) ? null : named;
      const detail = { model: job.request.modelId, successor };
      observe({ kind: 'alarm', job, what: 'model withdrawn', detail });
    }
  }
}
