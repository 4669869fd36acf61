/** Lines of what admins did are told in their channels: in order, once, in few messages, the same over a restart. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Lines } from '../../src/jobs/admins/lines.ts';
import type { TellResult } from '../../src/jobs/admins/telling.ts';
import { StorageFull } from '../../src/jobs/ports/storageFull.ts';
import { MovedClock } from '../life/clock.ts';
import { Watch } from '../sandbox/discord/watch.ts';
import { MemoryStore } from '../simulation/store.ts';

const MINUTE_MS = 60_000;
const SOON_MS = 3_000;

interface Told {
  readonly channelId: string;
  readonly lines: readonly string[];
  readonly more: number;
  readonly key: string;
}

async function acting(t: TestContext, over: { store?: MemoryStore; clock?: MovedClock } = {}) {
  const { store = new MemoryStore(), clock = new MovedClock() } = over;
  const told: Told[] = [];
  const watch = new Watch();
  const comesTo: { next: (channelId: string) => Promise<TellResult> } = {
    next: async () => 'told',
  };
  const kept = new Lines({
    ...{ store, clock },
    async tell(channelId, lines, more, key) {
      told.push({ channelId, lines, more, key });
      watch.notify();
      return comesTo.next(channelId);
    },
    fatal: (error) => assert.fail(String(error)),
  });
  await kept.load();
  kept.start();
  const hanging: ((result: TellResult) => void)[] = [];
  /** No answer, until `end`. */
  const hang = () => new Promise<TellResult>((resolve) => void hanging.push(resolve));
  const end = () => {
    for (const resolve of hanging) resolve('told');
  };
  t.after(() => {
    end();
    return kept.stop();
  });
  const did = (n: number, channelId = 'room') =>
    kept.add({ id: `id ${n}`, channelId, line: `line ${n}` });
  const count = async (most: number) => {
    const seen = () => (told.length >= most ? true : undefined);
    await watch.until(seen, 2_000, () => `only ${told.length} were told`);
    await still();
    assert.equal(told.length, most);
  };
  const lines = () => told.map((one) => one.lines.map((line) => line.slice(5)).join(' '));
  return { store, clock, told, comesTo, hang, end, did, count, lines };
}

async function still(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test('the first is told at once, and a storm after it in few messages, in order, none left out', async (t) => {
  const at = await acting(t);
  for (let n = 1; n <= 12; n++) at.did(n);
  await at.count(1);
  for (const messages of [2, 3, 4]) {
    at.clock.pass(SOON_MS);
    await at.count(messages);
  }
  assert.deepEqual(at.lines(), ['1', '2 3 4 5 6', '7 8 9 10 11', '12']);
  at.clock.pass(MINUTE_MS);
  await still();
  assert.equal(at.told.length, 4);
});

test('of a thousand some dozens are told, and the others counted', async (t) => {
  const at = await acting(t);
  for (let n = 1; n <= 1_000; n++) at.did(n);
  for (let messages = 1; messages <= 30; messages++) {
    at.clock.pass(SOON_MS);
    await still();
  }
  const lines = at.told.flatMap(({ lines }) => lines).length;
  const more = at.told.reduce((sum, one) => sum + one.more, 0);
  assert.equal(lines, 50);
  assert.equal(lines + more, 1_000);
  assert.ok(at.told.length <= 12, `${at.told.length} messages`);
  assert.equal((await at.store.recall('lines')) ?? '', '[]');
});

test('the same deed is told once in a channel, and channels do not wait for each other', async (t) => {
  const at = await acting(t);
  at.comesTo.next = async (channelId) => (channelId === 'slow' ? at.hang() : 'told');
  at.did(1, 'slow');
  at.did(1, 'slow');
  at.did(1, 'room');
  await at.count(2);
  at.did(2, 'room');
  at.clock.pass(SOON_MS);
  await at.count(3);
  at.end();
  await still();
  at.clock.pass(SOON_MS);
  await still();
  assert.deepEqual(
    at.told.map(({ channelId, lines }) => [channelId, ...lines]),
    [
      ['slow', 'line 1'],
      ['room', 'line 1'],
      ['room', 'line 2'],
    ],
  );
});

test('what Discord does not take for now is tried again as the same message, what it never takes is let go', async (t) => {
  const at = await acting(t);
  at.comesTo.next = async () => 'later';
  at.did(1);
  await at.count(1);
  at.did(2);
  at.clock.pass(4 * MINUTE_MS);
  await still();
  assert.equal(at.told.length, 1);
  at.comesTo.next = async () => 'nobody';
  at.clock.pass(MINUTE_MS);
  await at.count(2);
  assert.deepEqual(at.told[1], at.told[0]);
  at.comesTo.next = async () => 'told';
  at.clock.pass(SOON_MS);
  await at.count(3);
  assert.deepEqual(at.lines(), ['1', '1', '2']);
  assert.notEqual(at.told[2]?.key, at.told[1]?.key);
});

test('a restart repeats nothing, and goes on with what was not told: under the same key what may have arrived', async (t) => {
  const store = new MemoryStore();
  const first = await acting(t, { store });
  first.did(1);
  await first.count(1);
  first.clock.pass(SOON_MS);
  first.comesTo.next = first.hang;
  for (const n of [2, 3]) first.did(n);
  await first.count(2);
  first.did(4);
  await still();
  // Killed: nothing of it is stopped in order.
  const next = await acting(t, { store, clock: first.clock });
  await next.count(1);
  assert.deepEqual(next.told[0], first.told[1]);
  next.clock.pass(SOON_MS);
  await next.count(2);
  next.clock.pass(SOON_MS);
  await still();
  assert.deepEqual([...first.lines(), ...next.lines()], ['1', '2', '2', '3 4']);
  const third = await acting(t, { store, clock: first.clock });
  third.clock.pass(MINUTE_MS);
  await still();
  assert.deepEqual(third.told, []);
});

test('is told all the same where the disk is full, and after the clock was set back', async (t) => {
  class Full extends MemoryStore {
    override async remember(): Promise<void> {
      throw new StorageFull('SQLITE_FULL');
    }
  }
  const at = await acting(t, { store: new Full() });
  at.did(1);
  await at.count(1);
  const store = new MemoryStore();
  const acts = [{ id: 'id 7', line: 'line 7' }];
  const ahead = { acts, more: 0, tried: null, dueAt: Number.MAX_SAFE_INTEGER };
  await store.remember('lines', JSON.stringify([['room', ahead]]));
  const next = await acting(t, { store });
  await next.count(1);
});
