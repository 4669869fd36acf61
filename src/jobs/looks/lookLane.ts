/**
 * Looks at running operations: when each is worth a look, within one budget for the whole bot.
 * The queue in memory is worked out from the rows and holds nothing that they do not.
 */
import type { DurationSample } from '../change.ts';
import type { Job, JobId, JobIn } from '../job.ts';
import { Lane } from '../lanes/lane.ts';
import type { Work } from '../lanes/work.ts';
import { afterRecognise } from '../outcomes/hint.ts';
import { afterLateLook } from '../outcomes/lateLook.ts';
import { afterCancel, afterLook } from '../outcomes/look.ts';
import { type Context, cancelled, maybe } from '../outcomes/parts.ts';
import { cancel, look } from '../steps/look.ts';
import { recognise } from '../steps/recognise.ts';
import { successorFor } from '../successor.ts';
import { calm, keen, Looks } from './looks.ts';
import { LookQueue, PollBudget } from './pollBudget.ts';

type Looked = JobIn<'generating'> | JobIn<'cancelling'> | JobIn<'failed'> | JobIn<'unconfirmed'>;

/** A look that hangs holds one place until its own timeout; the others go on. */
const AT_ONCE = 64;
const ALL = 1_000_000;
const BUSY_AGAIN_MS = 250;

export class LookLane {
  readonly lane: Lane;
  readonly #work: Work;
  readonly #looks: Looks;
  readonly #queue = new LookQueue<JobId>();
  readonly #budget: PollBudget;
  /** Of whom a hint came: their next look is due, whatever the plan says. */
  readonly #hurried = new Set<JobId>();
  /** Looks under way, to be broken off where a press on Cancel must not wait for them. */
  readonly #looking = new Map<JobId, AbortController>();
  /** Two jobs that are told the same name must not both take it. */
  #recognising: Promise<void> = Promise.resolve();

  constructor(work: Work) {
    this.#work = work;
    this.#looks = work.looks ?? new Looks(work.rules.looks === 'calm' ? calm : keen);
    this.#budget = new PollBudget(work.rules.looksPerSecond);
    this.lane = new Lane({
      clock: work.clock,
      fatal: work.fatal,
      width: () => AT_ONCE,
      take: (limit, busy) => this.#take(limit, busy),
      run: (job) => this.#run(job as Looked),
    });
  }

