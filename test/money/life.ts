/**
 * Any sequence of what people, the service, admins, time and crashes do to the money, done by the
 * real core over a real store, with the oracle beside it. Whatever differs is an assertion that fails.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Asked } from '../../src/jobs/actions.ts';
import type { Change } from '../../src/jobs/change.ts';
import type { Job, JobId } from '../../src/jobs/job.ts';
import { Calendar } from '../../src/jobs/money/calendar.ts';
import type { Limit } from '../../src/jobs/money/spending.ts';
import type { Context } from '../../src/jobs/outcomes/parts.ts';
import type { AckOutcome } from '../../src/jobs/ports/replies.ts';
import type { JobStore } from '../../src/jobs/ports/store.ts';
import { recover } from '../../src/jobs/recovery.ts';
import { defaultRules } from '../../src/jobs/rules.ts';
import { isEnded, stateOf, states } from '../../src/jobs/states.ts';
import { sampleReply } from '../jobs/samples.ts';
import { modelNamed } from '../simulation/models.ts';
import { type Bot, botOver } from './bot.ts';
import { Checks } from './checks.ts';
import type { Ask, Command, Plan } from './commands.ts';
import { Oracle, placeOf } from './oracle.ts';
import { waysOn } from './ways.ts';

/** Where the rows are. */
export interface Stage {
  readonly store: JobStore;
  /** As after SIGKILL, at this moment: what was not written is gone. The store of what is left. */
  crash(): Promise<JobStore>;
  /** Tries to change and to remove rows of the ledger. */
  tamper(): void;
}

const by = 'admin';

export class Life {
  readonly #stage: Stage;
  readonly #calendar: Calendar;
  readonly #oracle: Oracle;
  readonly #checks: Checks;
  #bot: Bot;
  /** The wall clock, which jumps, and the steady one, which does not. */
  #wall: number;
  #now: number;
  /** Of each job, in the order in which they were asked for. */
  readonly #ids: JobId[] = [];
  readonly #asked: Asked[] = [];
  #origins = 0;

  private constructor(stage: Stage, { zone, startAt }: Plan) {
    this.#stage = stage;
    this.#calendar = new Calendar(zone);
    this.#oracle = new Oracle(zone);
    this.#checks = new Checks(this.#oracle, this.#calendar);
    this.#wall = startAt;
    this.#now = startAt;
    this.#bot = this.#over(stage.store);
  }

  static async live(stage: Stage, plan: Plan): Promise<void> {
    const life = new Life(stage, plan);
    await life.#bot.settings.load();
    for (const command of plan.commands) {
      await life.#do(command);
      await life.#checks.after(life.#bot, life.#ids, life.#wall);
    }
    await life.#checks.inTheEnd(life.#bot, life.#ids);
  }

