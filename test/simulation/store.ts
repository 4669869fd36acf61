/**
 * The port JobStore in memory. It outlives the processes that use it: what was written stays.
 * Every call is one step that nothing interrupts, as a transaction is. Long, because one port is
 * one class.
 */

import { reporterMark } from '../../src/jobs/admins/reporting.ts';
import type {
  RecordedChange,
  SettingChange,
  SettingScope,
} from '../../src/jobs/admins/settings.ts';
import type { Change, DurationSample } from '../../src/jobs/change.ts';
import type { Job, JobId, JobIn, NewJob, Reply, State } from '../../src/jobs/job.ts';
import type { AccountLine, AccountsAsked, LedgerLine } from '../../src/jobs/money/accounts.ts';
import { fits, type LimitCheck } from '../../src/jobs/money/spending.ts';
import type {
  Accepted,
  Conversation,
  Draft,
  HistoryLine,
  JobStore,
  Listed,
  Overview,
  ReportMark,
  Shown,
  Totals,
} from '../../src/jobs/ports/store.ts';
import { asksForTheSame } from '../../src/jobs/request.ts';
import { isEnded, leadsTo, states } from '../../src/jobs/states.ts';
import { amount, Books } from './books.ts';

interface Row {
  job: Job;
  shownLast: boolean;
  words: 'kept' | 'unwanted' | 'gone';
  /** Also after a state that has none any more. */
  operation?: string;
}

type Sample = DurationSample & { readonly at: number };

export class MemoryStore implements JobStore {
  readonly books = new Books();
  readonly #rows = new Map<JobId, Row>();
  readonly #history = new Map<JobId, HistoryLine[]>();
  readonly #samples: Sample[] = [];
  readonly #drafts = new Map<string, Draft>();
  readonly #conversations = new Map<string, Conversation>();
  #reports: readonly ReportMark[] = [];
  readonly #facts = new Map<string, string>();
  readonly #settings: SettingChange[] = [];

  /** All rows as they stand, in the order they were accepted. */
  jobs(): Job[] {
    return [...this.#rows.values()].map(({ job }) => job);
  }

  /** Whether its last picture is out, or given up. */
  isShown(id: JobId): boolean {
    return this.#rows.get(id)?.shownLast === true;
  }

  linesOf(id: JobId): readonly HistoryLine[] {
    return this.#history.get(id) ?? [];
  }

  async accept(job: NewJob, checks: readonly LimitCheck[]): Promise<Accepted> {
    const before = this.#before(job);
    if (before !== undefined) return { kind: 'known', job: before };
    const price = amount(job.request.priceMicroUsd);
    for (const check of checks) {
      const spent = this.#spent(check);
      if (!fits(check, spent, price)) {
        return { kind: 'limit', reached: { check, spent, priceMicroUsd: price } };
      }
    }
    const askedAt = time('askedAt', job.askedAt);
    const written: JobIn<'received'> = {
      ...job,
      ...{ askedAt, changedAt: askedAt, dueAt: time('dueAt', job.dueAt) },
      ...{ revision: 0, attempts: 0, shown: null },
    };
    this.#rows.set(job.id, { job: written, shownLast: false, words: 'kept' });
    this.books.reserve(written);
    const note = { event: 'asked', detail: { microUsd: price } };
    this.#history.set(job.id, [{ at: askedAt, state: 'received', ...note }]);
    return { kind: 'accepted', job: written };
  }

  #before(job: NewJob): Job | undefined {
    const jobs = this.jobs();
    const { runAgainOf, requester } = job;
    return (
      jobs.find(({ origin }) => origin === job.origin) ??
      jobs.find(
        (other) =>
          runAgainOf !== null &&
          other.runAgainOf === runAgainOf &&
          other.requester.userId === requester.userId &&
          asksForTheSame(other.request, job.request) &&
          !isEnded(other),
      )
    );
  }