  /** Queues what the last process left running. */
  async start(): Promise<void> {
    const { store, expectations } = this.#work;
    const states = ['generating', 'cancelling', 'failed', 'unconfirmed'] as const;
    const running = await store.due(states, Number.MAX_SAFE_INTEGER, ALL);
    await expectations.load(running.map((job) => job.request.modelId));
    for (const job of running) this.put(job);
    if (!this.#work.stopping.aborted) this.lane.start();
  }

  /** Called with each change of a job: queues its next look, or forgets it. */
  put(job: Job): void {
    const looked = asLooked(job);
    const submittedAt = looked === null ? null : submitTime(looked);
    if (looked === null || looked.dueAt === null || submittedAt === null) {
      this.#queue.drop(job.id);
      this.#hurried.delete(job.id);
      return;
    }
    if (job.state === 'cancelling' && !job.cancelSent) this.#looking.get(job.id)?.abort();
    const { clock, expectations } = this.#work;
    const toMonotonic = clock.monotonic() - clock.now();
    let dueAt = looked.dueAt;
    let ripeAt = dueAt;
    if (this.#hurried.has(job.id)) {
      // Before all that are only likely to have ended.
      dueAt = clock.now();
      ripeAt = submittedAt;
    } else if (looked.state === 'generating') {
      const last = (looked.lookedAt ?? submittedAt) - submittedAt;
      const ripe = submittedAt + this.#looks.ripe(last, expectations.of(looked.request));
      ripeAt = Math.max(ripeAt, ripe);
    }
    this.#queue.put(job.id, dueAt + toMonotonic, ripeAt + toMonotonic);
    this.lane.wake();
  }

  /**
   * A hint says that it has ended: the next look is due now. Kept in memory only, for without it the
   * look comes by itself. One that is under way may have left too early; a further one follows it.
   */
  hurry(job: Job): void {
    this.#hurried.add(job.id);
    this.put(job);
  }

  /** What outcomes depend on besides themselves. */
  context(): Context {
    const { clock, chance, rules, models, expectations } = this.#work;
    const now = clock.now();
    return {
      now,
      wall: clock.wall(),
      chance,
      rules,
      nextLookAt: ({ request, submittedAt, lookedAt }) => {
        const last = lookedAt === null ? 0 : lookedAt - submittedAt;
        const expected = expectations.of(request);
        return submittedAt + Math.ceil(this.#looks.next(now - submittedAt, last, expected));
      },
      likelyMs: (job) => expectations.of(job.request).medianMs,
      pricesOf: (modelId) => models.find(modelId)?.prices ?? null,
      successorFor: (request) => successorFor(request, models),
    };
  }

  async #take(
    limit: number,
    busy: ReadonlySet<JobId>,
  ): Promise<{ jobs: Job[]; nextAt: number | null }> {
    const { clock, store } = this.#work;
    const jobs: Job[] = [];
    while (jobs.length < limit) {
      const id = this.#queue.take(clock.monotonic(), this.#budget);
      if (id === undefined) break;
      if (busy.has(id)) {
        // A press changed it while a look is under way: its turn comes right after.
        const soon = clock.monotonic() + BUSY_AGAIN_MS;
        this.#queue.put(id, soon, soon);
        continue;
      }
      const job = await store.find(id);
      if (job !== null && asLooked(job) !== null) jobs.push(job);
    }
    const waitMs = this.#queue.waitMs(clock.monotonic(), this.#budget);
    return { jobs, nextAt: waitMs === null ? null : clock.now() + Math.max(1, waitMs) };
  }

  async #run(job: Looked): Promise<void> {
    const { record, service, stopping, clock, expectations } = this.#work;
    if (job.state === 'cancelling' && !job.cancelSent) {
      if (!job.request.canCancel) {
        const { charge, money } = maybe(job, true);
        const change = cancelled({ now: clock.now() }, job.cancelledBy, charge, money);
        await record(job, (current) => (current.state === 'cancelling' ? change : null));
        return;
      }
      const outcome = await cancel(job, service, stopping);
      if (stopping.aborted) return;
      await record(job, (current) =>
        current.state === 'cancelling' ? afterCancel(current, outcome, this.context()) : null,
      );
      return;
    }
    this.#hurried.delete(job.id);
    if (job.state === 'unconfirmed') return this.#recognise(job);
    const { operation } = job;
    if (operation === null) return;
    const sentAt = clock.now();
    const breakOff = new AbortController();
    this.#looking.set(job.id, breakOff);
    const signal = AbortSignal.any([stopping, breakOff.signal]);
    const outcome = await look({ ...job, operation }, service, signal).finally(() =>
      this.#looking.delete(job.id),
    );
    // Broken off by ourselves: nothing was found out.
    if (signal.aborted && outcome.kind === 'no answer') return;
    const context = this.context();
    let learned: DurationSample | undefined;
    const stored = await record(job, (current) => {
      const looked = asLooked(current);
      if (looked === null || looked.state === 'unconfirmed') return null;
      const change =
        looked.state === 'failed'
          ? afterLateLook(looked, outcome, context)
          : afterLook(looked, outcome, context, sentAt);
      learned = change.learned;
      return change;
    });
    if (stored !== null && learned !== undefined) expectations.learn(learned);
  }

  async #recognise(job: JobIn<'unconfirmed'>): Promise<void> {
    const { record, store, service, stopping } = this.#work;
    const found = await recognise(job, service, stopping);
    if (stopping.aborted && found.kind === 'no answer') return;
    const write = async (): Promise<void> => {
      const owner = found.kind === 'ours' ? await store.ownerOf(found.operation.name) : null;
      const isFree = owner === null || owner === job.id;
      const outcome = isFree ? found : ({ kind: 'not ours' } as const);
      await record(job, (current) =>
        current.state === 'unconfirmed' && current.told === job.told
          ? afterRecognise(current, outcome, this.context())
          : null,
      );
    };
    const written = this.#recognising.then(write);
    this.#recognising = written.catch(() => {});
    await written;
  }
}

/**
 * A job whose operation is worth a look: running, overdue with its late look left, or one that was
 * only told of from outside.
 */
function asLooked(job: Job): Looked | null {
  if (job.state === 'generating' || job.state === 'cancelling') return job;
  const waits = job.state === 'failed' || job.state === 'unconfirmed';
  return waits && job.dueAt !== null ? job : null;
}

function submitTime(job: Looked): number | null {
  return job.state === 'unconfirmed' ? job.startedAt : (job.operation?.submittedAt ?? null);
}
