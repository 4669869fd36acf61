/** What the members of a life do: ask, cancel, press again, show, twice, at the worst moment. */

import type { Job, Reply } from '../../src/jobs/job.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import type { Wish } from '../../src/jobs/request.ts';
import type { Bot } from './bot.ts';
import type { Message, Place, Result } from './discord.ts';
import { tellOfEnds } from './hints.ts';
import { pictureOf } from './picture.ts';
import { attachedPicture } from './pictures.ts';
import { callDiscord, onlyByToken } from './replies.ts';
import type { World } from './world.ts';

const second = 1_000;
const minute = 60_000;

export function inviteMembers(world: World): void {
  const { chance, time } = world;
  tellOfEnds(world);
  const users = Array.from({ length: chance.whole(1, 3) }, (_, i) => `user${i}`);
  for (const userId of users) {
    const dm: Place = {
      ...{ id: `dm-${userId}`, kind: 'dm', botMayEdit: true },
      ...{ botMayPost: chance.is(0.9), mostBytes: 10_000_000 },
    };
    world.discord.places.set(dm.id, dm);
  }
  const places = ['server', 'server', 'elsewhere'] as const;
  for (const [i, kind] of places.entries()) {
    const rights = { botMayEdit: chance.is(0.6), botMayPost: chance.is(0.8) };
    const mostBytes = chance.pick([10_000_000, 25_000_000]);
    world.discord.places.set(`channel${i}`, { id: `channel${i}`, kind, ...rights, mostBytes });
  }
  const commands = chance.whole(1, 4);
  for (let i = 0; i < commands; i++) {
    const userId = chance.pick(users);
    time.after(chance.between(2 * second, 12 * minute), () => new Member(world, userId).types());
  }
}

class Member {
  readonly #world: World;
  readonly #userId: string;

  constructor(world: World, userId: string) {
    this.#world = world;
    this.#userId = userId;
  }