  async apply(job: Job, change: Change): Promise<Job | null> {
    const { to, money, learned, note } = change;
    const same = to.state === job.state;
    if (!same && !leadsTo[job.state].includes(to.state)) {
      throw new Error(`job ${job.id}: ${job.state} does not lead to ${to.state}`);
    }
    const at = time('at', change.at);
    const due = 'dueAt' in to ? { dueAt: to.dueAt === null ? null : time('dueAt', to.dueAt) } : {};
    const row = this.#rows.get(job.id);
    if (row === undefined || !this.fits(row.job, job)) return null;
    const standing = money === undefined ? null : this.books.moved(job.id, money);
    const { id, origin, askedAt, requester, runAgainOf, shown } = row.job;
    const request = change.request ?? row.job.request;
    const reply =
      change.reply === undefined ? row.job.reply : mergedReply(row.job.reply, change.reply);
    const revision = row.job.revision + 1;
    const common = { id, origin, askedAt, requester, request, runAgainOf, shown, reply, revision };
    row.job = { ...common, attempts: change.attempts, changedAt: at, ...to, ...due } as Job;
    if ('operation' in to && to.operation !== null) row.operation = to.operation.name;
    if (!same || change.reply !== undefined) row.shownLast = false;
    if (standing !== null) this.books.write(id, standing, at);
    if (learned !== undefined) this.#samples.push({ ...learned, at });
    this.#history.get(id)?.push({ at, state: to.state, ...note });
    return row.job;
  }

  /** The guard of each write. */
  protected fits(row: Job, job: Job): boolean {
    return row.state === job.state && row.revision === job.revision;
  }

  async noteShown(id: JobId, shown: Shown): Promise<void> {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const { reply, revision } = row.job;
    const isSame = shown.token === reply.token;
    const noted = {
      ...reply,
      tokenDead: reply.tokenDead || (isSame && shown.tokenDead === true),
      messageId: isSame ? (shown.messageId ?? reply.messageId) : reply.messageId,
    };
    row.job = { ...row.job, shown: shown.key, reply: noted };
    row.shownLast = shown.last && shown.revision === revision && isEnded(row.job);
  }

  async find(id: JobId): Promise<Job | null> {
    return this.#rows.get(id)?.job ?? null;
  }