  async #do(command: Command): Promise<void> {
    switch (command.kind) {
      case 'ask':
        return this.#ask(command.asks, command.crashes);
      case 'ask again':
        return this.#askAgain(command.which);
      case 'go on':
        return this.#goOn(command);
      case 'cancel':
        return this.#cancel(command.which, command.byAdmin);
      case 'settle':
        return this.#settle(command.which, command.charged);
      case 'forget':
        await this.#bot.forgetting.forget(command.member);
        return;
      case 'limit':
        return this.#limit(command.limit, command.isOff);
      case 'time':
        this.#now += command.passesMs;
        this.#wall += command.passesMs + command.jumpsMs;
        return;
      case 'crash':
        return this.#restart();
      case 'late':
        return this.#late(command.which, command.how);
      case 'tamper':
        return this.#stage.tamper();
      default:
        return command satisfies never;
    }
  }

  /** All at once; a crash may come before any of them is answered. */
  async #ask(asks: readonly Ask[], crashes: 'no' | 'at once' | 'a turn later'): Promise<void> {
    const bot = this.#bot;
    const asking = asks.map((ask) => {
      const { asked, ack } = this.#toAsk(ask);
      const result = bot.actions.ask(asked, async () =>
        // Nobody hears of what a dead process is told.
        bot.isDead ? new Promise<never>(() => {}) : ack,
      );
      return { asked, ack, ask, result };
    });
    if (crashes !== 'no') {
      for (const { result } of asking) result.catch(() => {});
      if (crashes === 'a turn later') await new Promise((resolve) => setImmediate(resolve));
      await this.#restart();
    }
    const taken: { job: Job; ack: AckOutcome }[] = [];
    for (const { asked, ack, ask, result } of asking) {
      const price = priceOf(ask);
      const expected = {
        ...{ userId: ask.member, channelId: ask.channel, guildId: ask.server },
        ...{ askedAt: this.#wall, priceMicroUsd: price },
      };
      const broken = this.#oracle.broken(expected);
      if (crashes === 'no') {
        const answer = await result;
        assert.equal(
          answer.kind === 'refused',
          broken.length > 0,
          'taken exactly where limits allow it',
        );
        if (answer.kind === 'refused') {
          assert.ok(answer.refusal.why === 'limit');
          const { check, spent } = answer.refusal.reached;
          const told = { scope: check.scope, of: check.of, period: check.period, ...spent };
          assert.ok(broken.some((one) => isDeepStrictEqual(one, told)));
        }
      }
      const job = await this.#bot.store.madeOf(asked.origin);
      if (job === null) continue;
      assert.equal(broken.length, 0, 'nothing is taken beyond a limit');
      this.#ids.push(job.id);
      this.#asked.push(asked);
      this.#oracle.accepted({ ...expected, id: job.id });
      taken.push({ job, ack });
    }
    // All were asked for before any of them ended.
    for (const { job, ack } of taken) {
      if (isEnded(job)) this.#oracle.became(job.id, { kind: 'given back' }, false);
      if (crashes === 'no') assert.equal(isEnded(job), ack.kind === 'not ours');
    }
  }

  #toAsk({ member, channel, server, model, seconds, ack }: Ask): { asked: Asked; ack: AckOutcome } {
    this.#origins += 1;
    const origin = `interaction:${this.#origins}`;
    const reply = sampleReply({
      ...{ interactionId: origin, channelId: channel, guildId: server },
      place: placeOf(server),
    });
    const wish = { prompt: `cat ${this.#origins}`, modelId: model, seconds };
    const outcomes: Readonly<Record<Ask['ack'], AckOutcome>> = {
      ours: { kind: 'acknowledged', messageId: '14', ephemeral: false },
      'not ours': { kind: 'not ours', how: 'unknown interaction' },
      unsure: { kind: 'unsure', how: 'cut off' },
    };
    return {
      asked: { origin, wish, requester: { userId: member, locale: 'en-US' }, reply },
      ack: outcomes[ack],
    };
  }

  /** The same event once more: never a second job. */
  async #askAgain(which: number): Promise<void> {
    const asked = this.#asked[which % Math.max(1, this.#asked.length)];
    if (asked === undefined) return;
    const answer = await this.#bot.actions.ask(asked, async () =>
      assert.fail('acknowledged twice'),
    );
    assert.equal(answer.kind, 'known');
  }

  async #goOn({ which, how, usage }: Extract<Command, { kind: 'go on' }>): Promise<void> {
    const job = await this.#job(which);
    if (job === null) return;
    const ways = waysOn(job, usage, this.#context());
    const way = ways[how % Math.max(1, ways.length)];
    if (way === undefined) return;
    const stored = await this.#bot.writer.write(job, () => way.change);
    assert.ok(stored !== null);
    this.#oracle.became(job.id, way.money, !isEnded(stored));
  }

  async #cancel(which: number, byAdmin: boolean): Promise<void> {
    const job = await this.#job(which);
    if (job === null) return;
    const actor = byAdmin
      ? { userId: by, isAdmin: true }
      : { userId: job.requester.userId, isAdmin: false };
    await this.#bot.actions.cancel(job.id, actor);
    if (['received', 'gathering', 'queued'].includes(job.state)) {
      this.#oracle.became(job.id, { kind: 'given back' }, false);
    } else if (job.state === 'generating' && !job.request.canCancel) {
      this.#oracle.became(job.id, { kind: 'maybe', counts: true }, false);
    }
  }

  async #settle(which: number, charged: boolean): Promise<void> {
    const job = await this.#job(which, (id) => this.#oracle.moneyOf(id).kind === 'maybe');
    if (job === null) return;
    const { kind } = await this.#bot.steering.settle(
      job.id,
      by,
      charged ? 'charged' : 'not charged',
    );
    const isOpen = this.#oracle.moneyOf(job.id).kind === 'maybe';
    assert.equal(kind === 'settled', isOpen && canBeSettled(job));
    if (kind !== 'settled') return;
    const microUsd = job.request.priceMicroUsd;
    this.#oracle.became(
      job.id,
      charged ? { kind: 'charged', microUsd } : { kind: 'given back' },
      false,
    );
  }

  async #limit(limit: Limit, isOff: boolean): Promise<void> {
    const { book } = this.#bot;
    if (isOff) await book.takeBack(limit, null, by, this.#wall);
    else await book.set(limit, null, by, this.#wall);
    if (isOff) this.#oracle.dropLimit(limit);
    else this.#oracle.setLimit(limit);
  }

  async #restart(): Promise<void> {
    this.#bot.isDead = true;
    this.#bot = this.#over(await this.#stage.crash());
    this.#now = this.#wall;
    await this.#bot.settings.load();
    const { store, writer } = this.#bot;
    for (const job of await store.inStates(states)) {
      const stored = await writer.write(job, (current) => recover(current, this.#now));
      if (job.state !== 'submitting') continue;
      assert.equal(stored?.state, 'unconfirmed');
      this.#oracle.became(job.id, { kind: 'maybe', counts: false }, false);
    }
  }

  /** A write that comes too late, and money moved once more where it is closed. */
  async #late(which: number, how: 'stale' | 'twice' | 'in parts'): Promise<void> {
    const job = await this.#job(which, (id) => this.#oracle.isClosed(id) === (how === 'twice'));
    if (job === null) return;
    const { store } = this.#bot;
    const note = { event: 'late' };
    const stay: Change = { at: this.#now, to: stateOf(job), attempts: job.attempts, note };
    const isClosed = this.#oracle.isClosed(job.id);
    if (how === 'stale') {
      const stale = { ...job, revision: job.revision + 1 } as Job;
      assert.equal(await store.apply(stale, { ...stay, money: { kind: 'give back' } }), null);
    } else if (how === 'twice' && isClosed) {
      const money = { kind: 'settle', microUsd: 1, basis: 'estimate' } as const;
      await assert.rejects(store.apply(job, { ...stay, money }), /already/);
    } else if (how === 'in parts' && !isClosed) {
      for (const microUsd of [0.5, -1, Number.NaN, 2 ** 53]) {
        const money = { kind: 'settle', microUsd, basis: 'reported' } as const;
        await assert.rejects(store.apply(job, { ...stay, money }), /not an amount/);
      }
    }
  }

  /** Mostly one of those that are wanted, if there are any. */
  async #job(
    which: number,
    isWanted: (id: JobId) => boolean = (id) => this.#oracle.isOpen(id),
  ): Promise<Job | null> {
    const wanted = which % 6 === 0 ? [] : this.#ids.filter(isWanted);
    const from = wanted.length === 0 ? this.#ids : wanted;
    const id = from[which % Math.max(1, from.length)];
    return id === undefined ? null : this.#bot.store.find(id);
  }

  #over(store: JobStore): Bot {
    const times = { now: () => this.#now, wall: () => this.#wall };
    return botOver(store, times, this.#calendar);
  }

  #context(): Context {
    return {
      ...{ now: this.#now, wall: this.#wall, chance: () => 0.5, rules: defaultRules },
      nextLookAt: () => this.#now + 1_000,
      likelyMs: () => 45_000,
      pricesOf: () => null,
      successorFor: () => null,
    };
  }
}

function priceOf({ model, seconds }: Ask): number {
  return (modelNamed(model).prices.perSecondMicroUsd['720p'] ?? 0) * seconds;
}

/** Ended, and nothing more is heard of it by itself. */
function canBeSettled(job: Job): boolean {
  if (job.state === 'unconfirmed') return job.told === null;
  return job.state === 'cancelled' || (job.state === 'failed' && job.dueAt === null);
}
