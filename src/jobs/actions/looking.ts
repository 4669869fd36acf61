/** What a member sees before and beside their videos: a price, what is left, what they have. Nothing is paid. */
import type { Actions, ActionsParts, Actor, Mine, MyJob, Quote } from '../actions.ts';
import { newId as randomId } from '../ids.ts';
import type { Job, Reply } from '../job.ts';
import { type Allowance, allowanceOf, fits, type LimitCheck, tightest } from '../money/spending.ts';
import type { Draft } from '../ports/store.ts';
import type { Wish } from '../request.ts';
import { checksOf, understandFor } from './understanding.ts';

/** As many buttons as Discord takes in a row. */
const PER_PAGE = 5;

type LookingParts = Pick<
  ActionsParts,
  'store' | 'files' | 'house' | 'limits' | 'exempt' | 'calendar' | 'rules' | 'clock' | 'newId'
>;

export function createLooking(parts: LookingParts): Pick<Actions, 'quote' | 'allowances' | 'mine'> {
  const { store, files, house, clock, newId = randomId } = parts;

  async function quote(
    wish: Wish,
    reply: Pick<Reply, 'channelId' | 'guildId' | 'place' | 'ageRestricted'>,
    by: Actor,
  ): Promise<Quote> {
    const { shownMicroUsd: _shownBefore, ...wished } = wish;
    const against = house.refuses(wished, by.userId, reply);
    if (against !== null) return { kind: 'refused', refusal: against, wish: wished };
    const understood = await understandFor(wished, reply, parts);
    if (!understood.ok) return { kind: 'refused', refusal: understood.refusal, wish: wished };
    const { request } = understood;
    const checks = checksOf({ requester: by, reply }, parts, clock.wall());
    for (const check of checks) {
      const spent = await store.spent(check);
      if (!fits(check, spent, request.priceMicroUsd)) {
        const reached = { check, spent, priceMicroUsd: request.priceMicroUsd };
        return { kind: 'refused', refusal: { why: 'limit', reached }, wish: wished };
      }
    }
    const shown: Wish = { ...wished, shownMicroUsd: request.priceMicroUsd };
    const draft: Draft = { id: newId(), userId: by.userId, wish: shown, at: clock.now() };
    await store.keepDraft(draft);
    return { kind: 'quoted', draft, request, left: await moneyLeft(checks) };
  }

  /** Of the member's own limit in money, the shortest period first. */
  async function moneyLeft(checks: readonly LimitCheck[]): Promise<Allowance | null> {
    const left = await allowancesOf(checks);
    return left.find((allowance) => allowance.money !== null) ?? null;
  }

  async function allowancesOf(checks: readonly LimitCheck[]): Promise<Allowance[]> {
    const own = checks
      .flatMap((check) => {
        const { period } = check;
        return check.scope === 'member' && period !== 'at once' ? [{ ...check, period }] : [];
      })
      .toSorted((a, b) => a.untilAt - b.untilAt);
    const all = await Promise.all(
      own.map(async (check) => allowanceOf(check, await store.spent(check))),
    );
    const periods = Object.values(Object.groupBy(all, ({ period }) => period));
    return periods.map((of) => of.reduce(tightest));
  }

  async function mine(userId: string, page: number): Promise<Mine> {
    const skip = page * PER_PAGE;
    const [jobs, waiting] = await Promise.all([
      store.jobsOf(userId, skip, PER_PAGE + 1),
      store.undeliveredOf(userId),
    ]);
    const entries = jobs.slice(0, PER_PAGE).map(
      async (job, i): Promise<MyJob> => ({
        number: skip + i + 1,
        job,
        isKept: await isKept(job),
      }),
    );
    return {
      entries: await Promise.all(entries),
      page,
      hasOlder: jobs.length > PER_PAGE,
      waiting: waiting.length,
    };
  }

  async function isKept(job: Job): Promise<boolean> {
    const isThere = job.state === 'delivered' || job.state === 'undelivered';
    return isThere && job.keptUntilAt !== null && (await files.has(job.video));
  }

  return {
    quote,
    mine,
    allowances: (by, reply) =>
      allowancesOf(checksOf({ requester: by, reply }, parts, clock.wall())),
  };
}