  async madeOf(origin: string): Promise<Job | null> {
    return [...this.#rows.values()].find(({ job }) => job.origin === origin)?.job ?? null;
  }

  async ownerOf(operation: string): Promise<JobId | null> {
    return [...this.#rows.values()].find((row) => row.operation === operation)?.job.id ?? null;
  }

  async due(of: readonly State[], now: number, limit: number): Promise<Job[]> {
    return this.jobs()
      .filter((job) => of.includes(job.state) && dueAt(job) <= now)
      .toSorted((a, b) => dueAt(a) - dueAt(b))
      .slice(0, limit);
  }

  async nextDueAt(of: readonly State[], after: number): Promise<number | null> {
    let next = Number.POSITIVE_INFINITY;
    for (const { job } of this.#rows.values()) {
      const at = dueAt(job);
      if (at > after && at < next && of.includes(job.state)) next = at;
    }
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  async inStates(of: readonly State[]): Promise<Job[]> {
    return this.jobs()
      .filter((job) => of.includes(job.state))
      .toSorted((a, b) => a.askedAt - b.askedAt);
  }

  async count(of: readonly State[]): Promise<number> {
    let count = 0;
    for (const { job } of this.#rows.values()) if (of.includes(job.state)) count += 1;
    return count;
  }

  async aheadOf({ askedAt, id }: Pick<Job, 'askedAt' | 'id'>): Promise<number> {
    return this.jobs().filter(
      (job) =>
        job.state === 'queued' &&
        (job.askedAt < askedAt || (job.askedAt === askedAt && job.id < id)),
    ).length;
  }

  async jobsOf(userId: string, skip: number, limit: number): Promise<Job[]> {
    const others = this.#of(userId).filter((job) => !isWaiting(job));
    return [...(await this.undeliveredOf(userId)), ...others].slice(skip, skip + limit);
  }

  async undeliveredOf(userId: string): Promise<Job[]> {
    return this.#of(userId).filter(isWaiting);
  }

  /** The newest asked for first. */
  #of(userId: string): Job[] {
    return this.jobs()
      .filter(({ requester }) => requester.userId === userId)
      .toSorted((a, b) => b.askedAt - a.askedAt || (a.id < b.id ? 1 : -1));
  }

  async listed({ state, userId, guildId }: Listed, skip: number, limit: number): Promise<Job[]> {
    return this.jobs()
      .filter((job) => state === null || job.state === state)
      .filter(({ requester }) => userId === null || requester.userId === userId)
      .filter(({ id }) => guildId === null || this.books.ownerOf(id).guildId === guildId)
      .toSorted((a, b) => b.askedAt - a.askedAt || (a.id < b.id ? 1 : -1))
      .slice(skip, skip + limit);
  }

  async accounts(
    { sinceAt, untilAt, guildId }: AccountsAsked,
    after: AccountLine | null,
    limit: number,
  ): Promise<AccountLine[]> {
    const isBefore = (a: Pick<Job, 'askedAt' | 'id'>, b: Pick<Job, 'askedAt' | 'id'>) =>
      a.askedAt < b.askedAt || (a.askedAt === b.askedAt && a.id < b.id);
    return this.jobs()
      .filter(({ askedAt }) => askedAt >= sinceAt && askedAt < untilAt)
      .filter(({ id }) => guildId === null || this.books.ownerOf(id).guildId === guildId)
      .filter((job) => after === null || isBefore(after, job))
      .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
      .slice(0, limit)
      .map((job) => this.books.lineOf(job));
  }

  async ledger(id: JobId): Promise<LedgerLine[]> {
    return this.books.ledgerOf(id);
  }

  async unshown(): Promise<Job[]> {
    return [...this.#rows.values()].filter((row) => !row.shownLast).map(({ job }) => job);
  }

  async history(id: JobId): Promise<HistoryLine[]> {
    return [...this.linesOf(id)];
  }

  async samples(modelId: string, limit: number): Promise<Sample[]> {
    return this.#samples.filter((sample) => sample.modelId === modelId).slice(-limit);
  }

  #spent(check: LimitCheck) {
    return this.books.spent(check, (id) => {
      const row = this.#rows.get(id);
      return row !== undefined && !isEnded(row.job);
    });
  }

  async spent(check: LimitCheck) {
    return this.#spent(check);
  }

  async overview(since: { readonly dayAt: number; readonly monthAt: number }): Promise<Overview> {
    const jobs = this.jobs();
    const oldest = jobs.filter((job) => !isEnded(job)).toSorted((a, b) => a.askedAt - b.askedAt)[0];
    const newestFirst = jobs.toSorted((a, b) => b.askedAt - a.askedAt);
    const lookAt = [
      newestFirst.filter((job) => job.state === 'unconfirmed' && this.#isUnsettled(job)),
      newestFirst.filter((job) => isStuck(job)),
      newestFirst.filter((job) => job.state === 'failed' && job.reason !== 'declined'),
    ].flatMap((some) => some.slice(0, 5));
    return {
      byState: Object.fromEntries(
        states.map((state) => [state, jobs.filter((job) => job.state === state).length]),
      ) as Overview['byState'],
      oldestUnfinished: oldest === undefined ? null : { id: oldest.id, askedAt: oldest.askedAt },
      day: this.#totals(jobs.filter(({ askedAt }) => askedAt >= since.dayAt)),
      month: this.#totals(jobs.filter(({ askedAt }) => askedAt >= since.monthAt)),
      unsettled: jobs.filter((job) => this.#isUnsettled(job)).length,
      lookAt,
    };
  }

  #isUnsettled(job: Job): boolean {
    const isOver =
      ['unconfirmed', 'cancelled'].includes(job.state) ||
      (job.state === 'failed' && job.dueAt === null);
    return isOver && this.books.of(job.id).kind === 'maybe';
  }

  #totals(jobs: readonly Job[]): Totals {
    const standings = jobs
      .map(({ id }) => this.books.of(id))
      .filter(({ kind }) => kind !== 'given back');
    const sum = (kind: string) =>
      standings.reduce((all, one) => all + (one.kind === kind ? one.microUsd : 0), 0);
    const reasons = jobs.flatMap((job) => (job.state === 'failed' ? [job.reason] : []));
    return {
      chargedMicroUsd: sum('settled'),
      reservedMicroUsd: sum('reserved'),
      maybeMicroUsd: sum('maybe'),
      videos: standings.length,
      declined: reasons.filter((reason) => reason === 'declined').length,
      failed: reasons.filter((reason) => reason !== 'declined').length,
    };
  }

  /** One number stands for both here. */
  async mismatched(_limit: number): Promise<JobId[]> {
    return [];
  }

  async keepDraft(draft: Draft): Promise<void> {
    this.#drafts.set(draft.id, draft);
  }

  async findDraft(id: string): Promise<Draft | null> {
    return this.#drafts.get(id) ?? null;
  }

  async dropDrafts(before: number): Promise<void> {
    for (const { id, at } of this.#drafts.values()) if (at < before) this.#drafts.delete(id);
  }

  async noteConversation(one: Conversation): Promise<void> {
    const before = this.#conversations.get(one.channelId);
    if (before !== undefined && BigInt(before.settledId) >= BigInt(one.settledId)) return;
    this.#conversations.set(one.channelId, { ...one, at: time('at', one.at) });
  }

  async findConversation(channelId: string): Promise<Conversation | null> {
    return this.#conversations.get(channelId) ?? null;
  }

  async conversations(limit: number): Promise<Conversation[]> {
    return [...this.#conversations.values()].toSorted((a, b) => b.at - a.at).slice(0, limit);
  }

  async dropConversations(before: number): Promise<void> {
    this.#dropConversations(({ at }) => at < before);
  }

  #dropConversations(which: (one: Conversation) => boolean): void {
    for (const one of this.#conversations.values()) {
      if (which(one)) this.#conversations.delete(one.channelId);
    }
  }

  async askToForget(userId: string): Promise<number> {
    this.#dropConversations((one) => one.userId === userId);
    this.#dropReports(
      ({ jobId, mark }) =>
        mark === reporterMark(jobId, userId) ||
        this.#rows.get(jobId)?.job.requester.userId === userId,
    );
    for (const { id, ...draft } of this.#drafts.values()) {
      if (draft.userId === userId) this.#drafts.delete(id);
    }
    const theirs = [...this.#rows.values()].filter(
      ({ job, words }) => job.requester.userId === userId && words !== 'gone',
    );
    for (const row of theirs) row.words = 'unwanted';
    return theirs.length;
  }

  async unwanted(userId: string | null, limit: number): Promise<Job[]> {
    return this.#oldestWith((row) => row.words === 'unwanted' && isOver(row.job))
      .filter(({ requester }) => userId === null || requester.userId === userId)
      .slice(0, limit);
  }

  async outOfDate(before: number, limit: number): Promise<JobId[]> {
    return this.#oldestWith(({ words, job }) => {
      return words !== 'gone' && isOver(job) && !isWaiting(job) && job.askedAt < before;
    })
      .slice(0, limit)
      .map(({ id }) => id);
  }

  #oldestWith(is: (row: Row) => boolean): Job[] {
    return [...this.#rows.values()]
      .filter(is)
      .map(({ job }) => job)
      .toSorted((a, b) => a.askedAt - b.askedAt);
  }

  async forgetWords(ids: readonly JobId[]): Promise<number> {
    const rows = ids.flatMap((id) => this.#rows.get(id) ?? []);
    this.#dropReports(
      ({ jobId }) => ids.includes(jobId) && this.#rows.get(jobId)?.words === 'unwanted',
    );
    const over = rows.filter(({ words, job }) => words !== 'gone' && isOver(job));
    for (const row of over) {
      const { job } = row;
      row.words = 'gone';
      row.job = {
        ...job,
        ...(job.state === 'failed' ? { said: null } : {}),
        request: { ...job.request, prompt: '', pictures: [] },
        requester: { ...job.requester, locale: '' },
        reply: { ...job.reply, token: '', tokenDead: true },
      } as Job;
    }
    return over.length;
  }

  async reportMarks(id: JobId): Promise<string[]> {
    return this.#reports.filter(({ jobId }) => jobId === id).map(({ mark }) => mark);
  }

  async noteReport(report: ReportMark): Promise<void> {
    if ((await this.reportMarks(report.jobId)).includes(report.mark)) return;
    this.#reports = [...this.#reports, { ...report, at: time('at', report.at) }];
  }

  async dropReport({ jobId, mark }: Pick<ReportMark, 'jobId' | 'mark'>): Promise<void> {
    this.#dropReports((one) => one.jobId === jobId && one.mark === mark);
  }

  async dropReports(before: number): Promise<void> {
    this.#dropReports(({ at }) => at < before);
  }

  #dropReports(which: (one: ReportMark) => boolean): void {
    this.#reports = this.#reports.filter((one) => !which(one));
  }