  /** `/veo …`; Discord may deliver the same command twice. */
  types(): void {
    const { chance, discord } = this.#world;
    const place = chance.pick([...discord.places.values()].filter((one) => this.#mayBeIn(one)));
    const asked: Wish = {
      prompt: chance.is(0.05) ? 'a bad cat' : 'a cat',
      modelId: chance.pick(['omni-1', 'omni-1', 'omni-2', 'veo-1']),
      seconds: chance.pick([4, 8]),
      pictures: chance.is(0.25) ? [attachedPicture(chance)] : [],
    };
    const isPrivate = chance.is(place.kind === 'elsewhere' ? 0.5 : 0.1);
    const reply = this.#replyTo(discord.interact(place.id), place, false, null);
    const origin = `interaction:${reply.interactionId}`;
    const wish = isPrivate ? { ...asked, private: true } : asked;
    this.#stealSometimes(reply);
    this.#often((bot) =>
      bot.actions.ask({ origin, wish, requester: this.#requester(), reply }, (job) =>
        this.#acknowledge(bot, reply, job.reply.ephemeral),
      ),
    );
    this.#followUp(origin);
  }

  #mayBeIn({ kind, id }: Place): boolean {
    return kind !== 'dm' || id === `dm-${this.#userId}`;
  }

  #followUp(origin: string): void {
    const { chance, time, weather } = this.#world;
    const later = (share: number, longest: number, call: (job: Job) => void) => {
      if (!chance.is(share)) return;
      time.after(chance.between(0, longest), () => {
        const job = this.#job(origin);
        if (job !== undefined) call(job);
      });
    };
    later(0.2, 30 * second, (job) => this.#cancels(job));
    later(0.2, 2 * minute, (job) => this.#cancels(job));
    later(0.1, 20 * minute, (job) => this.#cancels(job));
    if (chance.is(0.2)) this.#cancelsAtCompletion(origin);
    later(0.2, 2 * minute, (job) => this.#shows(job));
    later(0.3, 40 * minute, (job) => this.#shows(job));
    later(0.3, 40 * minute, (job) => this.#runsAgain(job));
    later(0.15, 40 * minute, (job) => this.#showsAnew(job));
    later(0.1, 40 * minute, () => this.#writes());
    later(0.06, 10 * minute, (job) => this.#deletes(job));
    if (chance.is(0.3)) {
      time.at(weather.clearFrom + chance.between(0, 8) * minute, () => {
        const job = this.#job(origin);
        if (job?.state === 'undelivered') this.#shows(job);
      });
    }
  }

  #job(origin: string): Job | undefined {
    return this.#world.store.jobs().find((job) => job.origin === origin);
  }

  /** In the moment of completion: shortly before or after it is made, or noticed. */
  #cancelsAtCompletion(origin: string): void {
    const { chance, time, google } = this.#world;
    const watch = (left: number) => {
      const job = this.#job(origin);
      const work = google.works.find(({ jobId }) => jobId === job?.id);
      if (job !== undefined && work !== undefined) {
        time.at(work.endsAt + chance.between(-300, 2_500), () => this.#cancels(job));
      } else if (left > 0) time.after(5 * second, () => watch(left - 1));
    };
    watch(100);
  }

  #cancels(job: Job): void {
    const { chance } = this.#world;
    const stranger = chance.is(0.1);
    const by = { userId: stranger ? 'stranger' : this.#userId, isAdmin: chance.is(0.05) };
    const reply = this.#press(job);
    this.#often(async (bot) => {
      const { id } = job;
      const taken = await this.#takePress(bot, reply);
      const result = await bot.actions.cancel(id, by);
      this.#world.tell(() => `cancel of ${id}: ${result.kind}`);
      if (!taken) return;
      if (result.kind === 'cancelled') {
        const picture = pictureOf(result.job);
        const edit = () => this.#world.discord.editByToken(reply.token, picture);
        await callDiscord(this.#world, bot.process, `answer "${picture.key}"`, edit);
      }
      if (result.kind === 'stopping' && onlyByToken(reply)) {
        await bot.actions.showResult(id, by, reply);
      }
    });
  }

  #shows(job: Job): void {
    const by = { userId: this.#userId, isAdmin: false };
    const reply = this.#press(job);
    this.#often(async (bot) => {
      if (!(await this.#takePress(bot, reply))) return;
      this.#countAskedAgain(job.id);
      const result = await bot.actions.showResult(job.id, by, reply);
      this.#world.tell(() => `show of ${job.id}: ${result.kind}`);
    });
  }

  /** From the list of their videos: into a new message. */
  #showsAnew(job: Job): void {
    const { discord, chance } = this.#world;
    const by = { userId: this.#userId, isAdmin: false };
    const place = discord.placeOf(chance.pick(['channel0', `dm-${this.#userId}`]));
    const reply = this.#replyTo(discord.interact(place.id), place, false, null);
    this.#often(async (bot) => {
      this.#countAskedAgain(job.id);
      const { kind } = await bot.actions.showAgain(job.id, by, reply, (seenByOne) =>
        this.#acknowledge(bot, reply, seenByOne),
      );
      this.#world.tell(() => `show of ${job.id} anew: ${kind}`);
    });
  }

  /** To the bot, by direct message. */
  #writes(): void {
    this.#often(async (bot) => {
      for (const { id } of await this.#world.store.undeliveredOf(this.#userId)) {
        this.#countAskedAgain(id);
      }
      await bot.actions.deliverOnContact(this.#userId);
    });
  }

  /** Before it is known to be taken: the process may die in between. */
  #countAskedAgain(id: string): void {
    const { store, askedAgain } = this.#world;
    const state = store.jobs().find((job) => job.id === id)?.state;
    if (state !== 'undelivered' && state !== 'delivering') return;
    askedAgain.set(id, (askedAgain.get(id) ?? 0) + 1);
  }

  #runsAgain(job: Job): void {
    const { discord, chance } = this.#world;
    const place = discord.placeOf(job.reply.channelId);
    // Each press is an interaction of its own, with a message of its own where it is taken.
    const pressed = () => this.#replyTo(discord.interact(place.id), place, false, null);
    const again = (reply: Reply) => (bot: Bot) =>
      bot.actions.runAgain(job.id, originOf(reply), this.#requester(), reply, (anew) =>
        this.#acknowledge(bot, reply, anew.reply.ephemeral),
      );
    const first = pressed();
    const origin = originOf(first);
    this.#often(again(first));
    if (chance.is(0.3)) this.#often(again(pressed()));
    if (chance.is(0.3)) this.#followUp(origin);
  }

  #deletes(job: Job): void {
    const message = this.#world.discord.messages.get(job.reply.messageId ?? '');
    if (message === undefined) return;
    this.#world.tell(() => `${job.id}: its reply is deleted`);
    message.deleted = true;
  }

