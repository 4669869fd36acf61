/** The nastiest of the kill points; `npm run test:kill` goes through all of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Planted } from './planted.ts';
import { play, startWorldFor } from './play.ts';
import { type Scenario, scenarios } from './scenarios.ts';

function scenario(name: string): Scenario {
  const found = scenarios.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no scenario "${name}"`);
  return found;
}

const nastiest: readonly [scenario: string, ...points: string[]][] = [
  [
    'server, Omni, by file',
    'discord.post#1:after', // acknowledged, and not written down
    'service.submit#1:before', // "submitting", and nothing sent
    'service.submit#1:after', // paid, and the name is in memory alone
    'store.apply#3:before',
    'store.apply#3:after', // the name is on disk
    'files.keep#1:after', // renamed, and the row says "downloading"
    'replies.deliver#1:after', // posted, and not written down
  ],
  [
    'direct message, Veo',
    'store.accept#1:after', // the press is on disk, and Discord never heard of it
    'service.submit#1:after',
    'replies.deliver#1:after',
  ],
  ['user install, Omni, by file', 'service.submit#1:after', 'replies.deliver#1:after'],
  ['the token dies, user install', 'replies.deliver#2:after'],
  ['cancelled while it is being made', 'service.cancel#1:after'],
  [
    'too large, made smaller',
    'shrinker.shrink#1:before',
    'shrinker.shrink#1:after', // the copy is there, and the row says "shrinking"
    'replies.deliver#2:after', // the copy is posted, and not written down
  ],
  ['again, after files.keep#1:after', 'store.apply#1:after'],
];

describe('a bot that is killed', { concurrency: 3 }, () => {
  for (const [name, ...points] of nastiest) {
    for (const point of points) {
      it(`at ${point} pays once and posts once: ${name}`, async () => {
        await using world = await startWorldFor(scenario(name));
        const { killed, faults, story } = await play(world, scenario(name), point);
        assert.deepEqual(faults, [], story);
        assert.ok(killed, `it was not reached:\n${story}`);
      });
    }
  }
});

const planted: readonly [Planted, point: string, fault: RegExp][] = [
  ['sends again', 'service.submit#1:after', /paid 2 times/],
  ['posts without reading back', 'replies.deliver#1:after', /2 videos posted/],
  ['keeps the reservation', 'store.apply#3:after', /reserved|booked/],
];

describe('a bot with a planted fault', { concurrency: 3 }, () => {
  for (const [fault, point, said] of planted) {
    it(`that ${fault} is found out`, async () => {
      const one = scenario('server, Omni, by file');
      await using world = await startWorldFor(one);
      const { faults } = await play(world, one, point, fault);
      assert.match(faults.join('\n'), said);
    });
  }
});