  async recall(key: string): Promise<string | null> {
    return this.#facts.get(key) ?? null;
  }

  async remember(key: string, value: string): Promise<void> {
    this.#facts.set(key, value);
  }

  async settings(): Promise<SettingChange[]> {
    const last = new Map(this.#settings.map((one) => [`${one.scope} ${one.key}`, one]));
    return this.#settings.filter(
      (one) => one.value !== null && last.get(`${one.scope} ${one.key}`) === one,
    );
  }

  async changeSetting(setting: SettingChange): Promise<void> {
    this.#settings.push({ ...setting, at: time('at', setting.at) });
  }

  async settingChanges(limit: number, scope?: SettingScope | null): Promise<RecordedChange[]> {
    const last = new Map<string, string | null>();
    const recorded = this.#settings.map((one) => {
      const name = `${one.scope} ${one.key}`;
      const before = last.get(name) ?? null;
      last.set(name, one.value);
      return { ...one, before };
    });
    const newest = recorded.toReversed();
    return newest.filter((one) => scope == null || one.scope === scope).slice(0, limit);
  }

  async close(): Promise<void> {}
}

function dueAt(job: Job): number {
  const at = 'dueAt' in job ? job.dueAt : 'keptUntilAt' in job ? job.keptUntilAt : null;
  return at ?? Number.POSITIVE_INFINITY;
}

function isWaiting(job: Job): boolean {
  return job.state === 'undelivered' && job.keptUntilAt !== null;
}

/** Ended, and nothing about it falls due but that its video goes. */
function isOver(job: Job): boolean {
  return isEnded(job) && !('dueAt' in job && job.dueAt !== null);
}

/** Whole milliseconds, never earlier than meant. */
function time(field: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`${field} is no time: ${String(value)}`);
  }
  return Math.ceil(value);
}

/** The reply that a change brings may be older than the row's, which `noteShown` writes too. */
function mergedReply(row: Reply, brought: Reply): Reply {
  return {
    ...brought,
    tokenDead: brought.tokenDead || (row.tokenDead && row.token === brought.token),
    messageId: brought.messageId ?? (row.channelId === brought.channelId ? row.messageId : null),
  };
}

function isStuck(job: Job): boolean {
  return job.state === 'undelivered' && job.reason !== 'removed by requester';
}