  // ── How a press reaches the bot ───────────────────────────────────────────────────────────

  /** Once, or twice; soon, or late. Lost where no bot is there. */
  #often(handle: (bot: Bot) => Promise<unknown>): void {
    const { chance, time } = this.#world;
    const times = chance.is(0.15) ? 2 : 1;
    for (let i = 0; i < times; i++) {
      const waitMs = chance.is(0.1) ? chance.between(0, 4_000) : chance.between(10, 200);
      time.after(waitMs, () => {
        const { bot } = this.#world;
        if (bot?.isReady) handle(bot).catch((error: unknown) => this.#wentWrong(bot, error));
      });
    }
  }

  /** What the disk refuses is told to who pressed; anything else ends the process. */
  #wentWrong(bot: Bot, error: unknown): void {
    if (!(error instanceof StorageFull)) this.#world.failed(bot.process, error);
  }

  async #acknowledge(bot: Bot, reply: Reply, hidden: boolean) {
    let lost = false;
    for (let tries = 0; tries < 2; tries++) {
      const answer = () => this.#world.discord.answer(reply.token, null, hidden);
      const called = await this.#call(bot, 'acknowledgement', answer);
      if ('ok' in called) {
        const { id, hidden: isHidden } = called.ok;
        return { kind: 'acknowledged', messageId: id, ephemeral: isHidden } as const;
      }
      const { failed } = called;
      if (failed === 'already answered' && lost) break;
      if (failed === 'no answer') lost = true;
      else if (failed !== 'later' && failed !== 'not left') {
        return { kind: 'not ours', how: failed } as const;
      }
    }
    return lost
      ? ({ kind: 'unsure', how: 'lost' } as const)
      : ({ kind: 'not ours', how: 'not left' } as const);
  }

  async #takePress(bot: Bot, reply: Reply): Promise<boolean> {
    const answer = () => this.#world.discord.answer(reply.token, null, reply.ephemeral);
    return 'ok' in (await this.#call(bot, 'press taken', answer));
  }

  /** There are 3 s for the first answer, for two tries. */
  #call(bot: Bot, what: string, effect: () => Result<Message>) {
    const size = { timeoutMs: 1_300 };
    return callDiscord(this.#world, bot.process, what, effect, undefined, size);
  }

  /** Another copy of the bot, with other data, was faster. */
  #stealSometimes(reply: Reply): void {
    const { chance, time, discord } = this.#world;
    if (!chance.is(0.03)) return;
    const picture = { jobId: 'another', key: "another copy's", says: null };
    time.after(chance.between(1, 300), () => void discord.answer(reply.token, picture));
  }

  #press(job: Job): Reply {
    const { discord } = this.#world;
    const { channelId, messageId } = job.reply;
    // Whether it is hidden Discord says with each press, whatever the row has.
    const { hidden } = discord.messages.get(messageId ?? '') ?? { hidden: job.reply.ephemeral };
    const token = discord.interact(channelId, messageId);
    return this.#replyTo(token, discord.placeOf(channelId), hidden, messageId);
  }

  #replyTo(token: string, place: Place, ephemeral: boolean, messageId: string | null): Reply {
    return {
      ...{ interactionId: `i-${token}`, applicationId: 'app', token, tokenDead: false },
      ...{ place: place.kind, guildId: place.kind === 'dm' ? null : 'guild' },
      ...{ channelId: place.id, messageId, ephemeral, announcedLimitBytes: null },
    };
  }

  #requester() {
    return { userId: this.#userId, locale: 'en-US' };
  }
}

function originOf({ interactionId }: Reply): string {
  return `interaction:${interactionId}`;
}
