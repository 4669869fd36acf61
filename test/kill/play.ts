/** One scenario, killed at one point (or at none) and brought to its end by the real bot. */
import type { LogLine } from '../life/bot.ts';
import { startWorld, type World } from '../life/world.ts';
import { type Found, faultsOf } from './checks.ts';
import type { Planted } from './planted.ts';
import type { Point } from './points.ts';
import type { Scenario } from './scenarios.ts';
import { programs, Stage } from './stage.ts';

export interface Played {
  /** The process went past the point without coming to it: another order of things than recorded. */
  readonly killed: boolean;
  /** What is wrong; empty when nothing is. */
  readonly faults: readonly string[];
  /** For a person who looks into a fault. */
  readonly story: string;
}

/** @param planted what the bot that is started after the kill does wrong; else it is the real one */
export async function play(
  world: World,
  scenario: Scenario,
  point: Point,
  planted?: Planted,
): Promise<Played> {
  const stage = await begin(world, scenario, point);
  try {
    const atKills: Found[] = [];
    if (scenario.killedBefore !== undefined) {
      await live(stage, scenario, { KILL_AT: scenario.killedBefore });
      atKills.push(found(stage));
    }
    await live(stage, scenario, { KILL_AT: point });
    const killed = stage.bot.process.exitCode === null && stage.bot.process.signalCode !== null;
    await stage.bot.kill();
    atKills.push(found(stage));
    const bot = await (planted === undefined
      ? stage.start(programs.bot)
      : stage.start(programs.planted, { PLANTED: planted }));
    if (bot === null) throw new Error('the bot that recovers was killed');
    await scenario.story(stage);
    await stage.over();
    const end = await bot.stop();
    const faults = await faultsOf(stage, scenario, atKills);
    if (end.code !== 0) faults.push(`it ended with code ${end.code}, signal ${end.signal}`);
    return { killed, faults, story: storyOf(stage) };
  } catch (error) {
    return { killed: true, faults: [String(error)], story: storyOf(stage) };
  } finally {
    await stage.close();
  }
}

/** The calls of one run that nothing kills; of the process that recovers, where there is one before. */
export async function record(world: World, scenario: Scenario): Promise<LogLine[]> {
  const stage = await begin(world, scenario, 'recorded');
  try {
    if (scenario.killedBefore !== undefined) {
      await live(stage, scenario, { KILL_AT: scenario.killedBefore });
    }
    await live(stage, scenario, {});
    const { lines } = stage.bot;
    if (scenario.killedBefore !== undefined) return lines;
    // Before that, nobody has asked for anything.
    return lines.slice(lines.findIndex((line) => line.msg === 'ready'));
  } finally {
    await stage.bot.stop();
    await stage.close();
  }
}

export function startWorldFor(scenario: Scenario): Promise<World> {
  return startWorld(scenario.world);
}

async function begin(world: World, scenario: Scenario, name: string): Promise<Stage> {
  const stage = await Stage.open(world, scenario.place, `${scenario.name}, ${name}`);
  if (scenario.shrinks) await stage.bringFfmpeg();
  scenario.plan?.(stage);
  return stage;
}

async function live(
  stage: Stage,
  scenario: Scenario,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  if ((await stage.start(programs.killed, env)) === null) return;
  await scenario.story(stage);
  await stage.over();
}

/** What the next process finds. */
function found(stage: Stage): Found {
  return {
    states: stage.rows().map(({ state }) => state),
    acknowledged: (stage.presses.at(-1) ?? stage.command)?.acknowledgement !== undefined,
  };
}

function storyOf(stage: Stage): string {
  const outputs = stage.bots.map((bot, index) => `— process ${index + 1}\n${bot.output}`);
  return `${stage.describe()}\n${outputs.join('')}`;
}
