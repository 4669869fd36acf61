/** One life: a few jobs over some hours of virtual time, from a seed, with all that goes wrong. */

import type { State } from '../../src/jobs/job.ts';
import { isEnded } from '../../src/jobs/states.ts';
import { always, atTheEnd, type Invariant } from './invariants.ts';
import { inviteMembers } from './members.ts';
import { type Plant, World } from './world.ts';

export interface LifeOptions {
  readonly trace?: boolean;
  readonly plant?: Plant;
}

export interface Life {
  readonly seed: number;
  /** The invariant that did not hold, and how; null for a life in which all held. */
  readonly breach: string | null;
  readonly trace: readonly string[];
  readonly ends: readonly string[];
  readonly counts: World['counts'];
  readonly events: number;
}

const minute = 60_000;
const LONGEST_MS = 8 * 60 * minute;
/** Late effects and pictures arrive within this once all has ended. */
const SETTLE_MS = 45_000;
const STOP_WITHIN_MS = 8_000;

export async function live(seed: number, options: LifeOptions = {}): Promise<Life> {
  const { trace = false, plant = {} } = options;
  const world = new World(seed, { trace, plant });
  const { time, weather, chance } = world;
  const endsAt = time.now + LONGEST_MS;
  world.tell(() => `seed ${seed}: ${weather.describe()}`);
  world.boot();
  inviteMembers(world);
  if (chance.is(0.3)) time.after(chance.between(0, 20) * minute, () => stopInOrder(world));

  let events = 0;
  let breach: string | null = null;
  let stillSince: number | null = null;
  let known = 0;
  while (breach === null && (await time.step())) {
    events += 1;
    const news = world.steps.length + world.google.works.length + world.discord.posts.length;
    if (news !== known) breach = firstBreach(always, world);
    known = news;
    breach ??= world.fault;
    if (time.now >= endsAt) breach ??= `Everything comes to rest. (${unrest(world)})`;
    if (time.now < weather.clearFrom + 9 * minute || unrest(world) !== null) {
      stillSince = null;
      continue;
    }
    stillSince ??= time.now;
    if (time.now - stillSince >= SETTLE_MS) break;
  }
  breach ??= firstBreach(atTheEnd, world) ?? (await stopBreach(world));
  const { counts } = world;
  return {
    ...{ seed, breach, counts, events, trace: world.trace ?? [] },
    ends: world.store.jobs().map(endOf),
  };
}

function firstBreach(invariants: readonly Invariant[], world: World): string | null {
  for (const { says, breach } of invariants) {
    const found = breach(world);
    if (found !== null) return `${says} (${found})`;
  }
  return null;
}

/** What is still going on, or null. */
function unrest(world: World): string | null {
  if (world.bot?.isReady !== true) return 'no process is ready';
  if (world.inFlight > 0) return 'a call is in flight';
  for (const job of world.store.jobs()) {
    if (!isEnded(job)) return `${job.id} is ${job.state}`;
    if ('dueAt' in job && job.dueAt !== null) return `${job.id} is ${job.state} with a look left`;
    if (!world.store.isShown(job.id)) return `${job.id} is not shown as ${job.state}`;
  }
  return null;
}

/** SIGTERM: what was asked for goes on in the next process. */
function stopInOrder(world: World): void {
  const { bot, time } = world;
  if (bot === null || bot.process.dead) return;
  world.tell(() => 'told to stop');
  world.counts.stops += 1;
  void bot.stop().then(() => bot.process.die('stopped'));
  time.after(STOP_WITHIN_MS, () => bot.process.die('killed: it did not stop in time'));
}

async function stopBreach(world: World): Promise<string | null> {
  const { bot, time } = world;
  let stopped = false;
  void bot?.stop().then(() => {
    stopped = true;
  });
  const until = time.now + STOP_WITHIN_MS;
  while (!stopped && time.now < until && (await time.step()));
  return stopped ? null : 'A process at rest stops at once.';
}

function endOf(job: { readonly state: State }): string {
  return job.state;
}
